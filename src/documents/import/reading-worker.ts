import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerAnswer } from '#platform'
import { UnreadableDocument } from '../reading/errors.ts'
import type { DocumentGrammar } from '../reading/grammar.ts'
import { sourceFrom, type Openable } from '../reading/source-from.ts'
import { openDocument, type OpenedDocument } from './open-document.ts'

/** Reads one document in a thread of its own (`read-apart.ts`). A grammar holds functions: its module is named, not sent. */
const { grammarModule, ...file } = workerData as Openable & { grammarModule: string }

async function read(): Promise<WorkerAnswer<OpenedDocument>> {
  const { documentGrammar } = (await import(grammarModule)) as { documentGrammar: DocumentGrammar }
  try {
    const source = await sourceFrom(file, documentGrammar.encodings)
    return { value: openDocument(source, file.fileName, documentGrammar) }
  } catch (fault) {
    if (fault instanceof UnreadableDocument) return { refused: { code: fault.code, params: fault.params } }
    throw fault
  }
}

parentPort?.postMessage(await read())
