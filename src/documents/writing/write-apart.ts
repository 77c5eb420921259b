import { OutOfBounds, runApart, unavailable } from '#platform'
import type { OfficialLayout } from './layout.ts'
import type { FileFormat, OfficialDocument } from './model.ts'
import type { Pages, Piece } from './pieces.ts'
import { setPages } from './set-pages.ts'
import { docxFile } from './write-docx.ts'

/** Up to this many rows a Word file is written at once in well under a tenth of a second. */
const rowsAtOnce = 150
/** With the wait for a turn less than a transaction may lie idle. */
const bounds = { memoryMb: 768, timeoutMs: 40_000 }

/**
 * Writes a document as Word or PDF; see `writePages`.
 * @throws unavailable `documents.writing-too-large`
 */
export function writeDocument(
  document: OfficialDocument,
  layout: OfficialLayout,
  format: FileFormat,
): Promise<Uint8Array> {
  return writePages(setPages(document, layout), layout, format)
}

/**
 * Writes pages as Word or PDF. A PDF, whose letters are all measured, and a Word file with a long table are made in a
 * thread of their own, so that the server goes on answering.
 *
 * @throws unavailable `documents.writing-too-large` when it takes more memory or time than it may
 */
export async function writePages(pages: Pages, layout: OfficialLayout, format: FileFormat): Promise<Uint8Array> {
  if (format === 'docx' && rowsOf(pages) <= rowsAtOnce) return docxFile(pages, layout)
  try {
    const module = new URL('./writing-worker.ts', import.meta.url)
    const answer = await runApart<Uint8Array>(module, { pages, layout, format }, bounds)
    if ('refused' in answer) throw unavailable(answer.refused.code, answer.refused.params)
    return answer.value
  } catch (fault) {
    if (fault instanceof OutOfBounds) throw unavailable('documents.writing-too-large')
    throw fault
  }
}

function rowsOf({ sections }: Pages): number {
  return sections.flatMap((section) => section.pieces).reduce((sum, piece) => sum + rowsIn(piece), 0)
}

function rowsIn(piece: Piece): number {
  if (piece.type !== 'table') return 1
  return piece.table.groups.reduce((sum, group) => sum + group.rows.length, 0)
}
