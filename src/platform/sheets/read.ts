import { parse } from 'csv-parse/sync'
import { unzipSync, zipSync } from 'fflate'
import { invalid } from '../errors.ts'
import { unguardCell } from './guard.ts'

/** A row as a person sees it: its number from 1, and the words of its cells from column A. */
export type SheetRow = { number: number; cells: string[] }

export type SheetLimits = { rows: number; columns: number }

/** Unpacked, a table of people or figures is far below this; a bomb is far above. */
const mostUnpackedBytes = 48 * 1024 * 1024

/**
 * Reads the first sheet of an .xlsx file, or a .csv (comma, semicolon or tab; UTF-8), as words: dates as YYYY-MM-DD,
 * figures with a point, formulas by their kept result. Empty rows are left out.
 * @throws invalid `platform.sheet-unreadable`, `platform.sheet-too-large`
 */
export async function readSheet(bytes: Uint8Array, limits: SheetLimits): Promise<SheetRow[]> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const rows = isZip ? await readXlsx(bytes, limits) : readCsv(bytes, limits)
  return rows.filter((row) => row.cells.some((cell) => cell !== ''))
}

/** The address of a cell as spreadsheets write it. @param column from 0 */
export function cellAddress(column: number, row: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${row}`
}

function readCsv(bytes: Uint8Array, limits: SheetLimits): SheetRow[] {
  const text = decode(bytes)
  const head = text.slice(0, text.search(/\r|\n|$/))
  const delimiter = [';', '\t', ','].find((sign) => head.includes(sign)) ?? ','
  const records = attempt(() =>
    parse(text, { delimiter, relax_column_count: true, max_record_size: 100_000, to: limits.rows + 1, bom: true }),
  ) as string[][]
  if (records.length > limits.rows) throw invalid('platform.sheet-too-large', { most: limits.rows })
  return records.map((record, index) => ({
    number: index + 1,
    cells: record.slice(0, limits.columns).map((cell) => tidy(unguardCell(cell))),
  }))
}

function decode(bytes: Uint8Array): string {
  return attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
}

function tidy(cell: string): string {
  return cell.normalize('NFC').replace(/\s+/g, ' ').trim()
}

async function readXlsx(bytes: Uint8Array, limits: SheetLimits): Promise<SheetRow[]> {
  const plain = repack(bytes)
  const { Workbook } = await import('@cj-tech-master/excelts')
  const book = new Workbook()
  try {
    await book.xlsx.load(plain)
  } catch (cause) {
    throw invalid('platform.sheet-unreadable', { cause: cause instanceof Error ? cause.name : 'unknown' })
  }
  const sheet = book.worksheets[0]
  if (!sheet) throw invalid('platform.sheet-unreadable')
  const rows: SheetRow[] = []
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    if (rows.length > limits.rows) return
    const width = Math.min(row.cellCount, limits.columns)
    const cells = Array.from({ length: width }, (_, at) => tidy(words(row.getCell(at + 1))))
    rows.push({ number, cells })
  })
  if (rows.length > limits.rows) throw invalid('platform.sheet-too-large', { most: limits.rows })
  return rows
}

function words(cell: { value: unknown; text: string }): string {
  const value = cell.value
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return typeof value === 'number' ? String(value) : cell.text
}

/** The file unpacked within bounds and packed again with true sizes, so that what reads it cannot be deceived by them. */
function repack(bytes: Uint8Array): Uint8Array {
  let unpacked = 0
  const parts = attempt(() =>
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        const isWanted = /\.(xml|rels)$/.test(name) && !name.includes('..')
        if (isWanted) unpacked += originalSize
        if (unpacked > mostUnpackedBytes) throw invalid('platform.sheet-too-large', { most: 0 })
        return isWanted
      },
    }),
  )
  return zipSync(parts, { level: 0 })
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (fault) {
    if (fault instanceof Error && fault.name === 'Problem') throw fault
    throw invalid('platform.sheet-unreadable')
  }
}
