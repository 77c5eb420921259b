import type { Paragraph } from '../blocks.ts'
import { UnreadableDocument } from '../errors.ts'
import { limits } from '../limits.ts'
import { bullet, bulletItem, closed, numbered, startsUpper } from '../line-starts.ts'
import { plainLine } from '../markup.ts'
import { lineText, type Line } from './lines.ts'

/** Where lines run: the edges of a page's text, a column or a cell. */
export interface Frame {
  left: number
  right: number
  kind: 'body' | 'beside' | 'cell'
  /** A column whose lines stand in its middle, each for itself. */
  isCentred?: boolean
}

/** A line in its frame; lines of one frame follow each other, across pages too. */
export interface Placed {
  line: Line
  frame: Frame
}

/**
 * Joins printed lines to paragraphs. A line goes on with the paragraph where the next word would not have fitted on the
 * line before; indents, gaps, alignment and numbering tell where a full line ends one all the same.
 *
 * @param leading usual distance of two lines, in sizes of their letters
 */
export function paragraphsFrom(placed: readonly Placed[], leading: number): Paragraph[] {
  const groups: Placed[][] = []
  for (const one of placed) {
    const group = groups.at(-1)
    if (!group || startsAnew(group, one, leading)) groups.push([one])
    else group.push(one)
  }
  return groups.map((group) => paragraphOf(group.map(({ line }) => line))).filter(({ text }) => text !== '')
}

function paragraphOf(lines: readonly Line[]): Paragraph {
  const text = plainLine(lines.reduce((words, line) => continued(words, lineText(line)), ''))
  if (text.length > limits.paragraphChars) throw new UnreadableDocument('too-complex', { characters: text.length })
  const [first, last] = [lines[0], lines.at(-1)]
  return { kind: 'paragraph', text, line: first?.number ?? 1, lastLine: last?.number ?? 1, page: first?.page ?? null }
}

/** Joins two lines: a soft hyphen goes, a hyphen inside a word, number or span stays without a space. */
function continued(words: string, next: string): string {
  if (words === '') return next
  if (words.endsWith('\u00ad')) return words.slice(0, -1) + next
  const isInside = /[\p{L}\d][-/]$/u.test(words) && /^[\p{L}\d]/u.test(next)
  return isInside ? words + next : `${words} ${next}`
}

function startsAnew(group: readonly Placed[], { line, frame }: Placed, leading: number): boolean {
  const before = group.at(-1)
  if (!before) return true
  if (before.frame.kind !== frame.kind) return true
  const text = lineText(line)
  if (frame.isCentred === true) return !/^[\p{Ll}\d]/u.test(text)
  const centred = isCentred(before)
  if (frame.kind === 'body' && isUnclosed(group) && line.page === before.line.page) return false
  if (frame.kind === 'body' && (centred || isCentred({ line, frame })))
    return isNewHeading(before, { line, frame }, leading)
  if (frame.kind === 'cell' && bulletItem.test(text)) return true
  if (fits(before, line, centred)) return true
  return startsAfterFull(group, { line, frame }, { text, leading })
}

/** A line in brackets goes on until the bracket closes, in whatever type. */
function isUnclosed(group: readonly Placed[]): boolean {
  const text = group.map(({ line }) => lineText(line)).join(' ')
  return text.startsWith('(') && !text.includes(')') && group.length < 4
}

/** A full line came before: indents, gaps and numbering decide. */
function startsAfterFull(
  group: readonly Placed[],
  { line, frame }: Placed,
  { text, leading }: { text: string; leading: number },
): boolean {
  const before = group.at(-1)?.line
  if (!before) return true
  const isClosed = closed.test(lineText(before))
  const isMarked = isItem(text) || /^\p{Lu}\p{L}+ \d{1,3}\s*[.:]/u.test(text)
  const gap = line.page === before.page && line.y > before.y ? (line.y - before.y) / Math.max(line.size, 1) : leading
  if (gap > leading * 1.75 && frame.kind === 'body') return true
  if (gap > leading * 1.25 && isClosed && (startsUpper.test(text) || isMarked)) return true
  if (isMarked && isClosed) return true
  const em = line.size * 0.9
  const hanging = group[1]?.line
  const isShifted = before.page !== line.page && frame.kind !== 'body'
  if (isShifted || frame.kind === 'cell') return false
  if (hanging) return line.left > hanging.left + em && (isClosed || startsUpper.test(text))
  const isFirstIndented = before.left > frame.left + em && Math.abs(line.left - before.left) < em / 2
  if (isFirstIndented) return isClosed || isMarked
  return line.left > before.left + em && !isItem(lineText(before)) && startsUpper.test(text)
}

function isItem(text: string): boolean {
  return bullet.test(text) || numbered.test(text)
}

/** Whether the next line's first word would have fitted on the line before: then the break was meant. */
function fits({ line: before, frame }: Placed, line: Line, isCentredBefore: boolean): boolean {
  const word = line.words[0]
  if (!word) return false
  const needed = before.size * 0.25 + (word.right - word.left)
  const left = isCentredBefore ? frame.left + (before.right - before.left) : before.right
  const slack = frame.kind === 'cell' ? 2 : before.size * 0.2
  return left + needed < frame.right - slack
}

/** Stands in the middle of its frame, with room on both sides. */
function isCentred({ line, frame }: Placed): boolean {
  const [before, after] = [line.left - frame.left, frame.right - line.right]
  const width = frame.right - frame.left
  const least = frame.kind === 'body' ? width * 0.04 : line.size * 0.3
  return before > least && after > least && Math.abs(before - after) < Math.max(width * 0.02, line.size * 0.5)
}

/** Two lines of which one or both are centred: one heading, or two pieces. */
function isNewHeading(before: Placed, after: Placed, leading: number): boolean {
  const [upper, line] = [before.line, after.line]
  if (upper.isBold !== line.isBold || Math.abs(upper.size - line.size) > 0.8) return true
  if (hasLetters(upper) && hasLetters(line) && isCapital(upper) !== isCapital(line)) return true
  const gap = (line.y - upper.y) / Math.max(line.size, 1)
  if (line.page !== upper.page || gap > leading * 1.5) return true
  // A short line over a much longer one is a title of its own: words of one heading would have filled it first.
  const [width, next] = [upper.right - upper.left, line.right - line.left]
  if (isCentred(before) && width < (after.frame.right - after.frame.left) * 0.35 && next > width * 1.5) return true
  // Beside a centred line, one over the full width is of the same heading only in a heading's type.
  if (isCentred(before) && isCentred(after)) return false
  return !(line.isBold || isCapital(upper)) || closed.test(lineText(upper)) || isItem(lineText(line))
}

function hasLetters(line: Line): boolean {
  return /\p{L}/u.test(lineText(line))
}

function isCapital(line: Line): boolean {
  const text = lineText(line)
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.filter((letter) => letter !== letter.toLowerCase()).length > letters.length * 0.8
}

/** The usual distance of two lines of one paragraph, in sizes of their letters, over a whole document. */
export function usualLeading(lines: readonly Placed[]): number {
  const gaps = lines.flatMap(({ line, frame }, index) => {
    const before = lines[index - 1]
    if (!before || before.line.page !== line.page || before.frame.left !== frame.left) return []
    const gap = (line.y - before.line.y) / Math.max(line.size, 1)
    const isFull = before.line.right > frame.right - before.line.size * 2
    return isFull && line.left <= before.line.left + 1 && gap > 0.8 && gap < 3 ? [gap] : []
  })
  gaps.sort((a, b) => a - b)
  return gaps[Math.floor(gaps.length / 2)] ?? 1.2
}
