import type { Block, Cell, Row } from './blocks.ts'
import { numbererOf, type NumberedAs } from './docx-numbering.ts'
import { docxStyles, type DocxStyles } from './docx-styles.ts'
import { UnreadableDocument } from './errors.ts'
import type { EncodingGrammar } from './grammar.ts'
import { fontDecoder, type FontDecoder } from './legacy.ts'
import { limits } from './limits.ts'
import { paragraphsOfWritten, tableOfRows } from './pieces.ts'
import { readXml } from './xml.ts'
import { openArchive } from './zip.ts'

const mainNamespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

/**
 * Blocks of a .docx: paragraphs with their automatic numbers, tables with merged cells. Deleted text, fields' codes and
 * fallback copies of shapes are left out; nested tables become paragraphs of the cell that holds them.
 *
 * @throws UnreadableDocument when the archive or its XML is damaged, too large, or no Word document
 */
export function docxBlocks(bytes: Uint8Array, encodings: EncodingGrammar): Block[] {
  const archive = openArchive(bytes)
  const main = archive.names.find((name) => /^word\/document\d*\.xml$/.test(name))
  const xml = main === undefined ? null : archive.part(main)
  if (xml === null) throw new UnreadableDocument('no-document-part')
  if (!xml.includes(mainNamespace) && !xml.includes('purl.oclc.org/ooxml/wordprocessingml/main'))
    throw new UnreadableDocument('no-document-part')
  const numberer = numbererOf(archive.part('word/numbering.xml'))
  const styles = docxStyles(archive.part('word/styles.xml'))
  return readBody(emptyBody(numberer, styles, fontDecoder(encodings)), xml.normalize('NFC'))
}

interface OpenParagraph {
  pieces: string[]
  ordinal: number
  page: number
  numbered: Partial<NumberedAs>
  style: string | null
}

interface OpenTable {
  rows: Row[]
  row: Cell[] | null
  cell: Cell | null
  column: number
  ordinal: number
}

const skipped = new Set([
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delText',
  'mc:Fallback',
  'w:rubyBase',
  'w:sectPr',
  'w:pPrChange',
  'w:rPrChange',
  'w:tblPrChange',
])

/** What is built from the events of the main part, with the paragraphs and tables still open. */
interface Body {
  blocks: Block[]
  paragraphs: OpenParagraph[]
  tables: OpenTable[]
  numberer: (as: NumberedAs) => string
  styles: DocxStyles
  decode: FontDecoder
  /** The font of the open run where it has one of its own; `undefined` outside runs. */
  runFont: string | null | undefined
  /** Elements open within one that is left out. */
  skipping: string[]
  isText: boolean
  ordinal: number
  tableCount: number
  cellCount: number
  page: number
  hasPages: boolean
}

function emptyBody(numberer: Body['numberer'], styles: DocxStyles, decode: FontDecoder): Body {
  const counts = { ordinal: 0, tableCount: 0, cellCount: 0, page: 1 }
  return {
    blocks: [],
    paragraphs: [],
    tables: [],
    numberer,
    styles,
    decode,
    runFont: undefined,
    skipping: [],
    isText: false,
    hasPages: false,
    ...counts,
  }
}

function readBody(body: Body, xml: string): Block[] {
  readXml(xml, {
    open: (name, attributes) => openElement(body, name, attributes),
    close: (name) => closeElement(body, name),
    text: (text) => {
      if (body.isText && body.skipping.length === 0) pushText(body, text)
    },
  })
  return body.hasPages ? body.blocks : body.blocks.map(withoutPages)
}

/** Words of a legacy font stand for others. */
function pushText(body: Body, text: string): void {
  const paragraph = body.paragraphs.at(-1)
  paragraph?.pieces.push(body.decode(text, body.runFont ?? body.styles.font(paragraph.style)))
}

function openElement(body: Body, name: string, attributes: Readonly<Record<string, string>>): void {
  if (body.skipping.length > 0 || skipped.has(name)) {
    body.skipping.push(name)
    return
  }
  const paragraph = body.paragraphs.at(-1)
  switch (name) {
    case 'w:p':
      openParagraph(body)
      break
    case 'w:pStyle':
      if (paragraph) paragraph.style = attributes['w:val'] ?? null
      break
    case 'w:numId':
      if (paragraph) paragraph.numbered.list = attributes['w:val'] ?? ''
      break
    case 'w:ilvl':
      if (paragraph) paragraph.numbered.level = Number(attributes['w:val'] ?? 0)
      break
    case 'w:r':
      body.runFont = null
      break
    case 'w:rFonts':
      if (body.runFont !== undefined) body.runFont = attributes['w:ascii'] ?? attributes['w:hAnsi'] ?? null
      break
    case 'w:softHyphen':
      pushText(body, '\u00ad')
      break
    case 'w:t':
      body.isText = true
      break
    case 'w:tab':
    case 'w:noBreakHyphen':
      paragraph?.pieces.push(name === 'w:tab' ? ' ' : '-')
      break
    case 'w:br':
    case 'w:cr':
      if (attributes['w:type'] === 'page') turnPage(body)
      paragraph?.pieces.push('\n')
      break
    case 'w:lastRenderedPageBreak':
      turnPage(body)
      break
    default:
      openTablePart(body, name, attributes)
  }
}

function openParagraph(body: Body): void {
  body.ordinal += 1
  if (body.ordinal > limits.paragraphs) throw new UnreadableDocument('too-complex', { paragraphs: body.ordinal })
  body.paragraphs.push({ pieces: [], ordinal: body.ordinal, page: body.page, numbered: {}, style: null })
}

function turnPage(body: Body): void {
  body.page += 1
  body.hasPages = true
  const paragraph = body.paragraphs.at(-1)
  if (paragraph && paragraph.pieces.join('').trim() === '') paragraph.page = body.page
}

function openTablePart(body: Body, name: string, attributes: Readonly<Record<string, string>>): void {
  const table = body.tables.at(-1)
  const value = attributes['w:val']
  if (name === 'w:tbl') {
    if (body.tables.length === 0) body.tableCount += 1
    body.tables.push({ rows: [], row: null, cell: null, column: 0, ordinal: body.tableCount })
  } else if (!table) return
  else if (name === 'w:tr') {
    table.row = []
    table.column = 0
  } else if (name === 'w:gridBefore') table.column = bounded(value)
  else if (name === 'w:tc') {
    body.cellCount += 1
    if (body.cellCount > limits.tableCells) throw new UnreadableDocument('too-complex', { cells: body.cellCount })
    table.cell = { paragraphs: [], column: table.column, span: 1, isContinued: false }
  } else if (name === 'w:gridSpan' && table.cell) table.cell.span = Math.max(1, bounded(value))
  else if (name === 'w:vMerge' && table.cell) table.cell.isContinued = value !== 'restart'
}

function closeElement(body: Body, name: string): void {
  if (body.skipping.length > 0) {
    body.skipping.pop()
    return
  }
  if (name === 'w:t') body.isText = false
  else if (name === 'w:r') body.runFont = undefined
  else if (name === 'w:p') closeParagraph(body)
  else closeTablePart(body, name)
}

function closeParagraph(body: Body): void {
  const open = body.paragraphs.pop()
  if (!open) return
  const cell = body.tables.at(-1)?.cell
  const label = labelOf(body, open)
  const found = paragraphsOfWritten({
    text: open.pieces.join(''),
    label,
    ordinal: open.ordinal,
    page: open.page,
    inCell: cell !== null && cell !== undefined,
  })
  if (cell) cell.paragraphs.push(...found)
  else body.blocks.push(...found)
}

/** The automatic number: the paragraph's own list, else its style's. List 0 switches numbering off. */
function labelOf(body: Body, open: OpenParagraph): string {
  const style = open.style === null ? null : body.styles.numbering(open.style)
  const list = open.numbered.list ?? style?.list
  if (list === undefined || list === '0') return ''
  if (open.pieces.join('').trim() === '') return ''
  return body.numberer({ list, level: open.numbered.level ?? style?.level ?? 0 })
}

function closeTablePart(body: Body, name: string): void {
  const table = body.tables.at(-1)
  if (!table) return
  if (name === 'w:tc' && table.cell) {
    table.row?.push(table.cell)
    table.column += table.cell.span
    table.cell = null
  } else if (name === 'w:tr' && table.row) {
    const lines = table.row.flatMap((cell) => cell.paragraphs)
    const line = lines[0]?.line ?? body.ordinal
    if (lines.some((one) => one.text !== ''))
      table.rows.push({ cells: table.row, line, lastLine: lines.at(-1)?.lastLine ?? line })
    table.row = null
  } else if (name === 'w:tbl') {
    body.tables.pop()
    closeTable(body, table)
  }
}

function closeTable(body: Body, { rows, ordinal }: OpenTable): void {
  const outer = body.tables.at(-1)?.cell
  if (outer) outer.paragraphs.push(...rows.flatMap((row) => row.cells.flatMap((cell) => cell.paragraphs)))
  else {
    const table = tableOfRows(rows, ordinal)
    if (table) body.blocks.push(table)
  }
}

function bounded(value: string | undefined): number {
  const number = Number(value ?? 0)
  return Number.isInteger(number) && number >= 0 && number <= 64 ? number : 0
}

function withoutPages(block: Block): Block {
  if (block.kind === 'paragraph') return { ...block, page: null }
  const rows = block.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({
      ...cell,
      paragraphs: cell.paragraphs.map((paragraph) => ({ ...paragraph, page: null })),
    })),
  }))
  return { ...block, rows, page: null }
}
