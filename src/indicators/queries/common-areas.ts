import { sql } from 'kysely'
import { invalid, notFound, type Context } from '#platform'
import type { PlainDate, UnitLevel } from '#territory/model'
import { openLand, refOf } from '../land.ts'
import { readPeriod, type AreaSeries, type Calendar } from '../model.ts'
import { areaTotals, commonAreas } from '../rollup/common.ts'
import { coarseToFine, lastDay, unitsOn } from '../rollup/ground.ts'
import { readMeasures } from '../store.ts'
import { seesAllOf } from './sight.ts'
import { measuringOf, readCells } from './totals.ts'

export type CommonQuery = {
  measureId: string
  level: UnitLevel
  from: PlainDate
  to: PlainDate
  breakdown: string
}

/**
 * The whole country in areas common to two days, with the figures of each plain year that ended between them: series that
 * cross a reform without weights. For those who see the whole country.
 *
 * @throws notFound; invalid `indicators.days-in-order`, `indicators.level-too-fine`
 */
export async function readCommonAreas(
  ctx: Context,
  query: CommonQuery,
  calendars: readonly Calendar[],
): Promise<{ areas: AreaSeries[] }> {
  const measure = (await readMeasures(ctx, [query.measureId])).get(query.measureId)
  if (measure === undefined) throw notFound()
  if (query.from >= query.to) throw invalid('indicators.days-in-order')
  if (coarseToFine.indexOf(query.level) > coarseToFine.indexOf(measure.level))
    throw invalid('indicators.level-too-fine')
  const land = await openLand(ctx)
  const { ground } = land
  const finest = unitsOn(ground, measure.level, query.to)
  if (!(await seesAllOf(ctx, measure.id, () => [...unitsOn(ground, measure.level, query.from), ...finest])))
    throw notFound()
  const areas = commonAreas(ground, { level: query.level, finest: measure.level, from: query.from, to: query.to })
  const named = areas.map(({ before, after }): AreaSeries => ({
    before: before.map((unit) => refOf(land, unit, query.from, ctx.language)),
    after: after.map((unit) => refOf(land, unit, query.to, ctx.language)),
    figures: [],
  }))
  for (const name of await yearsBetween(ctx, query)) {
    const period = readPeriod(name, calendars)
    if (period === undefined || lastDay(period) < query.from || lastDay(period) > query.to) continue
    const cells = await readCells(ctx, { measure, period: name, breakdown: query.breakdown, land })
    const of = { areas, cells, period, measuring: measuringOf(measure), to: land.restated(query.to) }
    for (const [place, total] of areaTotals(ground, of).entries()) {
      if (total === undefined) continue
      const { value, reason, isEstimate, expected, reported } = total
      named[place]?.figures.push({ year: Number(name), value, reason, isEstimate, expected, reported })
    }
  }
  return { areas: named }
}

async function yearsBetween(ctx: Context, { measureId, breakdown }: CommonQuery): Promise<string[]> {
  const { rows } = await sql<{ period: string }>`
    select distinct c.period from indicators.cell c where c.measure_id = ${measureId} and c.breakdown = ${breakdown}
      and c.accepted_vintage is not null and c.period ~ '^[0-9]{4}$' order by c.period`.execute(ctx.db)
  return rows.map(({ period }) => period)
}
