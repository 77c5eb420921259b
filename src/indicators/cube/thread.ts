import { parentPort, workerData } from 'node:worker_threads'
import type { Order } from './crew.ts'
import { perform, simdKernel } from './kernel.ts'

/** A thread of a crew: told to begin, it takes one group after the other until none is left. */
const { memory, jobs, next } = workerData as Order
const kernel = simdKernel(memory)

parentPort?.on('message', () => {
  for (let job = jobs[Atomics.add(next, 0, 1)]; job !== undefined; job = jobs[Atomics.add(next, 0, 1)])
    perform(kernel, job)
  parentPort?.postMessage('done')
})
