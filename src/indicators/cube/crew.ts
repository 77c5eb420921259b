import { Worker } from 'node:worker_threads'
import type { Cube } from './cube.ts'
import type { Job } from './layout.ts'

/** Threads that make the sums of a cube; nobody may write to it meanwhile. */
export type Crew = { rollUp: () => Promise<void>; close: () => Promise<void> }

/** What a thread is told as it starts. `next` is the first job nobody has taken. */
export type Order = { memory: WebAssembly.Memory; jobs: readonly Job[]; next: Int32Array }

/** A crew for what the cube holds now. */
export function openCrew(cube: Cube, threads: number): Crew {
  const next = new Int32Array(new SharedArrayBuffer(4))
  const order: Order = { memory: cube.room.memory, jobs: cube.groups.map(({ job }) => job), next }
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./thread.ts', import.meta.url), { workerData: order }),
  )
  return {
    rollUp: async () => {
      Atomics.store(next, 0, 0)
      await Promise.all(workers.map(rollUpIn))
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function rollUpIn(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      worker.off('message', done).off('error', fail)
      end()
    }
    const done = () => settle(resolve)
    const fail = (error: Error) => settle(() => reject(error))
    worker.on('message', done).on('error', fail)
    worker.postMessage('roll up')
  })
}
