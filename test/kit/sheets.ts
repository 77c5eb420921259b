import { cellText, type Table } from '../../src/documents/reading/blocks.ts'
import { textBlocks } from '../../src/documents/reading/text-blocks.ts'

/** A cell as a typist sets it; `rows` and `columns` are what it covers. */
export interface SheetCell {
  lines: string[]
  columns: number
  rows: number
}

/** A document as a typist sets it, before it becomes a file. */
export type Sheet =
  | { kind: 'beside'; left: string[]; right: string[] }
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string; note: string | null }
  | { kind: 'table'; width: number; heads: number; rows: (SheetCell | null)[][] }

/**
 * Sets a crawled text as an office would: letterhead and signature in two columns, headings centred, tables with
 * heading rows, group rows over the whole width, equal neighbours below each other merged, and one footnote.
 */
export function sheetsOf(text: string): Sheet[] {
  const blocks = textBlocks(text.normalize('NFC').replace(/\r\n?/g, '\n'))
  const type = blocks.findIndex((block, index) => index < 20 && block.kind === 'paragraph' && isType(block.text))
  const noted = blocks.findIndex(
    (block, index) => index > type + 2 && block.kind === 'paragraph' && block.text.length > 200,
  )
  return blocks.map((block, index): Sheet => {
    if (block.kind === 'table') return tableSheet(block, index < type)
    const isTitle = type >= 0 && index >= type && index <= type + 1 && !/^(?:Căn cứ|Thực hiện|Điều)/.test(block.text)
    if (isTitle) return { kind: 'heading', text: block.text }
    return {
      kind: 'paragraph',
      text: block.text,
      note: index === noted ? 'Ghi chú đặt thêm khi thử, không thuộc văn bản.' : null,
    }
  })
}

function isType(text: string): boolean {
  return /^(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH)$/u.test(text)
}

function tableSheet(table: Table, isAbove: boolean): Sheet {
  const cells = table.rows.flatMap((row) => row.cells)
  const words = cells.map(cellText).join(' ')
  const isLetterhead = isAbove && /CHỦ NGHĨA VIỆT NAM/u.test(words)
  if (isLetterhead || /Nơi nhận/u.test(words)) {
    const side = (column: number): string[] =>
      cells
        .filter((cell) => (cell.column === 0) === (column === 0))
        .flatMap((cell) => cell.paragraphs.flatMap((paragraph) => boxLines(paragraph.text)))
    return { kind: 'beside', left: side(0), right: side(1) }
  }
  return gridSheet(table)
}

/** Lines of a letterhead or signature as they are printed, one under the other. */
function boxLines(text: string): string[] {
  return text
    .split(
      /\s+(?=TỈNH |THÀNH PHỐ |Độc lập -|KT\. |TUQ\. |TL\. |PHÓ CHỦ TỊCH|Số:)|(?<=[;:.)])\s+(?=- )|(?<=(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG))\s+(?=\p{Lu}\p{Ll})/u,
    )
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function gridSheet(table: Table): Sheet {
  const width = Math.max(...table.rows.map((row) => row.cells.reduce((sum, cell) => sum + cell.span, 0)))
  const rows = table.rows.map((row): (SheetCell | null)[] => {
    const own = Array.from({ length: width }, (): SheetCell => ({ lines: [], columns: 1, rows: 1 }))
    const set: (SheetCell | null)[] = [...own]
    for (const cell of row.cells)
      set[cell.column] = { lines: cell.paragraphs.map((paragraph) => paragraph.text), columns: 1, rows: 1 }
    return overWidth(set)
  })
  const heads = Math.max(
    1,
    rows.findIndex((row) => /^(?:\d+|[IVX]+)\.?$/u.test(row[0]?.lines.join(' ') ?? '')),
  )
  if (heads === 2) mergeHeads(rows)
  mergeDown(rows, heads)
  return { kind: 'table', width, heads, rows }
}

/** A title after a Roman number or letter runs over the rest of the row. */
function overWidth(row: (SheetCell | null)[]): (SheetCell | null)[] {
  const filled = row.flatMap((cell, index) => (cell && cell.lines.length > 0 ? [index] : []))
  const isTitle = filled.length === 2 && filled[0] === 0 && filled[1] === 1 && row.length > 3
  const second = row[1]
  if (!isTitle || !second || !/^(?:[IVX]+|[A-Z])\.?$/u.test(row[0]?.lines.join(' ') ?? '')) return row
  return row.map((cell, index) => (index === 1 ? { ...second, columns: row.length - 1 } : index > 1 ? null : cell))
}

/** A heading on two levels: what the crawl has in two short rows gets its merged cells back. */
function mergeHeads(rows: (SheetCell | null)[][]): void {
  const [upper, lower] = [filledOf(rows[0]), filledOf(rows[1])]
  const width = rows[0]?.length ?? 0
  const single = width - lower.length
  const shared = upper.length - single
  if (shared <= 0 || single < 0 || lower.length % shared !== 0) return
  const each = lower.length / shared
  rows[0] = Array.from({ length: width }, (_none, column): SheetCell | null => {
    const cell = column < single ? upper[column] : upper[single + (column - single) / each]
    if (!cell) return null
    return column < single ? { ...cell, rows: 2 } : { ...cell, columns: each }
  })
  rows[1] = Array.from({ length: width }, (_none, column) =>
    column < single ? null : (lower[column - single] ?? null),
  )
}

function filledOf(row: (SheetCell | null)[] | undefined): SheetCell[] {
  return (row ?? []).flatMap((cell) => (cell && cell.lines.length > 0 ? [cell] : []))
}

/** Equal words below each other, from the third column on, become one cell; empty ones never. */
function mergeDown(rows: (SheetCell | null)[][], heads: number): void {
  const width = rows[0]?.length ?? 0
  for (let column = 2; column < width; column += 1) {
    let top: SheetCell | null = null
    for (const [index, row] of rows.entries()) {
      const cell: SheetCell | null = row[column] ?? null
      const words = cell?.columns === 1 ? cell.lines.join('\n') : ''
      const isSame = top !== null && /\p{L}{2}/u.test(words) && top.lines.join('\n') === words
      if (index > heads && top !== null && isSame && top.rows < 4) {
        top.rows += 1
        row[column] = null
      } else top = cell && cell.columns === 1 ? cell : null
    }
  }
}
