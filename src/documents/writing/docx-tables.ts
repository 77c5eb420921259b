import { AlignmentType, BorderStyle, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx'
import type { Paragraph } from 'docx'
import type { OfficialLayout } from './layout.ts'
import { twips } from './measure.ts'

/** A cell whose text is already set. */
interface SetCell {
  children: Paragraph[]
  span: number
  middle: boolean
}

/** A table with rules: its heading comes again on each page, and unless asked for no row is cut by the end of a page. */
export function ruledTable(
  rows: SetCell[][],
  { widths, breaksRows }: { widths: readonly number[]; breaksRows: boolean },
  layout: OfficialLayout,
): Table {
  const line = { style: BorderStyle.SINGLE, size: Math.round(layout.table.rulePt * 8), color: '000000' }
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    margins: { left: twips(layout.table.paddingMm), right: twips(layout.table.paddingMm) },
    rows: rows.map((cells, index) => tableRow(cells, { isHeading: index === 0, breaks: breaksRows && index > 0 })),
  })
}

function tableRow(cells: SetCell[], { isHeading, breaks }: { isHeading: boolean; breaks: boolean }): TableRow {
  return new TableRow({
    cantSplit: !breaks,
    ...(isHeading && { tableHeader: true }),
    children: cells.map(
      ({ children, span, middle }) =>
        new TableCell({
          children,
          ...(span > 1 && { columnSpan: span }),
          ...(middle && { verticalAlign: 'center' }),
        }),
    ),
  })
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
