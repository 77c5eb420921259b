import { AlignmentType, BorderStyle, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx'
import type { Paragraph } from 'docx'
import type { OfficialLayout } from './layout.ts'
import { pointTwips, twips } from './measure.ts'
import type { ColumnAlign, DocumentTable } from './model.ts'
import { paragraph } from './pieces.ts'
import { cellStyle } from './styles.ts'
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

/** A table with rules: its heading comes again on each page, no row is cut by the end of a page. */
export function ruledTable(table: DocumentTable, widthTwips: number, layout: OfficialLayout): Table {
  const line = { style: BorderStyle.SINGLE, size: Math.round(layout.table.rulePt * 8), color: '000000' }
  const heading = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map(
      (column) => new TableCell({ verticalAlign: 'center', children: [paragraph('tableHeading', column.heading)] }),
    ),
  })
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widthTwips, type: WidthType.DXA },
    columnWidths: shareOut(widthTwips, table.columns.map((column) => column.width)), // prettier-ignore
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    margins: { left: twips(layout.table.paddingMm), right: twips(layout.table.paddingMm) },
    rows: [heading, ...table.groups.flatMap((group) => groupRows(group, table.columns))],
  })
}

function groupRows(group: DocumentTable['groups'][number], columns: DocumentTable['columns']): TableRow[] {
  const rows = group.rows.map(
    (cells) =>
      new TableRow({
        cantSplit: true,
        children: cells.map(
          (text, index) => new TableCell({ children: cellLines(text, columns[index]?.align ?? 'left') }),
        ),
      }),
  )
  if (group.title === null) return rows
  const label = new TableCell({ children: [paragraph('tableGroup', group.label ?? '', {})] })
  const title = new TableCell({ columnSpan: columns.length - 1, children: [paragraph('tableGroup', group.title)] })
  const whole = new TableCell({ columnSpan: columns.length, children: [paragraph('tableGroup', group.title)] })
  const first = group.label === null || columns.length === 1 ? [whole] : [label, title]
  return [new TableRow({ cantSplit: true, children: first }), ...rows]
}

function cellLines(text: string, align: ColumnAlign): Paragraph[] {
  const style = cellStyle(align) as 'tableCell'
  const lines = linesOf(printable(text))
  return lines.length === 0 ? [paragraph(style, '')] : lines.map((line) => paragraph(style, line))
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

/** Space between a table and the text after it. */
export function afterTable(layout: OfficialLayout): Paragraph {
  return paragraph('tableCell', '', { spacing: { before: 0, after: pointTwips(layout.paragraph.afterPt) } })
}
