import { cellText, type Cell, type Row, type Table } from './blocks.ts'
import type { DocumentGrammar, FieldRole } from './grammar.ts'

/** A table's heading: which role each column has and how many rows the heading takes. */
export interface Columns {
  roles: (FieldRole | null)[]
  headings: string[]
  headingRows: number
}

/**
 * Finds the heading of a table within its first rows and gives each column a role by its words.
 *
 * A two-level heading adds the words of both levels; the task column is the first free one with task words.
 */
export function columnsOf(table: Table, grammar: DocumentGrammar): Columns | null {
  const at = table.rows
    .slice(0, 4)
    .findIndex((row) => rolesOf(row.cells.map(cellText), grammar).filter(Boolean).length >= 2)
  const row = table.rows[at]
  if (at < 0 || !row) return null
  const headings = widen(row)
  const second = table.rows[at + 1]
  const isSecondLevel = second !== undefined && isSubHeading(second, row, grammar)
  const words = isSecondLevel ? bothLevels(row, second, widthOf(table), grammar) : headings
  const roles = rolesOf(words, grammar)
  return { roles, headings: words, headingRows: at + (isSecondLevel ? 2 : 1) }
}

/** One entry per column, a cell that spans several repeated. */
function widen(row: Row): string[] {
  return row.cells.flatMap((cell) => Array.from({ length: Math.max(1, cell.span) }, () => cellText(cell)))
}

function widthOf(table: Table): number {
  return Math.max(
    ...table.rows.map((row) => row.cells.reduce((sum, cell) => Math.max(sum, cell.column + cell.span), 0)),
  )
}

/**
 * Words of both levels per column. Where spans are known the lower words stand under theirs; a crawl loses spans, so the
 * lower words replace the heading that names no role of its own, or both lead and support.
 */
function bothLevels(first: Row, second: Row, width: number, grammar: DocumentGrammar): string[] {
  const tops = widen(first)
  const below = second.cells.map(cellText).filter((text) => text !== '')
  const knowsSpans = first.cells.some((cell) => cell.span > 1)
  // A last column that is empty all the way down is lost too.
  if (!knowsSpans && tops.length - 1 + below.length >= width) {
    const roles = rolesOf(tops, grammar)
    const lower = rolesOf(below, grammar)
    const bodies = roles.findIndex((role) => role === 'actors' || role === 'lead')
    const parent = bodies >= 0 && lower.includes('lead') ? bodies : roles.lastIndexOf(null)
    if (parent >= 0) return [...tops.slice(0, parent), ...below, ...tops.slice(parent + 1)]
  }
  return tops.map((heading, column) => {
    const cell = second.cells.find((one) => one.column <= column && column < one.column + one.span)
    const words = cell ? cellText(cell) : ''
    return words === '' || words === heading ? heading : words
  })
}

function isSubHeading(row: Row, heading: Row, grammar: DocumentGrammar): boolean {
  const words = row.cells.map(cellText).filter((text) => text !== '')
  const isMerged = heading.cells.some((cell) => cell.span > 1) && row.cells.some((cell) => cell.isContinued)
  return (
    words.length > 0 &&
    (isMerged || rolesOf(words, grammar).filter((role) => role !== null && role !== 'number').length >= 2)
  )
}

function rolesOf(headings: readonly string[], grammar: DocumentGrammar): (FieldRole | null)[] {
  const taken = new Set<FieldRole>()
  return headings.map((heading) => {
    const bare = heading.replace(/\([^)]*\)/g, '').trim()
    if (bare === '' || bare.length > 90) return null
    const found = grammar.columns.find(({ role, pattern }) => pattern.test(bare) && !taken.has(role))
    if (!found) return null
    taken.add(found.role)
    return found.role
  })
}

/** Whether a table assigns work: something to do and someone to do it. */
export function assignsWork(columns: Columns | null): columns is Columns {
  if (!columns) return false
  const has = (role: FieldRole): boolean => columns.roles.includes(role)
  return (has('task') || has('indicator')) && (has('lead') || has('support') || has('actors'))
}

/**
 * Gives the cells of a row their columns. Rows of full width keep their places; where empty cells were lost, cells are
 * laid on columns in order so that each fits what its column holds.
 */
export function layCells(
  row: Row,
  columns: Columns,
  fits: (cell: string, role: FieldRole | null) => number,
): (Cell | undefined)[] {
  const width = columns.roles.length
  const placed: (Cell | undefined)[] = Array.from({ length: width }, () => undefined)
  const cells = row.cells
  const reach = cells.reduce((sum, cell) => Math.max(sum, cell.column + cell.span), 0)
  if (reach >= width || cells.length === 0) {
    for (const cell of cells) if (cell.column < width) placed[cell.column] = cell
    return placed
  }
  bestLay(cells, columns.roles, fits).forEach((column, index) => {
    placed[column] = cells[index]
  })
  return placed
}

/** Columns for cells in order with the highest sum of fits (rows are narrow, so trying all choices is cheap). */
function bestLay(
  cells: readonly Cell[],
  roles: readonly (FieldRole | null)[],
  fits: (cell: string, role: FieldRole | null) => number,
): number[] {
  const scores = new Map<string, { score: number; lay: number[] }>()
  const solve = (cell: number, column: number): { score: number; lay: number[] } => {
    if (cell === cells.length) return { score: 0, lay: [] }
    if (roles.length - column < cells.length - cell) return { score: -Infinity, lay: [] }
    const key = `${cell}:${column}`
    const known = scores.get(key)
    if (known) return known
    const here = solve(cell + 1, column + 1)
    const placed = {
      score: here.score + fits(cellText(cells[cell]), roles[column] ?? null),
      lay: [column, ...here.lay],
    }
    const skipped = solve(cell, column + 1)
    const best = placed.score >= skipped.score ? placed : skipped
    scores.set(key, best)
    return best
  }
  return solve(0, 0).lay
}

/** A row that only numbers the columns: (1) (2) (3) or 1 2 3. */
export function isColumnNumbers(row: Row): boolean {
  const words = row.cells.map((cell) => cellText(cell).replace(/[()]/g, '')).filter((text) => text !== '')
  return words.length > 2 && words.every((text, index) => text === String(index + 1) || /^[A-E]$/.test(text))
}
