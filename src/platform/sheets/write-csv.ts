import { guardCell } from './guard.ts'
import type { SheetTable } from './write.ts'

/** Writes one table as .csv that a spreadsheet opens right: UTF-8 with its mark, commas, words that look like formulas guarded. */
export function writeCsv({ columns, rows }: Omit<SheetTable, 'name'>): Uint8Array {
  const lines = [columns.map((column) => column.head), ...rows].map((cells) =>
    cells.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(guardCell(cell ?? '')))).join(','),
  )
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`)
}

function quoted(words: string): string {
  return /[",;\t\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words
}
