import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { UnreadableDocument } from './errors.ts'
import type { DocumentGrammar } from './grammar.ts'
import { limits } from './limits.ts'
import { openSource } from './open-source.ts'
import { readDocument } from './read-document.ts'
import { summaryOf } from './summary.ts'
import { wordsOf } from './words.ts'

/** Where the command writes; the process's streams in operation, buffers in tests. */
export interface ReadCommandIo {
  out: (text: string) => void
  err: (text: string) => void
}

/**
 * `mangnon documents read FILE [--json]`: prints one JSON object (design §6), or a summary in the grammar's language.
 *
 * @returns the exit code: 0 read, 2 not a readable document, with a clear sentence on `err`
 */
export async function runReadCommand(
  file: string,
  options: { json?: boolean },
  grammar: DocumentGrammar,
  io: ReadCommandIo,
): Promise<0 | 2> {
  const say = (key: string, params: Record<string, string | number>): void =>
    io.err(`${wordsOf(grammar.language, key, params)}\n`)
  try {
    const { size } = await stat(file)
    if (size > limits.archiveBytes)
      throw new UnreadableDocument('too-large', { bytes: size, limit: limits.archiveBytes })
    const source = await openSource(await readFile(file), basename(file), grammar.encodings)
    const reading = readDocument(source, basename(file), grammar)
    io.out(options.json === true ? `${JSON.stringify(reading, null, 2)}\n` : summaryOf(reading, grammar.language))
    return 0
  } catch (error) {
    if (error instanceof UnreadableDocument) {
      say(error.code, error.params)
      return 2
    }
    if (isFileError(error)) {
      say('documents.reading.file-missing', { file })
      return 2
    }
    throw error
  }
}

/** The file is not there, is a folder, or may not be opened. */
function isFileError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR', 'EPERM'].includes(String(error.code))
  )
}
