import { parentPort } from 'node:worker_threads'
import type { Answer, Order } from './crew.ts'
import { newBench, perform, tellBench, type Bench } from './tasks.ts'

/** A thread of a crew: it is told the ground, then news and tasks. */
let bench: Bench | null = null

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'ground') bench = newBench(order.ground)
  else if (bench === null) throw new Error('a task before the ground')
  else if (order.kind === 'news') tellBench(bench, order.news)
  else parentPort?.postMessage({ index: order.index, result: perform(bench, order.task) } satisfies Answer)
})
