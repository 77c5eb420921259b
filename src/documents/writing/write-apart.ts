import { unavailable } from '#platform'
import { OutOfBounds, runApart } from '../apart.ts'
import type { OfficialLayout } from './layout.ts'
import type { OfficialDocument } from './model.ts'
import { writeDocx } from './write-docx.ts'

/** Up to this many rows a document is written at once in well under a tenth of a second. */
const rowsAtOnce = 150
/** With the wait for a turn less than a transaction may lie idle. */
const bounds = { memoryMb: 768, timeoutMs: 40_000 }

/**
 * Writes a document as `writeDocx`; one of many rows or paragraphs in a thread of its own, so that the server goes on answering.
 * @throws unavailable `documents.writing-too-large` when it takes more memory or time than it may
 */
export async function writeDocument(document: OfficialDocument, layout: OfficialLayout): Promise<Uint8Array> {
  if (rowsOf(document) <= rowsAtOnce) return writeDocx(document, layout)
  try {
    const module = new URL('./writing-worker.ts', import.meta.url)
    const answer = await runApart<Uint8Array>(module, { document, layout }, bounds)
    if ('refused' in answer) throw unavailable(answer.refused.code, answer.refused.params)
    return answer.value
  } catch (fault) {
    if (fault instanceof OutOfBounds) throw unavailable('documents.writing-too-large')
    throw fault
  }
}

function rowsOf({ body, attached, annexes }: OfficialDocument): number {
  const blocks = [...body, ...(attached?.blocks ?? []), ...annexes.flatMap((annex) => annex.blocks)]
  const tables = [
    ...blocks.flatMap((block) => (block.type === 'table' ? [block.table] : [])),
    ...annexes.flatMap((annex) => (annex.table === null ? [] : [annex.table])),
  ]
  const rows = tables.flatMap((table) => table.groups.map((group) => group.rows.length))
  return rows.reduce((sum, count) => sum + count, blocks.length)
}
