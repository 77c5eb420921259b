import { sql } from 'kysely'
import type { Context } from '#platform'
import type { UnitKey, UnitLevel } from '#territory/model'
import type { Land } from '../land.ts'
import type { Asked } from '../queries/kept-totals.ts'

/** Of the units of which figures were asked: of how many one is due, how many gave one, late, as an estimate. */
export type OwedCounts = { expected: number; reported: number; late: number; estimated: number }

/**
 * Counts the units behind totals that owe their figures in a report, and not all of the land. What is asked of nobody in particular, or of
 * every unit behind the total, is not counted here: the total has these numbers itself.
 *
 * @param of.behind the units whose figures of a level are in the total
 */
export async function countOwing(
  ctx: Context,
  of: {
    land: Land
    period: string
    asked: readonly Asked[]
    owing: readonly string[]
    behind: (level: UnitLevel) => ReadonlySet<UnitKey>
  },
): Promise<Map<Asked, OwedCounts>> {
  const keys = new Set(of.owing.flatMap((id) => of.land.keyOf.get(id) ?? []))
  const places = [...new Set(of.asked.map(({ measure }) => measure.level))].flatMap((level) => {
    const behind = of.behind(level)
    const owed = [...behind].filter((unit) => keys.has(unit))
    return owed.length === behind.size ? [] : owed.flatMap((unit) => ({ id: of.land.idOf.get(unit), level }))
  })
  if (places.length === 0) return new Map()
  const wanted = of.asked.map(({ measure, breakdown }, at) => ({
    ...{ at, measureId: measure.id, breakdown, level: measure.level, rule: measure.aggregation },
  }))
  const { rows } = await sql<OwedCounts & { at: number }>`
    with place as materialized (select * from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p(id uuid, level text)),
      wanted as materialized (select w.at, w."measureId" as measure_id, w.breakdown, w.level, m.due_days
        from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(at integer, "measureId" uuid, breakdown text, level text, rule text)
        join indicators.measure m on m.id = w."measureId" where w.rule <> 'none')
    select w.at, count(*) filter (where f.absence is distinct from 'not-applicable')::integer as expected, count(f.status)::integer as reported,
      count(*) filter (where f.status is not null and f.is_late)::integer as late, count(*) filter (where f.status in ('E', 'F'))::integer as estimated
    from wanted w join place p on p.level = w.level
    left join lateral (select o.status, o.absence, c.answered_on > c.period_to - 1 + w.due_days as is_late
      from indicators.cell c join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage
      where c.measure_id = w.measure_id and c.period = ${of.period} and c.breakdown = w.breakdown and c.unit_id = p.id) f on true
    group by w.at`.execute(ctx.db)
  return new Map(
    rows.flatMap(({ at, ...counts }) => {
      const asked = of.asked[at]
      return asked === undefined ? [] : [[asked, counts] as const]
    }),
  )
}
