import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { OwnState } from '../model.ts'
import type { ReadOutcome } from '../reading/record.ts'
import { headIn, splitRecords, type BrokenRecord, type RawRecord } from '../reading/split-records.ts'
import { readUhriRecord } from '../reading/uhri.ts'
import type { Placed } from './read-file.ts'

/**
 * Reads the Index's export as it streams in. After every few records others get their turn, so that a server that imports goes on
 * answering.
 *
 * @param start byte at which an import that was stopped goes on
 * @param depth how often one record was found to have swallowed others, one in the other
 */
export async function* readUhri(
  file: Readable,
  start: number,
  of: { own: OwnState; language: string },
  depth = 0,
): AsyncGenerator<Placed> {
  let read = 0
  for await (const found of splitRecords(file as AsyncIterable<Buffer>, start)) {
    if ((read += 1) % inOneTurn === 0) await setImmediate()
    if ('broken' in found) {
      yield passedOver(found)
      continue
    }
    const outcome = readUhriRecord(found.bytes, of.own, of.language)
    const next = depth < mostDepth && isUnreadable(outcome) ? headIn(found.bytes, 1) : undefined
    if (next === undefined) yield { place: String(found.from), to: found.to, outcome }
    else yield* swallowed(found, next, of, depth + 1)
  }
}

const mostDepth = 8
/** So many records are read before others get their turn: less than a millisecond's work, as what is saved meanwhile waits for it. */
const inOneTurn = 8

/** A record without an end of its own may have swallowed those behind it: what is whole of these is read. */
async function* swallowed(
  { bytes, from }: RawRecord,
  next: number,
  of: { own: OwnState; language: string },
  depth: number,
): AsyncGenerator<Placed> {
  yield passedOver({ broken: 'passed-over', from, to: from + next })
  const end = from + bytes.length
  for await (const found of readUhri(Readable.from([bytes.subarray(next)]), from + next, of, depth)) {
    // It is a piece without the list's end: that is missing here for no fault of the file.
    if (found.place !== String(end)) yield found
  }
}

function isUnreadable({ notes }: ReadOutcome): boolean {
  return notes.some(({ code }) => code === 'recommendations.record-unreadable')
}

function passedOver({ broken, from, to }: BrokenRecord): Placed {
  const notes = [{ code: `recommendations.record-${broken}`, params: { bytes: to - from }, isRefused: true }]
  return { place: String(from), to, outcome: { record: null, notes, unknown: [], excerpt: null } }
}
