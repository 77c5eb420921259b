import { sql, type Expression, type Kysely, type SqlBool, type Transaction } from 'kysely'
import type { Context, Database } from '#platform'
import { rowsWithinReach } from './first-wall.ts'

/**
 * The condition every query on records of agencies carries: the agency in `column` lies within the actor's reach.
 * @example query.where(withinReach(ctx, 'plan.agencyId'))
 */
export function withinReach(ctx: Context, column: string): Expression<SqlBool> {
  return rowsWithinReach(ctx, column, 'set')
}

/** The same condition where few of many rows lie within reach and an index of `column` can find them. */
export function foundWithinReach(ctx: Context, column: string): Expression<SqlBool> {
  return rowsWithinReach(ctx, column, 'list')
}

/** Those of the agencies that lie within the actor's reach. */
export async function filterWithinReach(ctx: Context, agencyIds: readonly string[]): Promise<Set<string>> {
  if (agencyIds.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('agencies.agency')
    .select('id')
    .where('id', 'in', [...agencyIds])
    .where(withinReach(ctx, 'agencies.agency.id'))
    .execute()
  return new Set(rows.map((row) => row.id))
}

/**
 * Whether a post at an agency, with or without a territory, would see only what the actor sees: everything one of
 * its viewers reaches is reached by the actor too.
 */
export async function isSightWithin(ctx: Context, post: { agencyId: string; unitId: string | null }): Promise<boolean> {
  if (ctx.actor.everywhere) return true
  const viewers = post.unitId === null ? [post.agencyId] : [post.agencyId, post.unitId]
  const { rows } = await sql<{ isWithin: boolean }>`
    select exists (select 1 from platform.reach where viewer_id = any (${ctx.actor.viewers}::uuid[]) and agency_id = ${post.agencyId}::uuid)
      and not exists (
        select 1 from platform.reach theirs
        where theirs.viewer_id = any (${viewers}::uuid[])
          and not exists (select 1 from platform.reach ours where ours.agency_id = theirs.agency_id and ours.viewer_id = any (${ctx.actor.viewers}::uuid[]))
      ) as is_within`.execute(ctx.db)
  return rows[0]?.isWithin ?? false
}

/**
 * Writes `platform.reach` anew from territory and agencies; run as the owner of the schema after either was loaded
 * or a reform applied, in one transaction.
 *
 * Who stands over an agency: itself; whoever took over from it, wholly or for a function; all their superiors; and the
 * units in which these bodies lie. A unit lies in its parents as they were and, when the whole of it became part of
 * another, in that one. Time runs forward only: what a place was before the body came to it gives no sight of the body.
 * Not over it: those who took over from its superiors (else every commune cut from a district would see every other),
 * and units that received only a part of its ground.
 *
 * @returns rows written
 * @source security.md A10; docs/adr 0003
 */
export async function computeReach(db: Kysely<Database> | Transaction<Database>): Promise<number> {
  if (!db.isTransaction) return db.transaction().execute((transaction) => computeReach(transaction))
  await sql`delete from platform.reach`.execute(db)
  const written = await sql`
    with recursive
    heir (agency_id, heir_id, since) as (
      select id, id, date '-infinity' from agencies.agency
      union
      select heir.agency_id, later.to_id, later.on_date
      from heir join agencies.succession later on later.from_id = heir.heir_id and later.on_date >= heir.since
    ),
    above (agency_id, superior_id) as (
      select id, id from agencies.agency
      union
      select above.agency_id, agency.superior_id
      from above join agencies.agency agency on agency.id = above.superior_id
      where agency.superior_id is not null
    ),
    lies_in (unit_id, place_id, since, until) as (
      select id, id, date '-infinity', date 'infinity' from territory.unit
      union
      select lies_in.unit_id, step.place_id, greatest(lies_in.since, step.since),
        case when step.is_succession then step.until else least(lies_in.until, step.until) end
      from lies_in
      join (
        select unit_id, parent_id as place_id, coalesce(valid_from, '-infinity') as since, coalesce(valid_to, 'infinity') as until, false as is_succession
        from territory.unit_version where parent_id is not null
        union all
        select from_id, to_id, on_date, 'infinity', true from territory.succession where kind in ('whole', 'renamed')
      ) step on step.unit_id = lies_in.place_id
        and case when step.is_succession then lies_in.since < step.since and step.since <= lies_in.until
            else greatest(lies_in.since, step.since) < least(lies_in.until, step.until) end
    ),
    place (unit_id, place_id, until) as (select unit_id, place_id, max(until) from lies_in group by unit_id, place_id)
    insert into platform.reach (agency_id, viewer_id)
    select heir.agency_id, above.superior_id from heir join above on above.agency_id = heir.heir_id
    union
    select heir.agency_id, place.place_id
    from heir
    join agencies.agency body on body.id = heir.heir_id
    join place on place.unit_id = body.unit_id and place.until > heir.since`.execute(db)
  await sql`select platform.note_whole_reach()`.execute(db)
  await sql`analyze platform.reach`.execute(db)
  return Number(written.numAffectedRows ?? 0n)
}
