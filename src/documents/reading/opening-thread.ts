import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerAnswer } from '#platform'
import { UnreadableDocument } from './errors.ts'
import type { EncodingGrammar } from './grammar.ts'
import type { Source } from './source-blocks.ts'
import { sourceFrom, type Openable } from './source-from.ts'

/** Opens one file in a thread of its own (`open-source.ts`). */
const { file, encodings } = workerData as { file: Openable; encodings: EncodingGrammar }

async function open(): Promise<WorkerAnswer<Source>> {
  try {
    return { value: await sourceFrom(file, encodings) }
  } catch (fault) {
    if (fault instanceof UnreadableDocument) return { refused: { code: fault.code, params: fault.params } }
    throw fault
  }
}

parentPort?.postMessage(await open())
