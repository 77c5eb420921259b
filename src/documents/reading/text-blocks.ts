import { UnreadableDocument } from './errors.ts'
import { limits } from './limits.ts'
import type { Block, Paragraph } from './blocks.ts'
import { isBar, readTable } from './text-tables.ts'
import { plainLine } from './markup.ts'

/** One line of a text file with its 1-based number. */
export interface Line {
  number: number
  text: string
}

/**
 * Blocks of a plain text. Paragraphs are told apart by blank lines; within a group, by bullets and numbering that follow
 * closing punctuation, so that a wrapped line beginning with a hyphen ("2021\n- 2025") stays inside its sentence.
 * Tables are those of the public crawl: each cell followed by a line holding only a bar, two bars ending a row.
 */
export function textBlocks(text: string): Block[] {
  const lines = text.split('\n').map((line, index) => ({ number: index + 1, text: line.trim() }))
  if (lines[0]?.text.startsWith('# ')) lines[0].text = ''
  const blocks: Block[] = []
  let group: Line[] = []
  let tables = 0
  let cells = 0
  const close = (): void => {
    blocks.push(...paragraphsOf(group, false))
    group = []
  }
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]
    if (!line) break
    if (isBar(line)) {
      close()
      tables += 1
      const { table, next } = readTable(lines, at, tables)
      cells += table.rows.reduce((sum, row) => sum + row.cells.length, 0)
      if (cells > limits.tableCells) throw new UnreadableDocument('too-complex', { cells })
      if (table.rows.length > 0) blocks.push(table)
      at = next - 1
    } else if (isBlank(line)) close()
    else group.push(line)
  }
  close()
  if (blocks.length > limits.paragraphs) throw new UnreadableDocument('too-complex', { paragraphs: blocks.length })
  return blocks
}

/** Nothing but markup and rules counts as blank: the crawl leaves lone pairs of asterisks. */
export function isBlank(line: Line): boolean {
  return plainLine(line.text) === ''
}

/**
 * Paragraphs of consecutive lines.
 *
 * @param breakAtBullets within a table cell a hyphen at the start of a line is an item even after an open phrase
 */
export function paragraphsOf(lines: readonly Line[], breakAtBullets: boolean): Paragraph[] {
  const kept = lines.filter((line) => !isBlank(line) && !isCaption(line))
  if (kept.length === 0) return []
  const perLine = !breakAtBullets && isOneLinePerParagraph(kept)
  const widest = Math.max(...kept.map((line) => line.text.length))
  const groups: Line[][] = []
  kept.forEach((line, index) => {
    const before = kept[index - 1]
    const current = groups.at(-1)
    if (!before || !current || perLine || startsAnew(before, line, { breakAtBullets, widest, size: kept.length })) {
      groups.push([line])
    } else current.push(line)
  })
  return groups.map(paragraph).filter((found) => found.text !== '')
}

function paragraph(lines: readonly Line[]): Paragraph {
  const text = plainLine(lines.map((line) => line.text).join(' '))
  if (text.length > limits.paragraphChars) throw new UnreadableDocument('too-complex', { characters: text.length })
  const first = lines[0]?.number ?? 1
  return { kind: 'paragraph', text, line: first, lastLine: lines.at(-1)?.number ?? first, page: null }
}

/** A picture's caption, which the crawl leaves as words followed by one bar. */
function isCaption(line: Line): boolean {
  return /[^|\s]\s*\|$/.test(line.text) && !line.text.startsWith('|')
}

const bullet = /^(?:\*{0,3})[-–—+•]\s+\S/
const numbered = /^\*{0,3}(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}-(?=\s+\p{Lu})|\d{1,2}(?:\.\d{1,2})+|[IVXLC]{1,5}[.)]|\p{L}\))\s*\*{0,3}\s+\S/u
const closed = /[.;:!?…”"]\s*\*{0,3}$/

function startsAnew(
  before: Line,
  line: Line,
  group: { breakAtBullets: boolean; widest: number; size: number },
): boolean {
  if (bullet.test(line.text)) return group.breakAtBullets || closed.test(before.text)
  if (numbered.test(line.text)) return closed.test(before.text) || before.text.length < group.widest * 0.6
  // A long group without blank lines: a sentence closes although the next word would have fitted.
  const nextWord = /^\S+/.exec(line.text)?.[0].length ?? 0
  return group.size > 12 && closed.test(before.text) && before.text.length + 1 + nextWord <= group.widest
}

/** Text without blank lines and without wrapping: lines close sentences or are far longer than any wrap. */
function isOneLinePerParagraph(lines: readonly Line[]): boolean {
  if (lines.length < 3) return false
  const whole = lines.filter((line) => closed.test(line.text) || line.text.length > 200).length
  return whole / lines.length >= (lines.length > 8 ? 0.6 : 0.99)
}
