import { UnreadableDocument } from './errors.ts'
import { limits } from './limits.ts'
import type { Block, Paragraph } from './blocks.ts'
import { isBar, readTable } from './text-tables.ts'
import { bullet, bulletItem, closed, numbered, startsUpper } from './line-starts.ts'
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
export function paragraphsOf(lines: readonly Line[], inCell: boolean): Paragraph[] {
  const kept = lines.filter((line) => !isBlank(line) && !isCaption(line))
  if (kept.length === 0) return []
  const shape = shapeOf(kept, inCell)
  const groups: Line[][] = []
  kept.forEach((line, index) => {
    const before = kept[index - 1]
    const current = groups.at(-1)
    if (!before || !current || startsAnew(before, line, shape)) groups.push([line])
    else current.push(line)
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

/** How a group of lines is set: in a cell, one paragraph a line, unwrapped, and how wide. */
interface Shape {
  inCell: boolean
  perLine: boolean
  isUnwrapped: boolean
  widest: number
  size: number
}

function shapeOf(lines: readonly Line[], inCell: boolean): Shape {
  const widest = Math.max(...lines.map((line) => line.text.length))
  const marked = lines.filter((line) => isMarked(line)).length
  const isUnwrapped = !inCell && ((lines.length > 1 && widest > 130) || (marked > 1 && marked / lines.length >= 0.4))
  return { inCell, perLine: !inCell && isOneLinePerParagraph(lines), isUnwrapped, widest, size: lines.length }
}

/** A line that opens an item beyond doubt: a hyphen before a small letter or figure may be a wrapped phrase. */
function isMarked(line: Line): boolean {
  return bulletItem.test(line.text) || numbered.test(line.text)
}

function startsAnew(before: Line, line: Line, shape: Shape): boolean {
  if (shape.perLine) return true
  if (bullet.test(line.text)) {
    return shape.inCell || (shape.isUnwrapped && bulletItem.test(line.text)) || closed.test(before.text)
  }
  if (numbered.test(line.text)) {
    return shape.isUnwrapped || closed.test(before.text) || before.text.length < shape.widest * 0.6
  }
  if (isCapitalLine(before, 6) && startsUpper.test(line.text) && !isCapitalLine(line, 1)) return true
  if (shape.isUnwrapped) {
    const afterHeading = isMarked(before) && before.text.length < 120
    return startsUpper.test(line.text) && (closed.test(before.text) || afterHeading)
  }
  // A long group without blank lines: a sentence closes although the next word would have fitted.
  const nextWord = /^\S+/.exec(line.text)?.[0].length ?? 0
  return shape.size > 12 && closed.test(before.text) && before.text.length + 1 + nextWord <= shape.widest
}

/** A line of a heading or letterhead: nearly all its letters are capitals. */
function isCapitalLine(line: Line, atLeast: number): boolean {
  const letters = line.text.match(/\p{L}/gu) ?? []
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase())
  return letters.length >= atLeast && capitals.length / letters.length > 0.85
}

/** Text without blank lines and without wrapping: lines close sentences or are far longer than any wrap. */
function isOneLinePerParagraph(lines: readonly Line[]): boolean {
  if (lines.length < 3) return false
  const whole = lines.filter((line) => closed.test(line.text) || line.text.length > 200).length
  return whole / lines.length >= (lines.length > 8 ? 0.6 : 0.99)
}
