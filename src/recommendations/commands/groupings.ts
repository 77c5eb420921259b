import { sql } from 'kysely'
import { conflict, notFound, type Context } from '#platform'
import { foldName } from '#territory/model'
import { requireAnyKeeper } from '../keeping.ts'
import { GroupingNames } from '../model.ts'

const recordKind = 'recommendations.grouping'

/**
 * Makes a grouping of the acting body's own: a term to tag with like others.
 * @returns its number
 * @throws forbidden `recommendations.not-keeper`; conflict `recommendations.grouping-exists`
 */
export async function makeGrouping(ctx: Context, names: GroupingNames): Promise<number> {
  const agencyId = await requireAnyKeeper(ctx)
  await requireNewName(ctx, agencyId, names)
  const { rows } = await sql<{ number: number }>`
    insert into recommendations.term (number, scheme, code, names, rank, agency_id)
    select n, 'own', n::text, ${JSON.stringify(names)}::jsonb, n, ${agencyId}
    from (select nextval('recommendations.own_term')::integer as n) t returning number`.execute(ctx.db)
  const [made] = rows
  if (made === undefined) throw new Error('a grouping that was just made')
  await recorded(ctx, 'recommendations.grouping-made', { term: made.number })
  return made.number
}

/**
 * Calls a grouping otherwise; what is tagged with it stays so.
 * @throws notFound; forbidden `recommendations.not-keeper`; conflict `platform.stale-version`, `recommendations.grouping-exists`
 */
export async function renameGrouping(
  ctx: Context,
  number: number,
  { names, version }: { names: GroupingNames; version: number },
): Promise<void> {
  const agencyId = await holdGrouping(ctx, number, version)
  await requireNewName(ctx, agencyId, names, number)
  await sql`update recommendations.term set names = ${JSON.stringify(names)}::jsonb, version = version + 1 where number = ${number}`.execute(
    ctx.db,
  )
  await recorded(ctx, 'recommendations.grouping-renamed', { term: number })
}

/**
 * Retires a grouping: nothing is tagged with it any more, what is tagged stays so. Or takes it into use again.
 * @throws notFound; forbidden `recommendations.not-keeper`; conflict `platform.stale-version`, `recommendations.grouping-exists`
 */
export async function retireGrouping(
  ctx: Context,
  number: number,
  { isRetired, version }: { isRetired: boolean; version: number },
): Promise<void> {
  const agencyId = await holdGrouping(ctx, number, version)
  if (!isRetired) {
    const { names } = await ctx.db
      .selectFrom('recommendations.term')
      .select('names')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    await requireNewName(ctx, agencyId, GroupingNames.parse(names), number)
  }
  await sql`update recommendations.term set retired_on = ${isRetired ? ctx.today : null}, version = version + 1 where number = ${number}`.execute(
    ctx.db,
  )
  await recorded(ctx, isRetired ? 'recommendations.grouping-retired' : 'recommendations.grouping-taken-up', {
    term: number,
  })
}

/** Locks a grouping of the acting body. @returns the body */
async function holdGrouping(ctx: Context, number: number, version: number): Promise<string> {
  const agencyId = await requireAnyKeeper(ctx)
  const row = await ctx.db
    .selectFrom('recommendations.term')
    .select('version')
    .where('number', '=', number)
    .where('scheme', '=', 'own')
    .where('agencyId', '=', agencyId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.version !== version) throw conflict('platform.stale-version')
  return agencyId
}

/** Two groupings in use of one body are called differently in every language. */
async function requireNewName(ctx: Context, agencyId: string, names: GroupingNames, than?: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`recommendations.groupings ${agencyId}`}, 0))`.execute(
    ctx.db,
  )
  const rows = await ctx.db
    .selectFrom('recommendations.term')
    .select(['number', 'names'])
    .where('scheme', '=', 'own')
    .where('agencyId', '=', agencyId)
    .where('retiredOn', 'is', null)
    .execute()
  const wanted = new Set(Object.values(names).map(foldName))
  const isTaken = rows.some(
    (row) =>
      row.number !== than && Object.values(GroupingNames.parse(row.names)).some((name) => wanted.has(foldName(name))),
  )
  if (isTaken) throw conflict('recommendations.grouping-exists')
}

async function recorded(ctx: Context, action: string, params: { term: number }): Promise<void> {
  await ctx.record(action, { kind: recordKind, id: null, agencyId: ctx.actor.agencyId }, params)
}
