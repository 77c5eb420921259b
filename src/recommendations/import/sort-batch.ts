import type { ImportSource } from '../model.ts'
import { richness, type ReadRecord } from '../reading/record.ts'
import type { PartRecord } from './parts.ts'
import { prepareRows, type PreparedRows } from './prepare-rows.ts'
import type { Batch, Placed } from './read-file.ts'
import type { ProblemRow } from './records.ts'
import type { ImportRow } from './store.ts'

/** What a batch says by itself; ordinals count within it. */
export type Sorted = {
  records: Map<string, { record: ReadRecord; place: string; ordinal: number }>
  parts: PartRecord[]
  problems: ProblemRow[]
  unknown: Map<string, number>
  doubled: number
  refused: number
}

/** What a batch says by itself: refused ones, doubles within it (the richer stays), labels nobody knows. */
function sortOut(placed: readonly Placed[], row: Pick<ImportRow, 'source'>): Sorted {
  const sorted: Sorted = { records: new Map(), parts: [], problems: [], unknown: new Map(), doubled: 0, refused: 0 }
  for (const [at, { place, outcome, isPoorer }] of placed.entries()) {
    const ordinal = at + 1
    const { record, notes, unknown, excerpt } = outcome
    for (const { code, params, isRefused } of notes)
      sorted.problems.push({ ordinal, place, code, params, isRefused, excerpt })
    for (const label of unknown) sorted.unknown.set(label, (sorted.unknown.get(label) ?? 0) + 1)
    if (record === null) {
      sorted.refused += 1
      continue
    }
    const { part } = record
    if (part !== undefined) {
      const isTwin = sorted.parts.some((one) => one.part === part && one.record.externalId === record.externalId)
      if (isTwin || isPoorer === true) {
        sorted.doubled += 1
        sorted.problems.push(doubledProblem({ ordinal, place, record }, 'doubled'))
      } else sorted.parts.push({ record, part, place, ordinal })
      continue
    }
    const key = keyWords(keyOf(row, record))
    const [one, twin] = [{ record, place, ordinal }, sorted.records.get(key)]
    const isKept = isPoorer !== true && (twin === undefined || richness(record) > richness(twin.record))
    const left = isKept ? twin : one
    if (left !== undefined) {
      sorted.doubled += 1
      sorted.problems.push(doubledProblem(left, 'doubled'))
    }
    if (isKept) sorted.records.set(key, one)
  }
  return sorted
}

export function doubledProblem(
  { ordinal, place, record }: { ordinal: number; place: string; record: ReadRecord },
  what: 'doubled' | 'doubled-not-kept',
): ProblemRow {
  const excerpt = record.text.slice(0, 200)
  return { ordinal, place, code: `recommendations.record-${what}`, params: {}, isRefused: false, excerpt }
}

type Key = { source: ImportSource; externalId: string }

/** The key by which a record is found again: its own source's, where it names one. */
export function keyOf(row: Pick<ImportRow, 'source'>, record: ReadRecord): Key {
  return { source: record.source ?? row.source, externalId: record.externalId }
}

export function keyWords({ source, externalId }: Key): string {
  return `${source} ${externalId}`
}

/** A batch with all that can be made of it before it is its turn to be saved. */
export type ReadyBatch = Omit<Batch, 'placed'> & { sorted: Sorted; prepared: PreparedRows }

/** Makes a batch ready while the one before it is saved. Its rows are those of an import of nothing but new records. */
export function readyBatch({ placed, from, byteAt }: Batch, row: Pick<ImportRow, 'source'>): ReadyBatch {
  const sorted = sortOut(placed, row)
  const records = [...sorted.records.values()].map(({ record }) => record)
  return { from, byteAt, sorted, prepared: prepareRows(row, records) }
}
