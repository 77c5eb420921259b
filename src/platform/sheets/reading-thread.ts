import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerAnswer } from '../apart.ts'
import { Problem } from '../errors.ts'
import { readBook, type BookLimits } from './read.ts'

/** Reads one workbook in a thread of its own (`read-apart.ts`). */
const { bytes, limits } = workerData as { bytes: Uint8Array; limits: BookLimits }

async function read(): Promise<WorkerAnswer<Awaited<ReturnType<typeof readBook>>>> {
  try {
    return { value: await readBook(bytes, limits) }
  } catch (fault) {
    if (fault instanceof Problem) return { refused: { code: fault.code, params: fault.params } }
    throw fault
  }
}

parentPort?.postMessage(await read())
