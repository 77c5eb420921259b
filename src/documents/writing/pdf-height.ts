import type { OfficialLayout } from './layout.ts'
import { contentTwips } from './measure.ts'
import type { Piece } from './pieces.ts'
import { styleSetting } from './settings.ts'
import { rowsOf, shareOut } from './table-rows.ts'

/**
 * About how high a piece will be in points, rather too high than too low: what may not be parted by the end of a page
 * must surely fit on one.
 */
export function heightOf(piece: Piece, layout: OfficialLayout, roomTwips = contentTwips(layout, false)): number {
  switch (piece.type) {
    case 'paragraph':
      return textHeight(piece, layout, roomTwips)
    case 'columns':
      return piece.rows.reduce((sum, row) => sum + Math.max(...row.map((cell, at) => sumOf(cell, piece.widths[at]))), 0)
    case 'table':
      return rowHeights(piece, layout).reduce((sum, height) => sum + height, 0)
    case 'rule':
    case 'gap':
      return 20
    case 'stamp':
      return 40
  }

  function sumOf(cell: readonly Piece[], width: number | undefined): number {
    return cell.reduce((sum, inside) => sum + heightOf(inside, layout, width), 0)
  }
}

/** About how high each row of a table will be. */
export function rowHeights(piece: Extract<Piece, { type: 'table' }>, layout: OfficialLayout): number[] {
  const weights = piece.table.columns.map((column) => column.width)
  const widths = shareOut(piece.widthTwips, weights)
  return rowsOf(piece.table, piece.keepsTogether).map((cells) => {
    const heights = cells.map(({ pieces, span }, index) => {
      const room = span > 1 ? piece.widthTwips : widths[index]
      return pieces.reduce((sum, inside) => sum + heightOf(inside, layout, room), 0)
    })
    return Math.max(0, ...heights)
  })
}

/** Half of the size is more than the width of most letters. */
function textHeight(piece: Extract<Piece, { type: 'paragraph' }>, layout: OfficialLayout, roomTwips: number): number {
  const { type, paragraph } = styleSetting(piece.style, layout)
  const { before = 0, after = 0, lines = 1 } = { ...paragraph.spacing, ...piece.setting.spacing }
  const perLine = Math.max(1, roomTwips / 20 / (type.pt * 0.55))
  const printed = piece.runs
    .map((run) => run.text)
    .join('')
    .split('\n')
    .reduce((count, line) => count + Math.max(1, Math.ceil(line.length / perLine)), 0)
  return (before + after) / 20 + printed * type.pt * 1.2 * lines
}
