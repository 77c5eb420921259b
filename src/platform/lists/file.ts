import { Writable } from 'node:stream'
import type { Language } from '../model.ts'
import { guardCell } from '../sheets/guard.ts'
import type { ListColumn } from './list.ts'

export type ListFormat = 'xlsx' | 'csv'
/** A value as the database gives it: dates are `YYYY-MM-DD`, codes are words already. */
export type Cell = string | number | null

export const mediaTypes: Record<ListFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** A file that grows row by row; what is written is packed as it comes, so that memory stays small. */
export type GrowingFile = {
  add: (rows: readonly (readonly Cell[])[]) => Promise<void>
  end: () => Promise<Uint8Array>
}

export type FileHead = {
  title: string
  columns: readonly { column: Pick<ListColumn, 'key' | 'kind' | 'width'>; head: string }[]
  /** A second sheet, where the format has one: what the file is, in pairs of words. */
  about: { title: string; lines: readonly (readonly [string, string])[] }
  language: Language
}

/** Begins a file of a list. The form of both formats is that of ADR 0015. */
export function beginFile(format: ListFormat, head: FileHead): Promise<GrowingFile> {
  return format === 'xlsx' ? beginWorkbook(head) : Promise.resolve(beginText(head))
}

/** A date as people of the language write it in tables. */
export function dateInFile(date: string, language: Language): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return language === 'en' ? date : `${day}/${month}/${year}`
}

function gather(): { stream: Writable; bytes: () => Uint8Array } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  return { stream, bytes: () => new Uint8Array(Buffer.concat(chunks)) }
}

async function beginWorkbook({ title, columns, about, language }: FileHead): Promise<GrowingFile> {
  const { WorkbookWriter } = await import('@cj-tech-master/excelts')
  const { stream, bytes } = gather()
  const book = new WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  const sheet = book.addWorksheet(sheetName(title), { views: [{ state: 'frozen', ySplit: 2 }] })
  const shown = language === 'en' ? 'yyyy-mm-dd' : 'dd/mm/yyyy'
  const formats = { text: '@', code: '@', date: shown, integer: '0', number: 'General' }
  sheet.columns = columns.map(({ column }) => ({
    width: column.width,
    style: { numFmt: formats[column.kind], alignment: { vertical: 'top' as const, wrapText: column.width > 30 } },
  }))
  const keys = sheet.addRow(columns.map(({ column }) => column.key))
  keys.hidden = true
  await keys.commit()
  const heads = sheet.addRow(columns.map(({ head }) => head))
  heads.font = { bold: true }
  await heads.commit()
  return {
    async add(rows) {
      for (const row of rows)
        await sheet.addRow(row.map((cell, at) => inSheet(cell, columns[at]?.column.kind ?? 'text'))).commit()
      await new Promise<void>((resolve) => setImmediate(resolve))
    },
    async end() {
      await sheet.commit()
      const second = book.addWorksheet(sheetName(about.title))
      second.columns = [
        { width: 24, style: { numFmt: '@' } },
        { width: 90, style: { numFmt: '@', alignment: { wrapText: true } } },
      ]
      for (const line of about.lines) await second.addRow([...line]).commit()
      await second.commit()
      await book.commit()
      return bytes()
    },
  }
}

function inSheet(cell: Cell, kind: ListColumn['kind']): string | number | Date {
  if (cell === null) return ''
  return kind === 'date' ? new Date(`${cell}T00:00:00Z`) : cell
}

function sheetName(name: string): string {
  return name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)
}

function beginText({ columns, language }: FileHead): GrowingFile {
  const pieces: Buffer[] = []
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => `"${guardCell(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
  const put = (text: string) => pieces.push(Buffer.from(text))
  put(`\uFEFF${line(columns.map(({ column, head }) => `${head} [${column.key}]`))}`)
  return {
    async add(rows) {
      put(
        rows
          .map((row) => line(row.map((cell, at) => inText(cell, columns[at]?.column.kind ?? 'text', language))))
          .join(''),
      )
      await new Promise<void>((resolve) => setImmediate(resolve))
    },
    end: () => Promise.resolve(new Uint8Array(Buffer.concat(pieces))),
  }
}

function inText(cell: Cell, kind: ListColumn['kind'], language: Language): string {
  if (cell === null) return ''
  if (kind === 'number') return numberInText(String(cell))
  return kind === 'date' ? dateInFile(String(cell), language) : String(cell)
}

/** A number with a point before its decimals; never with just three of them, which could be read as thousands. */
function numberInText(number: string): string {
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(number) ? `${number}0` : number
}
