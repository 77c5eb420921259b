import { sql } from 'kysely'
import { invalid, notFound, type Context } from '#platform'
import type { PlainDate, UnitKey, UnitLevel } from '#territory/model'
import { openLand, refOf, type Land } from '../land.ts'
import { readPeriod, type AreaSeries, type Calendar } from '../model.ts'
import { areaTotals, commonAreas, type CommonArea } from '../rollup/common.ts'
import { coarseToFine, lastDay, levelOn, lineOn, unitsOn } from '../rollup/ground.ts'
import { readMeasures } from '../store.ts'
import { seesAllOf } from './sight.ts'
import { measuringOf, readCells } from './totals.ts'

export type CommonQuery = {
  measureId: string
  /** Only the areas that lie in a unit, or reach into it, on the last day; undefined: all. */
  unitId?: string | undefined
  /** Undefined: provinces of the country, within a smaller unit the level on which figures are taken up. */
  level?: UnitLevel | undefined
  from: PlainDate
  to: PlainDate
  breakdown: string
}

/**
 * A unit, or the whole country, in areas common to two days, with the figures of each plain year that ended between them: series that
 * cross a reform without weights. For those who see all of these areas.
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
  const land = await openLand(ctx)
  const { ground } = land
  const within = query.unitId === undefined ? undefined : land.keyOf.get(query.unitId)
  if (query.unitId !== undefined && within === undefined) throw notFound()
  const isPart = within !== undefined && levelOn(ground, within, query.to) !== 'country'
  const level = query.level ?? (isPart ? measure.level : 'province')
  if (coarseToFine.indexOf(level) > coarseToFine.indexOf(measure.level)) throw invalid('indicators.level-too-fine')
  const all = commonAreas(ground, { level, finest: measure.level, from: query.from, to: query.to })
  const areas = isPart
    ? all.filter(({ after }) => after.some((unit) => lineOn(ground, unit, query.to).includes(within)))
    : all
  if (!(await seesAllOf(ctx, measure.id, () => finestOf(land, areas, { ...query, finest: measure.level }))))
    throw notFound()
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

/** The units on which figures of some areas are taken up, on the first day and on the last. */
function finestOf(
  { ground }: Land,
  areas: readonly CommonArea[],
  of: { finest: UnitLevel; from: PlainDate; to: PlainDate },
): UnitKey[] {
  const on = (day: PlainDate, units: ReadonlySet<UnitKey>) =>
    unitsOn(ground, of.finest, day).filter((unit) => lineOn(ground, unit, day).some((above) => units.has(above)))
  return [
    ...on(of.from, new Set(areas.flatMap(({ before }) => before))),
    ...on(of.to, new Set(areas.flatMap(({ after }) => after))),
  ]
}

async function yearsBetween(ctx: Context, { measureId, breakdown }: CommonQuery): Promise<string[]> {
  const { rows } = await sql<{ period: string }>`
    select distinct c.period from indicators.cell c where c.measure_id = ${measureId} and c.breakdown = ${breakdown}
      and c.accepted_vintage is not null and c.period ~ '^[0-9]{4}$' order by c.period`.execute(ctx.db)
  return rows.map(({ period }) => period)
}
