import { parentPort } from 'node:worker_threads'
import { readPart } from '../input/parts.ts'
import type { RawTable } from '../input/raw.ts'
import type { Answer, Order } from './orders.ts'
import { newBench, perform, tellBench, type Bench } from './tasks.ts'

/** A thread: it reads stretches of files, and works on the ground it is told. */
let bench: Bench | null = null

parentPort?.on('message', (order: Order) => {
  switch (order.kind) {
    case 'read': {
      const result = readPart(order.file, order.stretch, order.plan)
      parentPort?.postMessage({ result } satisfies Answer, memoryOf(result.table))
      break
    }
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

/** All memory of a part: it changes hands, as copying it would take as long as reading. */
function memoryOf({ ids, fields, syllables, names, others }: RawTable): ArrayBuffer[] {
  const parts = [ids, syllables, names, others, ...fields.flatMap(({ values, low, texts }) => [values, low, texts])]
  const arrays = parts.flatMap((part) => Object.values(part ?? {})).filter((value) => ArrayBuffer.isView(value))
  return [...new Set(arrays.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer))]
}

function benchAtHand(): Bench {
  if (bench === null) throw new Error('a task before the ground')
  return bench
}

function answer(said: Answer): void {
  parentPort?.postMessage(said)
}
