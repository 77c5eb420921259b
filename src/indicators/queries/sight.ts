import { sql } from 'kysely'
import { idOfKey, type Context } from '#platform'
import type { UnitKey } from '#territory/model'

/**
 * Whether the actor sees all that is in a total: every executive of the units behind it lies within reach, or in the ground of
 * his body for a measure of its field. Nobody is given a part of a sum for the whole.
 *
 * @param units what the total is of, and what is shown beside it; asked for only where it matters
 */
export async function seesAllOf(ctx: Context, measureId: string, units: () => UnitKey[]): Promise<boolean> {
  if (ctx.actor.everywhere || ctx.reachesAll) return true
  const ids = [...new Set(units())].map(idOfKey)
  const { rows } = await sql<{ isHidden: boolean }>`
    select exists (
      select 1 from agencies.agency a where a.unit_id = any (${ids}::uuid[]) and a.kind = 'people-committee'
        and a.id not in (select platform.reached())
        and not (${measureId}::uuid in (select indicators.own_measures()) and a.id in (select indicators.own_ground()))
    ) or not exists (select 1 from agencies.agency a where a.unit_id = any (${ids}::uuid[]) and a.kind = 'people-committee') as is_hidden`.execute(
    ctx.db,
  )
  return rows[0]?.isHidden === false
}
