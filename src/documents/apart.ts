import { Worker } from 'node:worker_threads'

/** What work beside the server may take: memory in MB, and time in milliseconds. */
export type Bounds = { memoryMb: number; timeoutMs: number }

/** What the work itself refused, by a code of the catalogues. */
export type Refusal = { code: string; params: Record<string, string | number> }

/** What a worker answers: a value, or why there is none. */
export type WorkerAnswer<T> = { value: T } | { refused: Refusal }

/** Work that was stopped because it took more than it may. */
export class OutOfBounds extends Error {
  readonly limit: 'memory' | 'time'

  constructor(limit: 'memory' | 'time') {
    super(`documents: work apart passed its bound of ${limit}`)
    this.name = 'OutOfBounds'
    this.limit = limit
  }
}

/** What one piece of work may take in buffers beside its heap, in MB. */
const bufferMb = 256

/** At most this many at once: the server keeps a processor, and memory stays bounded. */
const mostAtOnce = 2
const under: { running: number; waiting: (() => void)[] } = { running: 0, waiting: [] }

/**
 * Runs a module in a thread of its own, so that a large or hostile file neither stops the server nor takes its memory.
 * The module reads `workerData` and posts one `WorkerAnswer`.
 *
 * @param signal stops the work at once
 * @throws OutOfBounds when it takes too long or too much; the signal's reason when it was stopped; its own fault
 */
export async function runApart<T>(
  module: URL,
  input: unknown,
  bounds: Bounds,
  signal?: AbortSignal,
): Promise<WorkerAnswer<T>> {
  if (under.running >= mostAtOnce) await new Promise<void>((resolve) => under.waiting.push(resolve))
  under.running += 1
  try {
    signal?.throwIfAborted()
    return await answerOf<T>(module, input, bounds, signal)
  } finally {
    under.running -= 1
    under.waiting.shift()?.()
  }
}

function answerOf<T>(module: URL, input: unknown, bounds: Bounds, signal?: AbortSignal): Promise<WorkerAnswer<T>> {
  const worker = new Worker(module, {
    workerData: input,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: bounds.memoryMb, maxYoungGenerationSizeMb: 64 },
  })
  return new Promise<WorkerAnswer<T>>((resolve, reject) => {
    const timer = setTimeout(() => reject(new OutOfBounds('time')), bounds.timeoutMs)
    // Buffers lie outside the bound of a thread's heap: what the whole process takes meanwhile is watched as well.
    const before = process.memoryUsage.rss()
    const most = (bounds.memoryMb + bufferMb) * 1024 * 1024
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > most) reject(new OutOfBounds('memory'))
    }, 50)
    const stopped = () => reject(signal?.reason instanceof Error ? signal.reason : new Error('stopped'))
    signal?.addEventListener('abort', stopped, { once: true })
    worker.once('message', resolve)
    worker.once('error', (fault: Error & { code?: string }) =>
      reject(fault.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new OutOfBounds('memory') : fault),
    )
    worker.once('exit', (code) => reject(new Error(`documents: work apart ended with ${code} and no answer`)))
    worker.once('exit', () => {
      clearTimeout(timer)
      clearInterval(watch)
      signal?.removeEventListener('abort', stopped)
    })
  }).finally(() => void worker.terminate())
}
