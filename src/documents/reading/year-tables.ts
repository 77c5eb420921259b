import type { ReadTarget } from '../model.ts'
import { cellText, gridTexts, isWhole, pageOfRow, type Row, type Table } from './blocks.ts'
import { isColumnNumbers } from './columns.ts'
import type { DocumentGrammar } from './grammar.ts'

/** A column of values for one year, with the words of its heading. */
interface YearColumn {
  year: number
  measure: string
  unit: string | null
}

/**
 * Targets of a table that gives values by year: one per row and year column. Columns of results or estimates are no
 * targets; rows without values are groups whose words open the measures under them.
 */
export function yearTableTargets(table: Table, grammar: DocumentGrammar): ReadTarget[] {
  const heading = readHeading(table, grammar)
  if (!heading || heading.years.filter((column) => column !== null).length < 2) return []
  const targets: ReadTarget[] = []
  const groups: string[] = []
  const grid = gridTexts(table.rows, heading.years.length)
  table.rows.slice(heading.rows).forEach((row, index) => {
    if (isColumnNumbers(row)) return
    const texts = grid[heading.rows + index] ?? []
    const values = texts.map((text, column) => (heading.years[column] ? grammar.targets.number(text) : null))
    const label = texts[heading.label] ?? ''
    const number = heading.label > 0 ? (texts[0] ?? '').replace(/[.)]$/, '') : ''
    if (label === '' || values.every((value) => value === null)) {
      if (label !== '') setGroup(groups, number, label)
      return
    }
    const group = groups.filter(Boolean).at(-1)
    const isPart = /^[-+]?$/.test(number)
    heading.years.forEach((column, at) => {
      const value = values[at]
      if (!column || value === null || value === undefined) return
      const measure = [isPart && group ? `${group}: ${label}` : label, column.measure]
        .filter((part) => part !== '')
        .join(', ')
      const source = {
        line: row.line,
        page: pageOfRow(row) ?? table.page,
        table: table.ordinal,
        row: heading.rows + index + 1,
      }
      const unit = column.unit ?? (heading.unit === null ? null : texts[heading.unit] || null)
      targets.push({
        path: isPart ? '' : number,
        text: label,
        measure,
        comparator: '=',
        value,
        unit,
        year: column.year,
        duties: [],
        source,
      })
    })
  })
  return targets
}

function setGroup(groups: string[], number: string, label: string): void {
  const depth = /^[IVXLC]+$/.test(number) ? 0 : 1
  groups.splice(depth)
  groups[depth] = label
}

interface Heading {
  years: (YearColumn | null)[]
  label: number
  unit: number | null
  rows: number
}

function readHeading(table: Table, grammar: DocumentGrammar): Heading | null {
  const first = table.rows[0]
  if (!first) return null
  const width = Math.max(
    ...table.rows.map((row) => row.cells.reduce((sum, cell) => Math.max(sum, cell.column + cell.span), 0)),
  )
  const second = table.rows[1]
  const tops = first.cells.flatMap((cell) => Array.from({ length: cell.span }, () => cellText(cell)))
  const isTwoLevel = second !== undefined && tops.length > 0 && isHeadingRow(second, grammar)
  const isMerged = first.cells.some((cell) => cell.span > 1) || second?.cells.some((cell) => cell.isContinued) === true
  const hasColumns = isTwoLevel && isMerged && isWhole(first, width) && isWhole(second, width)
  const words = hasColumns
    ? pathsOf(gridTexts([first, second], width))
    : isTwoLevel
      ? spread(tops, second, width)
      : tops.map((top) => [top])
  if (words.length < 3) return null
  const years = words.map((path) => yearColumn(path, grammar))
  const label = words.findIndex(
    (path, column) =>
      years[column] === null &&
      !grammar.columns.some(({ role, pattern }) => role === 'number' && pattern.test(path[0] ?? '')),
  )
  const unit = words.findIndex((path) => grammar.targets.unitColumn.test(path[0] ?? ''))
  if (label < 0) return null
  return { years, label, unit: unit < 0 ? null : unit, rows: isTwoLevel ? 2 : 1 }
}

/** A second row of heading words: no figures but years. */
function isHeadingRow(row: Row, grammar: DocumentGrammar): boolean {
  const texts = row.cells.map(cellText).filter((text) => text !== '')
  return (
    texts.length > 1 &&
    texts.every((text) => grammar.targets.number(text) === null) &&
    !/^[IVXLC]+$/.test(texts[0] ?? '')
  )
}

/** Heading words over each column, from the top, each once. */
function pathsOf(rows: readonly (readonly string[])[]): string[][] {
  return (rows[0] ?? []).map((_top, column) => {
    const path = rows.map((row) => row[column] ?? '').filter((text) => text !== '')
    return path.filter((text, index) => path.indexOf(text) === index)
  })
}

/** Lays the second row under the last columns of the first, shared evenly where several headings were merged. */
function spread(tops: readonly string[], second: Row, width: number): string[][] {
  const below = second.cells
    .filter((cell) => !cell.isContinued)
    .map(cellText)
    .filter((text) => text !== '')
  const single = width - below.length
  const merged =
    tops.length > width - 1
      ? tops.slice(single).filter((top, index, all) => all[index - 1] !== top)
      : tops.slice(single)
  const each = merged.length > 0 ? below.length / merged.length : 0
  const left = tops.slice(0, single).map((top) => [top])
  return [...left, ...below.map((text, index) => [merged[Math.floor(index / Math.max(1, each))] ?? '', text])]
}

function yearColumn(path: readonly string[], grammar: DocumentGrammar): YearColumn | null {
  if (path.some((words) => grammar.targets.resultColumn.test(words))) return null
  const dated = [...path].reverse().find((words) => /20\d\d/.test(words) && !/20\d\d\s*[-–]\s*20\d\d/.test(words))
  const year = dated ? /20\d\d/.exec(dated)?.[0] : undefined
  if (!year) return null
  const measure = path.filter((words) => words !== dated && !/20\d\d/.test(words)).join(' ')
  const unit = /\(([^()]+)\)\s*$/.exec(measure)?.[1] ?? null
  return { year: Number(year), measure: measure.replace(/\s*\([^()]*\)\s*$/, ''), unit }
}
