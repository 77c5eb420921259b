import { OutOfBounds, runApart } from '#platform'
import { UnreadableDocument } from './errors.ts'
import type { EncodingGrammar } from './grammar.ts'
import { convertToDocx } from './libreoffice.ts'
import { limits } from './limits.ts'
import type { Source } from './source-blocks.ts'
import type { Openable } from './source-from.ts'
import { kindOf } from './source-kind.ts'

/**
 * Opens a file of any known kind in a thread of its own with a bound on memory and time, so that a hostile file harms
 * nothing; kinds of older office programs are turned into .docx first.
 *
 * @throws UnreadableDocument
 */
export async function openSource(bytes: Uint8Array, fileName: string, encodings: EncodingGrammar): Promise<Source> {
  const file = await madeOpenable(bytes, fileName)
  const thread = new URL('./opening-thread.ts', import.meta.url)
  try {
    const answer = await runApart<Source>(thread, { file, encodings }, { memoryMb: 512, timeoutMs: 30_000 })
    if ('refused' in answer) throw UnreadableDocument.of(answer.refused)
    return answer.value
  } catch (fault) {
    if (!(fault instanceof OutOfBounds)) throw fault
    throw new UnreadableDocument(fault.limit === 'time' ? 'too-long' : 'too-heavy', {}, fault)
  }
}

/**
 * A file that `sourceFrom` can open: itself, or what LibreOffice made of it. To be called outside the thread that reads,
 * for that thread may be stopped and must leave no program behind.
 *
 * @throws UnreadableDocument `unsupported-type`, `too-large`, what `convertToDocx` throws
 */
export async function madeOpenable(bytes: Uint8Array, fileName: string): Promise<Openable> {
  const kind = kindOf(bytes, fileName)
  if (bytes.length > limits.archiveBytes)
    throw new UnreadableDocument('too-large', { bytes: bytes.length, limit: limits.archiveBytes })
  if (kind !== 'office') return { bytes, fileName, isConverted: false }
  return { bytes: await convertToDocx(bytes), fileName: `${fileName}.docx`, isConverted: true }
}
