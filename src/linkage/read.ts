import { closeSync, openSync, readSync } from 'node:fs'
import { invalid } from '#platform'
import { readCsv, type CsvOutcome, type TakeRow } from './input/csv.ts'
import { recogniseColumns } from './input/headings.ts'
import { beginFile, newReading, type Reading } from './input/table.ts'
import { readXlsx } from './input/xlsx.ts'
import type { LinkageKnowledge } from './knowledge.ts'
import type { ColumnConfig, LinkageConfig } from './model.ts'

/** One file as it was understood. */
export type FileRead = CsvOutcome & { file: string; columns: ColumnConfig[] }

type Options = { config: LinkageConfig; knowledge: LinkageKnowledge; progress: (done: number, total: number) => void }

/**
 * Reads one file, or two to be linked, into fields by kind.
 * @throws invalid `linkage.file-missing`, `linkage.column-missing`, `linkage.nothing-to-compare`, `linkage.repeated-id` and
 *   what the readers of the two formats throw
 */
export async function readFiles(
  files: readonly string[],
  { config, knowledge, progress }: Options,
): Promise<{ reading: Reading; files: FileRead[] }> {
  const reading = newReading(knowledge)
  const read: FileRead[] = []
  for (const file of files) {
    let columns: ColumnConfig[] = []
    const begin = (headings: string[]): TakeRow => {
      columns = recogniseColumns(headings, config.columns, knowledge)
      refuseMissing(headings, columns, config)
      return beginFile(reading, columns)
    }
    const outcome = isZip(file) ? await readXlsx(file, begin) : readCsv(file, { begin, progress })
    if (reading.repeated > 0)
      throw invalid('linkage.repeated-id', { count: reading.repeated, example: reading.repeatedIds.join(', ') })
    read.push({ ...outcome, file, columns })
  }
  return { reading, files: read }
}

/** Every configured column must be there, and something to compare. */
function refuseMissing(headings: readonly string[], columns: readonly ColumnConfig[], config: LinkageConfig): void {
  const found = new Set(columns)
  const missing = config.columns.filter(
    (wanted) =>
      ![...found].some(
        (column) => column.kind === wanted.kind && column.of === wanted.of && column.part === wanted.part,
      ),
  )
  if (missing.length > 0)
    throw invalid('linkage.column-missing', { heading: missing.map((one) => one.heading).join(', ') })
  if (columns.every((column) => column.kind === 'id' || column.kind === 'ignored'))
    throw invalid('linkage.nothing-to-compare', { headings: headings.slice(0, 20).join(', ') })
}

/** @throws invalid `linkage.file-missing` */
function isZip(file: string): boolean {
  const head = Buffer.alloc(2)
  try {
    const descriptor = openSync(file, 'r')
    try {
      readSync(descriptor, head, 0, 2, 0)
    } finally {
      closeSync(descriptor)
    }
  } catch (cause) {
    throw invalid('linkage.file-missing', {
      file,
      reason: cause instanceof Error && 'code' in cause ? String(cause.code) : '',
    })
  }
  return head.toString('latin1') === 'PK'
}
