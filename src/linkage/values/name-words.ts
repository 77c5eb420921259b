import type { Names } from './name-book.ts'

/** Integers that tell a name: six of the whole, then its syllables by place. */
export const nameWords = 10
/** Of the whole: its letters, its syllables in any order, its letters without blanks, given and family name, how many syllables. */
export const [foldedAt, bagAt, joinedAt, givenAt, familyAt, lengthAt, placesAt] = [0, 1, 2, 3, 4, 5, 6]
/** The last of the places holds all syllables from it on, as one sum; of names no longer than this every place is a syllable. */
export const namePlaces = 4

/** Lays what is compared of a name, so that it is found in one stretch of memory. Two parts that are not there are never equal. */
export function layNameWords(names: Names, name: number): void {
  const { words } = names
  const [from, to] = [names.starts[name] ?? 0, names.starts[name + 1] ?? 0]
  const at = name * nameWords
  words[at + foldedAt] = names.folded[name] ?? 0
  words[at + bagAt] = names.bag[name] ?? 0
  words[at + joinedAt] = lettersSum(names, from, to)
  words[at + givenAt] = names.given[name] || -name
  words[at + familyAt] = names.family[name] || -name
  words[at + lengthAt] = to - from
  for (let place = 0; place < to - from; place++) {
    const word = at + placesAt + Math.min(place, namePlaces - 1)
    words[word] = Math.imul(words[word] ?? 0, 31) + (names.bare[from + place] ?? 0)
  }
}

/** A sum by which runs of letters are told apart: equal runs have equal sums, which is all that a bound needs. */
function lettersSum({ bare, letters, letterStarts }: Names, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) {
    const syllable = bare[at] ?? 0
    const end = letterStarts[syllable + 1] ?? 0
    for (let letter = letterStarts[syllable] ?? 0; letter < end; letter++)
      sum = (Math.imul(sum, 31) + (letters[letter] ?? 0)) | 0
  }
  return sum
}
