import type { Content } from 'pdfmake/interfaces.js'
import type { OfficialLayout } from './layout.ts'
import { heightOf, rowHeights } from './pdf-height.ts'
import { lineGap } from './pdf-fonts.ts'
import { ruledTable, sideBySide } from './pdf-tables.ts'
import { placeNamed, type Piece, type Run, type Setting } from './pieces.ts'
import { styleSetting } from './settings.ts'
import { stampColour } from './styles.ts'
import { isShort, rowsOf, shareOut } from './table-rows.ts'
import { linesOf, printable } from './text.ts'

/** Twentieths of a point as points, which is what PDF counts in. */
const pt = (twips: number) => twips / 20

/** Pieces as content of a PDF; what must not be parted by the end of a page stands in one block. */
export function pdfOf(pieces: readonly Piece[], layout: OfficialLayout): Content[] {
  return blocksOf(pieces, layout).map((block) => {
    const set = block.map((piece) => pdfPiece(piece, layout))
    const height = block.reduce((sum, piece) => sum + heightOf(piece, layout), 0)
    return set.length > 1 && height < highestBlockPt ? { stack: set, unbreakable: true } : { stack: set }
  })
}

/** Half of what fits on the page across: a block that is higher is parted like any other. */
const highestBlockPt = 380

/** Each piece with those before it that want to stay with it. */
function blocksOf(pieces: readonly Piece[], layout: OfficialLayout): Piece[][] {
  const blocks: Piece[][] = []
  let open = false
  for (const piece of pieces) {
    const block = open && !isLongTable(piece) ? blocks.at(-1) : undefined
    if (block === undefined) blocks.push([piece])
    else block.push(piece)
    open = staysWithNext(piece, layout)
  }
  return blocks
}

function isLongTable(piece: Piece): boolean {
  return piece.type === 'table' && !(piece.keepsTogether && isShort(piece.table))
}

function staysWithNext(piece: Piece, layout: OfficialLayout): boolean {
  if (piece.type === 'paragraph')
    return piece.setting.keepNext ?? styleSetting(piece.style, layout).paragraph.keepNext ?? false
  return piece.type === 'table' && !isLongTable(piece)
}

function pdfPiece(piece: Piece, layout: OfficialLayout): Content {
  switch (piece.type) {
    case 'paragraph':
      return textOf(piece, layout)
    case 'rule':
      return ruleOf(piece, layout)
    case 'stamp':
      return stampOf(piece, layout)
    case 'columns': {
      const rows = piece.rows.map((row) => row.map((cell): Content => ({ stack: setAll(cell) })))
      return sideBySide(piece.widths.map(pt), rows)
    }
    case 'table': {
      const rows = rowsOf(piece.table, piece.keepsTogether).map((cells) =>
        cells.map((cell) => ({ ...cell, content: setAll(cell.pieces) })),
      )
      const weights = piece.table.columns.map((column) => column.width)
      const isWhole = rowHeights(piece, layout).every((height) => height < highestBlockPt)
      return ruledTable(rows, { widths: shareOut(piece.widthTwips, weights).map(pt), layout, isWhole })
    }
    case 'gap':
      return { text: '', fontSize: 2, margin: [0, 4, 0, 0] }
  }

  function setAll(pieces: readonly Piece[]): Content[] {
    return pieces.map((inside) => pdfPiece(inside, layout))
  }
}

function textOf({ style, runs, setting }: Extract<Piece, { type: 'paragraph' }>, layout: OfficialLayout): Content {
  const { type, paragraph } = styleSetting(style, layout)
  const full: Setting = { ...paragraph, ...setting, spacing: { ...paragraph.spacing, ...setting.spacing } }
  const { alignment = 'left', indent = {}, spacing = {} } = full
  const { left = 0, hanging = 0, firstLine = 0 } = indent
  const place = runs.find((run) => run.place !== undefined)?.place
  return {
    text: runs.map(wordsOf),
    ...(place !== undefined && { id: placeNamed(place) }),
    fontSize: type.pt,
    bold: type.bold ?? false,
    italics: type.italic ?? false,
    alignment: alignment === 'both' ? 'justify' : alignment,
    leadingIndent: pt(firstLine - hanging),
    margin: [pt(left), pt(spacing.before ?? 0), 0, pt(spacing.after ?? 0)],
    lineHeight: (spacing.lines ?? 1) * lineGap,
  }
}

function wordsOf({ text, bold, raised, isApart, leadsTo }: Run): Content {
  return {
    text: (isApart ? '\u00a0' : '') + linesOf(printable(text)).join('\n') + (bold ? ' ' : ''),
    ...(bold && { bold: true }),
    ...(raised && { sup: true }),
    ...(leadsTo !== undefined && { linkToDestination: placeNamed(leadsTo) }),
  }
}

function ruleOf(
  { lengthTwips, roomTwips, setting }: Extract<Piece, { type: 'rule' }>,
  layout: OfficialLayout,
): Content {
  const side = pt(Math.max(0, (roomTwips - lengthTwips) / 2))
  const end = pt(roomTwips) - side
  const { before = 60, after = 0 } = setting.spacing ?? {}
  return {
    canvas: [{ type: 'line', x1: side, x2: end, y1: 0, y2: 0, lineWidth: layout.letterhead.rulePt }],
    margin: [0, pt(before), 0, pt(after) + 4],
  }
}

function stampOf(piece: Extract<Piece, { type: 'stamp' }>, layout: OfficialLayout): Content {
  const { type } = styleSetting('stamp', layout)
  const side = pt(Math.max(0, (piece.roomTwips - piece.widthTwips) / 2))
  const height = pt(piece.heightTwips)
  const above = (height - type.pt * 1.149) / 2
  const frame = () => 1.5
  const colour = () => `#${stampColour}`
  return {
    margin: [side, 6, 0, 0],
    table: {
      widths: [pt(piece.widthTwips) - 3],
      body: [[{ text: printable(piece.text), alignment: 'center', bold: type.bold ?? false, fontSize: type.pt, color: colour() }]],
    },
    layout: { hLineWidth: frame, vLineWidth: frame, hLineColor: colour, vLineColor: colour, paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => above, paddingBottom: () => above },
  } // prettier-ignore
}
