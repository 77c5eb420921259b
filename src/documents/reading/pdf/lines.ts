import type { FontDecoder } from '../legacy.ts'
import type { Glyph } from './content.ts'

/** A printed word of one line. `isRaised` marks small raised signs, such as references to footnotes. */
export interface Word {
  text: string
  left: number
  right: number
  isRaised: boolean
  /** Stands right at the word before, without a space. */
  isGlued: boolean
}

/** Words on one baseline, left to right. */
export interface Line {
  words: Word[]
  left: number
  right: number
  /** Baseline, from the page's upper edge. */
  y: number
  /** Size of most of its letters, in points. */
  size: number
  isBold: boolean
  page: number
  /** Ordinal over the document, given once all pages are read. */
  number: number
}

/** Where characters stand, and how words of legacy fonts are put in letters. */
export interface Where {
  page: number
  decode: FontDecoder
}

export function lineText(line: Line): string {
  return line.words.map((word, index) => (index === 0 || word.isGlued ? word.text : ` ${word.text}`)).join('')
}

/**
 * Puts characters on lines by their baselines, whatever order they were drawn in.
 *
 * @returns lines from top to bottom
 */
export function linesOf(glyphs: readonly Glyph[], where: Where): Line[] {
  const rows: Glyph[][] = []
  const sorted = glyphs.filter(isInk).sort((a, b) => a.y - b.y)
  for (const glyph of sorted) {
    const row = rows.at(-1)
    const before = row?.at(-1)
    if (row && before && glyph.y - before.y <= Math.min(before.size, glyph.size) * 0.16) row.push(glyph)
    else rows.push([glyph])
  }
  return withRaised(rows).map((row) => lineFrom(row, where))
}

function isInk(glyph: Glyph): boolean {
  return glyph.text.trim() !== '' && !/^[\p{Cc}\p{Cf}]+$/u.test(glyph.text.replace('\u00ad', ''))
}

interface Placed {
  glyph: Glyph
  isRaised: boolean
}

/** Rows of small signs a little above or below another row belong to it. */
function withRaised(rows: readonly Glyph[][]): Placed[][] {
  const sizes = rows.map((row) => usualSize(row))
  const home = rows.map((row, index) => {
    const size = sizes[index] ?? 0
    const [left, right] = [Math.min(...row.map((one) => one.x)), Math.max(...row.map((one) => one.x + one.width))]
    for (const other of [index + 1, index - 1, index + 2, index - 2]) {
      const [host, hostSize] = [rows[other], sizes[other] ?? 0]
      const rise = (host?.[0]?.y ?? 0) - (row[0]?.y ?? 0)
      if (!host || size >= hostSize * 0.82 || rise > hostSize * 0.75 || rise < -hostSize * 0.35) continue
      if (host.some((one) => one.x - 3 * hostSize < right && one.x + one.width + 3 * hostSize > left)) return other
    }
    return index
  })
  return rows.flatMap((row, index) => {
    if (home[index] !== index) return []
    const own = row.map((glyph) => ({ glyph, isRaised: false }))
    const guests = rows.flatMap((other, at) =>
      at !== index && home[at] === index ? other.map((glyph) => ({ glyph, isRaised: true })) : [],
    )
    return [[...own, ...guests].sort((a, b) => a.glyph.x - b.glyph.x)]
  })
}

function usualSize(row: readonly Glyph[]): number {
  const sizes = row.map((glyph) => glyph.size).sort((a, b) => a - b)
  return sizes[Math.floor(sizes.length / 2)] ?? 0
}

function lineFrom(row: readonly Placed[], { page, decode }: Where): Line {
  const main = row.filter((one) => !one.isRaised).map((one) => one.glyph)
  const words: (Word & { font: string })[] = []
  let before: Placed | null = null
  for (const placed of withoutShadows(row)) {
    const { glyph } = placed
    const word = words.at(-1)
    const gap = before ? glyph.x - (before.glyph.x + before.glyph.width) : 0
    const isGlued = before !== null && gap < Math.max(glyph.size, before.glyph.size) * wordGap
    if (word && isGlued && placed.isRaised === before?.isRaised) {
      word.text += glyph.text
      word.right = Math.max(word.right, glyph.x + glyph.width)
    } else {
      const { isRaised } = placed
      const { text, x, width, font } = glyph
      words.push({ text, left: x, right: x + width, isRaised, isGlued, font })
    }
    before = placed
  }
  const bold = main.filter((glyph) => /bold|black|heavy/i.test(glyph.font)).length
  return {
    words: words.map(({ font, ...word }) => ({ ...word, text: normal(decode(word.text, font)) })),
    left: words[0]?.left ?? 0,
    right: Math.max(...words.map((word) => word.right)),
    y: main[0]?.y ?? 0,
    size: usualSize(main),
    isBold: bold > main.length / 2,
    page,
    number: 0,
  }
}

/** Parts of a letter's size between two words; letters of one word stand closer. */
const wordGap = 0.17

/** Programs without a bold font print a letter twice, a hair apart: one is a shadow. */
function withoutShadows(row: readonly Placed[]): Placed[] {
  const kept: Placed[] = []
  for (const one of row) {
    const isShadow = kept
      .slice(-2)
      .some(
        ({ glyph }) =>
          glyph.text === one.glyph.text && Math.abs(glyph.x - one.glyph.x) < Math.max(0.15 * glyph.width, 0.05),
      )
    if (!isShadow) kept.push(one)
  }
  return kept
}

/** Composed letters; ligatures of Latin type in their letters. */
function normal(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\ufb00-\ufb06]/gu, (letter) => letter.normalize('NFKC'))
    .replace(/[\u00a0\u2000-\u200a\u202f]/gu, ' ')
}
