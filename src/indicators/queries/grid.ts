import { invalid, notFound, idOfKey, type Context } from '#platform'
import type { UnitKey } from '#territory/model'
import { openLand, refOf, type Land } from '../land.ts'
import { periodsUntil, readPeriod, type Calendar, type Grid, type GridRow, type Period } from '../model.ts'
import { coarseToFine, lastDay, levelOn } from '../rollup/ground.ts'
import {
  listMeasureIds,
  placeOf,
  readAnswering,
  readDimensionValues,
  readMeasures,
  type MeasureRules,
} from '../store.ts'
import { readBefore } from './before.ts'
import { listFigures } from './figures.ts'

export type GridQuery = { unitId?: string | undefined; measureId?: string | undefined; period?: string | undefined }

/** As many periods of each rhythm as one may go back to. */
const offered = 6

/** More than one body ever enters in one period. */
const mostRows = 20_000

/**
 * What the acting body enters in a period: all its measures of one unit, or one measure of all its units; with what was said already
 * and what was said the period before. Without a period: the newest that has ended.
 *
 * @throws notFound for another's unit or an unknown measure; invalid `indicators.unknown-period`
 */
export async function readGrid(ctx: Context, query: GridQuery, calendars: readonly Calendar[]): Promise<Grid> {
  const all = await readMeasures(ctx, await listMeasureIds(ctx))
  const measures = [...all.values()].filter(({ id }) => query.measureId === undefined || id === query.measureId)
  if (measures.length === 0) throw notFound()
  const periods = periodsOf(measures, { day: ctx.today, count: offered, calendars })
  const newest = periods.find(({ to }) => to <= ctx.today) ?? periods[0]
  const period = query.period === undefined ? newest : readPeriod(query.period, calendars)
  if (period === undefined) throw invalid('indicators.unknown-period', { period: query.period ?? '' })
  const land = await openLand(ctx)
  const answering = await readAnswering(ctx)
  const day = lastDay(period)
  const own = [...answering.unitIds].flatMap((id) => {
    const key = land.keyOf.get(id)
    return key !== undefined && levelOn(land.ground, key, day) !== undefined ? [key] : []
  })
  const units = own
    .map((key) => ({ key, ref: refOf(land, key, day, ctx.language) }))
    .toSorted((one, other) => one.ref.code.localeCompare(other.ref.code))
  const asked = query.unitId ?? (query.measureId === undefined ? units[0]?.ref.id : undefined)
  if (query.unitId !== undefined && !units.some(({ ref }) => ref.id === query.unitId)) throw notFound()
  const shown = units.filter(({ ref }) => asked === undefined || ref.id === asked)
  const mine = measures.filter((measure) => answering.isHead || answering.functions.has(measure.function))
  const places = mine.flatMap((measure) => {
    const breakdowns = breakdownsIn(measure, period)
    const values = breakdowns.length > 0 ? shown.filter(({ key }) => isTakenUp(land, { unit: key, measure, day })) : []
    return values.flatMap(({ ref }) => breakdowns.map((by) => ({ measure, ref, by })))
  })
  const dimensions = await readDimensionValues(ctx)
  const rows = places.flatMap(({ measure, ref, by }) =>
    (by === '' ? [''] : [...(dimensions.get(by) ?? [])].map((value) => `${by}=${value}`)).map((breakdown) => ({
      ...{ measureId: measure.id, unitId: ref.id, period: period.id, breakdown, unit: ref },
    })),
  )
  const held = await listFigures(
    ctx,
    {
      ...{ unitIds: shown.map(({ key }) => idOfKey(key)), measureId: query.measureId },
      period: period.id,
      page: 1,
      size: mostRows,
    },
    calendars,
  )
  const figures = new Map(held.items.map((figure) => [placeOf(figure), figure]))
  const before = await readBefore(
    ctx,
    rows.filter((row) => !figures.has(placeOf(row))),
    calendars,
  )
  return {
    ...{
      period,
      periods,
      units: units.map(({ ref }) => ref),
      unitId: asked ?? null,
      measureId: query.measureId ?? null,
    },
    rows: rows.map((row): GridRow => {
      const figure = figures.get(placeOf(row)) ?? null
      return {
        ...{ measureId: row.measureId, unit: row.unit, breakdown: row.breakdown, figure },
        mayEnter: figure === null || answering.bodyIds.has(figure.agencyId),
        before: figure === null ? (before.get(placeOf(row)) ?? null) : figure.before,
      }
    }),
  }
}

/** The periods of every rhythm of the measures, the newest first. */
function periodsOf(measures: readonly MeasureRules[], of: Parameters<typeof periodsUntil>[1]): Period[] {
  const rhythms = measures.flatMap(({ periods, breakdowns }) => [...periods, ...breakdowns])
  const each = new Map(rhythms.map((rhythm) => [`${rhythm.calendar} ${rhythm.frequency}`, rhythm]))
  const all = [...each.values()].flatMap((rhythm) => periodsUntil(rhythm, of))
  return all.toSorted((one, other) => (one.to < other.to ? 1 : one.to > other.to ? -1 : one.id.localeCompare(other.id)))
}

/** The whole, and the dimensions, by which a measure is taken up in a period: empty for the whole. */
function breakdownsIn(measure: MeasureRules, period: Period): string[] {
  const fits = (rhythm: { calendar: string; frequency: string }) =>
    rhythm.calendar === period.calendar && rhythm.frequency === period.frequency
  return [
    ...(measure.periods.some(fits) ? [''] : []),
    ...measure.breakdowns.filter(fits).map(({ dimension }) => dimension),
  ]
}

/** Whether a unit is asked for a measure: where it is taken up; of one that stands alone also above. */
function isTakenUp(land: Land, { unit, measure, day }: { unit: UnitKey; measure: MeasureRules; day: string }): boolean {
  if (measure.aggregation !== 'none') return land.answering(measure.level, day).has(unit)
  const level = levelOn(land.ground, unit, day)
  return level !== undefined && coarseToFine.indexOf(level) <= coarseToFine.indexOf(measure.level)
}
