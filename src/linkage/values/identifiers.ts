import { numberOf, type ByteDictionary } from './byte-dictionary.ts'

/**
 * Identifiers as two integers, six decimal digits of four bits each: first in `high` (with the length above them), the
 * rest in `low`. What is longer or holds letters is kept by its number in a dictionary, marked by the top bit, and is only
 * the same or not the same.
 *
 * This is the identifier read last; zeros for none.
 */
export const identifier = { high: 0, low: 0 }

const othersMark = 0x40000000
const scratch = new Uint8Array(256)

/**
 * Reads an identifier into `identifier`. Blanks, points and dashes inside are not part of it; a number of one repeated
 * digit, as typed to fill a field, is none.
 */
export function readIdentifier(others: ByteDictionary, bytes: Uint8Array, start: number, end: number): void {
  let length = 0
  let isDigits = true
  let isRepeated = true
  for (let at = start; at < end && length < scratch.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 32 || byte === 45 || byte === 46 || byte === 39 || byte === 9) continue
    const upper = byte >= 97 && byte <= 122 ? byte - 32 : byte
    if (upper < 48 || upper > 57) isDigits = false
    scratch[length++] = upper
    if (upper !== scratch[0]) isRepeated = false
  }
  identifier.high = 0
  identifier.low = 0
  if (length === 0 || (isRepeated && (length > 3 || scratch[0] === 48))) return
  if (isDigits && length <= 12) packDigits(length)
  else {
    identifier.high = othersMark
    identifier.low = numberOf(others, scratch, 0, length)
  }
}

function packDigits(length: number): void {
  let high = 0
  let low = 0
  for (let at = 0; at < 6; at++) high = (high << 4) | (at < length ? (scratch[at] ?? 48) - 48 : 0)
  for (let at = 6; at < 12; at++) low = (low << 4) | (at < length ? (scratch[at] ?? 48) - 48 : 0)
  identifier.high = high | (length << 24)
  identifier.low = low
}

/** Whether the second integer is a number in the dictionary of other identifiers. */
export function isOtherIdentifier(high: number): boolean {
  return (high & othersMark) !== 0
}

/** The digits of a packed identifier, null where it is none of digits. */
export function digitsOf(high: number, low: number): string | null {
  if (high === 0 || isOtherIdentifier(high)) return null
  const length = high >>> 24
  const nibbles = (high & 0xffffff).toString(16).padStart(6, '0') + low.toString(16).padStart(6, '0')
  return nibbles.slice(0, length)
}
