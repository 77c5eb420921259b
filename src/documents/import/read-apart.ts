import { invalid, OutOfBounds, runApart, type Bounds } from '#platform'
import { UnreadableDocument } from '../reading/errors.ts'
import { madeOpenable } from '../reading/open-source.ts'
import type { OpenedDocument } from './open-document.ts'

/** While a person waits, and in a job. A plan of 5,000 tasks takes some seconds and about 150 MB. */
export const readingBounds = {
  atOnce: { memoryMb: 384, timeoutMs: 20_000 },
  inJob: { memoryMb: 768, timeoutMs: 120_000, waitMs: 600_000 },
} as const satisfies Record<string, Bounds>

/**
 * Opens a file as the reader does, in a thread of its own with bounded memory and time.
 * @throws invalid with the reader's code, `documents.unreadable.too-long` or `.too-heavy`
 */
export async function readApart(
  file: { fileName: string; bytes: Uint8Array },
  grammarModule: string,
  bounds: Bounds,
  signal?: AbortSignal,
): Promise<OpenedDocument> {
  const module = new URL('./reading-worker.ts', import.meta.url)
  try {
    const openable = await madeOpenable(file.bytes, file.fileName)
    const answer = await runApart<OpenedDocument>(module, { ...openable, grammarModule }, bounds, signal)
    if ('refused' in answer) throw invalid(answer.refused.code, answer.refused.params)
    return answer.value
  } catch (fault) {
    if (fault instanceof UnreadableDocument) throw invalid(fault.code, fault.params)
    if (fault instanceof OutOfBounds)
      throw invalid(fault.limit === 'time' ? 'documents.unreadable.too-long' : 'documents.unreadable.too-heavy')
    throw fault
  }
}
