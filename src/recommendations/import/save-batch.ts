import { sql } from 'kysely'
import type { Context } from '#platform'
import type { ReadRecord } from '../reading/record.ts'
import { prepareRows } from './prepare-rows.ts'
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
import { saveParts } from './parts.ts'
import { insertProblems, insertRecords, documentIds } from './records.ts'
import { doubledProblem, keyOf, type ReadyBatch, type Sorted } from './sort-batch.ts'
import { countBatch, getImportRow, type ImportRow } from './store.ts'
import { sortTwins } from './twins.ts'

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
  batch: ReadyBatch,
  known: Known,
): Promise<{ met: string[] } | undefined> {
  const row = await getImportRow(ctx, importId, true)
  if (row.state !== 'reading' || row.byteAt !== batch.from) return undefined
  await sql`select pg_advisory_xact_lock(hashtextextended('recommendations.batch', 0))`.execute(ctx.db)
  const { sorted, prepared } = batch
  const here = await findHere(
    ctx,
    [...sorted.records.values()].map(({ record }) => keyOf(row, record)),
  )
  const decided = await decide(ctx, row, { records: sorted.records, here, met: known.met })
  const twins = await sortTwins(ctx, row, {
    ...{ added: decided.added, records: sorted.records.values() },
    met: (key) => known.met.has(key) || decided.met.includes(key),
  })
  const rows = twins.added.length === sorted.records.size ? prepared : prepareRows(row, twins.added)
  await insertRecords(ctx, row, rows, await documentIds(ctx, rows.documents, known.documents))
  const parts = await saveParts(ctx, row, sorted.parts)
  const changed = [...decided.changed, ...parts.changed]
  await layIncoming(ctx, importId, [...changed, ...twins.changed])
  await replaceEarlier(ctx, importId, [...decided.same, ...twins.same])
  if (row.options.takesChanges === true) await takeAtOnce(ctx, importId, changed)
  const doubles = await keepRicher(ctx, importId, decided.doubled)
  const problems = [
    ...sorted.problems,
    ...parts.problems,
    ...twins.problems,
    ...decided.doubled.map((one) =>
      doubledProblem(one, doubles.notKept.includes(one) ? 'doubled-not-kept' : 'doubled'),
    ),
  ]
  await insertProblems(
    ctx,
    importId,
    problems.map((one) => ({ ...one, ordinal: row.counted + one.ordinal })),
  )
  const counts = {
    added: twins.added.length + parts.added,
    same: decided.same.length + twins.same.length + parts.same + doubles.same,
    changed: changed.length + twins.changed.length + doubles.changed,
    doubled: sorted.doubled + decided.doubled.length + parts.doubled,
    refused: sorted.refused + parts.problems.length,
  }
  await countBatch(ctx, row, { counts, byteAt: batch.byteAt, unknown: sorted.unknown })
  return { met: [...decided.met, ...twins.met] }
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
