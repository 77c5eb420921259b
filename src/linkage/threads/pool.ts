import { Worker } from 'node:worker_threads'
import type { Answer, Order } from './orders.ts'

/** Threads that wait for work; they do not keep the program alive. */
const idle: Worker[] = []

/** Takes threads into service, waiting ones first. */
export function hire(count: number): Worker[] {
  return Array.from({ length: count }, () => {
    const worker = idle.pop() ?? new Worker(new URL('./thread.ts', import.meta.url))
    worker.ref()
    return worker
  })
}

/** Lets threads wait for the next work, with nothing left of this one. */
export function dismiss(workers: readonly Worker[]): void {
  for (const worker of workers) {
    worker.postMessage({ kind: 'forget' } satisfies Order)
    worker.unref()
    idle.push(worker)
  }
}

/** Gives each thread its next order as it answers the last. @returns the answers in the order of the orders */
export function spread<T>(
  workers: readonly Worker[],
  orders: readonly Order[],
  done: (count: number, order: number, result: T) => void,
): Promise<T[]> {
  const results: T[] = []
  let next = 0
  let finished = 0
  if (orders.length === 0) return Promise.resolve(results)
  return new Promise((resolve, reject) => {
    const asked = new Map<Worker, number>()
    const giveNext = (worker: Worker) => {
      const order = orders[next]
      if (!order) return
      asked.set(worker, next++)
      worker.postMessage(order)
    }
    const listeners = workers.map((worker) => ({
      worker,
      hear: ({ result }: Answer) => {
        const order = asked.get(worker) ?? 0
        results[order] = result as T
        try {
          done(++finished, order, result as T)
        } catch (error) {
          settle(() => reject(error instanceof Error ? error : new Error(String(error))))
          return
        }
        giveNext(worker)
        if (finished === orders.length) settle(() => resolve(results))
      },
      fail: (error: Error) => settle(() => reject(error)),
    }))
    const settle = (end: () => void) => {
      for (const { worker, hear, fail } of listeners) worker.off('message', hear).off('error', fail)
      end()
    }
    for (const { worker, hear, fail } of listeners) {
      worker.on('message', hear).on('error', fail)
      giveNext(worker)
    }
  })
}
