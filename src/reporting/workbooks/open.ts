import { z } from 'zod'
import { cellAddress, invalid, readBook, type SheetRow } from '#platform'
import { backDigest, padded, rowsAbove } from './layout.ts'
import { backMark, backSheet, type Made as MadeFrom } from './write.ts'

const Made: z.ZodType<MadeFrom> = z.object({
  reportId: z.uuid(),
  obligationId: z.uuid(),
  agencyId: z.uuid(),
  form: z.string(),
  number: z.int(),
  versions: z.record(z.string(), z.int()),
})

/** A line of a workbook: what it was made from, the row in which it is now, how many heads stand above it. */
export type OpenLine = {
  section: string
  line: string
  base: string[]
  sheet: string
  row: SheetRow
  heads: number
}
export type OpenBook<M = MadeFrom> = {
  made: M
  lines: OpenLine[]
  /** Cells below the last line in which something was written. */
  beyond: { place: string; words: string }[]
}

/** The address of a cell in a workbook. @param column from 0 */
export const placeOf = (sheet: string, column: number, row: number): string => `${sheet}!${cellAddress(column, row)}`

type Sheets = Awaited<ReturnType<typeof readBook>>

/** What a workbook may hold. */
const limits = { rows: 6_000, columns: 40, sheets: 70, keepsLines: true } as const

/**
 * Opens a workbook that came back, and looks whether it is still built as it was made.
 * @throws invalid `platform.sheet-unreadable`, `platform.sheet-too-large`, `reporting.workbook-not-ours`, `reporting.workbook-altered`
 */
export async function openWorkbook(bytes: Uint8Array): Promise<OpenBook> {
  return openSheets(await readBook(bytes, limits), { mark: backMark, made: Made })
}

/** Looks whether sheets are still built as they were made. @throws invalid `reporting.workbook-not-ours`, `reporting.workbook-altered` */
export function openSheets<M>(all: Sheets, of: { mark: string; made: z.ZodType<M> }): OpenBook<M> {
  const sheets = new Map(all.map(({ name, rows }) => [name, rows]))
  const [first, ...back] = sheets.get(backSheet) ?? []
  const [mark, digest, json = ''] = first?.cells ?? []
  if (mark !== of.mark) throw invalid('reporting.workbook-not-ours')
  const rows = back.map(({ cells }) => cells)
  const made = madeOf(of.made, json)
  if (made === undefined || digest !== backDigest(json, rows)) throw altered(backSheet)
  return { made, ...linesOf(rows, sheets) }
}

function madeOf<M>(shape: z.ZodType<M>, json: string): M | undefined {
  try {
    return shape.safeParse(JSON.parse(json)).data
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined
    throw fault
  }
}

const altered = (place: string) => invalid('reporting.workbook-altered', { place })

function linesOf(back: readonly string[][], sheets: ReadonlyMap<string, SheetRow[]>) {
  const lines: OpenLine[] = []
  const beyond: OpenBook['beyond'] = []
  const heads = back.flatMap((cells, at) => (cells[0] === 'sheet' ? [{ cells, at }] : []))
  for (const [nth, { cells: head, at }] of heads.entries()) {
    const [, , sheet = '', ...words] = head
    const of = back.slice(at + 1, heads[nth + 1]?.at ?? back.length)
    const rows = new Map((sheets.get(sheet) ?? []).map((row) => [row.number, row]))
    const is = rows.get(rowsAbove)?.cells.slice(1) ?? []
    if (padded(is).join('\n') !== padded(words).join('\n')) throw altered(placeOf(sheet, 1, rowsAbove))
    for (const [nthLine, [, section = '', line = '', ...base]] of of.entries()) {
      const number = rowsAbove + 1 + nthLine
      const row = rows.get(number)
      if (row?.cells[0] !== `${section}/${line}`) throw altered(placeOf(sheet, 0, number))
      rows.delete(number)
      lines.push({ section, line, base, sheet, row, heads: words.length })
    }
    for (const [number, row] of rows)
      if (number > rowsAbove)
        beyond.push(
          ...row.cells.flatMap((cell, column) =>
            cell === '' ? [] : [{ place: placeOf(sheet, column, number), words: cell }],
          ),
        )
  }
  return { lines, beyond }
}
