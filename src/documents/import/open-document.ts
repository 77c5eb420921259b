import type { OriginalBlock, ReadProse, Reading } from '../model.ts'
import { cellText, pageOfRow, type Block, type Row } from '../reading/blocks.ts'
import type { DocumentGrammar } from '../reading/grammar.ts'
import { readWhole } from '../reading/read-document.ts'
import type { Source } from '../reading/source-blocks.ts'

/** A file opened for review: what the reader found, and the document in pieces for display. */
export type OpenedDocument = {
  reading: Reading
  original: OriginalBlock[]
  /** The powers of who signs, one each, where the reading has them in one line. */
  powers: string[]
  /** What it says beside its tasks. */
  prose: ReadProse[]
}

/** @param from a file's bytes (text, .docx, .html), or any file opened by `sourceFrom`. @throws UnreadableDocument */
export function openDocument(from: Uint8Array | Source, fileName: string, grammar: DocumentGrammar): OpenedDocument {
  const { reading, prose, attachedTitle, blocks } = readWhole(from, fileName, grammar)
  const attached: ReadProse[] =
    attachedTitle === null ? [] : [{ part: 'articles', heading: attachedTitle, paragraphs: [], source: null }]
  return {
    reading,
    original: originalOf(blocks, reading),
    powers: powersOf(reading.signature.capacity, grammar),
    prose: prose
      .map((one) => (one.part === 'articles' ? { ...one, heading: attachedTitle } : one))
      .concat(prose.some(({ part }) => part === 'articles') ? [] : attached),
  }
}

/** "On behalf of the committee, for the chair" is two powers: one begins wherever the country's words for one stand. */
function powersOf(capacity: string | null, grammar: DocumentGrammar): string[] {
  const words = capacity?.split(' ') ?? []
  return words.reduce<string[]>((powers, word, index) => {
    const last = powers.at(-1)
    const begins = last === undefined || grammar.closing.capacity.test(words.slice(index).join(' '))
    return begins ? [...powers, word] : [...powers.slice(0, -1), `${last} ${word}`]
  }, [])
}

/** The pieces of a document in reading order; paragraphs that are printed headings are told apart. */
function originalOf(blocks: readonly Block[], reading: Pick<Reading, 'sections' | 'title'>): OriginalBlock[] {
  const headings = new Set([...reading.sections.map((section) => bare(section.heading)), bare(reading.title ?? '')])
  headings.delete('')
  return blocks.flatMap((block): OriginalBlock[] => {
    if (block.kind === 'table')
      return block.rows.map((row, index) =>
        rowOf(row, { table: block.ordinal, row: index + 1, page: pageOfRow(row) ?? block.page }),
      )
    const { text, line, lastLine, page } = block
    const kind = isHeading(text, headings) ? 'heading' : 'paragraph'
    return [{ kind, line, lastLine, page, table: null, row: null, text, cells: null }]
  })
}

function rowOf(row: Row, place: Pick<OriginalBlock, 'table' | 'row' | 'page'>): OriginalBlock {
  const cells = row.cells.map((cell) => ({
    text: cell.isContinued ? '' : cell.paragraphs.map((paragraph) => paragraph.text).join('\n'),
    column: cell.column,
    span: cell.span,
  }))
  return {
    kind: 'table-row',
    line: row.line,
    lastLine: row.lastLine,
    ...place,
    text: row.cells.map(cellText).join(' '),
    cells,
  }
}

/** A heading may stand after its printed numbering ("II. …", "2.1.3. …"). */
function isHeading(text: string, headings: ReadonlySet<string>): boolean {
  let words = bare(text)
  for (let part = 0; part < 5; part += 1) {
    if (headings.has(words)) return true
    const rest = /^(?:\d{1,3}|[ivxlc]{1,5}|\p{L}) (?<rest>.+)$/u.exec(words)?.groups?.rest
    if (rest === undefined) return false
    words = rest
  }
  return false
}

function bare(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
