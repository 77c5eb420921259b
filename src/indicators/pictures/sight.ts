import { sql } from 'kysely'
import { idOfKey, remembered, type Context } from '#platform'
import type { UnitKey } from '#territory/model'

/**
 * As `seesAllOf` for many measures of the same units: those of which the actor sees all.
 *
 * @param of.units asked for only where it matters
 */
export async function seenMeasures(
  ctx: Context,
  of: { measureIds: readonly string[]; units: () => readonly UnitKey[] },
): Promise<ReadonlySet<string>> {
  if (ctx.actor.everywhere || ctx.reachesAll) return new Set(of.measureIds)
  const ids = [...new Set(of.units())].map(idOfKey)
  // Asked again by who sees the same, it is not worked out again until bodies, units or sight change.
  const rows = await remembered(
    ctx,
    sql<{ id: string }>`
    with head as (
      select a.id, a.id in (select platform.reached()) as is_reached, a.id in (select indicators.own_ground()) as is_own
      from agencies.agency a where a.unit_id = any (${ids}::uuid[]) and a.kind = 'people-committee'
    )
    select m.id from unnest(${[...of.measureIds]}::uuid[]) as m (id)
    where exists (select 1 from head) and not exists (select 1 from head where not is_reached
      and not (is_own and m.id in (select indicators.own_measures())))`,
  )
  return new Set(rows.map(({ id }) => id))
}
