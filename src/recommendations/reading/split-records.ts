/** Where an element of the file's array lies, in bytes, and its own bytes. */
export type RawRecord = { bytes: Buffer; from: number; to: number }
/** A place at which the file is not what it says: what stands there is passed over. */
export type BrokenRecord = { broken: 'too-long' | 'not-an-object' | 'cut-short'; from: number; to: number }

/** Longer than any record of the Index: what is longer is passed over and told. */
export const longestRecord = 1024 * 1024

/** The file is no list of records at all. */
export class NotAList extends Error {}

const [quote, backslash, open, close, comma, startOfList, endOfList] = [0x22, 0x5c, 0x7b, 0x7d, 0x2c, 0x5b, 0x5d]

type Place = {
  depth: number
  isInString: boolean
  isEscaped: boolean
  /** Where in the chunk the next backslash lies; before the place one is at, it is not known. */
  escapeAt: number
  from: number
  kept: Buffer[]
  keptBytes: number
}

/**
 * Cuts a JSON array of objects into its elements as it streams in: braces outside strings, nothing else. Memory is one
 * chunk and one record; what an element holds is the business of whoever parses it.
 *
 * @param chunks bytes of the file from `start` on
 * @param start byte at which to go on: 0, or the `to` of a record read before
 * @throws NotAList when it does not begin with a list
 */
export async function* splitRecords(
  chunks: AsyncIterable<Buffer>,
  start = 0,
): AsyncGenerator<RawRecord | BrokenRecord> {
  const place: Place = { depth: 0, isInString: false, isEscaped: false, escapeAt: -1, from: 0, kept: [], keptBytes: 0 }
  let [at, hasBegun, hasEnded] = [start, start > 0, false]
  for await (const chunk of chunks) {
    let index = 0
    place.escapeAt = -1
    while (index < chunk.length) {
      const byte = chunk[index] ?? 0
      if (place.depth > 0 || (byte === open && hasBegun && !hasEnded)) {
        if (place.depth === 0) place.from = at + index
        const end = endOfRecord(chunk, index, place)
        keep(place, chunk.subarray(index, end ?? chunk.length))
        index = end ?? chunk.length
        if (end !== undefined) yield taken(place, at + end)
        continue
      }
      if (!hasBegun) {
        if (byte === startOfList) hasBegun = true
        else if (!isBlank(byte) && !isMark(byte, at + index)) throw new NotAList()
      } else if (byte === endOfList) hasEnded = true
      else if (byte !== comma && !isBlank(byte) && !hasEnded)
        yield { broken: 'not-an-object', from: at + index, to: at + index + 1 }
      index += 1
    }
    at += chunk.length
  }
  if (!hasBegun) throw new NotAList()
  if (!hasEnded) yield { broken: 'cut-short', from: place.depth > 0 ? place.from : at, to: at }
}

/** The byte behind the record that is open, or undefined where it goes on in the next chunk. */
function endOfRecord(chunk: Buffer, from: number, place: Place): number | undefined {
  for (let index = from; index < chunk.length; index += 1) {
    if (place.isEscaped) {
      place.isEscaped = false
      continue
    }
    if (place.isInString) {
      index = nextInString(chunk, index, place)
      if (chunk[index] === quote) place.isInString = false
      else if (chunk[index] === backslash) place.isEscaped = true
      continue
    }
    const byte = chunk[index]
    if (byte === quote) place.isInString = true
    else if (byte === open) place.depth += 1
    else if (byte === close && (place.depth -= 1) === 0) return index + 1
  }
  return undefined
}

/** The next quote or backslash, or the chunk's end. The next backslash is looked for once, not for every string. */
function nextInString(chunk: Buffer, from: number, place: Place): number {
  if (place.escapeAt < from) place.escapeAt = placeIn(chunk, backslash, from)
  return Math.min(placeIn(chunk, quote, from), place.escapeAt)
}

function placeIn(chunk: Buffer, byte: number, from: number): number {
  const at = chunk.indexOf(byte, from)
  return at < 0 ? chunk.length : at
}

/** Of a record that is too long only its length is kept. */
function keep(place: Place, part: Buffer): void {
  place.keptBytes += part.length
  if (place.keptBytes > longestRecord) place.kept = []
  else place.kept.push(part)
}

function taken(place: Place, to: number): RawRecord | BrokenRecord {
  const { from, kept, keptBytes } = place
  place.kept = []
  place.keptBytes = 0
  if (keptBytes > longestRecord) return { broken: 'too-long', from, to }
  const [whole] = kept
  return { bytes: kept.length === 1 && whole !== undefined ? whole : Buffer.concat(kept), from, to }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** The three bytes that may stand before UTF-8. */
function isMark(byte: number, at: number): boolean {
  return at < 3 && (byte === 0xef || byte === 0xbb || byte === 0xbf)
}
