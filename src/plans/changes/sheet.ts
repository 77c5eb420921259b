import { createHash } from 'node:crypto'
import { cellAddress, invalid, readSheet, writeCsv, writeSheets, type Catalogue, type FileAnswer } from '#platform'
import { Language } from '#platform/model'
import { foldName } from '#territory/model'
import { changeLimits } from '../model.ts'
import type { Refusal } from './rules.ts'

/** A row of a spreadsheet by its columns; what is not there was not in the sheet. */
export type TableRow<C extends string> = {
  number: number
  cells: ReadonlyMap<C, string>
  columnOf: (column: C) => number | null
}

export type ReadTable<C extends string> = { rows: TableRow<C>[]; refused: Refusal[]; seen: number }

export type SheetFormat = 'xlsx' | 'csv'

/** Keys of the files of lists that are other words than ours (ADR 0015): their `status` is the accepted one, not what is said. */
const keysOfLists: Readonly<Record<string, string>> = { task: 'text', status: 'saidStatus' }

/** The head of a column as a person reads it, here or in the files of lists. */
function headOf(say: Catalogue, language: Language, column: string, isOfList = false): string {
  const key = isOfList ? keysOfLists[column] : undefined
  return say(language, key === undefined ? `plans.sheet-column-${column}` : `plans.tasks-column-${key}`)
}

/** Heads in every language and as keys, also as the files of lists write them: `dueOn` (ADR 0015). */
function knownHeads<C extends string>(say: Catalogue, columns: readonly C[], isOfList: boolean): Map<string, C> {
  const known = new Map(
    columns.flatMap((column) => [
      [foldName(column), column] as const,
      [foldName(keysOfLists[column] ?? column.replaceAll('-', '')), column] as const,
      ...Language.options.map((language) => [foldName(headOf(say, language, column)), column] as const),
    ]),
  )
  if (isOfList) for (const ours of Object.keys(keysOfLists)) known.delete(foldName(ours))
  return known
}

/** The key a file of a list has in brackets behind a head. */
function keyIn(cell: string): string | undefined {
  return /\[(\w+)\]$/u.exec(cell)?.[1]
}

/** Whether a cell is the head of the column of ids, in any language. */
function isHeadOfId(say: Catalogue, cell: string): boolean {
  return Language.options.some((language) =>
    ['plans.tasks-column-id', 'plans.sheet-column-id'].some((key) => foldName(say(language, key)) === foldName(cell)),
  )
}

/**
 * Reads a spreadsheet by the heads of its first row, in any order and any of the languages. Rows with a formula or a
 * merged cell under a known head are refused: nobody typed what stands there.
 * @throws invalid `platform.sheet-unreadable`, `platform.sheet-too-large`, `plans.sheet-head-missing`, `plans.sheet-head-twice`, `plans.sheet-empty`
 */
export async function readTable<C extends string>(
  say: Catalogue,
  language: Language,
  bytes: Uint8Array,
  of: { columns: readonly C[]; id: C; needed: readonly C[]; rows: number },
): Promise<ReadTable<C>> {
  const [head, ...below] = await readSheet(bytes, { rows: of.rows + 2, columns: 60, keepsLines: true })
  const heads = head?.cells ?? []
  // Files of lists have their keys in brackets behind the heads, or hidden in a row above them.
  const hasKeyRow = isHeadOfId(say, below[0]?.cells[heads.indexOf(of.id)] ?? '')
  const isOfList = hasKeyRow || heads.some((cell) => keyIn(cell) === of.id)
  const known = knownHeads(say, of.columns, isOfList)
  const places = new Map<C, number>()
  for (const [at, cell] of heads.entries()) {
    const column = known.get(foldName(keyIn(cell) ?? cell))
    if (column === undefined) continue
    if (places.has(column)) throw invalid('plans.sheet-head-twice', { head: cell })
    places.set(column, at)
  }
  const missing = of.needed.find((column) => !places.has(column))
  if (missing !== undefined)
    throw invalid('plans.sheet-head-missing', { head: headOf(say, language, missing, isOfList) })
  const body = hasKeyRow ? below.slice(1) : below
  if (body.length === 0) throw invalid('plans.sheet-empty')
  const columns = new Set(places.values())
  const refused: Refusal[] = []
  const rows = body.flatMap(({ number, cells, odd = [] }): TableRow<C>[] => {
    const [fault] = odd.filter((cell) => columns.has(cell.column))
    if (fault !== undefined) {
      refused.push({ rowNumber: number, column: fault.column, name: '', code: `plans.cell-${fault.what}` })
      return []
    }
    return [
      {
        number,
        cells: new Map([...places].map(([column, at]) => [column, cells[at] ?? ''])),
        columnOf: (column) => places.get(column) ?? null,
      },
    ]
  })
  return { rows, refused, seen: body.length }
}

export type WrittenTable<C extends string> = {
  /** The key of the message that names sheet and file. */
  title: string
  columns: readonly { key: C; width: number }[]
  rows: readonly Readonly<Record<C, string>>[]
}

/** Writes a table with heads in the reader's language; .xlsx says on a second sheet what each column takes. */
export async function writeTable<C extends string>(
  say: Catalogue,
  language: Language,
  format: SheetFormat,
  { title, columns, rows }: WrittenTable<C>,
): Promise<FileAnswer> {
  const fileName = `${say(language, title)}.${format}`
  const table = {
    columns: columns.map(({ key, width }) => ({ head: headOf(say, language, key), width })),
    rows: rows.map((row) => columns.map(({ key }) => row[key])),
  }
  if (format === 'csv') return { fileName, mediaType: 'text/csv; charset=utf-8', bytes: writeCsv(table) }
  const help = {
    name: say(language, 'plans.sheet-help'),
    columns: [
      { head: say(language, 'plans.sheet-help-column'), width: 26 },
      { head: say(language, 'plans.sheet-help-meaning'), width: 90 },
    ],
    rows: columns.map(({ key }) => [headOf(say, language, key), say(language, `plans.sheet-meaning-${key}`)]),
  }
  return {
    fileName,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await writeSheets([{ name: say(language, title), ...table }, help]),
  }
}

/** The values of a choice as people write them: in every language, and the value itself. */
export function knownChoices<V extends string>(say: Catalogue, prefix: string, values: readonly V[]): Map<string, V> {
  return new Map(
    values.flatMap((value) => [
      [foldName(value), value] as const,
      ...Language.options.map((language) => [foldName(say(language, `${prefix}${value}`)), value] as const),
    ]),
  )
}

/** A short mark of what a record says, to see later whether it still says so. */
export function markOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)
}

/** The address of the cell to blame, as spreadsheets write it. */
export function cellOf(refusal: Refusal): string | null {
  return refusal.rowNumber === null || refusal.column === null ? null : cellAddress(refusal.column, refusal.rowNumber)
}

export const mostRows = { draft: changeLimits.draftRows, progress: changeLimits.progressRows } as const
