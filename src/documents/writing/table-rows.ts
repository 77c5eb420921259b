import type { ColumnAlign, DocumentTable } from './model.ts'
import { cellStyle, paragraph } from './pieces.ts'
import type { Piece } from './pieces.ts'
import { linesOf, printable } from './text.ts'

export interface Cell {
  pieces: Piece[]
  span: number
  middle: boolean
}

/** Rows of a table with rules; the first is its heading, which comes again on each page. */
export function rowsOf(table: DocumentTable, keepsTogether: boolean): Cell[][] {
  const { columns } = table
  const keepNext = keepsTogether && isShort(table)
  return [
    columns.map((column) => cell([paragraph('tableHeading', column.heading)], { middle: true })),
    ...table.groups.flatMap((group) => groupRows(group, table, keepNext)),
    ...(table.total === null ? [] : [totalRow(table.total, columns, keepNext)]),
  ]
}

/** Up to this many rows a table in the text stays on one page. */
const ROWS_KEPT_TOGETHER = 12

export function isShort(table: DocumentTable): boolean {
  return table.groups.reduce((count, group) => count + group.rows.length, 0) <= ROWS_KEPT_TOGETHER
}

function cell(pieces: Piece[], { span = 1, middle = false } = {}): Cell {
  return { pieces, span, middle }
}

function groupRows(
  group: DocumentTable['groups'][number],
  { columns, marks }: DocumentTable,
  keepNext: boolean,
): Cell[][] {
  const rows = group.rows.map((cells) =>
    cells.map((text, index) => {
      const lines = cellLines(text, columns[index]?.align ?? 'left', keepNext)
      return cell(marks === undefined ? lines : withMarks(lines, marks, index === 0))
    }),
  )
  if (group.title === null) return rows
  const hasLabel = group.label !== null && columns.length > 1
  const title = cell([paragraph('tableGroup', group.title)], { span: columns.length - (hasLabel ? 1 : 0) })
  const label = cell([paragraph('tableGroup', group.label ?? '', { alignment: columns[0]?.align ?? 'left' })])
  return [hasLabel ? [label, title] : [title], ...rows]
}

/** Sets apart the mark with which a cell ends, or which it is, as what leads or is led to. */
function withMarks(lines: Piece[], { lead, of }: NonNullable<DocumentTable['marks']>, isFirst: boolean): Piece[] {
  const last = lines.at(-1)
  if (last?.type !== 'paragraph' || (lead === 'to' && !isFirst)) return lines
  const [run] = last.runs
  const words = run?.text ?? ''
  const mark = of.find((one) => (lead === 'to' ? words === one : words === one || words.endsWith(` ${one}`)))
  if (mark === undefined) return lines
  const before = words.slice(0, -mark.length)
  const runs =
    lead === 'to'
      ? [{ text: words, place: mark }]
      : [...(before === '' ? [] : [{ text: before }]), { text: mark, leadsTo: mark, isApart: before !== '' }]
  return [...lines.slice(0, -1), { ...last, runs }]
}

function totalRow(cells: string[], columns: DocumentTable['columns'], keepNext: boolean): Cell[] {
  return cells.map((text, index) =>
    cell([paragraph('tableGroup', text, { alignment: columns[index]?.align ?? 'left', keepNext })]),
  )
}

function cellLines(text: string, align: ColumnAlign, keepNext: boolean): Piece[] {
  const style = cellStyle(align)
  const setting = keepNext ? { keepNext } : {}
  const lines = linesOf(printable(text))
  return lines.length === 0 ? [paragraph(style, '', setting)] : lines.map((line) => paragraph(style, line, setting))
}

/** Cuts a width in parts by weight; the parts add up to the whole. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  let before = 0
  let edge = 0
  return weights.map((weight) => {
    before += weight
    const next = Math.round((total * before) / sum)
    const width = next - edge
    edge = next
    return width
  })
}
