import { pushInt, type Ints } from './ints.ts'
import { hashEnd, hashNext, noHash, numberByHash, type ByteDictionary } from './byte-dictionary.ts'
import { sequencesOf, together, type Runs, type Sequences } from './sequences.ts'

/** Names before spelling is settled: written syllables by their bytes, names as sequences of them. */
export type RawNames = { syllables: ByteDictionary; names: Sequences }

/** More syllables than any name has; what follows is not read. */
const mostSyllables = 24

/** Names of a column that were read and have no number yet, as sequences: numbers are looked for many at a time. */
export type WaitingNames = Runs

const numbers = new Int32Array(together)

/** No names that wait. @param room for so many */
export function noNamesWait(room: number): WaitingNames {
  const most = Math.min(room, together)
  return {
    arena: new Int32Array(most * (mostSyllables + 1)),
    starts: new Int32Array(most + 1),
    ...{ first: 0, end: 0 },
  }
}

/** Gives the names that wait their numbers, behind those of the names before them; 0 where there is none. */
export function numberNames({ names }: RawNames, waiting: WaitingNames, values: Ints): void {
  sequencesOf(names, waiting, numbers)
  for (let at = 0; at < waiting.end; at++) pushInt(values, numbers[at] ?? 0)
  waiting.end = 0
}

/** Lets the name written in these bytes wait. */
export function awaitName(
  syllables: ByteDictionary,
  waiting: WaitingNames,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  const from = waiting.starts[waiting.end] ?? 0
  const count = readSyllables(syllables, waiting.arena, from + 1, bytes, start, end)
  putName(waiting, count, 1)
}

/** The same of a name whose family name and given name stand in columns of their own. */
export function awaitNameInParts(
  syllables: ByteDictionary,
  waiting: WaitingNames,
  bytes: Uint8Array,
  starts: Int32Array,
  ends: Int32Array,
  parts: { family: number; given: number },
): void {
  const from = (waiting.starts[waiting.end] ?? 0) + 1
  const { arena } = waiting
  const family = readSyllables(syllables, arena, from, bytes, starts[parts.family] ?? 0, ends[parts.family] ?? 0)
  const given = readSyllables(
    syllables,
    arena,
    from + family,
    bytes,
    starts[parts.given] ?? 0,
    ends[parts.given] ?? 0,
    mostSyllables - family,
  )
  putName(waiting, family + given, family + 2)
}

function putName(waiting: WaitingNames, syllables: number, mark: number): void {
  const from = waiting.starts[waiting.end] ?? 0
  waiting.arena[from] = mark
  waiting.starts[++waiting.end] = syllables === 0 ? from : from + syllables + 1
}

/** Puts the syllables of a text into `arena`, at most so many, and tells how many they are. */
function readSyllables(
  dictionary: ByteDictionary,
  arena: Int32Array,
  from: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  most = mostSyllables,
): number {
  let count = 0
  let at = start
  while (at < end && count < most) {
    while (at < end && isBetween(bytes, at)) at++
    const begun = at
    // Where a syllable ends and what it is known by are found in one go.
    let hash = noHash
    while (at < end && !isBetween(bytes, at)) hash = hashNext(hash, bytes[at++] ?? 0)
    if (at > begun) arena[from + count++] = numberByHash(dictionary, bytes, begun, at, hashEnd(hash))
  }
  return count
}

/** By byte: 1 where it parts syllables, 2 where it does with its neighbour. */
const parting = Uint8Array.from({ length: 256 }, (_none, byte) =>
  byte <= 32 || [44, 45, 46, 95].includes(byte) ? 1 : byte === 0xc2 || byte === 0xa0 ? 2 : 0,
)

/** Blanks, commas, dashes and points part syllables, and the no-break space in its two bytes. */
function isBetween(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0
  const kind = parting[byte]
  if (kind !== 2) return kind === 1
  return (byte === 0xc2 && bytes[at + 1] === 0xa0) || (byte === 0xa0 && bytes[at - 1] === 0xc2)
}
