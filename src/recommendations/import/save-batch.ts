import { sql } from 'kysely'
import type { Context } from '#platform'
import type { ImportSource } from '../model.ts'
import { richness, type ReadRecord } from '../reading/record.ts'
import type { Batch, Placed } from './read-file.ts'
import {
  findHere,
  findLeft,
  layIncoming,
  replaceEarlier,
  takeAtOnce,
  type Differing,
  type Here,
} from './differences.ts'
import { keepRicher, type Doubled } from './doubles.ts'
import { saveParts, type PartRecord } from './parts.ts'
import { insertProblems, insertRecords, documentIds, type ProblemRow } from './records.ts'
import { countBatch, getImportRow, type ImportRow } from './store.ts'

/**
 * What an import has met so far: ids of documents by their key, asked for once, and the keys of records that were here before it, so that
 * one that stands twice in the file is told. Those it brought itself are told by what is saved of them.
 */
export type Known = { documents: Map<string, string>; met: Set<string> }

/**
 * Saves a batch in one transaction: each of its records is new, the same as here, changed (then laid beside what is here
 * until a person takes it), doubled in the file, or refused. Batches of several imports are saved one after the other.
 * @returns keys of records it met; undefined where the import was stopped meanwhile, or another reader has gone on with it
 */
export async function saveBatch(
  ctx: Context,
  importId: string,
  batch: Batch,
  known: Known,
): Promise<{ met: string[] } | undefined> {
  const row = await getImportRow(ctx, importId, true)
  if (row.state !== 'reading' || row.byteAt !== batch.from) return undefined
  await sql`select pg_advisory_xact_lock(hashtextextended('recommendations.batch', 0))`.execute(ctx.db)
  const sorted = sortOut(batch.placed, row)
  const here = await findHere(
    ctx,
    [...sorted.records.values()].map(({ record }) => keyOf(row, record)),
  )
  const decided = await decide(ctx, row, { records: sorted.records, here, met: known.met })
  await insertRecords(ctx, row, decided.added, await documentIds(ctx, decided.added, known.documents))
  const parts = await saveParts(ctx, row, sorted.parts)
  const changed = [...decided.changed, ...parts.changed]
  await layIncoming(ctx, importId, changed)
  await replaceEarlier(ctx, importId, decided.same)
  if (row.options.takesChanges === true) await takeAtOnce(ctx, importId, changed)
  const doubles = await keepRicher(ctx, importId, decided.doubled)
  await insertProblems(ctx, importId, [
    ...sorted.problems,
    ...parts.problems,
    ...decided.doubled.map((one) =>
      doubledProblem(one, doubles.notKept.includes(one) ? 'doubled-not-kept' : 'doubled'),
    ),
  ])
  const counts = {
    added: decided.added.length + parts.added,
    same: decided.same.length + parts.same + doubles.same,
    changed: changed.length + doubles.changed,
    doubled: sorted.doubled + decided.doubled.length + parts.doubled,
    refused: sorted.refused + parts.problems.length,
  }
  await countBatch(ctx, row, { counts, byteAt: batch.byteAt, unknown: sorted.unknown })
  return { met: decided.met }
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
function sortOut(placed: readonly Placed[], row: Pick<ImportRow, 'source' | 'counted'>): Sorted {
  const sorted: Sorted = { records: new Map(), parts: [], problems: [], unknown: new Map(), doubled: 0, refused: 0 }
  for (const [at, { place, outcome, isPoorer }] of placed.entries()) {
    const ordinal = row.counted + at + 1
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
    const twin = sorted.records.get(key)
    if (twin !== undefined || isPoorer === true) {
      sorted.doubled += 1
      sorted.problems.push(doubledProblem({ ordinal, place, record }, 'doubled'))
    }
    if (isPoorer === true) continue
    if (twin === undefined || richness(record) > richness(twin.record))
      sorted.records.set(key, { record, place, ordinal })
  }
  return sorted
}

function doubledProblem(
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

type Decided = {
  added: ReadRecord[]
  /** Ids of what is here as the file has it, or differs from it as a person has seen and left. */
  same: string[]
  changed: Differing[]
  /** Those whose key an earlier batch of the file had. */
  doubled: Doubled[]
  met: string[]
}

async function decide(
  ctx: Context,
  row: ImportRow,
  { records, here, met }: { records: Sorted['records']; here: ReadonlyMap<string, Here>; met: ReadonlySet<string> },
): Promise<Decided> {
  const decided: Decided = { added: [], same: [], changed: [], doubled: [], met: [] }
  const differing: Differing[] = []
  for (const [key, { record, place, ordinal }] of records) {
    const known = here.get(key)
    if (known === undefined) decided.added.push(record)
    else if (known.importId === row.id || met.has(key)) decided.doubled.push({ here: known, record, place, ordinal })
    else {
      decided.met.push(key)
      if (known.recordHash === record.recordHash) decided.same.push(known.id)
      else differing.push({ here: known, record })
    }
  }
  const left = await findLeft(ctx, differing)
  for (const one of differing) {
    if (left.has(`${one.here.id} ${one.record.recordHash}`)) decided.same.push(one.here.id)
    else decided.changed.push(one)
  }
  return decided
}
