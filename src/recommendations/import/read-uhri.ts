import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { OwnState } from '../model.ts'
import { splitRecords } from '../reading/split-records.ts'
import { readUhriRecord } from '../reading/uhri.ts'
import type { Placed } from './read-file.ts'

/**
 * Reads the Index's export as it streams in. After every piece of the file others get their turn, so that a server that
 * imports goes on answering.
 *
 * @param start byte at which an import that was stopped goes on
 */
export async function* readUhri(
  file: Readable,
  start: number,
  of: { own: OwnState; language: string },
): AsyncGenerator<Placed> {
  for await (const found of splitRecords(inTurns(file), start)) {
    const place = String(found.from)
    if ('broken' in found) {
      const notes = [{ code: `recommendations.record-${found.broken}`, params: {}, isRefused: true }]
      yield { place, to: found.to, outcome: { record: null, notes, unknown: [], excerpt: null } }
    } else yield { place, to: found.to, outcome: readUhriRecord(found.bytes, of.own, of.language) }
  }
}

async function* inTurns(file: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of file) {
    yield chunk as Buffer
    await setImmediate()
  }
}
