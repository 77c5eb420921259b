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
  const rows = rowsOf(runs, tableWidth(runs))
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
  const endless = runs.findIndex(
    (one) =>
      one.lines.length > longestCell || one.lines.reduce((sum, line) => sum + line.text.length, 0) > longestCell * 100,
  )
  if (endless < 0) return { runs, next: at }
  return { runs: runs.slice(0, endless), next: lines.findIndex((one) => one.number === runs[endless]?.line) }
}

/** Lines beyond which words after a bar are no cell: the text goes on without a blank line. */
const longestCell = 60

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

/** The heading's width, or that of rows which hold more words than it (a heading on two levels) at least twice. */
function tableWidth(runs: readonly Run[]): number {
  const heading = firstRowWidth(runs)
  const counts = new Map<number, number>()
  let words = 0
  for (const run of runs) {
    if (run.lines.length > 0) words += 1
    if (run.bars < 2) continue
    counts.set(words, (counts.get(words) ?? 0) + 1)
    words = 0
  }
  counts.set(words, (counts.get(words) ?? 0) + 1)
  const repeated = [...counts].filter(([, times]) => times >= 2).map(([width]) => width)
  return Math.max(heading, ...repeated)
}

const rowLabel = /^(?:\d{1,3}(?:\.\d{1,2})*[.)]?|[IVXLC]{1,5}[.)]?|\p{L}[.)]?|[-+])$/u

function rowsOf(runs: readonly Run[], width: number): Row[] {
  const rows: Row[] = []
  const isLabelled = startsWithLabels(runs)
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
    const { empty, isEnd, leading } = shareBars(
      after,
      { filled: cells.length, width, isLabelled },
      following(runs, index, rows.length),
    )
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

interface Next {
  label: boolean
  figure: boolean
  count: number
}

/** What follows a run: the words of the next cell and how many cells stand before the next doubled bar. */
function following(runs: readonly Run[], index: number, rows: number): Next {
  const next = runs[index + 1]
  let count = 0
  for (let at = index + 1; at < runs.length; at += 1) {
    count += 1
    if ((runs[at]?.bars ?? 0) >= 2) break
  }
  const words = next ? wordsOf(next) : ''
  // Three figures may be a value: a number far beyond the rows so far labels none.
  const isLabel = rowLabel.test(words) && !(Number(words) > rows + 15)
  return { label: isLabel, figure: !isLabel && /^\d[\d.,]*$/.test(words), count }
}

/** Whether most rows of the table begin with a number or letter: then words without one go on with their row. */
function startsWithLabels(runs: readonly Run[]): boolean {
  const starts = runs.filter((run, index) => run.lines.length > 0 && (runs[index - 1]?.bars ?? 0) >= 2)
  const labelled = starts.filter((run) => rowLabel.test(wordsOf(run)))
  return labelled.length > starts.length / 2
}

function wordsOf(run: Run): string {
  return run.lines.map((line) => line.text.replace(/\*/g, '').trim()).join(' ')
}

function shareBars(
  bars: number,
  row: { filled: number; width: number; isLabelled: boolean },
  next: Next,
): { empty: number; isEnd: boolean; leading: number } {
  if (bars <= 0) return { empty: 0, isEnd: false, leading: 0 }
  const missing = Math.max(row.width - row.filled, 0)
  const reach = row.filled + bars + next.count
  const isRowStart = next.label && next.count > 1
  const goesOn = next.figure || (row.isLabelled && !next.label && row.filled > 2)
  const fits = reach === row.width || (goesOn && reach <= row.width)
  if (row.filled > 0 && bars <= missing && fits && !isRowStart) return { empty: bars, isEnd: false, leading: 0 }
  const empty = Math.min(missing, bars - 1)
  const leading = Math.max(0, bars - 1 - empty)
  return { empty, isEnd: true, leading: Math.min(leading, Math.max(0, row.width - next.count)) }
}
