import { sql } from 'kysely'
import type { Context } from '#platform'
import type { ReleasedFigure } from '../model.ts'

export type ReleasedYear = Omit<ReleasedFigure, 'unit'> & { measureId: string; period: string }

/** What the newest release of each plain year tells of a unit, by measure and oldest first. */
export async function readReleasedYears(
  ctx: Context,
  of: { measureIds: readonly string[]; unitId: string; breakdown: string },
): Promise<ReleasedYear[]> {
  if (of.measureIds.length === 0) return []
  const { rows } = await sql<ReleasedYear>`
    select r.measure_id, r.period, x.is_hidden, x.numerator::float8 as numerator, x.denominator::float8 as denominator, x.value::float8 as value,
      x.expected, x.reported
    from (select distinct on (measure_id, period) * from indicators.release
        where measure_id = any (${[...of.measureIds]}::uuid[]) and period ~ '^[0-9]{4}$' order by measure_id, period, released_at desc, id desc) r
    join indicators.released_cell x on x.release_id = r.id and x.unit_id = ${of.unitId} and x.breakdown = ${of.breakdown}
    order by r.measure_id, r.period`.execute(ctx.db)
  return rows
}
