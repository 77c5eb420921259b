import { notFound, type Context } from '#platform'
import type { PlainDate, UnitLevel, UnitRef } from '#territory/model'
import { getUnitKey, openLand } from '../land.ts'
import { Apart, readPeriod } from '../model.ts'
import type { Basis, Calendar, MapPicture, Period, RankedRow, Ranking, Shown, View } from '../model.ts'
import { getReleased } from '../protection/queries.ts'
import { getPicture } from '../queries/totals.ts'
import { coarseToFine, lastDay, levelOn, lineOn, unitsOn } from '../rollup/ground.ts'
import { readMeasures, type MeasureRules } from '../store.ts'
import { orReleased } from './basis.ts'
import { apartOf, rankUnits, stepOf, stepsOf } from './ranking.ts'
import { shownReleased, shownTotal } from './shown.ts'

export type CompareQuery = {
  measureId: string
  unitId: string
  period: string
  breakdown: string
  view: View
  asOf: PlainDate | undefined
  level: UnitLevel | undefined
  basis: Basis | undefined
}

type Row = Shown & { unit: UnitRef }
type Compared = {
  measure: MeasureRules
  basis: Basis
  period: Period
  asOf: PlainDate
  level: UnitLevel
  levels: UnitLevel[]
  whole: Row | null
  rows: Row[]
}

/** The units of a level in a unit beside each other. @throws notFound; invalid `indicators.unknown-period` */
async function compare(ctx: Context, query: CompareQuery, calendars: readonly Calendar[]): Promise<Compared> {
  const measure = (await readMeasures(ctx, [query.measureId])).get(query.measureId)
  if (measure === undefined) throw notFound()
  const found = await orReleased<Omit<Compared, 'levels' | 'measure'>>(query.basis, {
    accepted: async () => {
      const { period, asOf, level, total, rows } = await getPicture(ctx, query, calendars)
      const shown = rows.map((row) => ({ ...shownTotal(row), unit: row.unit }))
      return {
        ...{ basis: 'accepted', period, asOf, level, rows: shown, whole: { ...shownTotal(total), unit: total.unit } },
      }
    },
    released: async () => {
      const { level, total, rows } = await getReleased(ctx, query, calendars)
      const period = readPeriod(query.period, calendars)
      if (period === undefined) throw notFound()
      const shown = rows.map((row) => ({ ...shownReleased(row), unit: row.unit }))
      const whole = total === null ? null : { ...shownReleased(total), unit: total.unit }
      return { basis: 'released', period, asOf: lastDay(period), level, rows: shown, whole }
    },
  })
  return { ...found, measure, levels: await levelsIn(ctx, { ...query, on: found.asOf, finest: measure.level }) }
}

/** Levels on which a unit has units, down to the one on which figures are taken up. */
async function levelsIn(ctx: Context, of: { unitId: string; on: PlainDate; finest: UnitLevel }): Promise<UnitLevel[]> {
  const { ground, ...land } = await openLand(ctx)
  const unit = getUnitKey({ ground, ...land }, of.unitId)
  const own = levelOn(ground, unit, of.on)
  if (own === undefined) return []
  const [from, to] = [coarseToFine.indexOf(own) + 1, coarseToFine.indexOf(of.finest) + 1]
  return coarseToFine
    .slice(from, to)
    .filter((level) => unitsOn(ground, level, of.on).some((key) => lineOn(ground, key, of.on).includes(unit)))
}

/** Units in their order with how sure it is, or those set apart from it; a page of either. @throws as `compare` */
export async function readRanking(
  ctx: Context,
  query: CompareQuery & { show: 'ranked' | 'apart' | 'all'; page: number; size: number },
  calendars: readonly Calendar[],
): Promise<Ranking> {
  const { measure, rows, whole, ...looked } = await compare(ctx, query, calendars)
  const isShare = measure.isShare && measure.aggregation === 'ratio'
  const all = rankUnits(rows, { direction: measure.direction, isShare, factor: measure.factor })
  const ranked = all.filter(({ rank }) => rank !== null)
  const asked = { all, ranked, apart: all.filter(({ rank }) => rank === null) }[query.show]
  const { page, size } = query
  return {
    ...lookedAt(looked),
    ...{ whole, scale: scaleOf(ranked), ranked: ranked.length, apart: countApart(all) },
    ...{ items: asked.slice((page - 1) * size, page * size), total: asked.length, page, size },
  }
}

function lookedAt({ basis, period, asOf, level, levels }: Omit<Compared, 'measure' | 'rows' | 'whole'>) {
  return { basis, period, asOf, level, levels }
}

function countApart(rows: readonly RankedRow[]): Record<Apart, number> {
  const count = (apart: Apart) => rows.filter((row) => row.apart === apart).length
  return {
    'low-coverage': count('low-coverage'),
    'not-comparable': count('not-comparable'),
    missing: count('missing'),
    hidden: count('hidden'),
  }
}

function scaleOf(ranked: readonly RankedRow[]): Ranking['scale'] {
  const bounds = ranked.flatMap(({ value, interval }) => [
    ...(value === null ? [] : [value]),
    ...(interval === null ? [] : [interval.low, interval.high]),
  ])
  if (bounds.length === 0) return null
  return bounds.reduce((all, one) => ({ low: Math.min(all.low, one), high: Math.max(all.high, one) }), {
    low: Infinity,
    high: -Infinity,
  })
}

/** The units of a level with the class of each, for maps. @throws as `compare` */
export async function readMap(ctx: Context, query: CompareQuery, calendars: readonly Calendar[]): Promise<MapPicture> {
  const { rows, measure: _, whole: _whole, ...looked } = await compare(ctx, query, calendars)
  const steps = stepsOf(rows.flatMap((row) => (apartOf(row) === null && row.value !== null ? [row.value] : [])))
  return {
    ...lookedAt(looked),
    steps,
    units: rows.map((row) => {
      const { unit, numerator: _numerator, denominator: _denominator, ...shown } = row
      const step = row.value === null ? null : stepOf(row.value, steps)
      return { ...shown, id: unit.id, code: unit.code, name: unit.name, apart: apartOf(row), step }
    }),
  }
}
