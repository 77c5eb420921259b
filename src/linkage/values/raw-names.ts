import { numberOf, type ByteDictionary } from './byte-dictionary.ts'
import { sequenceOf, type Sequences } from './sequences.ts'

/** Names before spelling is settled: written syllables by their bytes, names as sequences of them. */
export type RawNames = { syllables: ByteDictionary; names: Sequences }

/** More syllables than any name has; what follows is not read. */
export const mostSyllables = 24
const sequence = new Int32Array(mostSyllables + 1)

/** The number of the name written in these bytes; 0 where there is none. */
export function rawName({ syllables, names }: RawNames, bytes: Uint8Array, start: number, end: number): number {
  const count = readSyllables(syllables, bytes, start, end, 1)
  if (count === 0) return 0
  sequence[0] = 1
  return sequenceOf(names, sequence, count + 1)
}

/** The same of a name whose family name and given name stand in columns of their own. */
export function rawNameInParts(
  { syllables, names }: RawNames,
  bytes: Uint8Array,
  starts: Int32Array,
  ends: Int32Array,
  parts: { family: number; given: number },
): number {
  const family = readSyllables(syllables, bytes, starts[parts.family] ?? 0, ends[parts.family] ?? 0, 1)
  const given = readSyllables(syllables, bytes, starts[parts.given] ?? 0, ends[parts.given] ?? 0, 1 + family)
  if (family + given === 0) return 0
  sequence[0] = family + 2
  return sequenceOf(names, sequence, family + given + 1)
}

/** Puts the syllables of a text into `sequence`, and tells how many they are. */
function readSyllables(
  dictionary: ByteDictionary,
  bytes: Uint8Array,
  start: number,
  end: number,
  from: number,
): number {
  let count = 0
  let at = start
  while (at < end && from + count < sequence.length) {
    while (at < end && isBetween(bytes, at)) at++
    const begun = at
    while (at < end && !isBetween(bytes, at)) at++
    if (at > begun) sequence[from + count++] = numberOf(dictionary, bytes, begun, at)
  }
  return count
}

/** Blanks, commas, dashes and points part syllables, and the no-break space in its two bytes. */
function isBetween(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0
  if (byte <= 32 || byte === 44 || byte === 45 || byte === 46 || byte === 95) return true
  return (byte === 0xc2 && bytes[at + 1] === 0xa0) || (byte === 0xa0 && bytes[at - 1] === 0xc2)
}
