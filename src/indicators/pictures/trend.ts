import { sql } from 'kysely'
import { invalid, notFound, type Context } from '#platform'
import type { PlainDate, UnitKey } from '#territory/model'
import { getUnitKey, openLand, refOf, type Land } from '../land.ts'
import { readPeriod, type Basis, type Calendar, type Trend, type TrendPoint, type View } from '../model.ts'
import { listTargets } from '../queries/targets.ts'
import { locate, measuringOf, rolledUp } from '../queries/totals.ts'
import { changesWithin } from '../rollup/common.ts'
import { lastDay, levelOn } from '../rollup/ground.ts'
import { rollUp, type Cell, type Part, type Total } from '../rollup/total.ts'
import { progressOf } from '../rules.ts'
import { readMeasures, type MeasureRules } from '../store.ts'
import { breaksOf } from './breaks.ts'
import { readReleasedYears } from './released.ts'
import { orReleased } from './basis.ts'
import { shownReleased, shownTotal } from './shown.ts'

export type TrendQuery = {
  measureId: string
  unitId: string
  breakdown: string
  view: View
  asOf: PlainDate | undefined
  basis: Basis | undefined
}

/** How far back a trend goes, in years. */
const longest = 30

/**
 * The yearly totals of a unit with what stands behind each: what is not final, what was said otherwise before, and the days on which its
 * ground became another. Years of which nothing was accepted are left out; nothing is put in for them.
 *
 * @throws notFound; invalid `indicators.unknown-period`
 */
export async function readTrend(ctx: Context, query: TrendQuery, calendars: readonly Calendar[]): Promise<Trend> {
  const measure = (await readMeasures(ctx, [query.measureId])).get(query.measureId)
  if (measure === undefined) throw notFound()
  const land = await openLand(ctx)
  const unit = getUnitKey(land, query.unitId)
  const on = query.asOf ?? ctx.today
  if (levelOn(land.ground, unit, on) === undefined) throw notFound()
  return orReleased(query.basis, {
    accepted: () => acceptedTrend(ctx, { ...query, basis: 'accepted' }, { measure, land, unit, on }, calendars),
    released: () => releasedTrend(ctx, { ...query, basis: 'released' }, { measure, land, unit, on }, calendars),
  })
}

type Looked = { measure: MeasureRules; land: Land; unit: UnitKey; on: PlainDate }

async function acceptedTrend(
  ctx: Context,
  query: TrendQuery & { basis: Basis },
  looked: Looked,
  calendars: readonly Calendar[],
): Promise<Trend> {
  const years = await yearsOf(ctx, query)
  const before = await readRevised(ctx, query)
  const points: TrendPoint[] = []
  for (const year of years) {
    const period = readPeriod(String(year), calendars)
    if (period === undefined) throw invalid('indicators.unknown-period', { period: String(year) })
    const day = lastDay(period)
    if (query.view === 'as-was' && levelOn(looked.land.ground, looked.unit, day) === undefined) {
      points.push({ ...none, ...shownTotal(undefined), year, hasUnit: false })
      continue
    }
    const { measureId, unitId, breakdown, view, asOf } = query
    const located = await locate(ctx, { measureId, unitId, breakdown, view, asOf, period: period.id }, calendars)
    const { result, cells } = await rolledUp(ctx, located, { breakdown, beside: [] })
    const total = result.totals.get(looked.unit)
    points.push({ ...pointOf(year, total), ...revisedOf(total) })

    function revisedOf(now: Total | undefined): Pick<TrendPoint, 'revised' | 'revisedAt' | 'first'> {
      const changed = (now?.parts ?? []).flatMap(({ unit }) => before.get(`${period?.id} ${unit}`) ?? [])
      if (changed.length === 0) return { revised: 0, revisedAt: null, first: null }
      const old = new Map(changed.map((one) => [one.cell.unit, one.cell]))
      const { totals } = rollUp(looked.land.ground, {
        ...{ cells: cells.map((cell) => old.get(cell.unit) ?? cell), period: located.period },
        ...{ to: looked.land.restated(located.on), measuring: measuringOf(looked.measure) },
        wanted: new Set([looked.unit]),
      })
      const revisedAt = changed.map((one) => one.decidedAt).reduce((one, other) => (one > other ? one : other))
      return { revised: changed.length, revisedAt, first: totals.get(looked.unit)?.value ?? null }
    }
  }
  return wholeTrend(ctx, query, looked, points)

  type Revised = { cell: Cell; decidedAt: string }
  /** Figures another stood before, as they first were accepted, by period and unit. */
  async function readRevised(of: Context, { measureId, breakdown }: TrendQuery): Promise<Map<string, Revised>> {
    const { rows } = await sql<Omit<Cell, 'unit'> & { period: string; unitId: string; decidedAt: string }>`
      select c.period, c.unit_id, o.status, o.numerator::float8 as numerator, o.denominator::float8 as denominator, o.absence, false as is_late,
        now.decided_at
      from indicators.cell c
      join lateral (select min(d.vintage) as vintage from indicators.decision d where d.cell_id = c.id and d.outcome = 'accepted') f
        on f.vintage < c.accepted_vintage
      join indicators.observation o on o.cell_id = c.id and o.vintage = f.vintage
      join indicators.decision now on now.cell_id = c.id and now.vintage = c.accepted_vintage
      where c.measure_id = ${measureId} and c.breakdown = ${breakdown} and c.accepted_vintage > 1 and c.period ~ '^[0-9]{4}$'`.execute(
      of.db,
    )
    return new Map(
      rows.flatMap(({ period, unitId, decidedAt, ...cell }) => {
        const key = looked.land.keyOf.get(unitId)
        return key === undefined
          ? []
          : [[`${period} ${key}`, { cell: { ...cell, unit: key } as Cell, decidedAt }] as const]
      }),
    )
  }
}

const none = { hasUnit: true, provisional: 0, estimated: 0, late: 0, revised: 0, revisedAt: null, first: null }

function pointOf(year: number, total: Total | undefined): TrendPoint {
  const isProvisional = ({ cell }: Part) => cell?.status === 'P'
  return {
    ...none,
    ...shownTotal(total),
    year,
    provisional: total?.parts.filter(isProvisional).length ?? 0,
    estimated: (total?.estimated ?? 0) + (total?.apportioned ?? 0),
    late: total?.late ?? 0,
  }
}

async function releasedTrend(
  ctx: Context,
  query: TrendQuery & { basis: Basis },
  looked: Looked,
  calendars: readonly Calendar[],
): Promise<Trend> {
  const told = (await readReleasedYears(ctx, { ...query, measureIds: [query.measureId] })).map(
    ({ period, ...cell }) => ({
      ...{ ...none, ...shownReleased(cell), year: Number(period) },
      hasUnit: levelOn(looked.land.ground, looked.unit, dayOf(period, calendars)) !== undefined,
    }),
  )
  if (told.length === 0) throw notFound()
  return wholeTrend(ctx, { ...query, view: 'as-was' }, looked, told)
}

function dayOf(name: string, calendars: readonly Calendar[]): PlainDate {
  const period = readPeriod(name, calendars)
  if (period === undefined) throw invalid('indicators.unknown-period', { period: name })
  return lastDay(period)
}

async function wholeTrend(
  ctx: Context,
  query: TrendQuery & { basis: Basis },
  { measure, land, unit, on }: Looked,
  points: TrendPoint[],
): Promise<Trend> {
  const targets = await listTargets(ctx, query)
  const first = points[0]?.year
  const days = first === undefined ? [] : changesWithin(land.ground, { from: `${String(first)}-01-01`, to: ctx.today })
  return {
    ...{ basis: query.basis, unit: refOf(land, unit, on, ctx.language), view: query.view, asOf: on, points },
    breaks: breaksOf(land.ground, { unit, days }),
    reforms: reformsUntil(land, ctx.today),
    targets: targets.map((one) => ({ ...one, progress: progressOf(one, points, measure) })),
  }
}

/** Days on which ground went from unit to unit, up to a day. */
function reformsUntil(land: Land, today: PlainDate): PlainDate[] {
  const days = new Set<PlainDate>()
  for (const steps of land.ground.stepsFrom.values()) for (const { date } of steps) if (date <= today) days.add(date)
  return [...days].sort()
}

/** The plain years of which anything the actor sees was accepted. */
async function yearsOf(ctx: Context, { measureId, breakdown }: TrendQuery): Promise<number[]> {
  const last = Number(ctx.today.slice(0, 4)) + 1
  const { rows } = await sql<{ year: number }>`
    select y.year from generate_series(${last - longest}::integer, ${last}::integer) as y (year)
    where exists (select 1 from indicators.cell c where c.measure_id = ${measureId} and c.period = y.year::text and c.breakdown = ${breakdown}
      and c.accepted_vintage is not null) order by y.year`.execute(ctx.db)
  return rows.map(({ year }) => year)
}
