import type { Context } from '#platform'
import type { ImportSource } from '../model.ts'
import { richness, type ReadRecord } from '../reading/record.ts'
import type { Batch, Placed } from './read-file.ts'
import { findHere, findLeft, keepRicher, layIncoming, takeAtOnce, type Here } from './differences.ts'
import { saveParts, type PartRecord } from './parts.ts'
import { insertProblems, insertRecords, documentIds, type ProblemRow } from './records.ts'
import { countBatch, getImportRow, type Counts, type ImportRow } from './store.ts'

/** Ids of documents by their key, as far as an import has met them: asked for once. */
export type KnownDocuments = Map<string, string>

/**
 * Saves a batch in one transaction: each of its records is new, the same as here, changed (then laid beside what is here
 * until a person takes it), doubled in the file, or refused. Undefined where the import was stopped meanwhile.
 */
export async function saveBatch(
  ctx: Context,
  importId: string,
  batch: Batch,
  documents: KnownDocuments,
): Promise<Counts | undefined> {
  const row = await getImportRow(ctx, importId, true)
  if (row.state !== 'reading') return undefined
  const sorted = sortOut(batch.placed, row.counted)
  const here = await findHere(
    ctx,
    [...sorted.records.values()].map(({ record }) => keyOf(row, record)),
  )
  const decided = await decide(ctx, row, sorted.records, here)
  await insertRecords(ctx, row, decided.added, await documentIds(ctx, decided.added, documents))
  const parts = await saveParts(ctx, row, sorted.parts)
  const changed = [...decided.changed, ...parts.changed]
  await layIncoming(ctx, importId, changed)
  if (row.options.takesChanges === true) await takeAtOnce(ctx, importId, changed)
  await keepRicher(ctx, decided.doubledBefore)
  await insertProblems(ctx, importId, [...sorted.problems, ...decided.problems, ...parts.problems])
  const counts = {
    added: decided.added.length + parts.added,
    same: decided.same + parts.same,
    changed: changed.length,
    doubled: sorted.doubled + decided.doubledBefore.length + parts.doubled,
    refused: sorted.refused + parts.problems.length,
  }
  await countBatch(ctx, row, { counts, byteAt: batch.byteAt, unknown: sorted.unknown })
  return counts
}

type Sorted = {
  records: Map<string, { record: ReadRecord; place: string; ordinal: number }>
  parts: PartRecord[]
  problems: ProblemRow[]
  unknown: Map<string, number>
  doubled: number
  refused: number
}

/** What a batch says by itself: refused ones, doubles within it (the richer stays), labels nobody knows. */
function sortOut(placed: readonly Placed[], before: number): Sorted {
  const sorted: Sorted = { records: new Map(), parts: [], problems: [], unknown: new Map(), doubled: 0, refused: 0 }
  for (const [at, { place, outcome }] of placed.entries()) {
    const ordinal = before + at + 1
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
      if (isTwin) {
        sorted.doubled += 1
        sorted.problems.push(doubledProblem(ordinal, place, record))
      } else sorted.parts.push({ record, part, place, ordinal })
      continue
    }
    const twin = sorted.records.get(record.externalId)
    if (twin !== undefined) {
      sorted.doubled += 1
      sorted.problems.push(doubledProblem(ordinal, place, record))
    }
    if (twin === undefined || richness(record) > richness(twin.record))
      sorted.records.set(record.externalId, { record, place, ordinal })
  }
  return sorted
}

function doubledProblem(ordinal: number, place: string, record: ReadRecord): ProblemRow {
  const excerpt = record.text.slice(0, 200)
  return { ordinal, place, code: 'recommendations.record-doubled', params: {}, isRefused: false, excerpt }
}

function keyOf(row: Pick<ImportRow, 'source'>, record: ReadRecord): { source: ImportSource; externalId: string } {
  return { source: record.source ?? row.source, externalId: record.externalId }
}

type Decided = {
  added: ReadRecord[]
  same: number
  changed: { here: Here; record: ReadRecord }[]
  doubledBefore: { here: Here; record: ReadRecord }[]
  problems: ProblemRow[]
}

async function decide(
  ctx: Context,
  row: ImportRow,
  records: Sorted['records'],
  here: ReadonlyMap<string, Here>,
): Promise<Decided> {
  const decided: Decided = { added: [], same: 0, changed: [], doubledBefore: [], problems: [] }
  const differing: { here: Here; record: ReadRecord }[] = []
  for (const { record, place, ordinal } of records.values()) {
    const { source, externalId } = keyOf(row, record)
    const known = here.get(`${source} ${externalId}`)
    if (known === undefined) decided.added.push(record)
    else if (known.importId === row.id) {
      decided.doubledBefore.push({ here: known, record })
      decided.problems.push(doubledProblem(ordinal, place, record))
    } else if (known.recordHash === record.recordHash) decided.same += 1
    else differing.push({ here: known, record })
  }
  const left = await findLeft(ctx, differing)
  for (const one of differing) {
    if (left.has(`${one.here.id} ${one.record.recordHash}`)) decided.same += 1
    else decided.changed.push(one)
  }
  return decided
}
