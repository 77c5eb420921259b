import { closeSync, openSync, readSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { invalid, Problem } from '#platform'
import type { CsvOutcome } from './input/csv.ts'
import { joinOutcomes, readHead } from './input/csv-file.ts'
import { foldText, recogniseColumns } from './input/headings.ts'
import { joinIds, newIdBook, noteIds, type IdBook } from './input/ids.ts'
import { readParts } from './input/parts.ts'
import { newRawTable, planFile, rowTaker, trimmedTable, type FilePlan, type RawTable } from './input/raw.ts'
import { newReading, settlePart, type Reading, type SettledPart } from './input/settled.ts'
import { readXlsx } from './input/xlsx.ts'
import type { LinkageKnowledge } from './knowledge.ts'
import type { ColumnConfig, LinkageConfig } from './model.ts'

/** One file as it was understood. */
export type FileRead = CsvOutcome & { file: string; columns: ColumnConfig[] }

type Options = { config: LinkageConfig; knowledge: LinkageKnowledge; progress: (done: number, total: number) => void }

/**
 * Reads one file, or two to be linked, into fields by kind.
 * @throws invalid `linkage.file-missing`, `linkage.no-headings`, `linkage.column-missing`, `linkage.nothing-to-compare`,
 *   `linkage.id-missing`, `linkage.repeated-id` and what the readers of the two formats throw
 */
export async function readFiles(
  files: readonly string[],
  options: Options,
): Promise<{ reading: Reading; files: FileRead[] }> {
  const reading = newReading(options.knowledge)
  const read: FileRead[] = []
  for (const file of files) {
    const { columns, outcome, plan, parts } = await naming(file, async () => {
      const found = isZip(file)
        ? await readSheetFile(file, reading, options)
        : await readTextFile(file, reading, options)
      refuseRepeated(found.noted)
      return found
    })
    const ids = joinIds(parts)
    for (const part of parts) part.ids = null
    reading.files.push({ plan, parts, ids })
    read.push({ ...outcome, file, columns })
  }
  const seen = new Set(
    read.flatMap(({ columns }) => columns.map(({ heading }) => foldText(heading, options.knowledge))),
  )
  const missing = options.config.columns.filter(({ heading }) => !seen.has(foldText(heading, options.knowledge)))
  if (missing.length > 0) throw columnMissing(missing)
  return { reading, files: read }
}

/** Reads a file so that what is wrong with it is told with its name: of two files people must know which. */
export async function naming<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Problem) || error.params['file'] !== undefined) throw error
    const params = { ...error.params, about: path.basename(file) }
    throw new Problem(error.kind, error.code, params, error.fields, error)
  }
}

type Read = { columns: ColumnConfig[]; outcome: CsvOutcome; plan: FilePlan; parts: SettledPart[]; noted: IdBook }

async function readTextFile(file: string, reading: Reading, { config, knowledge, progress }: Options): Promise<Read> {
  const head = readHead(file)
  const columns = columnsOf(head.headings, config, knowledge)
  const plan = planFile(columns, knowledge)
  const threads = config.threads ?? availableParallelism()
  const parts: SettledPart[] = []
  const noted = newIdBook()
  const take = (table: RawTable) => {
    if (table.ids !== null) noteIds(noted, table.ids)
    parts.push(settlePart(reading, plan, table))
  }
  const outcomes = await readParts(file, head, plan, { threads, progress, take })
  return { columns, outcome: joinOutcomes(head, outcomes), plan, parts, noted }
}

async function readSheetFile(file: string, reading: Reading, { config, knowledge }: Options): Promise<Read> {
  let columns: ColumnConfig[] = []
  let plan: FilePlan = { id: -1, fields: [] }
  let table = newRawTable(plan)
  const outcome = await readXlsx(file, (headings) => {
    columns = columnsOf(headings, config, knowledge)
    plan = planFile(columns, knowledge)
    table = newRawTable(plan)
    return rowTaker(table, plan)
  })
  const noted = newIdBook()
  if (table.ids !== null) noteIds(noted, table.ids)
  return { columns, outcome, plan, parts: [settlePart(reading, plan, trimmedTable(table))], noted }
}

function columnsOf(headings: string[], config: LinkageConfig, knowledge: LinkageKnowledge): ColumnConfig[] {
  const columns = recogniseColumns(headings, config.columns, knowledge)
  refuseMissing(headings, columns, config)
  return columns
}

/** @throws invalid `linkage.id-missing`, `linkage.repeated-id` */
export function refuseRepeated({ repeated, examples }: Pick<IdBook, 'repeated' | 'examples'>): void {
  if (examples.includes('')) throw invalid('linkage.id-missing')
  if (repeated > 0) throw invalid('linkage.repeated-id', { count: repeated, example: examples.join(', ') })
}

/** Each file must have a column of every kind configured, under whichever of its headings, and something to compare. */
function refuseMissing(headings: readonly string[], columns: readonly ColumnConfig[], config: LinkageConfig): void {
  if (headings.every((heading) => heading.trim() === '')) throw invalid('linkage.no-headings')
  const missing = config.columns.filter(
    (wanted) =>
      wanted.kind !== 'ignored' &&
      !columns.some((column) => column.kind === wanted.kind && column.of === wanted.of && column.part === wanted.part),
  )
  if (missing.length > 0) throw columnMissing(missing)
  if (columns.every((column) => column.kind === 'id' || column.kind === 'ignored'))
    throw invalid('linkage.nothing-to-compare', { headings: headings.slice(0, 20).join(', ') })
}

function columnMissing(missing: readonly ColumnConfig[]): Error {
  return invalid('linkage.column-missing', { heading: missing.map((one) => one.heading).join(', ') })
}

/** Whether a file is a spreadsheet. @throws invalid `linkage.file-missing` */
export function isZip(file: string): boolean {
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
