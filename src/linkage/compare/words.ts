import type { Records } from '../input/records.ts'
import type { Names } from '../values/name-book.ts'
import type { Comparison } from './comparison.ts'

/**
 * A value as a few integers of which it is enough to know which are equal. From that alone follows which levels two
 * values can still have: a bound that needs no string function.
 */
export type Words = {
  count: number
  /** Writes the integers of a value that is not missing. @param low its second half, of identifiers */
  lay: (value: number, low: number, target: Int32Array, at: number) => void
  /** Levels that are possible when exactly these integers are equal, bit by bit; a superset, never less. */
  possible: (equal: number) => readonly number[]
}

/** The integers of a comparison's values. */
export function wordsOf(comparison: Comparison, records: Records): Words {
  const field = records.fields.find((one) => one.name === comparison.field)
  switch (comparison.method) {
    case 'names':
      return nameWords(records.names)
    case 'dates':
      return { count: 4, lay: layDate, possible: possibleDates }
    case 'near-dates':
      return { count: 4, lay: layDate, possible: possibleNearDates }
    case 'numbers':
      return { count: 4, lay: layNumber, possible: possibleNumbers }
    case 'same': {
      const today = field?.today ?? null
      if (today === null) return oneWord(null, [1], [2])
      return oneWord(
        today.map((unit, text) => (unit === 0 ? text : -unit)),
        [1, 2],
        [3],
      )
    }
    case 'similarity':
      return oneWord(
        field?.kind === 'name' ? records.names.folded : null,
        [1],
        comparison.labels.slice(1).map((_label, at) => at + 2),
      )
  }
}

/** @param of what of a value must be equal; null: the value itself */
function oneWord(of: Int32Array | null, agreeing: readonly number[], others: readonly number[]): Words {
  return {
    count: 1,
    lay: (value, _low, target, at) => {
      target[at] = of === null ? value : (of[value] ?? 0)
    },
    possible: (equal) => (equal === 1 ? agreeing : others),
  }
}

function layDate(date: number, _low: number, target: Int32Array, at: number): void {
  target[at] = date
  target[at + 1] = date >> 10
  target[at + 2] = (date >> 5) & 31
  target[at + 3] = date & 31
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

/** Twelve digits in four threes; the length stands with the first. */
function layNumber(high: number, low: number, target: Int32Array, at: number): void {
  target[at] = high >>> 12
  target[at + 1] = high & 0xfff
  target[at + 2] = low >>> 12
  target[at + 3] = low & 0xfff
}

function possibleNumbers(equal: number): readonly number[] {
  if (equal === 15) return [1]
  return bitCount(equal) >= 2 ? [2, 3] : [3]
}

const nameCount = 8
const [folded, bag, joined, given] = [1, 2, 4, 8]

/** A name's letters, its syllables in any order, its letters without blanks, its given name, then its syllables by place. */
function nameWords(names: Names): Words {
  const laid = layNameWords(names)
  return {
    count: nameCount,
    lay: (name, _low, target, at) => {
      const from = name * nameCount
      for (let word = 0; word < nameCount; word++) target[at + word] = laid[from + word] ?? 0
    },
    possible: possibleNames,
  }
}

/** See `nameLevel`: two syllables that differ cannot be one slip, and a syllable can only be missing beside the same given name. */
function possibleNames(equal: number): readonly number[] {
  if ((equal & folded) !== 0) return [1, 2, 3]
  if ((equal & bag) !== 0) return [4]
  const others = (equal & joined) !== 0 ? [5, 10, 11, 12, 13] : [10, 11, 12, 13]
  if ((equal & given) !== 0) others.push(5, 8, 9)
  if (4 - bitCount(equal >> 4) <= 1) others.push(6, 7, 8, 9)
  return others
}

/** Sums by which runs of integers are told apart; equal runs have equal sums, which is all that a bound needs. */
function layNameWords(names: Names): Int32Array {
  const count = names.folded.length
  const laid = new Int32Array(count * nameCount)
  for (let name = 1; name < count; name++) {
    const [from, to] = [names.starts[name] ?? 0, names.starts[name + 1] ?? 0]
    const at = name * nameCount
    laid[at] = names.folded[name] ?? 0
    laid[at + 1] = names.bag[name] ?? 0
    laid[at + 2] = lettersSum(names, from, to)
    laid[at + 3] = names.given[name] ?? 0
    for (let place = 0; place < to - from; place++) {
      const word = at + 4 + Math.min(place, 3)
      laid[word] = Math.imul(laid[word] ?? 0, 31) + (names.bare[from + place] ?? 0)
    }
  }
  return laid
}

function lettersSum({ bare, letters, letterStarts }: Names, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) {
    const syllable = bare[at] ?? 0
    for (let letter = letterStarts[syllable] ?? 0; letter < (letterStarts[syllable + 1] ?? 0); letter++)
      sum = (Math.imul(sum, 31) + (letters[letter] ?? 0)) | 0
  }
  return sum
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
