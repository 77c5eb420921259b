import { readFileSync } from 'node:fs'
import { invalid, readSheet } from '#platform'
import type { CsvOutcome, TakeRow } from './csv.ts'

const limits = { rows: 200_000, columns: 500 }

/**
 * Reads the first sheet of an .xlsx file by the product's own reader. The first row holds the headings; a row with cells
 * beyond them is broken.
 * @throws invalid `linkage.file-empty`, `platform.sheet-unreadable`, `platform.sheet-too-large`
 */
export async function readXlsx(file: string, begin: (headings: string[]) => TakeRow): Promise<CsvOutcome> {
  const [head, ...rows] = await readSheet(readFileSync(file), limits)
  if (!head || rows.length === 0) throw invalid('linkage.file-empty')
  const headings = head.cells.map((cell) => cell.trim())
  while (headings.at(-1) === '') headings.pop()
  const take = begin(headings)
  const outcome: CsvOutcome = { rows: 0, broken: 0, brokenLines: [] }
  const encoder = new TextEncoder()
  const [starts, ends] = [new Int32Array(headings.length), new Int32Array(headings.length)]
  let bytes = new Uint8Array(1 << 16)
  for (const row of rows) {
    if (row.cells.slice(headings.length).some((cell) => cell !== '')) {
      outcome.broken++
      if (outcome.brokenLines.length < 20) outcome.brokenLines.push(row.number)
      continue
    }
    const cells = headings.map((_heading, index) => row.cells[index] ?? '')
    const room = cells.reduce((sum, cell) => sum + cell.length * 3, 0)
    if (room > bytes.length) bytes = new Uint8Array(room)
    let to = 0
    cells.forEach((cell, index) => {
      starts[index] = to
      to += encoder.encodeInto(cell, bytes.subarray(to)).written
      ends[index] = to
    })
    take(bytes, starts, ends, cells.length)
    outcome.rows++
  }
  return outcome
}
