import { Parser } from 'htmlparser2'
import { flatten, type Block, type Cell, type Paragraph, type Row } from './blocks.ts'
import { decodeMarkup } from './bytes.ts'
import { UnreadableDocument } from './errors.ts'
import type { EncodingGrammar } from './grammar.ts'
import { fontDecoder, type FontDecoder } from './legacy.ts'
import { limits } from './limits.ts'
import { paragraphsOfWritten, tableOfRows } from './pieces.ts'
import { paragraphsOf } from './text-blocks.ts'
import { roman } from '../roman.ts'

/**
 * Blocks of a web page or of a Word file saved as one: paragraphs, lists with their numbers, tables with merged cells.
 * Scripts, styles, hidden parts and what a page has around its text are left out; nothing is fetched.
 *
 * @throws UnreadableDocument `empty`, `too-large`, `binary`, `encoding`, `too-complex`
 */
export function htmlBlocks(bytes: Uint8Array, encodings: EncodingGrammar): Block[] {
  const text = decodeMarkup(bytes, encodings, declaredIn(bytes))
  const page = emptyPage(fontDecoder(encodings))
  const parser = new Parser(
    {
      onopentag: (name, attributes) => openTag(page, name, attributes),
      onclosetag: (name) => closeTag(page, name),
      ontext: (words) => addText(page, words),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.write(text)
  parser.end()
  endParagraph(page)
  while (page.tables.length > 0) closeTable(page)
  return numbered(page.blocks)
}

/** Tables are counted in reading order once it is known which are tables. */
function numbered(blocks: readonly Block[]): Block[] {
  let ordinal = 0
  return blocks.map((block) => {
    if (block.kind === 'paragraph') return block
    ordinal += 1
    return { ...block, ordinal }
  })
}

/** The encoding a page names in its first kilobytes. */
function declaredIn(bytes: Uint8Array): string | null {
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 4096))
  return /charset\s*=\s*["']?\s*(?<name>[\w-]{3,20})/iu.exec(start)?.groups?.name ?? null
}

interface OpenList {
  isOrdered: boolean
  type: string
  next: number
}

interface OpenCell {
  column: number
  span: number
  rows: number
  blocks: Block[]
}

interface OpenTable {
  rows: Row[]
  row: Cell[] | null
  cell: OpenCell | null
  /** All cells' blocks in order, for a table that only lays out the page. */
  content: Block[][]
  /** Cells that reach down from rows above, by column. */
  reaching: Map<number, { rows: number; span: number }>
  /** Lists open outside the table. */
  lists: number
}

interface Page {
  blocks: Block[]
  tables: OpenTable[]
  lists: OpenList[]
  /** Open elements, with what each changes. */
  open: { name: string; font: string | null; isSkipped: boolean; isRaised: boolean }[]
  pieces: string[]
  label: string
  skipping: number
  raised: number
  ordinal: number
  cells: number
  decode: FontDecoder
}

function emptyPage(decode: FontDecoder): Page {
  return {
    blocks: [],
    tables: [],
    lists: [],
    open: [],
    pieces: [],
    label: '',
    skipping: 0,
    raised: 0,
    ordinal: 0,
    cells: 0,
    decode,
  }
}

const skipped = new Set([
  'head',
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'select',
  'button',
  'textarea',
  'iframe',
  'object',
  'nav',
  'del',
])

const blockLevel = new Set([
  'p',
  'div',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'pre',
  'section',
  'article',
  'main',
  'header',
  'footer',
  'aside',
  'address',
  'figure',
  'figcaption',
  'center',
  'form',
  'hr',
  'body',
  'table',
  'caption',
])

function openTag(page: Page, name: string, attributes: Readonly<Record<string, string>>): void {
  if (page.open.length > limits.htmlDepth) throw new UnreadableDocument('too-complex', { depth: page.open.length })
  const style = attributes.style ?? ''
  const isSkipped = skipped.has(name) || 'hidden' in attributes || /display\s*:\s*none|mso-hide\s*:\s*all/i.test(style)
  const font = attributes.face ?? /font-family\s*:\s*(?<font>[^;]+)/i.exec(style)?.groups?.font?.trim() ?? null
  const isRaised = name === 'sup'
  page.open.push({ name, font: font ?? page.open.at(-1)?.font ?? null, isSkipped, isRaised })
  if (isSkipped) page.skipping += 1
  if (isRaised) page.raised += 1
  if (page.skipping > 0) return
  if (blockLevel.has(name)) endParagraph(page)
  if (name === 'br') page.pieces.push('\n')
  else if (name === 'ul' || name === 'ol')
    page.lists.push({
      isOrdered: name === 'ol',
      type: attributes.type ?? '1',
      next: Number(attributes.start ?? 1) || 1,
    })
  else if (name === 'li') page.label = labelOf(page.lists.at(-1), attributes.value)
  else openTablePart(page, name, attributes)
}

function openTablePart(page: Page, name: string, attributes: Readonly<Record<string, string>>): void {
  if (name === 'table') {
    const lists = page.lists.length
    page.tables.push({ rows: [], row: null, cell: null, content: [], reaching: new Map(), lists })
    return
  }
  const table = page.tables.at(-1)
  if (!table) return
  if (name === 'tr') openRow(page, table)
  else if (name === 'td' || name === 'th') {
    if (table.row === null) openRow(page, table)
    closeCell(page, table)
    const column = freeColumn(table)
    const [span, rows] = [bounded(attributes.colspan, 64), bounded(attributes.rowspan, 2000)]
    table.cell = { column, span, rows, blocks: [] }
  }
}

function openRow(page: Page, table: OpenTable): void {
  closeRow(page, table)
  table.row = []
}

/** The next column of the row that no cell from above covers; covering cells are passed as continued. */
function freeColumn(table: OpenTable): number {
  const last = table.row?.at(-1)
  let column = last ? last.column + last.span : 0
  for (let above = table.reaching.get(column); above && above.rows > 0; above = table.reaching.get(column)) {
    table.row?.push({ paragraphs: [], column, span: above.span, isContinued: true })
    above.rows -= 1
    if (above.rows === 0) table.reaching.delete(column)
    column += above.span
  }
  return column
}

function bounded(value: string | undefined, most: number): number {
  const number = Math.floor(Number(value ?? 1))
  return Number.isFinite(number) && number >= 1 ? Math.min(number, most) : 1
}

function labelOf(list: OpenList | undefined, value: string | undefined): string {
  if (!list?.isOrdered) return '-'
  const number = Number(value) || list.next
  list.next = number + 1
  const letter = String.fromCharCode(97 + ((number - 1) % 26))
  switch (list.type) {
    case 'a':
      return `${letter})`
    case 'A':
      return `${letter.toUpperCase()}.`
    case 'I':
      return `${roman(number)}.`
    case 'i':
      return `${roman(number).toLowerCase()}.`
    default:
      return `${number}.`
  }
}

function addText(page: Page, words: string): void {
  if (page.skipping > 0) return
  const isInTable = page.tables.length > 0 && page.tables.at(-1)?.cell === null
  if (isInTable) return
  const decoded = page.decode(words, page.open.at(-1)?.font ?? null)
  const isKept = page.open.some(({ name }) => name === 'pre')
  const plain = isKept ? decoded.replace(/\r\n?/g, '\n') : decoded.replace(/[ \t\r\n\f]+/g, ' ')
  if (page.raised > 0 && /^\s*\[?\d{1,3}\]?\s*$/u.test(plain)) {
    // A raised number after a word refers to a footnote; after a short sign it is a power ("m²").
    const before = page.pieces.join('').slice(-4)
    if (!/(?:^|[\d\s/])\p{L}{1,2}$/u.test(before)) return
  }
  page.pieces.push(plain)
}

function closeTag(page: Page, name: string): void {
  const closed = page.open.pop()
  if (closed?.isRaised) page.raised -= 1
  if (closed?.isSkipped) {
    page.skipping -= 1
    return
  }
  if (page.skipping > 0) return
  if (blockLevel.has(name)) endParagraph(page)
  if (name === 'ul' || name === 'ol') page.lists.pop()
  const table = page.tables.at(-1)
  if (!table) return
  if (name === 'td' || name === 'th') closeCell(page, table)
  else if (name === 'tr') closeRow(page, table)
  else if (name === 'table') closeTable(page)
}

function endParagraph(page: Page): void {
  const text = page.pieces.join('').replace(/ *\n */g, '\n')
  page.pieces = []
  if (text.trim() === '') return
  const { label } = page
  page.label = ''
  page.ordinal += 1
  if (page.ordinal > limits.paragraphs) throw new UnreadableDocument('too-complex', { paragraphs: page.ordinal })
  const cell = page.tables.at(-1)?.cell
  ;(cell?.blocks ?? page.blocks).push(
    ...written(page.ordinal, text, { label, inCell: cell !== undefined && cell !== null }),
  )
}

/** Two breaks part paragraphs; many single breaks make lines as in a plain text. */
function written(ordinal: number, text: string, { label, inCell }: { label: string; inCell: boolean }): Paragraph[] {
  return text
    .trim()
    .split(/\n\s*\n/u)
    .flatMap((part, index) => {
      const lines = part.split('\n')
      const own = index === 0 && !startsWithLabel(part) ? label : ''
      return !inCell && lines.length > 3
        ? paragraphsOf(
            lines.map((line) => ({ number: ordinal, text: line.trim() })),
            false,
          )
        : paragraphsOfWritten({ text: part, label: own, ordinal, page: null, inCell })
    })
}

/** A list item whose words bring their own number or dash. */
function startsWithLabel(text: string): boolean {
  return /^\s*(?:[-–+•]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|\p{L}\)\s|[IVX]{1,5}\.\s)/u.test(text)
}

function closeCell(page: Page, table: OpenTable): void {
  endParagraph(page)
  const { cell } = table
  if (!cell || !table.row) return
  table.cell = null
  page.cells += 1
  if (page.cells > limits.tableCells) throw new UnreadableDocument('too-complex', { cells: page.cells })
  table.content.push(cell.blocks)
  table.row.push({ paragraphs: flatten(cell.blocks), column: cell.column, span: cell.span, isContinued: false })
  if (cell.rows > 1) table.reaching.set(cell.column, { rows: cell.rows - 1, span: cell.span })
  while (page.lists.length > table.lists) page.lists.pop()
}

function closeRow(page: Page, table: OpenTable): void {
  closeCell(page, table)
  const { row } = table
  if (!row) return
  freeColumn(table)
  page.cells += row.length
  table.row = null
  const lines = row.flatMap((cell) => cell.paragraphs)
  const [first, last] = [lines[0], lines.at(-1)]
  if (first && last) table.rows.push({ cells: row, line: first.line, lastLine: last.lastLine })
}

function closeTable(page: Page): void {
  const table = page.tables.at(-1)
  if (!table) return
  closeRow(page, table)
  page.tables.pop()
  const outer = page.tables.at(-1)?.cell?.blocks ?? page.blocks
  if (isLayout(table)) outer.push(...table.content.flat())
  else {
    const found = tableOfRows(table.rows, 0)
    if (found) outer.push(found)
  }
}

/** A table that only lays out a page: one column, or tables with columns of their own in it. */
function isLayout({ rows, content }: OpenTable): boolean {
  const isSingle = rows.every((row) => row.cells.filter((cell) => cell.paragraphs.length > 0).length <= 1)
  const holdsTable = content.flat().some((block) => block.kind === 'table' && block.rows.length > 1)
  return isSingle || holdsTable
}
