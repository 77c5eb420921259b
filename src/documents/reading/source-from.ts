import type { EncodingGrammar } from './grammar.ts'
import { pdfSource } from './pdf/pdf-source.ts'
import { sourceOf, type Source } from './source-blocks.ts'
import { kindOf } from './source-kind.ts'

/** A file of a kind that this code reads itself. */
export interface Openable {
  bytes: Uint8Array
  fileName: string
  /** Whether LibreOffice made it of another. */
  isConverted: boolean
}

/** Opens a file in the thread at hand. @throws UnreadableDocument */
export async function sourceFrom(
  { bytes, fileName, isConverted }: Openable,
  encodings: EncodingGrammar,
): Promise<Source> {
  const isPdf = kindOf(bytes, fileName) === 'pdf'
  const source = isPdf ? await pdfSource(bytes, encodings) : sourceOf(bytes, fileName, encodings)
  if (!isConverted) return source
  return { ...source, findings: [...source.findings, { code: 'converted', params: {}, source: null }] }
}
