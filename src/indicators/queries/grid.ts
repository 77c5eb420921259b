import { invalid, notFound, idOfKey, type Context } from '#platform'
import { openLand, refOf } from '../land.ts'
import { periodsUntil, readPeriod, type Calendar, type Grid, type GridRow, type Period } from '../model.ts'
import { lastDay, levelOn } from '../rollup/ground.ts'
import {
  listMeasureIds,
  placeOf,
  readAnswering,
  readDimensionValues,
  readLocks,
  readMeasures,
  type MeasureRules,
} from '../store.ts'
import { readBefore } from './before.ts'
import { listFigures } from './figures.ts'
import { placesIn } from './places.ts'

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
  const found = placesIn(land, {
    ...{ period, measures: mine, units: shown.map(({ key }) => key), dimensions: await readDimensionValues(ctx) },
  })
  const refs = new Map(shown.map(({ key, ref }) => [key, ref]))
  const rows = found.flatMap(({ measure, unit, breakdown }) => {
    const ref = refs.get(unit)
    return ref === undefined ? [] : [{ measureId: measure.id, unitId: ref.id, period: period.id, breakdown, unit: ref }]
  })
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
  const agencyIds = [ctx.actor.agencyId ?? [], held.items.map(({ agencyId }) => agencyId)].flat()
  const isLocked = await readLocks(ctx, { periods: [period.id], agencyIds })
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
        isLocked: isLocked(figure?.agencyId ?? ctx.actor.agencyId ?? '', row.measureId, row.period),
        before: figure === null ? (before.get(placeOf(row)) ?? null) : figure.before,
      }
    }),
  }
}

/** How many periods of each rhythm one may choose from outside the grid. */
const listed = 12

/** The periods in which a measure, or any, is taken up and that have begun, the newest first. @throws notFound for an unknown measure */
export async function listPeriods(
  ctx: Context,
  measureId: string | undefined,
  calendars: readonly Calendar[],
): Promise<{ periods: Period[]; usual: string | null }> {
  const found = await readMeasures(ctx, measureId === undefined ? await listMeasureIds(ctx) : [measureId])
  if (found.size === 0 && measureId !== undefined) throw notFound()
  const measures = [...found.values()]
  const periods = periodsOf(measures, { day: ctx.today, count: listed, calendars })
  return {
    periods,
    usual: usualOf(
      measures,
      periods.filter(({ to }) => to <= ctx.today),
    ),
  }
}

/** Of periods that have ended, the newest of the rhythm in which most measures are taken up: a few asked more often do not come first. */
function usualOf(measures: readonly MeasureRules[], ended: readonly Period[]): string | null {
  const countOf = ({ calendar, frequency }: Period) =>
    measures.filter(({ periods }) => periods.some((one) => one.calendar === calendar && one.frequency === frequency))
      .length
  const most = Math.max(0, ...ended.map(countOf))
  return ended.find((period) => countOf(period) === most)?.id ?? null
}

/** The periods of every rhythm of the measures, the newest first. */
function periodsOf(measures: readonly MeasureRules[], of: Parameters<typeof periodsUntil>[1]): Period[] {
  const rhythms = measures.flatMap(({ periods, breakdowns }) => [...periods, ...breakdowns])
  const each = new Map(rhythms.map((rhythm) => [`${rhythm.calendar} ${rhythm.frequency}`, rhythm]))
  const all = [...each.values()].flatMap((rhythm) => periodsUntil(rhythm, of))
  return all.toSorted((one, other) => (one.to < other.to ? 1 : one.to > other.to ? -1 : one.id.localeCompare(other.id)))
}
