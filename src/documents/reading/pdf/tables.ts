import type { Cell, Row, Table } from '../blocks.ts'
import type { Glyph } from './content.ts'
import { paragraphsFrom, type Frame, type Placed } from './flow.ts'
import type { Grid, GridCell } from './grids.ts'
import { lineText, linesOf, type Line, type Where } from './lines.ts'

/** A cell with its printed lines, before they are joined to paragraphs. */
interface DraftCell {
  column: number
  span: number
  isContinued: boolean
  lines: Placed[]
}

/** A table, or the part of one that stands on a page. */
export interface DraftTable {
  xs: number[]
  rows: DraftCell[][]
  page: number
  top: number
  bottom: number
}

/** Shares a page's characters among its tables; what lies outside all is left over. */
export function tablesOf(
  glyphs: readonly Glyph[],
  grids: readonly Grid[],
  where: Where,
): { tables: DraftTable[]; rest: Glyph[] } {
  const inside = grids.map((): Glyph[] => [])
  const rest: Glyph[] = []
  for (const glyph of glyphs) {
    const [x, y] = [glyph.x + glyph.width / 2, glyph.y - glyph.size * 0.3]
    const at = grids.findIndex(({ xs, ys }) => isWithin(x, xs) && isWithin(y, ys))
    ;(inside[at] ?? rest).push(glyph)
  }
  const tables = grids.flatMap((grid, index) => {
    const table = draftOf(grid, inside[index] ?? [], where)
    const filled = table.rows.flat().filter((cell) => cell.lines.length > 0).length
    // A frame around words, or lines under a letterhead, hold no table.
    if (filled < 2) {
      rest.push(...(inside[index] ?? []))
      return []
    }
    return [table]
  })
  return { tables, rest }
}

function isWithin(value: number, edges: readonly number[]): boolean {
  return value >= (edges[0] ?? 0) - 1 && value <= (edges.at(-1) ?? 0) + 1
}

function draftOf(grid: Grid, glyphs: readonly Glyph[], where: Where): DraftTable {
  const columns = grid.xs.length - 1
  const owner = new Map<number, number>()
  grid.cells.forEach((cell, index) => {
    for (let row = cell.row; row < cell.row + cell.rows; row += 1)
      for (let column = cell.column; column < cell.column + cell.columns; column += 1)
        owner.set(row * columns + column, index)
  })
  const words = grid.cells.map((): Glyph[] => [])
  for (const glyph of glyphs) {
    const row = fieldOf(glyph.y - glyph.size * 0.3, grid.ys)
    const column = fieldOf(glyph.x + glyph.width / 2, grid.xs)
    words[owner.get(row * columns + column) ?? -1]?.push(glyph)
  }
  const lines = words.map((own) => linesOf(own, where))
  const frames = framesOf(grid, lines)
  const rows = grid.ys.slice(1).map((_y, row) =>
    grid.cells.flatMap((cell, index): DraftCell[] => {
      if (row < cell.row || row >= cell.row + cell.rows) return []
      const isContinued = row > cell.row
      const frame = frames[index]
      const own = isContinued || !frame ? [] : (lines[index] ?? []).map((line) => ({ line, frame }))
      return [{ column: cell.column, span: cell.columns, isContinued, lines: own }]
    }),
  )
  for (const cells of rows) cells.sort((a, b) => a.column - b.column)
  return { xs: grid.xs, rows, page: where.page, top: grid.ys[0] ?? 0, bottom: grid.ys.at(-1) ?? 0 }
}

function fieldOf(value: number, edges: readonly number[]): number {
  const at = edges.findIndex((edge) => edge > value)
  return Math.max(0, (at < 0 ? edges.length - 1 : at) - 1)
}

/** Where words of each cell run: its box less the padding, which is the least that a table's lines leave on the left. */
function framesOf(grid: Grid, lines: readonly Line[][]): Frame[] {
  const leftOf = (cell: GridCell): number => grid.xs[cell.column] ?? 0
  const gaps = grid.cells.flatMap((cell, index) => (lines[index] ?? []).map((line) => line.left - leftOf(cell)))
  const padding = Math.max(0, Math.min(...gaps, 6))
  return grid.cells.map((cell, index) => {
    const right = (grid.xs[cell.column + cell.columns] ?? 0) - padding
    const reached = Math.max(...(lines[index] ?? []).map((line) => line.right), 0)
    return { left: leftOf(cell) + padding, right: Math.max(right, reached), kind: 'cell' }
  })
}

/** Adds the part of a table on the next page: its columns are the same, its heading rows may be repeated. */
export function continues(table: DraftTable, next: DraftTable): boolean {
  const shift = (next.xs[0] ?? 0) - (table.xs[0] ?? 0)
  const isNear = (x: number): boolean => table.xs.some((own) => Math.abs(own + shift - x) < 5)
  const widths = [table, next].map(({ xs }) => (xs.at(-1) ?? 0) - (xs[0] ?? 0))
  return next.xs.every(isNear) && Math.abs((widths[0] ?? 0) - (widths[1] ?? 0)) < 10
}

export function withContinuation(table: DraftTable, next: DraftTable): DraftTable {
  const shift = (next.xs[0] ?? 0) - (table.xs[0] ?? 0)
  const columnOf = (x: number | undefined): number =>
    table.xs.findIndex((own) => Math.abs(own + shift - (x ?? Number.NaN)) < 5)
  const rows = next.rows.map((cells) =>
    cells.map((cell) => {
      const column = columnOf(next.xs[cell.column])
      return { ...cell, column, span: columnOf(next.xs[cell.column + cell.span]) - column }
    }),
  )
  const repeated = rows.findIndex((row, index) => !isSameRow(row, table.rows[index] ?? []))
  const fresh = repeated < 0 ? [] : rows.slice(repeated)
  const [first, ...others] = fresh
  const last = table.rows.at(-1)
  if (first && last && isRestOfRow(first, last))
    return { ...table, rows: [...table.rows.slice(0, -1), joinedRows(last, first), ...others], bottom: next.bottom }
  const reached = first ? [reachedFromAbove(first, table), ...others] : []
  return { ...table, rows: [...table.rows, ...reached], bottom: next.bottom }
}

/**
 * A merged cell cut by the page's end is drawn anew, empty, on the next. An empty cell at the top of a page is taken for
 * the rest of one where its column was filled in every row before.
 */
function reachedFromAbove(row: readonly DraftCell[], table: DraftTable): DraftCell[] {
  const full = table.rows.filter((cells) => cells.length === row.length)
  const isFilled = (cell: DraftCell | undefined): boolean =>
    cell !== undefined && (cell.isContinued || cell.lines.length > 0)
  return row.map((cell) => {
    if (cell.lines.length > 0 || cell.column === 0 || full.length < 2) return cell
    const isAlways = full.every((cells) => isFilled(cells.find((one) => one.column === cell.column)))
    return isAlways ? { ...cell, isContinued: true } : cell
  })
}

function wordsOf(cell: DraftCell | undefined): string {
  return (cell?.lines ?? []).map(({ line }) => lineText(line)).join(' ')
}

function isSameRow(row: readonly DraftCell[], other: readonly DraftCell[]): boolean {
  const isSame = row.every((cell) => wordsOf(cell) === wordsOf(other.find((one) => one.column === cell.column)))
  return isSame && row.some((cell) => cell.lines.length > 0)
}

/**
 * Whether a row at the top of a page is the rest of the one cut by the page's end: it has no number of its own though
 * the other has, or goes on in the middle of a sentence.
 */
function isRestOfRow(row: readonly DraftCell[], before: readonly DraftCell[]): boolean {
  const isAlike = row.length === before.length && row.every((cell, index) => cell.column === before[index]?.column)
  if (!isAlike || row.length < 2) return false
  const filled = row.filter((cell) => cell.lines.length > 0)
  if (row[0]?.lines.length === 0 && (before[0]?.lines.length ?? 0) > 0 && filled.length > 0) {
    return filled.every((cell) => wordsOf(before.find((one) => one.column === cell.column)) !== '')
  }
  const goesOn = filled.some((cell) => /^\p{Ll}/u.test(wordsOf(cell)))
  return goesOn && row[0]?.lines.length === 0
}

function joinedRows(upper: readonly DraftCell[], lower: readonly DraftCell[]): DraftCell[] {
  return upper.map((cell, index) => ({ ...cell, lines: [...cell.lines, ...(lower[index]?.lines ?? [])] }))
}

/** The finished table; its lines are numbered by then. */
export function tableFrom(draft: DraftTable, ordinal: number, leading: number): Table | null {
  const rows = draft.rows.flatMap((cells): Row[] => {
    const read = cells.map(({ column, span, isContinued, lines }): Cell => ({
      paragraphs: paragraphsFrom(lines, leading),
      column,
      span,
      isContinued,
    }))
    const paragraphs = read.flatMap((cell) => cell.paragraphs)
    if (paragraphs.length === 0) return []
    const lines = paragraphs.flatMap((paragraph) => [paragraph.line, paragraph.lastLine])
    return [{ cells: read, line: Math.min(...lines), lastLine: Math.max(...lines) }]
  })
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last) return null
  const page = first.cells.flatMap((cell) => cell.paragraphs)[0]?.page ?? draft.page
  return { kind: 'table', ordinal, rows, line: first.line, lastLine: last.lastLine, page }
}
