import type { Laid } from '../input/rows.ts'
import { glanceSize } from '../values/text-book.ts'
import type { Stretch, Target } from './words.ts'

/** How the letters of values are told in a row, and what they leave possible. */
export type Letters = {
  /** Writes integers one after the other: which letters a value holds, a bit each, its first four, which it holds more than once. */
  lay: (field: Laid, stretch: Stretch, target: Omit<Target, 'bit'>) => void
  /** From 1 to `longest`; 0 for longer ones, of which nothing is said. */
  lengthOf: (value: number) => number
  /**
   * Levels beside the strongest that are possible for a value of this length and any other, where so many letters stand in one
   * of them only, or once instead of more than once, and so many at the beginning are the same.
   */
  possible: (length: number, differing: number, begins: number) => readonly number[]
}

/** Integers that tell a value's letters. */
export const letterWords = 3

/** Of longer texts nothing is said; the other side may be longer. */
export const longest = 31

/** @param of for names: the run of letters of each, null where values are runs themselves */
export function lettersOf(glances: Int32Array, of: Int32Array | null, thresholds: readonly number[]): Letters {
  return {
    lay: ({ data, width: stride, at: own }, { order, start, end }, { words, row, width, at }) => {
      let to = row + at
      for (let place = start; place < end; place++, to += width) {
        const value = data[(order[place] ?? 0) * stride + own] ?? 0
        const from = (of === null ? value : (of[value] ?? 0)) * glanceSize
        words[to] = glances[from] ?? 0
        words[to + 1] = glances[from + 2] ?? 0
        words[to + 2] = glances[from + 3] ?? 0
      }
    },
    lengthOf: (value) => {
      const length = glances[(of === null ? value : (of[value] ?? 0)) * glanceSize + 1] ?? 0
      return length > longest ? 0 : length
    },
    possible: (length, differing, begins) => {
      const alike = length === 0 ? 1 : mostAlikeOf(length, differing, begins)
      return [...thresholds.flatMap((threshold, at) => (alike >= threshold ? [at + 2] : [])), thresholds.length + 2]
    },
  }
}

/**
 * The most that Jaro–Winkler can be for a run of so many letters and any other: a letter that stands in one of them only is
 * matched by none, and of those that stand there more than once and in the other once all but one are, so that the two have that many
 * fewer places to match.
 */
function mostAlikeOf(length: number, differing: number, begins: number): number {
  let most = 0
  for (let other = 1; other <= length * 4 + differing; other++) {
    const matches = Math.min(length, other, Math.floor((length + other - differing) / 2))
    if (matches <= 0) continue
    const jaro = (matches / length + matches / other + 1) / 3 + 1e-9
    most = Math.max(most, jaro <= 0.7 ? jaro : jaro + begins * 0.1 * (1 - jaro))
  }
  return most
}
