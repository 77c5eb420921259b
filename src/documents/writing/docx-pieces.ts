import {
  Bookmark,
  BookmarkEnd,
  BookmarkStart,
  BorderStyle,
  HeightRule,
  InternalHyperlink,
  Paragraph,
  TextRun,
} from 'docx'
import type { ParagraphChild, Table } from 'docx'
import type { OfficialLayout } from './layout.ts'
import { placeNamed, type Piece, type Run } from './pieces.ts'
import { RULE_STYLE, docxSetting, stampColour } from './styles.ts'
import { invisibleTable, ruledTable } from './docx-tables.ts'
import { rowsOf, shareOut } from './table-rows.ts'
import { linesOf, printable } from './text.ts'

/** Pieces as the paragraphs and tables of a Word file. */
export function docxOf(pieces: readonly Piece[], layout: OfficialLayout): (Paragraph | Table)[] {
  return pieces.map((piece) => {
    if (piece.type === 'columns') return sideBySide(piece, layout)
    if (piece.type !== 'table') return paragraphOf(piece, layout)
    const rows = rowsOf(piece.table, piece.keepsTogether).map((cells) =>
      cells.map(({ pieces: inside, ...cell }) => ({ ...cell, children: paragraphsOf(inside, layout) })),
    )
    const weights = piece.table.columns.map((column) => column.width)
    return ruledTable(
      rows,
      { widths: shareOut(piece.widthTwips, weights), breaksRows: piece.breaksRows === true },
      layout,
    )
  })
}

function sideBySide({ widths, rows }: Extract<Piece, { type: 'columns' }>, layout: OfficialLayout): Table {
  return invisibleTable(
    widths,
    rows.map((row) => row.map((cell) => paragraphsOf(cell, layout))),
  )
}

/** What stands in a cell: text, never a table. */
function paragraphsOf(pieces: readonly Piece[], layout: OfficialLayout): Paragraph[] {
  return pieces.flatMap((piece) =>
    piece.type === 'columns' || piece.type === 'table' ? [] : [paragraphOf(piece, layout)],
  )
}

function paragraphOf(piece: Exclude<Piece, { type: 'columns' | 'table' }>, layout: OfficialLayout): Paragraph {
  switch (piece.type) {
    case 'paragraph':
      return new Paragraph({ style: piece.style, children: piece.runs.flatMap(ledRuns), ...docxSetting(piece.setting) })
    case 'rule':
      return ruleOf(piece, layout)
    case 'stamp':
      return stampOf(piece)
    case 'gap':
      return new Paragraph({ style: RULE_STYLE, children: [] })
  }
}

/** Text that leads to a place in the document, or is one; it looks like the text around it. */
function ledRuns(run: Run): ParagraphChild[] {
  const runs = runsOf(run)
  if (run.leadsTo !== undefined) return [new InternalHyperlink({ anchor: placeNamed(run.leadsTo), children: runs })]
  if (run.place === undefined) return runs
  const name = placeNamed(run.place)
  const id = numberOf(name)
  // The library numbers bookmarks on and on: by their names they are the same each time a document is written.
  const numbered = { start: new BookmarkStart(name, id), end: new BookmarkEnd(id) }
  return [Object.assign(new Bookmark({ id: name, children: runs }), numbered)]
}

/** The number of a bookmark by its name, so that the same document is the same file. */
function numberOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0x7fffffff, 7)
}

/** The one place where text becomes part of a Word file: cleaned, its lines kept. */
function runsOf({ text, bold, raised, isApart }: Run): TextRun[] {
  if (isApart) return [new TextRun(`\u00a0${printable(text)}`)]
  // A mark stays with the word before it: no line begins with one.
  if (raised) return [new TextRun({ text: `\u2060${printable(text)}`, superScript: true })]
  if (bold) return [new TextRun({ text: `${printable(text)} `, bold })]
  const lines = linesOf(printable(text))
  return lines.map((line, index) => new TextRun(index === 0 ? { text: line } : { text: line, break: 1 }))
}

function ruleOf({ lengthTwips, roomTwips, setting }: Extract<Piece, { type: 'rule' }>, layout: OfficialLayout) {
  const side = Math.max(0, Math.round((roomTwips - lengthTwips) / 2))
  return new Paragraph({
    style: RULE_STYLE,
    indent: { left: side, right: side },
    border: {
      top: { style: BorderStyle.SINGLE, size: Math.round(layout.letterhead.rulePt * 8), space: 1, color: '000000' },
    },
    children: [],
    ...docxSetting(setting),
  })
}

/** The frame is the border of its paragraph, as wide as its indents leave. */
function stampOf({ text, widthTwips, heightTwips, roomTwips }: Extract<Piece, { type: 'stamp' }>) {
  const side = Math.max(0, Math.round((roomTwips - widthTwips) / 2))
  const line = { style: BorderStyle.SINGLE, size: 12, space: 0, color: stampColour }
  return new Paragraph({
    style: 'stamp',
    indent: { left: side, right: side },
    spacing: { before: 120, line: heightTwips, lineRule: HeightRule.EXACT },
    border: { top: line, bottom: line, left: line, right: line },
    children: [new TextRun({ text: printable(text) })],
  })
}
