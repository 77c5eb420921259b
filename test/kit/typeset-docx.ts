import {
  AlignmentType,
  BorderStyle,
  Document,
  FootnoteReferenceRun,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
  WidthType,
} from 'docx'
import type { Sheet, SheetCell } from './sheets.ts'

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }
const textWidth = 9300

/** A Word file in the layout of an office: Times-like type, justified and indented paragraphs, page numbers above. */
export async function docxOf(sheets: readonly Sheet[], font = 'Tinos'): Promise<Uint8Array> {
  const notes = sheets.flatMap((sheet) => (sheet.kind === 'paragraph' && sheet.note !== null ? [sheet.note] : []))
  const document = new Document({
    styles: { default: { document: { run: { font, size: 28 } } } },
    footnotes: Object.fromEntries(notes.map((note, index) => [index + 1, { children: [line(note, 20)] }])),
    sections: [
      {
        properties: {
          titlePage: true,
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1134, bottom: 1134, left: 1701, right: 850 } },
        },
        headers: {
          default: new Header({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: [PageNumber.CURRENT] })],
              }),
            ],
          }),
          first: new Header({ children: [new Paragraph({})] }),
        },
        children: sheets.flatMap((sheet) => childOf(sheet)),
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

function line(text: string, size = 28): Paragraph {
  return new Paragraph({ children: [new TextRun({ text, size })] })
}

function childOf(sheet: Sheet): (Paragraph | Table)[] {
  switch (sheet.kind) {
    case 'beside':
      return [beside(sheet.left, sheet.right), new Paragraph({})]
    case 'heading':
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { before: 120, after: 120 },
          children: [new TextRun({ text: sheet.text, bold: true })],
        }),
      ]
    case 'paragraph':
      return [
        new Paragraph({
          alignment: AlignmentType.JUSTIFIED,
          indent: { firstLine: 720 },
          spacing: { before: 60, after: 60, line: 288 },
          children: [new TextRun(sheet.text), ...(sheet.note === null ? [] : [new FootnoteReferenceRun(1)])],
        }),
      ]
    case 'table':
      return [grid(sheet), new Paragraph({})]
  }
}

function beside(left: readonly string[], right: readonly string[]): Table {
  const isClosing = left.some((text) => /^Nơi nhận/u.test(text))
  const cell = (lines: readonly string[], width: number, own: { size: number; isLeft: boolean }): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      borders: noBorders,
      children: lines.map(
        (text, index) =>
          new Paragraph({
            alignment: own.isLeft ? AlignmentType.LEFT : AlignmentType.CENTER,
            // Room for the signature above the name.
            spacing: { before: isClosing && !own.isLeft && index === lines.length - 1 ? 1400 : 0 },
            children: [new TextRun({ text, size: own.size, bold: text === text.toUpperCase() })],
          }),
      ),
    })
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: [3700, 5600],
    borders: noBorders,
    rows: [
      new TableRow({
        children: [
          cell(left, 3700, { size: isClosing ? 22 : 26, isLeft: isClosing }),
          cell(right, 5600, { size: 26, isLeft: false }),
        ],
      }),
    ],
  })
}

function grid({ rows, width, heads }: Extract<Sheet, { kind: 'table' }>): Table {
  const size = tableSize(width)
  const widths = columnWidths(rows, { width, total: textWidth, size })
  const open = new Map<number, number>()
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths,
    rows: rows.map(
      (row, index) =>
        new TableRow({
          tableHeader: index < heads,
          children: row.flatMap((cell, column): TableCell[] => {
            const below = open.get(column) ?? 0
            if (below > 0) open.set(column, below - 1)
            if (cell === null)
              return below > 0
                ? [new TableCell({ verticalMerge: VerticalMergeType.CONTINUE, children: [line('', 24)] })]
                : []
            if (cell.rows > 1) open.set(column, cell.rows - 1)
            return [cellOf(cell, { width: widths[column] ?? 900, isHead: index < heads, size })]
          }),
        }),
    ),
  })
}

function cellOf(cell: SheetCell, { width, isHead, size }: { width: number; isHead: boolean; size: number }): TableCell {
  const lines = cell.lines.length > 0 ? cell.lines : ['']
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(cell.columns > 1 ? { columnSpan: cell.columns } : {}),
    ...(cell.rows > 1 ? { verticalMerge: VerticalMergeType.RESTART } : {}),
    children: lines.map(
      (text) =>
        new Paragraph({
          alignment: isHead ? AlignmentType.CENTER : AlignmentType.LEFT,
          children: [new TextRun({ text, size: size * 2, bold: isHead })],
        }),
    ),
  })
}

/** Wide tables are set smaller, in points. */
export function tableSize(columns: number): number {
  return columns > 7 ? 8 : 12
}

/** Widths by how much each column holds, never too narrow for its longest word. */
export function columnWidths(
  rows: readonly (SheetCell | null)[][],
  { width, total, size }: { width: number; total: number; size: number },
): number[] {
  const letters = Array.from({ length: width }, (_none, column) => {
    const all = rows.map((row) => (row[column]?.columns === 1 ? (row[column]?.lines.join(' ') ?? '') : ''))
    const word = Math.max(...all.flatMap((text) => text.split(/\s+/u)).map((one) => one.length))
    const usual = all.reduce((sum, text) => sum + text.length, 0) / Math.max(1, rows.length)
    return { least: word + 2.5, more: Math.min(60, usual) }
  })
  const least = letters.reduce((sum, one) => sum + one.least, 0)
  const more = letters.reduce((sum, one) => sum + one.more, 0)
  // An average letter of 12-point type takes about 150 twentieths of a point.
  const letter = Math.min(12.5 * size * (total / textWidth), total / least)
  const spare = total - least * letter
  return letters.map((one) => Math.floor(one.least * letter + (spare * one.more) / Math.max(1, more)))
}
