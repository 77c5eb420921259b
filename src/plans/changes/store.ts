import { conflict, newId, notFound, type Context } from '#platform'
import type { Change, ChangeOutcome, ChangeSet } from '../model.ts'
import type { Decided, Planned, Refusal } from './rules.ts'

export type SetRow = {
  id: string
  agencyId: string
  personId: string
  about: ChangeSet['about']
  source: ChangeSet['source']
  state: ChangeSet['state']
  planId: string | null
  planVersionId: string | null
  undoes: string | null
  fileName: string | null
  seenCount: number
  refusals: Refusal[]
  isSent: boolean
  madeAt: string
  appliedAt: string | null
}

/** A change as it is kept: with its place in the set, and what became of it. */
export type KeptChange = Planned & { rank: number; outcome: ChangeOutcome; reason: string | null }

/** A change set of the acting body. @throws notFound */
export async function getChangeSet(ctx: Context, id: string): Promise<SetRow> {
  const row = await ctx.db
    .selectFrom('plans.changeSet')
    .selectAll()
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .executeTakeFirst()
  if (!row) throw notFound()
  return {
    ...row,
    about: row.about as SetRow['about'],
    source: row.source as SetRow['source'],
    state: row.state as SetRow['state'],
    refusals: row.refusals as Refusal[],
  }
}

/** Holds a set for this transaction, so that it is applied once. @throws conflict `plans.changes-applied-already` */
export async function lockPreview(ctx: Context, id: string): Promise<void> {
  const row = await ctx.db
    .selectFrom('plans.changeSet')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', 'previewed')
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw conflict('plans.changes-applied-already')
}

/** Rows a statement takes at once. */
const chunkSize = 1000

type NewSet = Pick<SetRow, 'about' | 'source' | 'planId' | 'planVersionId' | 'undoes' | 'fileName' | 'seenCount'>

/** Keeps a set as it was decided, to be looked at; what the same person looked at before of this kind and let be is forgotten. */
export async function insertChangeSet(
  ctx: Context,
  agencyId: string,
  set: NewSet,
  { changes, refused }: Decided,
): Promise<string> {
  await forgetPreviews(ctx, agencyId, set.about)
  const id = newId()
  await ctx.db
    .insertInto('plans.changeSet')
    .values({
      id,
      agencyId,
      personId: ctx.actor.personId,
      state: 'previewed',
      refusals: JSON.stringify(refused),
      madeAt: ctx.now,
      ...set,
    })
    .execute()
  for (let from = 0; from < changes.length; from += chunkSize)
    await ctx.db
      .insertInto('plans.change')
      .values(
        changes.slice(from, from + chunkSize).map((planned, at) => ({
          changeSetId: id,
          agencyId,
          rank: from + at,
          recordId: planned.recordId,
          recordName: planned.name,
          rowNumber: planned.rowNumber,
          field: planned.change.field,
          was: JSON.stringify(planned.change.was),
          becomes: JSON.stringify(planned.change.becomes),
          seenVersion: planned.seenVersion,
          outcome: 'waiting',
        })),
      )
      .execute()
  return id
}

async function forgetPreviews(ctx: Context, agencyId: string, about: SetRow['about']): Promise<void> {
  const old = await ctx.db
    .selectFrom('plans.changeSet')
    .select('id')
    .where('agencyId', '=', agencyId)
    .where('personId', '=', ctx.actor.personId)
    .where('about', '=', about)
    .where('state', '=', 'previewed')
    .execute()
  const ids = old.map(({ id }) => id)
  if (ids.length === 0) return
  await ctx.db.deleteFrom('plans.change').where('changeSetId', 'in', ids).execute()
  await ctx.db.deleteFrom('plans.changeSet').where('id', 'in', ids).execute()
}

/** The changes of a set in their order: all, or a page of them. */
export async function readChanges(
  ctx: Context,
  id: string,
  page?: { page: number; size: number },
): Promise<KeptChange[]> {
  const query = ctx.db.selectFrom('plans.change').selectAll().where('changeSetId', '=', id).orderBy('rank')
  const rows = await (page ? query.limit(page.size).offset((page.page - 1) * page.size) : query).execute()
  return rows.map((row) => ({
    recordId: row.recordId,
    name: row.recordName,
    rowNumber: row.rowNumber,
    seenVersion: row.seenVersion,
    change: { field: row.field, was: row.was, becomes: row.becomes } as Change,
    rank: row.rank,
    outcome: row.outcome as ChangeOutcome,
    reason: row.reason,
  }))
}

/** Writes what became of each change and closes the set: from here on it stays as it is. */
export async function closeChangeSet(
  ctx: Context,
  set: SetRow,
  changes: readonly KeptChange[],
  left: ReadonlyMap<number, string>,
  isSent: boolean,
): Promise<void> {
  const leftRanks = changes.flatMap(({ rank }, at) => (left.has(at) ? [rank] : []))
  for (const [reason, ats] of Map.groupBy(left.keys(), (at) => left.get(at) ?? ''))
    await ctx.db
      .updateTable('plans.change')
      .set({ outcome: 'left', reason })
      .where('changeSetId', '=', set.id)
      .where(
        'rank',
        'in',
        ats.flatMap((at) => changes[at]?.rank ?? []),
      )
      .execute()
  const done = ctx.db.updateTable('plans.change').set({ outcome: 'done' }).where('changeSetId', '=', set.id)
  await (leftRanks.length > 0 ? done.where('rank', 'not in', leftRanks) : done).execute()
  await ctx.db
    .updateTable('plans.changeSet')
    .set({ state: 'applied', appliedAt: ctx.now, isSent })
    .where('id', '=', set.id)
    .execute()
}
