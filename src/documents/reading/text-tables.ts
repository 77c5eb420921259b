import type { Cell, Row, Table } from './blocks.ts'
import { cellText } from './blocks.ts'
import { isBlank, paragraphsOf, type Line } from './text-blocks.ts'

/** Whether a line is a cell's closing bar. */
export function isBar(line: Line | undefined): boolean {
  return line !== undefined && /^\*{0,3}\|\*{0,3}$/.test(line.text)
}

/** Words of one cell followed by the number of bars after them; words are absent for bars that open the table. */
interface Run {
  lines: Line[]
  bars: number
  line: number
}

/**
 * Reads one table of the crawl from its opening bar.
 *
 * Empty and merged cells may be kept (a bar of their own) or lost, so a run of bars is read against the width of the
 * heading row: it fills empty cells, ends a row, or opens the next with empty cells.
 *
 * @returns the table and the index of the first line after it
 */
export function readTable(lines: readonly Line[], start: number, ordinal: number): { table: Table; next: number } {
  const { runs, next } = collectRuns(lines, start)
  const heading = firstRowWidth(runs)
  const rough = rowsOf(runs, heading)
  const width = usualWidth(rough, heading)
  const rows = width === heading ? rough : rowsOf(runs, width)
  const first = lines[start]?.number ?? 1
  const lastLine = lines[next - 1]?.number ?? first
  return { table: { kind: 'table', ordinal, rows, line: first, lastLine, page: null }, next }
}

function collectRuns(lines: readonly Line[], start: number): { runs: Run[]; next: number } {
  const runs: Run[] = []
  const isPadded = isBlank(lines[start + 1] ?? { number: 0, text: '' }) && !isBar(lines[start + 1])
  let at = start
  let run: Run = { lines: [], bars: 0, line: lines[start]?.number ?? 1 }
  for (; at < lines.length; at += 1) {
    const line = lines[at]
    if (!line) break
    if (isBar(line)) run.bars += 1
    else if (isBlank(line) && !line.text.includes('|')) {
      if (endsAt(lines, at, run, isPadded)) break
    } else {
      if (run.bars > 0) {
        runs.push(run)
        run = { lines: [], bars: 0, line: line.number }
      }
      run.lines.push(line)
    }
  }
  runs.push(run)
  return { runs, next: at }
}

/** Whether the table ends at a blank line: after a closed cell, unless bars follow at once or cells are padded. */
function endsAt(lines: readonly Line[], at: number, run: Run, isPadded: boolean): boolean {
  let next = at
  while (next < lines.length && isBlank(lines[next] ?? { number: 0, text: '' }) && !isBar(lines[next])) next += 1
  if (next >= lines.length) return true
  if (isBar(lines[next])) return false
  const bar = lines.findIndex((line, index) => index > next && index < next + 40 && isBar(line))
  if (bar < 0) return true
  if (run.bars === 0) return false
  const gap = lines.slice(next, bar).findIndex((line) => isBlank(line) && !isBar(line))
  return !isPadded || (gap >= 0 && lines.slice(next + gap, bar).some((line) => !isBlank(line)))
}

function firstRowWidth(runs: readonly Run[]): number {
  let width = 0
  for (const run of runs) {
    if (run.lines.length > 0) width += 1
    if (run.bars >= 2 && width > 0) break
  }
  return Math.max(width, 1)
}

/** The commonest width of rows with more than one cell, never less than the heading's. */
function usualWidth(rows: readonly Row[], heading: number): number {
  const counts = new Map<number, number>()
  for (const row of rows)
    if (row.cells.length > 1) counts.set(row.cells.length, (counts.get(row.cells.length) ?? 0) + 1)
  const common = [...counts.entries()].sort((a, b) => b[1] - a[1])[0]?.[0] ?? heading
  return Math.max(common, heading)
}

const rowLabel = /^(?:\d{1,3}(?:\.\d{1,2})*[.)]?|[IVXLC]{1,5}[.)]?|\p{L}[.)]?|[-+])$/u

function rowsOf(runs: readonly Run[], width: number): Row[] {
  const rows: Row[] = []
  let cells: Cell[] = []
  let line = 0
  let lastLine = 0
  const push = (cell: Run | null): void => {
    const paragraphs = cell ? paragraphsOf(cell.lines, true) : []
    if (cells.length === 0 && cell) line = cell.line
    cells.push({ paragraphs, column: cells.length, span: 1, isContinued: false })
    if (cell) lastLine = cell.lines.at(-1)?.number ?? cell.line
  }
  const end = (): void => {
    if (cells.some((cell) => cellText(cell) !== '')) rows.push({ cells, line: firstLine(cells, line), lastLine })
    cells = []
  }
  runs.forEach((run, index) => {
    if (run.lines.length > 0) push(run)
    const after = run.lines.length > 0 ? run.bars - 1 : run.bars - (index === 0 ? 1 : 0)
    const { empty, isEnd, leading } = shareBars(after, cells.length, width, following(runs, index))
    for (let count = 0; count < empty; count += 1) push(null)
    if (isEnd) end()
    for (let count = 0; count < leading; count += 1) push(null)
  })
  end()
  return rows
}

function firstLine(cells: readonly Cell[], fallback: number): number {
  return cells.flatMap((cell) => cell.paragraphs)[0]?.line ?? fallback
}

/** What follows a run: the words of the next cell and how many cells stand before the next doubled bar. */
function following(runs: readonly Run[], index: number): { label: boolean; count: number } {
  const next = runs[index + 1]
  let count = 0
  for (let at = index + 1; at < runs.length; at += 1) {
    count += 1
    if ((runs[at]?.bars ?? 0) >= 2) break
  }
  const words = next ? next.lines.map((line) => line.text.replace(/\*/g, '').trim()).join(' ') : ''
  return { label: rowLabel.test(words), count }
}

function shareBars(
  bars: number,
  filled: number,
  width: number,
  next: { label: boolean; count: number },
): { empty: number; isEnd: boolean; leading: number } {
  if (bars <= 0) return { empty: 0, isEnd: false, leading: 0 }
  const missing = Math.max(width - filled, 0)
  const fillsRow = bars <= missing && filled + bars + next.count === width && !(next.label && next.count > 1)
  if (fillsRow && filled > 0) return { empty: bars, isEnd: false, leading: 0 }
  const empty = Math.min(missing, bars - 1)
  return { empty, isEnd: true, leading: Math.max(0, bars - 1 - empty) }
}
