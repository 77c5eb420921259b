import { sql } from 'kysely'
import { invalid, notFound, type Context } from '#platform'
import type { Page } from '#platform/model'
import type { PlainDate, UnitKey, UnitLevel } from '#territory/model'
import { getUnitKey, openLand, refOf, type Land } from '../land.ts'
import {
  readPeriod,
  type Calendar,
  type PartRow,
  type Period,
  type Picture,
  type TotalRow,
  type View,
} from '../model.ts'
import { coarseToFine, lastDay, levelOn, lineOn, unitsOn } from '../rollup/ground.ts'
import { rollUp, type Cell, type Measuring, type Part, type RollUp, type Total } from '../rollup/total.ts'
import { readMeasures, type MeasureRules } from '../store.ts'
import { keepTotals, keptTotals, rowsOf, seesEverything, type Answered } from './kept-totals.ts'
import { stateOf } from './lane-state.ts'
import { seesAllOf } from './sight.ts'

export type TotalQuery = {
  measureId: string
  unitId: string
  period: string
  breakdown: string
  view: View
  /** The day whose units are asked about under `as-is`; never before the period's last day. */
  asOf: PlainDate | undefined
}

export type Asked = {
  land: Land
  measure: MeasureRules
  period: Period
  unit: UnitKey
  on: PlainDate
  result: RollUp
}

/**
 * Accepted figures of a measure in a period, as roll-ups take them.
 * @param of.withVintages which vintage each is comes with it, from the same statement: figures accepted meanwhile are in both or in neither
 */
export async function readCells(
  ctx: Context,
  of: { measure: MeasureRules; period: string; breakdown: string; land: Land; withVintages?: boolean },
): Promise<Cell[]> {
  const vintages =
    of.withVintages === true ? sql`jsonb_build_object('cellId', c.id, 'vintage', o.vintage) as accepted,` : sql``
  const { rows } = await sql<Cell & { unitId: string }>`
    select c.unit_id, ${vintages} o.status, o.numerator::float8 as numerator, o.denominator::float8 as denominator, o.absence,
      coalesce(c.answered_on > c.period_to - 1 + ${of.measure.dueDays}::integer, false) as is_late
    from indicators.cell c join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage
    where c.measure_id = ${of.measure.id} and c.period = ${of.period} and c.breakdown = ${of.breakdown}`.execute(ctx.db)
  return rows.flatMap(({ unitId, ...cell }) => {
    const unit = of.land.keyOf.get(unitId)
    return unit === undefined ? [] : [{ ...cell, unit }]
  })
}

/** Loads what a question about totals names. @throws notFound; invalid `indicators.unknown-period` */
export async function locate(
  ctx: Context,
  query: TotalQuery,
  calendars: readonly Calendar[],
): Promise<Omit<Asked, 'result'>> {
  const measure = (await readMeasures(ctx, [query.measureId])).get(query.measureId)
  if (measure === undefined) throw notFound()
  const period = readPeriod(query.period, calendars)
  if (period === undefined) throw invalid('indicators.unknown-period', { period: query.period })
  const land = await openLand(ctx)
  const unit = getUnitKey(land, query.unitId)
  const last = lastDay(period)
  const asked = query.view === 'as-was' ? last : (query.asOf ?? ctx.today)
  const on = asked < last ? last : asked
  if (levelOn(land.ground, unit, on) === undefined) throw notFound()
  return { land, measure, period, unit, on }
}

/** Rolls up to one unit and those shown beside it, and makes sure that the asker sees all of it. @throws notFound */
export async function rolledUp(
  ctx: Context,
  located: Omit<Asked, 'result'>,
  of: { breakdown: string; beside: readonly UnitKey[]; withVintages?: boolean },
): Promise<Asked & { cells: readonly Cell[] }> {
  const { land, measure, period, unit, on } = located
  const cells = await readCells(ctx, {
    measure,
    period: period.id,
    breakdown: of.breakdown,
    land,
    withVintages: of.withVintages === true,
  })
  const result = rollUp(land.ground, {
    ...{ cells, period, to: land.restated(on), answering: land.answering(measure.level, lastDay(period)) },
    measuring: measuringOf(measure),
    wanted: new Set([unit, ...of.beside]),
  })
  const behind = () => [...(result.totals.get(unit)?.parts.map((part) => part.unit) ?? []), ...unitsIn(land, unit, on)]
  if (!(await seesAllOf(ctx, measure.id, behind))) throw notFound()
  return { ...located, result, cells }
}

/** All units that lie in a unit on a day, itself among them; worked out once for a land. */
export function unitsIn(land: Land, unit: UnitKey, on: PlainDate): UnitKey[] {
  const known = within.get(land) ?? new Map<string, UnitKey[]>()
  within.set(land, known)
  const name = `${unit} ${on}`
  const units =
    known.get(name) ?? [...land.ground.units.keys()].filter((key) => lineOn(land.ground, key, on).includes(unit))
  // As many as are asked for in a day; each is a list of what may be the whole country.
  if (known.size >= 40) known.clear()
  known.set(name, units)
  return units
}

const within = new WeakMap<Land, Map<string, UnitKey[]>>()

/** Totals of one unit and those beside it, from what is kept for those who see everything, else from the rows. @throws notFound */
export async function answered(
  ctx: Context,
  located: Omit<Asked, 'result'>,
  of: { breakdown: string; beside: readonly UnitKey[] },
): Promise<Answered> {
  const { land, measure, period, unit, on } = located
  const lane = { land, measure, period, measuring: measuringOf(measure), breakdown: of.breakdown }
  const state = seesEverything(ctx) ? await stateOf(ctx, rowsOf(lane)) : null
  const kept = state === null ? undefined : await keptTotals(ctx, lane, { on, units: [unit, ...of.beside], state })
  if (kept !== undefined) return kept
  const { result, cells } = await rolledUp(ctx, located, of)
  if (state !== null) keepTotals(ctx, land, [{ asked: lane, cells, state }])
  return { totals: result.totals, leftOut: [...result.outside.map((cell) => cell.unit), ...result.lost] }
}

async function ask(ctx: Context, query: TotalQuery, calendars: readonly Calendar[]): Promise<Asked> {
  return rolledUp(ctx, await locate(ctx, query, calendars), { breakdown: query.breakdown, beside: [] })
}

/** How a measure is put together. */
export function measuringOf(measure: MeasureRules): Measuring {
  return { rule: measure.aggregation, factor: measure.factor, level: measure.level }
}

function rowOf(
  ctx: Context,
  { land, on }: Pick<Asked, 'land' | 'on'>,
  unit: UnitKey,
  total: Omit<Total, 'parts'> | undefined,
): TotalRow {
  const absent = total?.absent ?? { missing: 0, 'not-applicable': 0, 'not-yet-known': 0 }
  return {
    unit: refOf(land, unit, on, ctx.language),
    ...{ value: total?.value ?? null, numerator: total?.numerator ?? null, denominator: total?.denominator ?? null },
    ...{ reason: total?.reason ?? null, isEstimate: total?.isEstimate ?? false, absent },
    ...{ expected: total?.expected ?? 0, reported: total?.reported ?? 0, late: total?.late ?? 0 },
    ...{ estimated: total?.estimated ?? 0, apportioned: total?.apportioned ?? 0 },
    isComplete: total !== undefined && total.reported === total.expected,
  }
}

/** A unit's total and those of the units of a level in it, by their names. @throws as `locate`, `rolledUp` */
export async function getPicture(
  ctx: Context,
  query: TotalQuery & { level: UnitLevel | undefined },
  calendars: readonly Calendar[],
): Promise<Picture> {
  const located = await locate(ctx, query, calendars)
  const { land, unit, on } = located
  const level = query.level ?? levelBelow(land, unit, on)
  const inside = land.inside(unit, level, on)
  const { totals, leftOut } = await answered(ctx, located, { breakdown: query.breakdown, beside: inside })
  const rows = inside.map((key) => rowOf(ctx, located, key, totals.get(key)))
  return {
    ...{
      measureId: query.measureId,
      period: located.period,
      breakdown: query.breakdown,
      view: query.view,
      asOf: on,
      level,
    },
    total: rowOf(ctx, located, unit, totals.get(unit)),
    leftOut: leftOut.map((key) => refOf(land, key, lastDay(located.period), ctx.language)),
    rows: rows.toSorted((one, other) => one.unit.code.localeCompare(other.unit.code)),
  }
}

/** The nearest level on which a unit has units of its own. */
function levelBelow(land: Land, unit: UnitKey, on: PlainDate): UnitLevel {
  const own = levelOn(land.ground, unit, on)
  const below = coarseToFine.slice(coarseToFine.indexOf(own ?? 'country') + 1)
  const has = (level: UnitLevel) =>
    unitsOn(land.ground, level, on).some((key) => lineOn(land.ground, key, on)[1] === unit)
  return below.find(has) ?? own ?? 'commune'
}

export type PartFilter = 'all' | 'given' | 'missing' | 'late' | 'estimated' | 'not-comparable'

const keeps: Record<PartFilter, (part: Part) => boolean> = {
  all: () => true,
  given: ({ cell }) => cell !== null && cell.status !== null,
  missing: ({ cell }) => cell === null || cell.absence === 'missing' || cell.absence === 'not-yet-known',
  late: ({ cell }) => cell?.isLate === true && cell.status !== null,
  estimated: ({ cell, share }) => cell?.status === 'E' || cell?.status === 'F' || (cell?.status != null && share !== 1),
  'not-comparable': ({ cell, share }) => share === null && cell !== null && cell.status !== null,
}

/** The units behind a total, as they were in the period. @throws as `locate`, `rolledUp` */
export async function listParts(
  ctx: Context,
  query: TotalQuery & { show: PartFilter; page: number; size: number },
  calendars: readonly Calendar[],
): Promise<Page<PartRow>> {
  const asked = await ask(ctx, query, calendars)
  const parts = (asked.result.totals.get(asked.unit)?.parts ?? []).filter(keeps[query.show])
  const { page, size } = query
  const day = lastDay(asked.period)
  return {
    items: parts.slice((page - 1) * size, page * size).map(({ unit, share, cell }) => ({
      unit: refOf(asked.land, unit, day, ctx.language),
      share,
      standing: cell === null ? 'missing' : (cell.absence ?? 'given'),
      ...{ status: cell?.status ?? null, numerator: cell?.numerator ?? null, denominator: cell?.denominator ?? null },
      isLate: cell?.isLate ?? false,
    })),
    total: parts.length,
    page,
    size,
  }
}

export type YearTotal = { year: number; total: Omit<Total, 'parts'> | undefined }

/** The total of a unit in each plain year of which anything was accepted, restated to the units of a day. @throws as `locate`, `rolledUp` */
export async function readSeries(
  ctx: Context,
  query: Omit<TotalQuery, 'period' | 'view'>,
  calendars: readonly Calendar[],
): Promise<{ measure: MeasureRules; points: YearTotal[] }> {
  const measure = (await readMeasures(ctx, [query.measureId])).get(query.measureId)
  if (measure === undefined) throw notFound()
  const { rows } = await sql<{ period: string }>`
    select distinct c.period from indicators.cell c where c.measure_id = ${query.measureId} and c.breakdown = ${query.breakdown}
      and c.accepted_vintage is not null and c.period ~ '^[0-9]{4}$' order by c.period`.execute(ctx.db)
  const points: YearTotal[] = []
  for (const { period } of rows) {
    const located = await locate(ctx, { ...query, period, view: 'as-is' }, calendars)
    const { totals } = await answered(ctx, located, { breakdown: query.breakdown, beside: [] })
    points.push({ year: Number(period), total: totals.get(located.unit) })
  }
  return { measure, points }
}
