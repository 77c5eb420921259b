import { bitCountOf } from '../values/ints.ts'
import { glanceSize } from '../values/text-book.ts'

/**
 * Jaro–Winkler similarity of two runs of letters, 0 to 1: prefix of at most four letters weighs a tenth each where Jaro is
 * above 0.7. Up to 31 letters it works on bits, one word per letter of the alphabet in use; longer runs by loops.
 *
 * @param letters code units; each run from `a` to `aEnd`, `b` to `bEnd`
 * @param least what is below need not be told exactly, only as below
 */
export function jaroWinkler(letters: Int32Array, a: number, aEnd: number, b: number, bEnd: number, least = 0): number {
  const aLength = aEnd - a
  const bLength = bEnd - b
  if (aLength === 0 || bLength === 0) return aLength === bLength ? 1 : 0
  const jaro =
    aLength <= 31 && bLength <= 31
      ? jaroByBits(letters, a, aEnd, b, bEnd, least)
      : jaroByLoops(letters, a, aEnd, b, bEnd)
  if (jaro <= 0.7) return jaro
  let prefix = 0
  const most = Math.min(4, aLength, bLength)
  while (prefix < most && letters[a + prefix] === letters[b + prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/**
 * Places of each letter in the first run, which stays where it is while it is compared with one after the other: pairs come
 * block by block, so that most have the first run of the pair before.
 */
const places = new Int32Array(65_536)
const held: { letters: Int32Array; from: number; end: number } = { letters: new Int32Array(0), from: 0, end: 0 }
const matched = new Int32Array(32)

function hold(letters: Int32Array, from: number, end: number): void {
  if (held.from === from && held.end === end && held.letters === letters) return
  for (let at = held.from; at < held.end; at++) places[held.letters[at] ?? 0] = 0
  for (let at = from; at < end; at++) {
    const letter = letters[at] ?? 0
    places[letter] = (places[letter] ?? 0) | (1 << (at - from))
  }
  held.letters = letters
  held.from = from
  held.end = end
}

function jaroByBits(letters: Int32Array, a: number, aEnd: number, b: number, bEnd: number, least: number): number {
  const aLength = aEnd - a
  const bLength = bEnd - b
  hold(letters, a, aEnd)
  const reach = Math.max(0, (Math.max(aLength, bLength) >> 1) - 1)
  let free = aLength === 31 ? 0x7fffffff : (1 << aLength) - 1
  // Places within reach of the letter at hand; moved on with it.
  let window = reach >= 30 ? 0x7fffffff : (1 << (reach + 1)) - 1
  let matches = 0
  let taken = 0
  for (let at = 0; at < bLength; at++) {
    const letter = letters[b + at] ?? 0
    const candidates = (places[letter] ?? 0) & free & window
    window = at < reach ? (window << 1) | 1 : window << 1
    // Done for every letter, kept by moving on: no branch to guess wrongly.
    const bit = candidates & -candidates
    free &= ~bit
    taken |= bit
    matched[matches] = letter
    matches += isNotZero(candidates)
  }
  if (matches === 0) return 0
  // Below 0.7 nothing is added for the beginning.
  const most = jaroOf(matches, 0, aLength, bLength)
  if (most < least && most <= 0.7) return most
  let outOfOrder = 0
  for (let at = 0; at < matches; at++) {
    const bit = taken & -taken
    taken &= ~bit
    outOfOrder += isNotZero((letters[a + 31 - Math.clz32(bit)] ?? 0) ^ (matched[at] ?? 0))
  }
  return jaroOf(matches, outOfOrder, aLength, bLength)
}

/** 1 or 0, without a branch. */
function isNotZero(value: number): number {
  return (value | -value) >>> 31
}

function jaroByLoops(letters: Int32Array, a: number, aEnd: number, b: number, bEnd: number): number {
  const [aLength, bLength] = [aEnd - a, bEnd - b]
  const reach = Math.max(0, (Math.max(aLength, bLength) >> 1) - 1)
  const used = new Uint8Array(aLength)
  const found: number[] = []
  for (let at = 0; at < bLength; at++) {
    const letter = letters[b + at] ?? 0
    const high = Math.min(aLength - 1, at + reach)
    for (let other = Math.max(0, at - reach); other <= high; other++) {
      if (used[other] === 1 || letters[a + other] !== letter) continue
      used[other] = 1
      found.push(letter)
      break
    }
  }
  if (found.length === 0) return 0
  let outOfOrder = 0
  let at = 0
  for (let other = 0; other < aLength; other++)
    if (used[other] === 1 && letters[a + other] !== found[at++]) outOfOrder++
  return jaroOf(found.length, outOfOrder, aLength, bLength)
}

/** Both ways count the same three numbers; this is the one place where they become a fraction. */
function jaroOf(matches: number, outOfOrder: number, aLength: number, bLength: number): number {
  const transpositions = outOfOrder >> 1
  return (matches / aLength + matches / bLength + (matches - transpositions) / matches) / 3
}

/**
 * The most that Jaro–Winkler can be for two texts, at a glance: a letter that the other has not at all is matched by none,
 * and of one that it has once all but one are matched by none.
 * Never less than what `jaroWinkler` gives.
 *
 * @param glances of all texts, see `Texts`
 */
export function mostAlike(glances: Int32Array, a: number, b: number): number {
  const [left, right] = [a * glanceSize, b * glanceSize]
  const mask = glances[left] ?? 0
  const length = glances[left + 1] ?? 0
  const otherMask = glances[right] ?? 0
  const otherLength = glances[right + 1] ?? 0
  const twice = glances[left + 3] ?? 0
  const otherTwice = glances[right + 3] ?? 0
  const matches = Math.min(
    length - bitCountOf(mask & ~otherMask, twice & ~otherTwice),
    otherLength - bitCountOf(otherMask & ~mask, otherTwice & ~twice),
  )
  if (matches <= 0) return 0
  const jaro = (matches / length + matches / otherLength + 1) / 3 + 1e-9
  if (jaro <= 0.7) return jaro
  const differing = (glances[left + 2] ?? 0) ^ (glances[right + 2] ?? 0)
  const begins = differing === 0 ? 4 : (31 - Math.clz32(differing & -differing)) >> 3
  return jaro + Math.min(begins, length, otherLength) * 0.1 * (1 - jaro)
}

/** Whether two runs differ by one letter put in, left out, exchanged for another, or by two neighbours exchanged. */
export function isOneSlipApart(letters: Int32Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  const difference = aEnd - a - (bEnd - b)
  if (difference > 1 || difference < -1) return false
  let [from, other, end, otherEnd] = [a, b, aEnd, bEnd]
  while (from < end && other < otherEnd && letters[from] === letters[other]) {
    from++
    other++
  }
  while (end > from && otherEnd > other && letters[end - 1] === letters[otherEnd - 1]) {
    end--
    otherEnd--
  }
  const [rest, otherRest] = [end - from, otherEnd - other]
  if (rest <= 1 && otherRest <= 1) return true
  return rest === 2 && otherRest === 2 && letters[from] === letters[other + 1] && letters[from + 1] === letters[other]
}
