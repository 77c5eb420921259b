import { Worker } from 'node:worker_threads'
import { unavailable } from './errors.ts'

/**
 * What work beside the server may take: memory in MB, and time in milliseconds. `waitMs`: how long it may wait for its
 * turn; without it, shortly and in a short line, for whoever waits in a request holds a connection to the database.
 */
export type Bounds = { memoryMb: number; timeoutMs: number; waitMs?: number }

/** What the work itself refused, by a code of the catalogues. */
export type Refusal = { code: string; params: Record<string, string | number> }

/** What a worker answers: a value, or why there is none. */
export type WorkerAnswer<T> = { value: T } | { refused: Refusal }

/** Work that was stopped because it took more than it may. */
export class OutOfBounds extends Error {
  readonly limit: 'memory' | 'time'

  constructor(limit: 'memory' | 'time') {
    super(`work apart passed its bound of ${limit}`)
    this.name = 'OutOfBounds'
    this.limit = limit
  }
}

/** What one piece of work may take in buffers beside its heap, in MB. */
const bufferMb = 256

/** At most this many at once: the server keeps a processor, and memory stays bounded. */
const mostAtOnce = 2
const under = { running: 0, waiting: new Set<() => void>() }

/** How long a request may wait for its turn, and how many may: of the ten connections to the database some stay free. */
const usualWaitMs = 10_000
const mostWaiting = 3

/** Whether all threads are at work, so that what comes now has to wait. */
export function isAtWork(): boolean {
  return under.running >= mostAtOnce
}

/**
 * Runs a module in a thread of its own, so that a large or hostile file neither stops the server nor takes its memory.
 * The module reads `workerData` and posts one `WorkerAnswer`.
 *
 * @param signal stops the work at once
 * @throws OutOfBounds when it takes too long or too much; the signal's reason when it was stopped; its own fault;
 *   unavailable `platform.busy` when its turn does not come
 */
export async function runApart<T>(
  module: URL,
  input: unknown,
  bounds: Bounds,
  signal?: AbortSignal,
): Promise<WorkerAnswer<T>> {
  signal?.throwIfAborted()
  if (isAtWork()) await ownTurn(bounds, signal)
  else under.running += 1
  try {
    return await answerOf<T>(module, input, bounds, signal)
  } finally {
    const [next] = under.waiting
    if (next === undefined) under.running -= 1
    else next() // the place is handed on: nobody who comes in between takes it
  }
}

/** Waits until another's place is handed on. */
function ownTurn({ waitMs }: Bounds, signal?: AbortSignal): Promise<void> {
  if (waitMs === undefined && under.waiting.size >= mostWaiting) throw unavailable('platform.busy')
  return new Promise<void>((resolve, reject) => {
    const leave = (go: () => void) => {
      under.waiting.delete(begin)
      clearTimeout(timer)
      signal?.removeEventListener('abort', stopped)
      go()
    }
    const begin = () => leave(resolve)
    const stopped = () => leave(() => reject(signal?.reason instanceof Error ? signal.reason : new Error('stopped')))
    const timer = setTimeout(() => leave(() => reject(unavailable('platform.busy'))), waitMs ?? usualWaitMs)
    signal?.addEventListener('abort', stopped, { once: true })
    under.waiting.add(begin)
  })
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
    worker.once('exit', (code) => reject(new Error(`work apart ended with ${code} and no answer`)))
    worker.once('exit', () => {
      clearTimeout(timer)
      clearInterval(watch)
      signal?.removeEventListener('abort', stopped)
    })
  }).finally(() => void worker.terminate())
}
