import type { Worksheet } from '@cj-tech-master/excelts'
import { parse } from 'csv-parse/sync'
import { unzipSync, zipSync } from 'fflate'
import { invalid } from '../errors.ts'
import { unguardCell } from './guard.ts'

/**
 * A row as a person sees it: its number from 1, and the words of its cells from column A. `odd`: columns (from 0) whose
 * words nobody typed there, as a formula, a merged cell or a failed formula gives them, or that a file broken off left of them.
 */
export type SheetRow = {
  number: number
  cells: string[]
  odd?: { column: number; what: 'formula' | 'merged' | 'cut' }[]
  /** Columns (from 0) that a workbook holds as numbers: their words have a point before the decimals, whoever wrote them. */
  numbers?: number[]
}

/** `keepsLines`: line breaks inside cells are kept, where they are part of what was written. */
export type SheetLimits = { rows: number; columns: number; keepsLines?: true }

/** Unpacked, a table of people or figures is far below this; a bomb is far above. */
const mostUnpackedBytes = 48 * 1024 * 1024

/**
 * Reads the first sheet of an .xlsx file, or a .csv (comma, semicolon or tab; UTF-8), as words: dates as YYYY-MM-DD,
 * figures with a point, formulas by their kept result. Empty rows are left out.
 * @throws invalid `platform.sheet-unreadable`, `platform.sheet-too-large`
 */
export async function readSheet(bytes: Uint8Array, limits: SheetLimits): Promise<SheetRow[]> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const rows = isZip ? ((await readXlsx(bytes, limits, 1))[0]?.rows ?? []) : readCsv(bytes, limits)
  return rows.filter(isSaid)
}

export type BookLimits = SheetLimits & { sheets: number }

/**
 * Reads every sheet of an .xlsx file, also those nobody sees, as `readSheet` reads one; the limit of rows is of each.
 * @throws invalid `platform.sheet-unreadable`, `platform.sheet-too-large`
 */
export async function readBook(bytes: Uint8Array, limits: BookLimits): Promise<{ name: string; rows: SheetRow[] }[]> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw invalid('platform.sheet-unreadable')
  const sheets = await readXlsx(bytes, limits, limits.sheets)
  return sheets.map(({ name, rows }) => ({ name, rows: rows.filter(isSaid) }))
}

const isSaid = (row: SheetRow) => row.cells.some((cell) => cell !== '')

/** The address of a cell as spreadsheets write it. @param column from 0 */
export function cellAddress(column: number, row: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${row}`
}

function readCsv(bytes: Uint8Array, limits: SheetLimits): SheetRow[] {
  const text = decode(bytes)
  const delimiter = delimiterOf(text)
  const records = attempt(() =>
    parse(text, { delimiter, relax_column_count: true, max_record_size: 100_000, to: limits.rows + 1, bom: true }),
  ) as string[][]
  if (records.length > limits.rows) throw invalid('platform.sheet-too-large', { most: limits.rows })
  return records.map((record, index) => csvRow(record, index + 1, limits))
}

/** The sign that parts the columns, by the first line. */
export function delimiterOf(text: string): string {
  const head = text.slice(0, text.search(/\r|\n|$/))
  return [';', '\t', ','].find((sign) => head.includes(sign)) ?? ','
}

/** A record of a .csv as a row. */
export function csvRow(record: readonly string[], number: number, limits: SheetLimits): SheetRow {
  const cells = record.slice(0, limits.columns)
  const odd = cells.flatMap((cell, column) => (cell.startsWith('=') ? [{ column, what: 'formula' as const }] : []))
  return { number, cells: cells.map((cell) => tidy(unguardCell(cell), limits)), ...(odd.length > 0 && { odd }) }
}

function decode(bytes: Uint8Array): string {
  return attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
}

function tidy(cell: string, { keepsLines }: SheetLimits): string {
  const text = cell.normalize('NFC')
  return (keepsLines ? text.replace(/\r\n?/g, '\n').replace(/[^\S\n]+/g, ' ') : text.replace(/\s+/g, ' ')).trim()
}

async function readXlsx(
  bytes: Uint8Array,
  limits: SheetLimits,
  most: number,
): Promise<{ name: string; rows: SheetRow[] }[]> {
  const plain = repack(bytes, limits)
  const { Workbook } = await import('@cj-tech-master/excelts')
  const book = new Workbook()
  try {
    await book.xlsx.load(plain)
  } catch (cause) {
    throw invalid('platform.sheet-unreadable', { cause: cause instanceof Error ? cause.name : 'unknown' })
  }
  if (book.worksheets.length === 0) throw invalid('platform.sheet-unreadable')
  return book.worksheets.slice(0, most).map((sheet) => ({ name: sheet.name, rows: rowsOf(sheet, limits) }))
}

function rowsOf(sheet: Worksheet, limits: SheetLimits): SheetRow[] {
  const rows: SheetRow[] = []
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    if (rows.length > limits.rows) return
    const width = Math.min(row.cellCount, limits.columns)
    const read = Array.from({ length: width }, (_, at) => row.getCell(at + 1))
    const odd = read.flatMap((cell, column) => {
      const what = cell.isMerged && cell.master !== cell ? 'merged' : cell.formula ? 'formula' : null
      return what === null ? [] : [{ column, what } as const]
    })
    const numbers = read.flatMap((cell, column) => (typeof shownOf(cell.value) === 'number' ? [column] : []))
    rows.push({
      number,
      cells: read.map((cell) => tidy(words(cell), limits)),
      ...(odd.length > 0 && { odd }),
      ...(numbers.length > 0 && { numbers }),
    })
  })
  if (rows.length > limits.rows) throw invalid('platform.sheet-too-large', { most: limits.rows })
  return rows
}

function words(cell: { value: unknown; text: string }): string {
  const value = shownOf(cell.value)
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'object' && value !== null && 'error' in value) return String(value.error)
  return typeof value === 'number' ? String(value) : cell.text
}

/** What a cell shows: of a formula its kept result, be it a date or a failure. */
function shownOf(value: unknown): unknown {
  const isFormula = typeof value === 'object' && value !== null && 'result' in value
  return isFormula ? value.result : value
}

/** The file unpacked within bounds and packed again with true sizes, so that what reads it cannot be deceived by them. */
function repack(bytes: Uint8Array, limits: SheetLimits): Uint8Array {
  let unpacked = 0
  const parts = attempt(() =>
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        const isWanted = /\.(xml|rels)$/.test(name) && !name.includes('..') && !/^(docProps|xl\/theme)\//.test(name)
        if (isWanted) unpacked += originalSize
        if (unpacked > mostUnpackedBytes) throw invalid('platform.sheet-too-large', { most: 0 })
        return isWanted
      },
    }),
  )
  for (const [name, part] of Object.entries(parts)) {
    if (!/worksheets\/[^/]+\.xml$/.test(name)) continue
    if (countRows(part) > limits.rows * 4 + 10_000) throw invalid('platform.sheet-too-large', { most: limits.rows })
    parts[name] = withoutRules(part)
  }
  return zipSync(parts, { level: 0 })
}

const ruleTags = [Buffer.from('<dataValidations'), Buffer.from('</dataValidations>')] as const

/** A sheet without the rules its cells were held to: they say nothing of what stands in it, and cost as much as all of it to build. */
function withoutRules(part: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  const [open, close] = ruleTags
  const [from, to] = [bytes.indexOf(open), bytes.lastIndexOf(close)]
  return from < 0 || to < from ? part : Buffer.concat([bytes.subarray(0, from), bytes.subarray(to + close.length)])
}

const rowTag = Buffer.from('<row ')

/** How many rows a sheet writes down, counted before anything is built of them; empty ones too. */
function countRows(part: Uint8Array): number {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  let count = 0
  for (let at = bytes.indexOf(rowTag); at >= 0; at = bytes.indexOf(rowTag, at + rowTag.length)) count++
  return count
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (fault) {
    if (fault instanceof Error && fault.name === 'Problem') throw fault
    throw invalid('platform.sheet-unreadable')
  }
}
