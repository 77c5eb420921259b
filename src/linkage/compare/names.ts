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
import { isOneSlipApart, jaroWinkler } from './similarity.ts'

/** Levels of two names, the strongest agreement first; 0 stands for a name that is missing. */
export const nameLevels = [
  'same',
  'marks-lost',
  'marks-differ',
  'other-order',
  'middle-missing',
  'slip-unusual',
  'slip-usual',
  'family-differs',
  'middle-differs',
  'several-slips',
  'given-differs',
  'part-only',
  'different',
] as const

const [same, marksLost, marksDiffer, otherOrder, middleMissing, slipUnusual, slipUsual] = [1, 2, 3, 4, 5, 6, 7]
const [familyDiffers, middleDiffers, severalSlips, givenDiffers, partOnly, different] = [8, 9, 10, 11, 12, 13]

/**
 * How two names relate, by their syllables. Symmetric. A slip that makes one usual syllable of another (An, Anh) is apart
 * from one that leaves a syllable hardly anybody bears: the first may be two people.
 *
 * @param a number of a name, not 0
 * @returns 1 to 13, an index into `nameLevels` from 1
 */
export function nameLevel(names: Names, a: number, b: number): number {
  if (a === b) return same
  const { words } = names
  const [left, right] = [a * nameWords, b * nameWords]
  if (words[left + foldedAt] === words[right + foldedAt]) return marksLevel(names, a, b)
  if (words[left + bagAt] === words[right + bagAt]) return otherOrder
  const [aLength, bLength] = [words[left + lengthAt] ?? 0, words[right + lengthAt] ?? 0]
  if (aLength === bLength) {
    const level = levelByPlace(names, a, b)
    if (level !== 0) return level
  } else if (words[left + joinedAt] === words[right + joinedAt] && isWrittenTogether(names, a, b)) return middleMissing
  const sameGiven = words[left + givenAt] === words[right + givenAt]
  const sameFamily = words[left + familyAt] === words[right + familyAt]
  if (sameGiven && sameFamily) return aLength !== bLength && isWithin(names, a, b) ? middleMissing : middleDiffers
  if (sameGiven) return sharedBeside(names, a, b) > 0 ? familyDiffers : partOnly
  if (sameFamily && (names.given[a] === 0 || names.given[b] === 0)) return partOnly
  if (sameFamily) return isNear(names, names.given[a] ?? 0, names.given[b] ?? 0) ? severalSlips : givenDiffers
  return different
}

/** The same letters: marks lost on one side (whole syllables bare), or other marks on both. */
function marksLevel(names: Names, a: number, b: number): number {
  const [aStart, bStart] = [names.starts[a] ?? 0, names.starts[b] ?? 0]
  const length = (names.starts[a + 1] ?? 0) - aStart
  for (let at = 0; at < length; at++) {
    const [left, right] = [names.marked[aStart + at] ?? 0, names.marked[bStart + at] ?? 0]
    if (left !== right && names.hasMarks[left] === 1 && names.hasMarks[right] === 1) return marksDiffer
  }
  return marksLost
}

/** Names of equally many syllables, compared place by place; 0 where that tells nothing. */
function levelByPlace(names: Names, a: number, b: number): number {
  const { words } = names
  const length = words[a * nameWords + lengthAt] ?? 0
  // Short names are read where their words lie, longer ones from their syllables.
  const isShort = length <= namePlaces
  const syllables = isShort ? words : names.bare
  const aStart = isShort ? a * nameWords + placesAt : (names.starts[a] ?? 0)
  const bStart = isShort ? b * nameWords + placesAt : (names.starts[b] ?? 0)
  let differing = 0
  let near = 0
  let isUnusual = false
  let place = 0
  for (let at = 0; at < length; at++) {
    const left = syllables[aStart + at] ?? 0
    const right = syllables[bStart + at] ?? 0
    if (left === right) continue
    differing++
    place = at
    if (isNear(names, left, right)) {
      near++
      if (isSlip(names, left, right)) isUnusual = true
    }
    if (differing > 1 && near < differing) return 0
  }
  if (near === differing) return differing === 1 ? (isUnusual ? slipUnusual : slipUsual) : severalSlips
  if (length < 2 || names.givenAt[a] !== names.givenAt[b]) return 0
  const given = names.givenAt[a] ?? 0
  if (place === given) return givenDiffers
  const family = given === 0 ? length - 1 : 0
  return place === family ? familyDiffers : middleDiffers
}

/** Two bare syllables a letter apart; longer ones much alike; or one the first letter of the other. */
function isNear(names: Names, left: number, right: number): boolean {
  const { letters, letterStarts } = names
  const [a, aEnd] = [letterStarts[left] ?? 0, letterStarts[left + 1] ?? 0]
  const [b, bEnd] = [letterStarts[right] ?? 0, letterStarts[right + 1] ?? 0]
  const shorter = Math.min(aEnd - a, bEnd - b)
  if (shorter === 0) return false
  if (shorter === 1) return letters[a] === letters[b]
  if (isOneSlipApart(letters, a, aEnd, b, bEnd)) return true
  return shorter >= 5 && jaroWinkler(letters, a, aEnd, b, bEnd) >= 0.88
}

/** Whether the rarer of two near syllables is so rare beside the other that it is one written wrongly. */
function isSlip({ uses }: Names, left: number, right: number): boolean {
  const [a, b] = [uses[left] ?? 0, uses[right] ?? 0]
  const [rarer, usual] = a < b ? [a, b] : [b, a]
  return rarer <= 2 + usual * 0.002
}

/** Whether one name's syllables are all in the other, in the same order. */
function isWithin(names: Names, a: number, b: number): boolean {
  const aLength = (names.starts[a + 1] ?? 0) - (names.starts[a] ?? 0)
  const bLength = (names.starts[b + 1] ?? 0) - (names.starts[b] ?? 0)
  const [short, long] = aLength < bLength ? [a, b] : [b, a]
  let at = names.starts[long] ?? 0
  const end = names.starts[long + 1] ?? 0
  for (let wanted = names.starts[short] ?? 0; wanted < (names.starts[short + 1] ?? 0); wanted++) {
    while (at < end && names.bare[at] !== names.bare[wanted]) at++
    if (at === end) return false
    at++
  }
  return true
}

/** How many syllables beside the given name both hold. */
function sharedBeside(names: Names, a: number, b: number): number {
  let shared = 0
  const given = names.given[a]
  for (let left = names.starts[a] ?? 0; left < (names.starts[a + 1] ?? 0); left++) {
    const syllable = names.bare[left]
    if (syllable === given) continue
    for (let right = names.starts[b] ?? 0; right < (names.starts[b + 1] ?? 0); right++)
      if (names.bare[right] === syllable) shared++
  }
  return shared
}

/** Whether the letters are the same when no blanks stand between them. */
function isWrittenTogether(names: Names, a: number, b: number): boolean {
  const { bare, starts, letterStarts, letters } = names
  let [left, right] = [starts[a] ?? 0, starts[b] ?? 0]
  const [leftEnd, rightEnd] = [starts[a + 1] ?? 0, starts[b + 1] ?? 0]
  let l = letterStarts[bare[left] ?? 0] ?? 0
  let r = letterStarts[bare[right] ?? 0] ?? 0
  for (;;) {
    while (left < leftEnd && l === (letterStarts[(bare[left] ?? 0) + 1] ?? 0)) l = letterStarts[bare[++left] ?? 0] ?? 0
    while (right < rightEnd && r === (letterStarts[(bare[right] ?? 0) + 1] ?? 0))
      r = letterStarts[bare[++right] ?? 0] ?? 0
    if (left >= leftEnd || right >= rightEnd) return left >= leftEnd && right >= rightEnd
    if (letters[l++] !== letters[r++]) return false
  }
}
