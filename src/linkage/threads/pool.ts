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

/** Threads that were left at work when it failed: what they answer yet is nobody's. */
const lost = new WeakSet<Worker>()

/** Lets threads wait for the next work, with nothing left of this one. */
export function dismiss(workers: readonly Worker[]): void {
  for (const worker of workers) {
    if (lost.has(worker)) {
      void worker.terminate()
      continue
    }
    worker.postMessage({ kind: 'forget' } satisfies Order)
    worker.unref()
    idle.push(worker)
  }
}

type Spreading<T> = {
  /** Told how many are finished, which was, and its result; what it throws ends the work. */
  done: (count: number, order: number, result: T) => void
  /** How many orders a thread holds beside the one at hand. */
  ahead?: number
}

/** Gives each thread its next order as it answers the last. @returns the answers in the order of the orders */
export function spread<T>(
  workers: readonly Worker[],
  orders: readonly Order[],
  { done, ahead = 0 }: Spreading<T>,
): Promise<T[]> {
  const results: T[] = []
  let next = 0
  let finished = 0
  if (orders.length === 0) return Promise.resolve(results)
  return new Promise((resolve, reject) => {
    const asked = new Map<Worker, number[]>(workers.map((worker) => [worker, []]))
    const giveNext = (worker: Worker) => {
      const order = orders[next]
      if (!order) return
      asked.get(worker)?.push(next++)
      worker.postMessage(order)
    }
    const listeners = workers.map((worker) => ({
      worker,
      hear: ({ result }: Answer) => {
        const order = asked.get(worker)?.shift() ?? 0
        results[order] = result as T
        giveNext(worker)
        try {
          done(++finished, order, result as T)
        } catch (error) {
          fail(error)
          return
        }
        if (finished === orders.length) settle(() => resolve(results))
      },
    }))
    const settle = (end: () => void) => {
      for (const { worker, hear } of listeners) worker.off('message', hear).off('error', fail)
      end()
    }
    const fail = (error: unknown) => {
      for (const [worker, orders] of asked) if (orders.length > 0) lost.add(worker)
      settle(() => reject(error instanceof Error ? error : new Error(String(error))))
    }
    for (const { worker, hear } of listeners) worker.on('message', hear).on('error', fail)
    for (let turn = 0; turn <= ahead; turn++) workers.forEach(giveNext)
  })
}
