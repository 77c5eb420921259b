import { sql } from 'kysely'
import { idOfKey, type Context } from '#platform'
import { openLand } from '../land.ts'
import type { AggregationRule, Comparator } from '../model.ts'
import { lineOn } from '../rollup/ground.ts'

/** A measure as a row of a form shows it. */
export type MeasureWords = {
  name: string
  unitOfMeasure: string
  numeratorName: string | null
  denominatorName: string | null
  aggregation: AggregationRule
  isShare: boolean
  factor: number
}

/** The words of measures in the reader's language, by id. */
export async function measureWords(ctx: Context, ids: readonly string[]): Promise<Map<string, MeasureWords>> {
  const { rows } = await sql<MeasureWords & { id: string }>`
    select m.id, m.names ->> ${ctx.language} as name, m.unit_of_measure ->> ${ctx.language} as unit_of_measure,
      m.numerator ->> ${ctx.language} as numerator_name, m.denominator ->> ${ctx.language} as denominator_name,
      m.aggregation, m.is_share, m.factor::float8 as factor
    from indicators.measure m where m.id = any (${[...new Set(ids)]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, ...words }) => [id, words]))
}

/**
 * What measures are to reach for a unit: of the nearest year from the one given on, set for it or for the nearest unit it lies in.
 * @param of.asOf an instant; the targets as they were set then, on the units of that day
 * @returns by measure and breakdown, parted by a space
 */
export async function targetsOf(
  ctx: Context,
  unitId: string,
  of: { measureIds: readonly string[]; year: number; asOf?: string },
): Promise<Map<string, { year: number; comparator: Comparator; value: number }>> {
  const land = await openLand(ctx)
  const unit = land.keyOf.get(unitId)
  if (unit === undefined) return new Map()
  const day = of.asOf === undefined ? ctx.today : ctx.dateOf(of.asOf)
  const line = lineOn(land.ground, unit, day).map(idOfKey)
  const { rows } = await sql<{
    measureId: string
    breakdown: string
    year: number
    comparator: Comparator
    value: number
  }>`
    select distinct on (t.measure_id, t.breakdown) t.measure_id, t.breakdown, t.year, t.comparator, t.value::float8 as value
    from indicators.target t where t.unit_id = any (${line}::uuid[]) and t.measure_id = any (${[...new Set(of.measureIds)]}::uuid[])
      and t.kind = 'level' and t.year >= ${of.year}
      and ${of.asOf === undefined ? sql`t.ended_at is null` : sql`t.set_at <= ${of.asOf}::timestamptz and (t.ended_at is null or t.ended_at > ${of.asOf}::timestamptz)`}
    order by t.measure_id, t.breakdown, array_position(${line}::uuid[], t.unit_id), t.year`.execute(ctx.db)
  return new Map(rows.map(({ measureId, breakdown, ...target }) => [`${measureId} ${breakdown}`, target]))
}
