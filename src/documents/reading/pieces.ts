import type { Paragraph, Row, Table } from './blocks.ts'
import { UnreadableDocument } from './errors.ts'
import { limits } from './limits.ts'
import { plainLine } from './markup.ts'

/** The words of one paragraph of a source with its manual line breaks, its automatic number, and where it stands. */
export interface WrittenParagraph {
  text: string
  label: string
  ordinal: number
  page: number | null
  inCell: boolean
}

/** One paragraph, or several where manual line breaks part a cell's names or a list. */
export function paragraphsOfWritten({ text, label, ordinal, page, inCell }: WrittenParagraph): Paragraph[] {
  if (text.length > limits.paragraphChars) throw new UnreadableDocument('too-complex', { characters: text.length })
  const parts =
    inCell || isCapitalFirst(text) ? text.split('\n') : text.split(/\n(?=\s*(?:[-–+•]\s|\d{1,2}[.)]\s|\p{L}\)\s))/u)
  const texts = parts.map((part) => plainLine(part.replace(/\n/g, ' '))).filter((part) => part !== '')
  return texts.map((part, index) => ({
    kind: 'paragraph',
    text: index === 0 && label !== '' ? `${label} ${part}` : part,
    line: ordinal,
    lastLine: ordinal,
    page,
  }))
}

/** A heading in capitals with its title after a manual line break. */
function isCapitalFirst(text: string): boolean {
  const [first = '', second = ''] = text.split('\n')
  const isCapital = first.trim() !== '' && first === first.toUpperCase() && /\p{Lu}{2}/u.test(first)
  return isCapital && second !== second.toUpperCase()
}

/** A table from its rows; none where no cell has words. */
export function tableOfRows(rows: Row[], ordinal: number): Table | null {
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last) return null
  const page = first.cells[0]?.paragraphs[0]?.page ?? null
  return { kind: 'table', ordinal, rows, line: first.line, lastLine: last.lastLine, page }
}
