import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import type { PlainDate } from '#territory/model'
import type { Calendar, SeriesPoint, Target, TargetProgress } from '../model.ts'
import { progressOf } from '../rules.ts'
import { readMeasures } from '../store.ts'
import { readSeries } from './totals.ts'

/** Targets of a measure for a unit that the actor sees, by year. @throws notFound for an unknown measure */
export async function listTargets(
  ctx: Context,
  of: { measureId: string; unitId: string; breakdown?: string | undefined },
): Promise<Target[]> {
  if ((await readMeasures(ctx, [of.measureId])).size === 0) throw notFound()
  const { rows } = await sql<Target>`
    select t.id, t.measure_id, t.unit_id, t.breakdown, t.kind, t.year_from, t.year, t.comparator, t.value::float8 as value,
      t.agency_id is not null as is_own, t.agency_id, t.version
    from indicators.target t where t.measure_id = ${of.measureId} and t.unit_id = ${of.unitId} and t.ended_at is null
      ${of.breakdown === undefined ? sql`` : sql`and t.breakdown = ${of.breakdown}`}
    order by t.year, t.breakdown, t.id`.execute(ctx.db)
  return rows
}

export type ProgressOfMeasure = { series: SeriesPoint[]; targets: (Target & { progress: TargetProgress })[] }

/** The yearly series of a unit, and how things stand with each of its targets. @throws as totals */
export async function readProgress(
  ctx: Context,
  query: { measureId: string; unitId: string; breakdown: string; asOf: PlainDate | undefined },
  calendars: readonly Calendar[],
): Promise<ProgressOfMeasure> {
  const { measure, points } = await readSeries(ctx, query, calendars)
  const series = points.map(({ year, total }): SeriesPoint => {
    const { value = null, isEstimate = false, expected = 0, reported = 0 } = total ?? {}
    return { year, value, isEstimate, expected, reported }
  })
  const targets = await listTargets(ctx, query)
  return { series, targets: targets.map((one) => ({ ...one, progress: progressOf(one, series, measure) })) }
}
