import type { Block, Table } from '../blocks.ts'
import { UnreadableDocument } from '../errors.ts'
import type { EncodingGrammar } from '../grammar.ts'
import type { Finding } from '../header.ts'
import { fontDecoder, type FontDecoder } from '../legacy.ts'
import { limits } from '../limits.ts'
import { finished, type Source } from '../source-blocks.ts'
import type { PageContent } from './content.ts'
import { paragraphsFrom, usualLeading, type Frame, type Placed } from './flow.ts'
import { withoutFurniture } from './furniture.ts'
import { gridsOf } from './grids.ts'
import { linesOf, type Line } from './lines.ts'
import { openPdf } from './open-pdf.ts'
import { reframed, stretchesOf, type Corridor, type Stretch } from './sides.ts'
import { continues, tableFrom, tablesOf, withContinuation, type DraftTable } from './tables.ts'

/**
 * Opens a PDF with text: paragraphs joined over lines, columns and pages, drawn tables with merged cells and over
 * pages, text side by side (letterhead, signature) as a table of one row. Lines are counted over the document.
 *
 * @throws UnreadableDocument `scan` when no page has words, and what `openPdf` throws
 */
export async function pdfSource(bytes: Uint8Array, encodings: EncodingGrammar): Promise<Source> {
  const pages = await openPdf(bytes)
  const findings = findingsOf(pages)
  return finished(blocksOf(pages, fontDecoder(encodings)), encodings, findings)
}

/** Doubtful text: pages that are pictures, words a machine recognised, signs without a letter behind. */
function findingsOf(pages: readonly PageContent[]): Finding[] {
  const glyphs = pages.map((page) => page.glyphs.filter((glyph) => glyph.text.trim() !== ''))
  const empty = glyphs.flatMap((own, index) => (own.length === 0 ? [index + 1] : []))
  if (empty.length === pages.length) throw new UnreadableDocument('scan', { pages: pages.length })
  const all = glyphs.flat()
  const unknown = all.filter((glyph) => /[\ufffd\ue000-\uf8ff\p{Cc}]/u.test(glyph.text)).length
  const hidden = all.filter((glyph) => glyph.isHidden).length
  const finding = (code: Finding['code'], params: Finding['params']): Finding => ({ code, params, source: null })
  return [
    ...(empty.length > 0
      ? [finding('pages-without-text', { count: empty.length, pages: empty.slice(0, 20).join(', ') })]
      : []),
    ...(hidden > all.length / 2 ? [finding('text-recognised', {})] : []),
    ...(unknown > all.length / 200
      ? [finding('signs-unknown', { share: Math.ceil((unknown / all.length) * 100) })]
      : []),
  ]
}

/** A piece of the document in reading order. */
type Piece = { kind: 'table'; table: DraftTable } | Stretch

function blocksOf(pages: readonly PageContent[], decode: FontDecoder): Block[] {
  const read = pages.map((page, index) => {
    const where = { page: index + 1, decode }
    const { tables, rest } = tablesOf(page.glyphs, gridsOf(page.rules), where)
    const lines = linesOf(rest, where)
    return { lines, tables, rules: page.rules, width: page.width, height: page.height }
  })
  const bodies = withoutFurniture(read)
  const pieces: Piece[] = []
  read.forEach((page, index) => {
    const last = pieces.at(-1)
    const carried = last?.kind === 'beside' && reachesFoot(last, bodies, read) ? last : null
    const frame = frameOf(bodies, page, read)
    const [first, ...rest] = piecesOf(bodies[index] ?? [], page.tables, { frame, carried: carried?.corridor ?? null })
    if (carried && first?.kind === 'beside') pieces.splice(-1, 1, besideOverPages(carried, first), ...rest)
    else if (first) pieces.push(first, ...rest)
  })
  return assembled(joinedOverPages(pieces))
}

type Beside = Extract<Stretch, { kind: 'beside' }>

/** Whether columns go down to where text ends on pages of this width: above that, what follows them is something else. */
function reachesFoot({ left, right }: Beside, bodies: readonly Line[][], pages: readonly PageSize[]): boolean {
  const lines = [...left, ...right].map(({ line }) => line)
  const own = pages[(lines.at(-1)?.page ?? 1) - 1]
  const foot = Math.max(
    ...bodies.flatMap((body, at) => (pages[at]?.width === own?.width ? body.map(({ y }) => y) : [])),
  )
  return Math.max(...lines.map(({ y }) => y)) > foot - (own?.height ?? 0) * 0.15
}

function besideOverPages(before: Beside, next: Beside): Beside {
  return {
    ...before,
    left: reframed([...before.left, ...next.left]),
    right: reframed([...before.right, ...next.right]),
  }
}

type PageSize = { width: number; height: number }

/** Edges of the text on pages of one width: where many lines begin and end. */
function frameOf(bodies: readonly Line[][], page: { width: number }, pages: readonly { width: number }[]): Frame {
  const lines = bodies.flatMap((body, index) => (pages[index]?.width === page.width ? body : []))
  return {
    left: usualEdge(
      lines.map((line) => line.left),
      page.width,
    ),
    right: -usualEdge(
      lines.map((line) => -line.right),
      page.width,
    ),
    kind: 'body',
  }
}

/**
 * The outermost place at which at least a twelfth of the lines begin; the outermost of all where that lies far inside,
 * as on a page of few full lines.
 */
function usualEdge(values: readonly number[], width: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const enough = Math.max(4, values.length / 12)
  const found = sorted.find((value, index) => {
    let count = 0
    for (let at = index; (sorted[at] ?? Infinity) <= value + 3; at += 1) count += 1
    return count >= enough
  })
  const outermost = sorted[0] ?? 0
  return found === undefined || found - outermost > width * 0.2 ? outermost : found
}

/** Tables and the text between them, from top to bottom. */
function piecesOf(
  lines: readonly Line[],
  tables: readonly DraftTable[],
  { frame, carried }: { frame: Frame; carried: Corridor | null },
): Piece[] {
  const pieces: Piece[] = []
  let corridor = carried
  let left = [...lines]
  for (const table of [...tables].sort((a, b) => a.top - b.top)) {
    const above = left.filter((line) => line.y <= table.top + 2)
    left = left.filter((line) => line.y > table.top + 2)
    pieces.push(...stretchesOf(above, frame, corridor), { kind: 'table', table })
    corridor = null
  }
  return [...pieces, ...stretchesOf(left, frame, corridor)]
}

/** Parts of a table on consecutive pages with nothing between them become one. */
function joinedOverPages(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const before = joined.at(-1)
    const isNext =
      piece.kind === 'table' &&
      before?.kind === 'table' &&
      piece.table.page > lastPage(before.table) &&
      continues(before.table, piece.table)
    if (isNext) joined[joined.length - 1] = { kind: 'table', table: withContinuation(before.table, piece.table) }
    else joined.push(piece)
  }
  return joined
}

function lastPage(table: DraftTable): number {
  return Math.max(table.page, ...table.rows.flat().flatMap((cell) => cell.lines.map(({ line }) => line.page)))
}

function assembled(pieces: readonly Piece[]): Block[] {
  numberLines(pieces)
  const running = pieces.flatMap((piece) => (piece.kind === 'lines' || piece.kind === 'columns' ? piece.placed : []))
  const leading = usualLeading(running)
  const blocks: Block[] = []
  let open: Placed[] = []
  let tables = 0
  let cells = 0
  const close = (): void => {
    blocks.push(...paragraphsFrom(open, leading))
    open = []
  }
  for (const piece of pieces) {
    if (piece.kind === 'lines' || piece.kind === 'columns') {
      open.push(...piece.placed)
      continue
    }
    close()
    const draft = piece.kind === 'table' ? piece.table : draftBeside(piece)
    const table: Table | null = tableFrom(draft, tables + 1, leading)
    if (!table) continue
    tables += 1
    cells += table.rows.reduce((sum, row) => sum + row.cells.length, 0)
    if (cells > limits.tableCells) throw new UnreadableDocument('too-complex', { cells })
    blocks.push(table)
  }
  close()
  if (blocks.length > limits.paragraphs) throw new UnreadableDocument('too-complex', { paragraphs: blocks.length })
  return blocks
}

/** Text side by side is a table of one row and two cells, as word processors set it. */
function draftBeside({ left, right, top }: Extract<Stretch, { kind: 'beside' }>): DraftTable {
  const row = [left, right].map((lines, column) => ({ column, span: 1, isContinued: false, lines }))
  return { xs: [0, 1, 2], rows: [row], page: left[0]?.line.page ?? 1, top, bottom: top }
}

/** Lines are counted over the document in reading order. */
function numberLines(pieces: readonly Piece[]): void {
  let number = 0
  const count = (placed: readonly Placed[]): void => {
    for (const { line } of placed) {
      number += 1
      line.number = number
    }
  }
  for (const piece of pieces) {
    if (piece.kind === 'table') for (const cell of piece.table.rows.flat()) count(cell.lines)
    else if (piece.kind === 'beside') count([...piece.left, ...piece.right])
    else count(piece.placed)
  }
}
