import { parentPort } from 'node:worker_threads'
import { readPart } from '../input/parts.ts'
import type { Answer, Order } from './orders.ts'
import { newBench, perform, tellBench, type Bench } from './tasks.ts'

/** A thread: it reads stretches of files, and works on the ground it is told. */
let bench: Bench | null = null

parentPort?.on('message', (order: Order) => {
  switch (order.kind) {
    case 'read':
      answer({ result: readPart(order.file, order.stretch, order.plan) })
      break
    case 'ground':
      bench = newBench(order.ground)
      break
    case 'news':
      tellBench(benchAtHand(), order.news)
      break
    case 'task':
      answer({ result: perform(benchAtHand(), order.task) })
      break
    case 'forget':
      bench = null
  }
})

function benchAtHand(): Bench {
  if (bench === null) throw new Error('a task before the ground')
  return bench
}

function answer(said: Answer): void {
  parentPort?.postMessage(said)
}
