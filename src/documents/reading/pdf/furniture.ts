import { lineText, type Line } from './lines.ts'
import type { Rule } from './content.ts'

/** A page's lines outside tables, from top to bottom. */
export interface PageLines {
  lines: Line[]
  rules: readonly Rule[]
  width: number
  height: number
}

/**
 * Leaves out what stands on every page and is no part of the text: page numbers, running heads and feet, footnotes and
 * the small numbers that refer to them.
 */
export function withoutFurniture(pages: readonly PageLines[]): Line[][] {
  const running = runningLines(pages)
  const kept = pages.map((page) => page.lines.filter((line) => !running.has(line)))
  const size = bodySize(kept.flat())
  return kept.map((lines, index) => {
    const page = pages[index]
    return page ? withoutReferences(withoutFootnotes(lines, page, size)) : lines
  })
}

const edge = 0.12

/** Lines at the edges: a number alone, or words that recur at one height on most pages. */
function runningLines(pages: readonly PageLines[]): Set<Line> {
  const seen = new Map<string, Line[]>()
  const found = new Set<Line>()
  for (const { lines, height } of pages) {
    const outer = new Set([...lines.slice(0, 2), ...lines.slice(-2)])
    for (const line of outer) {
      const isEdge = line.y < height * edge || line.y > height * (1 - edge)
      if (!isEdge) continue
      const text = lineText(line)
      if (/^[-–—.|\s]*\d{1,4}[-–—.|\s]*$/u.test(text)) found.add(line)
      const key = `${Math.round(line.y / 4)} ${text.replace(/\d+/gu, '#')}`
      seen.set(key, [...(seen.get(key) ?? []), line])
    }
  }
  const often = Math.max(3, pages.length * 0.4)
  for (const lines of seen.values()) if (lines.length >= often) for (const line of lines) found.add(line)
  return found
}

/** The size most letters have. */
function bodySize(lines: readonly Line[]): number {
  const letters = new Map<number, number>()
  for (const line of lines) {
    const size = Math.round(line.size * 2) / 2
    letters.set(size, (letters.get(size) ?? 0) + lineText(line).length)
  }
  const [size] = [...letters].sort(([, a], [, b]) => b - a)[0] ?? [12]
  return size
}

/** Small lines at the foot that begin with their number, or stand under a short rule. */
function withoutFootnotes(lines: readonly Line[], page: PageLines, size: number): Line[] {
  let top = lines.length
  while (top > 0 && (lines[top - 1]?.size ?? size) < size * 0.92) top -= 1
  const short = page.rules.filter(
    (rule) => rule.isHorizontal && rule.to - rule.from > 50 && rule.to - rule.from < page.width * 0.45,
  )
  const isNote = (line: Line): boolean => {
    const [first, second] = line.words
    const isNumbered = /^[[(]?\d{1,3}[\])]?/u.test(first?.text ?? '') && second !== undefined
    const isUnderRule = short.some((rule) => rule.at < line.y && line.y - rule.at < line.size * 2.5)
    return isNumbered && (first?.isRaised === true || isUnderRule || /^\[\d{1,3}\]$/u.test(first?.text ?? ''))
  }
  const from = lines.findIndex((line, index) => index >= top && isNote(line))
  return from < 0 ? [...lines] : lines.slice(0, from)
}

/** A small raised number after a word of letters refers to a note; after a short sign it is a power ("m²"). */
function withoutReferences(lines: readonly Line[]): Line[] {
  return lines.map((line) => ({
    ...line,
    words: line.words.filter((word, index) => {
      const before = line.words[index - 1]?.text ?? ''
      const isNumber = word.isRaised && /^[[(]?\d{1,3}[\])]?[,;]?$/u.test(word.text)
      return !isNumber || /^(?:.*[\d\s/])?\p{L}{1,2}$/u.test(before)
    }),
  }))
}
