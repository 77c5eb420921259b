import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { idOfKey, remembered, type Context } from '#platform'
import type { UnitKey } from '#territory/model'
import { once } from '../once.ts'

/**
 * Whether the actor sees all that is in a total: every executive of the units behind it lies within reach, or in the ground of
 * his body for a measure of its field. Nobody is given a part of a sum for the whole.
 *
 * @param units what the total is of, and what is shown beside it; asked for only where it matters
 */
export async function seesAllOf(ctx: Context, measureId: string, units: () => UnitKey[]): Promise<boolean> {
  if (ctx.actor.everywhere || ctx.reachesAll) return true
  const wanted = [...new Set(units())].toSorted()
  const { viewers, agencyId } = ctx.actor
  const hash = createHash('sha256').update(wanted.join(' ')).digest('base64')
  const isOwn = (await once(ctx, `${String(agencyId)} own`, () => readOwn(ctx))).has(measureId)
  return once(ctx, [agencyId, viewers.join(), isOwn, hash].join(' '), () => readSight(ctx, wanted, isOwn))
}

async function readOwn(ctx: Context): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from indicators.own_measures() as id`.execute(ctx.db)
  return new Set(rows.map(({ id }) => id))
}

async function readSight(ctx: Context, units: readonly UnitKey[], isOwn: boolean): Promise<boolean> {
  const ids = units.map(idOfKey)
  const { rows } = await sql<{ isHidden: boolean }>`
    with executive as materialized (
      select a.id from agencies.agency a where a.unit_id = any (${ids}::uuid[]) and a.kind = 'people-committee'
    )
    select exists (
      select 1 from executive a where a.id not in (select platform.reached())
        and not (${isOwn} and a.id in (select indicators.own_ground()))
    ) or not exists (select 1 from executive) as is_hidden`.execute(ctx.db)
  return rows[0]?.isHidden === false
}

/**
 * As `seesAllOf` for many measures of the same units: those of which the actor sees all.
 *
 * @param of.units asked for only where it matters
 * @param of.from bodies that owe the actor figures of these measures: what each of them reaches is given with it. The caller has made sure that they do
 */
export async function seenMeasures(
  ctx: Context,
  of: { measureIds: readonly string[]; units: () => readonly UnitKey[]; from?: readonly string[] },
): Promise<ReadonlySet<string>> {
  if (ctx.actor.everywhere || ctx.reachesAll) return new Set(of.measureIds)
  const ids = [...new Set(of.units())].map(idOfKey)
  // Asked again by who sees the same, it is not worked out again until bodies, units or sight change.
  const rows = await remembered(
    ctx,
    sql<{ id: string }>`
    with given as materialized (
      select r.agency_id from platform.reach r where r.viewer_id = any (${[...(of.from ?? [])]}::uuid[])
    ), head as (
      select a.id, a.id in (select platform.reached()) or a.id in (select g.agency_id from given g) as is_reached, a.id in (select indicators.own_ground()) as is_own
      from agencies.agency a where a.unit_id = any (${ids}::uuid[]) and a.kind = 'people-committee'
    )
    select m.id from unnest(${[...of.measureIds]}::uuid[]) as m (id)
    where exists (select 1 from head) and not exists (select 1 from head where not is_reached
      and not (is_own and m.id in (select indicators.own_measures())))`,
  )
  return new Set(rows.map(({ id }) => id))
}
