import type { SourcePlace } from '../model.ts'

/** One paragraph of the source, wraps joined, markup dropped, one space between words. */
export interface Paragraph {
  kind: 'paragraph'
  text: string
  /** First and last line in the source (text file) or ordinal of the paragraph (word-processor file). */
  line: number
  lastLine: number
  page: number | null
}

/** A cell as printed. `column` counts from 0; `isContinued` marks the lower part of a vertically merged cell. */
export interface Cell {
  paragraphs: Paragraph[]
  column: number
  span: number
  isContinued: boolean
}

export interface Row {
  cells: Cell[]
  line: number
  lastLine: number
}

export interface Table {
  kind: 'table'
  /** Ordinal over the document, from 1; letterhead and signature tables count too. */
  ordinal: number
  rows: Row[]
  line: number
  lastLine: number
  page: number | null
}

export type Block = Paragraph | Table

/** All words of a cell on one line. */
export function cellText(cell: Cell | undefined): string {
  return cell
    ? cell.paragraphs
        .map((paragraph) => paragraph.text)
        .join(' ')
        .trim()
    : ''
}

/** Every paragraph in reading order, those of tables included. */
export function flatten(blocks: readonly Block[]): Paragraph[] {
  return blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [block] : block.rows.flatMap((row) => row.cells.flatMap((cell) => cell.paragraphs)),
  )
}

/** A table may go on over pages: each row has its own. */
export function pageOfRow(row: Row): number | null {
  return row.cells.flatMap((cell) => cell.paragraphs)[0]?.page ?? null
}

/** The words of each column of each row; a merged cell's words stand in every row and column that it covers. */
export function gridTexts(rows: readonly Row[], width: number): string[][] {
  const grid: string[][] = []
  for (const row of rows) {
    const above = grid.at(-1)
    const texts = Array.from({ length: width }, () => '')
    for (const cell of row.cells)
      for (let column = cell.column; column < Math.min(width, cell.column + cell.span); column += 1)
        texts[column] = cell.isContinued ? (above?.[column] ?? '') : cellText(cell)
    grid.push(texts)
  }
  return grid
}

/** Whether every column of a row is covered, as in files that keep merged cells. */
export function isWhole(row: Row, width: number): boolean {
  return row.cells.reduce((sum, cell) => sum + cell.span, 0) === width
}

/** The block with each of its paragraphs changed. */
export function mapParagraphs(block: Block, change: (paragraph: Paragraph) => Paragraph): Block {
  if (block.kind === 'paragraph') return change(block)
  const rows = block.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, paragraphs: cell.paragraphs.map(change) })),
  }))
  return { ...block, rows }
}

export function placeOf(paragraph: Pick<Paragraph, 'line' | 'page'>): SourcePlace {
  return { line: paragraph.line, page: paragraph.page, table: null, row: null }
}

/** Joins two halves of a broken paragraph. */
export function joined(first: Paragraph, second: Paragraph): Paragraph {
  return { ...first, text: `${first.text} ${second.text}`.trim(), lastLine: second.lastLine }
}
