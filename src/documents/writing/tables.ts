import { AlignmentType, BorderStyle, Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx'
import type { OfficialLayout } from './layout.ts'
import { twips } from './measure.ts'
import type { ColumnAlign, DocumentTable } from './model.ts'
import { paragraph } from './pieces.ts'
import { RULE_STYLE, cellStyle } from './styles.ts'
import { linesOf, printable } from './text.ts'

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

/** Up to this many rows a table in the text stays on one page. */
const ROWS_KEPT_TOGETHER = 12

interface RuledTableSetting {
  widthTwips: number
  layout: OfficialLayout
  /** Whether a short table is kept on one page, with the line under it. */
  keepsTogether: boolean
}

/** A table with rules: its heading comes again on each page, no row is cut by the end of a page. */
export function ruledTable(table: DocumentTable, { widthTwips, layout, keepsTogether }: RuledTableSetting): Table {
  const line = { style: BorderStyle.SINGLE, size: Math.round(layout.table.rulePt * 8), color: '000000' }
  const isShort = table.groups.reduce((count, group) => count + group.rows.length, 0) <= ROWS_KEPT_TOGETHER
  const keepNext = keepsTogether && isShort
  const heading = table.columns.map((column) => ({ lines: [paragraph('tableHeading', column.heading)], middle: true }))
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widthTwips, type: WidthType.DXA },
    columnWidths: shareOut(widthTwips, table.columns.map((column) => column.width)), // prettier-ignore
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    margins: { left: twips(layout.table.paddingMm), right: twips(layout.table.paddingMm) },
    rows: [
      tableRow(heading, true),
      ...table.groups.flatMap((group) => groupRows(group, table.columns, keepNext)),
      ...(table.total === null ? [] : [totalRow(table.total, table.columns, keepNext)]),
    ],
  })
}

interface Cell {
  lines: Paragraph[]
  span?: number
  middle?: boolean
}

function tableRow(cells: Cell[], isHeading: boolean): TableRow {
  return new TableRow({
    cantSplit: true,
    ...(isHeading && { tableHeader: true }),
    children: cells.map(
      ({ lines, span, middle }) =>
        new TableCell({
          children: lines,
          ...(span !== undefined && { columnSpan: span }),
          ...(middle && { verticalAlign: 'center' }),
        }),
    ),
  })
}

function groupRows(
  group: DocumentTable['groups'][number],
  columns: DocumentTable['columns'],
  keepNext: boolean,
): TableRow[] {
  const rows = group.rows.map((cells) =>
    tableRow(
      cells.map((text, index) => ({ lines: cellLines(text, columns[index]?.align ?? 'left', keepNext) })),
      false,
    ),
  )
  if (group.title === null) return rows
  const hasLabel = group.label !== null && columns.length > 1
  const title = { lines: [paragraph('tableGroup', group.title)], span: columns.length - (hasLabel ? 1 : 0) }
  const label = { lines: [paragraph('tableGroup', group.label ?? '', { alignment: columns[0]?.align ?? 'left' })] }
  return [tableRow(hasLabel ? [label, title] : [title], false), ...rows]
}

function totalRow(cells: string[], columns: DocumentTable['columns'], keepNext: boolean): TableRow {
  return tableRow(
    cells.map((text, index) => ({
      lines: [paragraph('tableGroup', text, { alignment: columns[index]?.align ?? 'left', keepNext })],
    })),
    false,
  )
}

function cellLines(text: string, align: ColumnAlign, keepNext: boolean): Paragraph[] {
  const style = cellStyle(align)
  const extra = keepNext ? { keepNext } : {}
  const lines = linesOf(printable(text))
  return lines.length === 0 ? [paragraph(style, '', extra)] : lines.map((line) => paragraph(style, line, extra))
}

const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' }

/** A table that only sets things side by side; its rows are not cut by the end of a page. */
export function invisibleTable(widths: readonly number[], rows: Paragraph[][][]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    alignment: AlignmentType.LEFT,
    columnWidths: [...widths],
    borders: {
      top: NO_LINE,
      bottom: NO_LINE,
      left: NO_LINE,
      right: NO_LINE,
      insideHorizontal: NO_LINE,
      insideVertical: NO_LINE,
    },
    margins: { left: 0, right: 0 },
    rows: rows.map(
      (cells) => new TableRow({ cantSplit: true, children: cells.map((children) => new TableCell({ children })) }),
    ),
  })
}

/** A small space between a table and the text after it; Word wants a paragraph there. */
export function afterTable(): Paragraph {
  return new Paragraph({ style: RULE_STYLE, children: [] })
}
