/** Where an element of the file's array lies, in bytes, and its own bytes. */
export type RawRecord = { bytes: Buffer; from: number; to: number }
/** A place at which the file is not what it says: what stands there is passed over. */
export type BrokenRecord = { broken: 'passed-over' | 'not-an-object' | 'cut-short'; from: number; to: number }

/** Longer than any record of the Index: where one has not ended by then, a quote or brace is missing. */
export const longestRecord = 1024 * 1024
/** So many bytes may be read anew after damage, beside an eighth of the file: one made to be slow is passed over faster. */
const mostReread = 64 * longestRecord

/** The file is no list of records at all. */
export class NotAList extends Error {}

const [quote, backslash, open, close, comma, colon] = [0x22, 0x5c, 0x7b, 0x7d, 0x2c, 0x3a]
const [startOfList, endOfList] = [0x5b, 0x5d]

type Place = {
  /** Byte of the file at which the chunk begins that is read. */
  at: number
  hasBegun: boolean
  hasEnded: boolean
  depth: number
  isInString: boolean
  isEscaped: boolean
  /** Where in the chunk the next backslash lies; before the place one is at, it is not known. */
  escapeAt: number
  from: number
  kept: Buffer[]
  keptBytes: number
  /** How records of this file begin: their first key. */
  head: Buffer | undefined
  /** Where bytes began that belong to no record. */
  strayFrom: number | undefined
  /** What is damaged is passed over until the next head: the end of what was read, as a head may lie across chunks. */
  seekingIn: Buffer | undefined
  reread: number
}

/**
 * Cuts a JSON array of objects into its elements as it streams in: braces outside strings, nothing else. Memory is one
 * chunk and one record; what an element holds is the business of whoever parses it. Where a record does not end, one goes
 * back to its begin and on at the next that begins like the first.
 *
 * @param chunks bytes of the file from `start` on
 * @param start byte at which to go on: 0, or the `to` of a record read before
 * @throws NotAList when it does not begin with a list
 */
export async function* splitRecords(
  chunks: AsyncIterable<Buffer>,
  start = 0,
): AsyncGenerator<RawRecord | BrokenRecord> {
  const place: Place = {
    ...{ at: start, hasBegun: start > 0, hasEnded: false, depth: 0, isInString: false, isEscaped: false, escapeAt: -1 },
    ...{ from: 0, kept: [], keptBytes: 0, head: undefined, strayFrom: undefined, seekingIn: undefined, reread: 0 },
  }
  for await (const chunk of chunks) for (const found of cut(chunk, place)) yield found
  if (!place.hasBegun) throw new NotAList()
  for (const found of atEnd(place)) yield found
}

/** The records of some bytes that follow those read before. */
function* cut(given: Buffer, place: Place): Generator<RawRecord | BrokenRecord> {
  let [chunk, index] = [given, 0]
  place.escapeAt = -1
  if (place.seekingIn !== undefined) {
    const whole = Buffer.concat([place.seekingIn, chunk])
    place.at -= place.seekingIn.length
    const next = seek(whole, 0, place)
    if (next === undefined) return
    yield { broken: 'passed-over', from: place.from, to: place.at + next }
    ;[chunk, index] = [whole, next]
  }
  while (index < chunk.length) {
    const byte = chunk[index] ?? 0
    if (place.depth > 0 || (byte === open && place.hasBegun)) {
      if (place.depth === 0) {
        place.from = place.at + index
        if (place.strayFrom !== undefined) yield strayUntil(place.from, place)
      }
      const end = endOfRecord(chunk, index, place)
      place.kept.push(chunk.subarray(index, end ?? chunk.length))
      place.keptBytes += (end ?? chunk.length) - index
      if (place.keptBytes <= longestRecord) {
        index = end ?? chunk.length
        if (end !== undefined) yield taken(place, place.at + end)
        continue
      }
      if (end !== undefined) place.kept.push(chunk.subarray(end))
      const [from, to] = [place.from, place.at + chunk.length]
      chunk = wholeOf(place)
      place.at = from
      const next = seek(chunk, isSlow(chunk, place, to) ? chunk.length - longestHead : 1, place)
      if (next === undefined) return
      yield { broken: 'passed-over', from, to: from + next }
      index = next
      continue
    }
    if (!place.hasBegun) {
      if (byte === startOfList) place.hasBegun = true
      else if (!isBlank(byte) && !isMark(byte, place.at + index)) throw new NotAList()
    } else if (byte === endOfList && place.strayFrom === undefined) place.hasEnded = true
    else if (byte !== comma && !isBlank(byte) && !place.hasEnded) place.strayFrom ??= place.at + index
    index += 1
  }
  place.at += chunk.length
}

/** What is left where the file ends: an open record, which may have swallowed others; the list's end that is missing. */
function* atEnd(place: Place): Generator<RawRecord | BrokenRecord> {
  while (place.depth > 0) {
    const [from, to] = [place.from, place.at]
    const whole = wholeOf(place)
    const next = isSlow(whole, place, to) ? undefined : headIn(whole, 1, place.head)
    if (next === undefined) {
      yield { broken: 'cut-short', from, to }
      return
    }
    yield { broken: 'passed-over', from, to: from + next }
    place.at = from + next
    yield* cut(whole.subarray(next), place)
  }
  if (place.seekingIn !== undefined) yield { broken: 'cut-short', from: place.from, to: place.at }
  else if (place.strayFrom !== undefined) {
    // What looked like a stray byte may have been a list in the list: the last one closes the file.
    yield strayUntil(place.at, place)
  } else if (!place.hasEnded) yield { broken: 'cut-short', from: place.at, to: place.at }
}

function strayUntil(to: number, place: Place): BrokenRecord {
  const from = place.strayFrom ?? to
  place.strayFrom = undefined
  return { broken: 'not-an-object', from, to }
}

/** All that is kept of the open record; nothing is open then. */
function wholeOf(place: Place): Buffer {
  const whole = Buffer.concat(place.kept)
  place.head ??= headOf(whole)
  Object.assign(place, { kept: [], keptBytes: 0, depth: 0, isInString: false, isEscaped: false, escapeAt: -1 })
  return whole
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

/** How many bytes a record's begin has at most: its brace, blanks, its first key. */
const longestHead = 256

/** The first key of a record, quotes and all; empty where none is to be seen. */
function headOf(record: Buffer): Buffer | undefined {
  const words = /^\{\s*(?<head>"(?:[^"\\]|\\.){1,200}")/u.exec(record.toString('latin1', 0, longestHead))?.groups?.head
  return words === undefined ? undefined : Buffer.from(words, 'latin1')
}

/** The place of the next record's brace; where none is, one goes on seeking in what follows. */
function seek(bytes: Buffer, after: number, place: Place): number | undefined {
  const next = headIn(bytes, after, place.head)
  place.seekingIn = next === undefined ? bytes.subarray(Math.max(0, bytes.length - longestHead)) : undefined
  if (next === undefined) place.at += bytes.length
  return next
}

/** The first brace from a place on behind which a record's first key stands and which is no value of another key. */
export function headIn(bytes: Buffer, after: number, head = headOf(bytes)): number | undefined {
  if (head === undefined) return undefined
  for (let at = bytes.indexOf(head, after); at >= 0; at = bytes.indexOf(head, at + 1)) {
    const brace = solidBefore(bytes, at)
    if (brace < after || bytes[brace] !== open) continue
    if (bytes[solidBefore(bytes, brace)] !== colon) return brace
  }
  return undefined
}

/** The last place before one that is not blank. */
function solidBefore(bytes: Buffer, before: number): number {
  let at = before - 1
  while (at >= 0 && isBlank(bytes[at] ?? 0)) at -= 1
  return at
}

/** Whether more was read anew by now than damage explains. */
function isSlow(again: Buffer, place: Place, readTo: number): boolean {
  place.reread += again.length
  return place.reread > readTo / 8 + mostReread
}

function taken(place: Place, to: number): RawRecord {
  const { from, kept } = place
  const [whole] = kept
  const bytes = kept.length === 1 && whole !== undefined ? whole : Buffer.concat(kept)
  place.head ??= headOf(bytes)
  place.kept = []
  place.keptBytes = 0
  return { bytes, from, to }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** The three bytes that may stand before UTF-8. */
function isMark(byte: number, at: number): boolean {
  return at < 3 && (byte === 0xef || byte === 0xbb || byte === 0xbf)
}
