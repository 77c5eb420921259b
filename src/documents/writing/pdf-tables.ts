import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js'
import type { OfficialLayout } from './layout.ts'
import { twips } from './measure.ts'

interface SetCell {
  content: Content[]
  span: number
  middle: boolean
}

interface TableSetting {
  /** In points, from rule to rule. */
  widths: readonly number[]
  layout: OfficialLayout
  /** No row is cut by the end of a page. */
  isWhole: boolean
}

/** A table with rules: its heading comes again on each page. */
export function ruledTable(rows: SetCell[][], { widths, layout, isWhole }: TableSetting): Content {
  const padding = twips(layout.table.paddingMm) / 20
  const line = layout.table.rulePt
  const ruled: CustomTableLayout = {
    hLineWidth: () => line,
    vLineWidth: () => line,
    paddingLeft: () => padding,
    paddingRight: () => padding,
    paddingTop: () => 0,
    paddingBottom: () => 0,
  }
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: isWhole ? 1 : 0,
      dontBreakRows: isWhole,
      widths: widths.map((width) => width - 2 * padding - line),
      body: rows.map((cells) => cells.flatMap(spread)),
    },
    layout: ruled,
  }
}

/** A cell over several columns is followed by an empty one for each of the others. */
function spread({ content, span, middle }: SetCell): TableCell[] {
  const cell: TableCell = { stack: content, colSpan: span, ...(middle && { verticalAlignment: 'middle' }) }
  return [cell, ...Array.from({ length: span - 1 }, () => ({}))]
}

/** Things side by side, without rules. */
export function sideBySide(widths: readonly number[], rows: Content[][]): Content {
  const none = () => 0
  return {
    table: { widths: [...widths], body: rows },
    layout: {
      hLineWidth: none,
      vLineWidth: none,
      paddingLeft: none,
      paddingRight: none,
      paddingTop: none,
      paddingBottom: none,
    },
  }
}
