import type { Records } from '../input/records.ts'
import { bitCount } from '../values/ints.ts'
import type { Names } from '../values/name-book.ts'
import {
  bagAt,
  familyAt,
  foldedAt,
  givenAt,
  joinedAt,
  lengthAt,
  namePlaces,
  nameWords,
  placesAt,
} from '../values/name-words.ts'
import { lettersOfNames } from '../values/name-letters.ts'
import type { Laid } from '../input/rows.ts'
import type { Comparison } from './comparison.ts'
import { lettersOf, type Letters } from './letters.ts'

/**
 * A value as a few integers of which it is enough to know which are equal. From that alone follows which levels two
 * values can still have: a bound that needs no string function.
 */
export type Words = {
  count: number
  /** Writes the integers of values one after the other; those of missing values stay 0. */
  lay: (field: Laid, stretch: Stretch, target: Target) => void
  /** Levels that are possible when exactly these integers are equal, bit by bit; a superset, never less. */
  possible: (equal: number) => readonly number[]
  /** Where likeness of letters counts: which letters values hold, and what that leaves possible. */
  letters: Letters | null
}

/** Records `order[start]` to `order[end]`. */
export type Stretch = { order: Int32Array; start: number; end: number }

/** Rows of `width` integers, zeros before: the integers go to `at` of each, `bit` into the last of it where a value is missing. */
export type Target = { words: Int32Array; row: number; width: number; at: number; bit: number }

/** The integers of a comparison's values. */
export function wordsOf(comparison: Comparison, records: Records): Words {
  const field = records.fields.find((one) => one.name === comparison.field)
  switch (comparison.method) {
    case 'names':
      return wordsOfNames(records.names)
    case 'dates':
      return { count: 4, lay: layDate, possible: possibleDates, letters: null }
    case 'near-dates':
      return { count: 4, lay: layDate, possible: possibleNearDates, letters: null }
    case 'numbers':
      return { count: 5, lay: layNumber, possible: possibleNumbers, letters: null }
    case 'same': {
      const today = field?.today ?? null
      if (today === null) return oneWord(null, [1], [2])
      return oneWord(
        today.map((unit, text) => (unit === 0 ? text : -unit)),
        [1, 2],
        [3],
      )
    }
    case 'similarity': {
      const of = field?.kind === 'name' ? records.names.folded : null
      const texts = field?.texts ?? lettersOfNames(records.names)
      return {
        ...oneWord(
          of,
          [1],
          comparison.labels.slice(1).map((_label, at) => at + 2),
        ),
        letters: lettersOf(texts.glances, of, comparison.thresholds),
      }
    }
  }
}

/** @param of what of a value must be equal; null: the value itself */
function oneWord(of: Int32Array | null, agreeing: readonly number[], others: readonly number[]): Words {
  return {
    count: 1,
    lay: ({ data, width: stride, at: own }, { order, start, end }, { words, row, width, at, bit }) => {
      let to = row + at
      for (let place = start; place < end; place++, to += width) {
        const value = data[(order[place] ?? 0) * stride + own] ?? 0
        if (value === 0) markMissing(words, to - at + width - 1, bit)
        else words[to] = of === null ? value : (of[value] ?? 0)
      }
    },
    possible: (equal) => (equal === 1 ? agreeing : others),
    letters: null,
  }
}

function markMissing(words: Int32Array, at: number, bit: number): void {
  words[at] = (words[at] ?? 0) | bit
}

function layDate(
  { data, width: stride, at: own }: Laid,
  { order, start, end }: Stretch,
  { words, row, width, at, bit }: Target,
): void {
  let to = row + at
  for (let place = start; place < end; place++, to += width) {
    const date = data[(order[place] ?? 0) * stride + own] ?? 0
    if (date === 0) {
      markMissing(words, to - at + width - 1, bit)
      continue
    }
    words[to] = date
    words[to + 1] = date >> 10
    words[to + 2] = (date >> 5) & 31
    words[to + 3] = date & 31
  }
}

const [year, month, day] = [1, 2, 4]

/** A slip of one digit, or of two neighbours, touches one part of a date, or two that stand side by side. */
function possibleDates(equal: number): readonly number[] {
  if ((equal & 1) === 1) return [1]
  switch (equal >> 1) {
    case year + month + day:
    case year + month:
      return [1, 3, 4, 6]
    case year + day:
      return [3, 4, 7]
    case year:
      return [2, 3, 4, 7]
    case month + day:
      return [3, 5, 8, 9]
    case day:
      return [3, 8, 9]
    default:
      return [8, 9]
  }
}

/** Neighbours exchanged across a sign are two letters: one letter is within one part. */
function possibleNearDates(equal: number): readonly number[] {
  if ((equal & 1) === 1) return [1]
  const parts = equal >> 1
  return parts === year + month || parts === year + day || parts === month + day ? [2, 3, 4, 5] : [3, 4, 5]
}

/** Twelve digits in four threes, the length beside the first; then the middle digits of all threes. */
function layNumber(
  { data, width: stride, at: own, lows, lowAt }: Laid,
  { order, start, end }: Stretch,
  { words, row, width, at, bit }: Target,
): void {
  let to = row + at
  for (let place = start; place < end; place++, to += width) {
    const record = (order[place] ?? 0) * stride
    const high = data[record + own] ?? 0
    if (high === 0) {
      markMissing(words, to - at + width - 1, bit)
      continue
    }
    const rest = lows[record + lowAt] ?? 0
    words[to] = high >>> 12
    words[to + 1] = high & 0xfff
    words[to + 2] = rest >>> 12
    words[to + 3] = rest & 0xfff
    words[to + 4] = (high & 0x0f00f0) | ((rest & 0x0f00f0) << 4)
  }
}

/** One slip is within one three, or exchanges neighbours of two threes and so leaves all middles as they are. */
function possibleNumbers(equal: number): readonly number[] {
  if ((equal & 15) === 15) return [1]
  const threes = bitCount(equal & 15)
  return threes === 3 || (threes === 2 && equal > 15) ? [2, 3] : [3]
}

const [folded, bag, joined, given, family, length] = [foldedAt, bagAt, joinedAt, givenAt, familyAt, lengthAt].map(
  (at) => 1 << at,
) as [number, number, number, number, number, number]

/** A name's letters, its syllables in any order, its letters without blanks, given and family name, how many syllables, and these by place. */
function wordsOfNames({ words: laid }: Names): Words {
  return {
    count: nameWords,
    lay: ({ data, width: stride, at: own }, { order, start, end }, { words, row, width, at, bit }) => {
      let to = row + at
      for (let place = start; place < end; place++, to += width) {
        const name = data[(order[place] ?? 0) * stride + own] ?? 0
        if (name === 0) markMissing(words, to - at + width - 1, bit)
        else
          for (let word = 0, from = name * nameWords; word < nameWords; word++)
            words[to + word] = laid[from + word] ?? 0
      }
    },
    possible: possibleNames,
    letters: null,
  }
}

/**
 * See `nameLevel`: two syllables that differ cannot be one slip, and a syllable can only be missing beside the same given name,
 * where there is one less.
 */
function possibleNames(equal: number): readonly number[] {
  if ((equal & folded) !== 0) return [1, 2, 3]
  if ((equal & bag) !== 0) return [4]
  const others = [10, 12]
  if ((equal & joined) !== 0) others.push(5)
  if ((equal & given) === 0) others.push(11, 13)
  else if ((equal & family) === 0) others.push(8)
  else others.push(9, ...((equal & length) === 0 ? [5] : []))
  if (bitCount(equal >> placesAt) >= namePlaces - 1) others.push(6, 7, 8, 9, 11)
  return others
}
