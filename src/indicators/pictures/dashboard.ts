import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import { versionOn, type PlainDate, type UnitKey } from '#territory/model'
import { getUnitKey, openLand, refOf, type Land } from '../land.ts'
import { periodsUntil, readPeriod } from '../model.ts'
import type { Calendar, Dashboard, DashboardRow, Period, SeriesPoint, Target } from '../model.ts'
import { isAdded } from '../cube/marks.ts'
import { keptTotals, seesEverything } from '../queries/kept-totals.ts'
import { laneState } from '../queries/lane-state.ts'
import { answered, measuringOf } from '../queries/totals.ts'
import { lastDay, levelOn, lineOn, unitsOn } from '../rollup/ground.ts'
import { rollUp, type Cell, type Total } from '../rollup/total.ts'
import { progressOf } from '../rules.ts'
import { readMeasures, type MeasureRules } from '../store.ts'
import { readReleasedYears, type ReleasedYear } from './released.ts'
import { shownReleased, shownTotal } from './shown.ts'
import { seenMeasures } from '../queries/sight.ts'

export type DashboardQuery = {
  /** That of the acting body, unless another is asked for. */
  unitId: string | undefined
  /** Only measures of a field of work, of an indicator's kind, of one indicator. */
  field: string | undefined
  aspect: string | undefined
  /** For a paper everyone may read: of sensitive measures only what was told to everyone. */
  isForAll?: boolean
  page: number
  size: number
}

/** How many plain years a small picture shows. */
const years = 6

type Lane = { measure: MeasureRules; period: Period }
type Totals = Map<string, Omit<Total, 'parts'>>

/**
 * How a unit stands in each measure, in the order of their documents: the newest figure with what stands behind it, the years before, the
 * next target. Measures whose figures the asker may not see say what was told to everyone, or nothing.
 *
 * @throws notFound for a unit that is none, or not any more
 */
export async function readDashboard(
  ctx: Context,
  query: DashboardQuery,
  calendars: readonly Calendar[],
): Promise<Dashboard> {
  const land = await openLand(ctx)
  const unitId = query.unitId ?? (await readOwnUnit(ctx))
  const unit = getUnitKey(land, unitId)
  const on = ctx.today
  if (levelOn(land.ground, unit, on) === undefined) throw notFound()
  const { measures, indicatorOf, total } = await readPage(ctx, query)
  const lanes = lanesOf(measures, { today: on, calendars }).filter(({ period }) => period.from <= on)
  const { totals, seen: all } = await readTotals(ctx, { land, unit, on, lanes, measures })
  const isOpen = ({ smallCounts }: MeasureRules) => query.isForAll !== true || smallCounts === null
  const seen = new Set(measures.filter((one) => all.has(one.id) && isOpen(one)).map(({ id }) => id))
  const hidden = measures.filter(({ id }) => !seen.has(id)).map(({ id }) => id)
  const told = await readReleasedYears(ctx, { measureIds: hidden, unitId, breakdown: '' })
  const targets = await readTargets(ctx, { measureIds: measures.map(({ id }) => id), unitId })
  const items = measures.map((measure): DashboardRow => {
    const known = seen.has(measure.id)
      ? ofAccepted(measure, { lanes, totals, on })
      : ofReleased(
          told.filter(({ measureId }) => measureId === measure.id),
          calendars,
        )
    const own = targets.filter(({ measureId }) => measureId === measure.id)
    const next = own.find(({ year }) => String(year) >= on.slice(0, 4)) ?? own.at(-1)
    const target = next && { ...next, progress: progressOf(next, known.series, measure) }
    return { measureId: measure.id, indicatorId: indicatorOf.get(measure.id) ?? '', ...known, target: target ?? null }
  })
  return { unit: refOf(land, unit, on, ctx.language), items, total, page: query.page, size: query.size }
}

type Known = Pick<DashboardRow, 'basis' | 'period' | 'asOf' | 'figure' | 'series'>

const unknown: Known = { basis: null, period: null, asOf: null, figure: null, series: [] }

function ofAccepted(measure: MeasureRules, of: { lanes: readonly Lane[]; totals: Totals; on: PlainDate }): Known {
  const own = of.lanes
    .filter((lane) => lane.measure.id === measure.id)
    .flatMap(({ period }) => {
      const total = of.totals.get(laneName(measure.id, period.id))
      return total === undefined || total.reported === 0 ? [] : [{ period, total }]
    })
  const newest = own.toSorted((one, other) => order(one.period, other.period)).at(-1)
  if (newest === undefined) return { ...unknown, basis: 'accepted' }
  const series = own
    .filter(({ period }) => isPlainYear(period))
    .map(({ period, total }): SeriesPoint => {
      const { value, isEstimate, expected, reported } = total
      return { year: Number(period.id), value, isEstimate, expected, reported }
    })
    .toSorted((one, other) => one.year - other.year)
  const last = lastDay(newest.period)
  const asOf = last > of.on ? last : of.on
  return { basis: 'accepted', period: newest.period, asOf, figure: shownTotal(newest.total), series }
}

/** The later end is newer; of two that end together the longer one. */
function order(one: Period, other: Period): number {
  if (one.to !== other.to) return one.to < other.to ? -1 : 1
  return one.from < other.from ? 1 : -1
}

function isPlainYear({ calendar, frequency }: Period): boolean {
  return calendar === '' && frequency === 'year'
}

function ofReleased(told: readonly ReleasedYear[], calendars: readonly Calendar[]): Known {
  const newest = told.at(-1)
  const period = newest && readPeriod(newest.period, calendars)
  if (newest === undefined || period === undefined) return unknown
  const series = told.map(({ period: year, value, expected, reported }): SeriesPoint => ({
    ...{ year: Number(year), value, isEstimate: false, expected, reported },
  }))
  return { basis: 'released', period, asOf: lastDay(period), figure: shownReleased(newest), series }
}

async function readOwnUnit(ctx: Context): Promise<string> {
  const { rows } = await sql<{ unitId: string }>`
    select unit_id from agencies.agency where id = ${ctx.actor.agencyId}`.execute(ctx.db)
  const own = rows[0]
  if (own === undefined) throw notFound()
  return own.unitId
}

async function readPage(
  ctx: Context,
  { field, aspect, page, size }: DashboardQuery,
): Promise<{ measures: MeasureRules[]; indicatorOf: Map<string, string>; total: number }> {
  const { rows } = await sql<{ id: string; indicatorId: string; total: number }>`
    select m.id, m.indicator_id, count(*) over ()::integer as total from indicators.measure m join indicators.indicator i on i.id = m.indicator_id
    where (${field ?? null}::text is null or m.function = ${field ?? null}) and (${aspect ?? null}::text is null or i.aspect = ${aspect ?? null})
    order by m.rank limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  const known = await readMeasures(
    ctx,
    rows.map(({ id }) => id),
  )
  return {
    measures: rows.flatMap(({ id }) => known.get(id) ?? []),
    indicatorOf: new Map(rows.map(({ id, indicatorId }) => [id, indicatorId])),
    total: rows[0]?.total ?? 0,
  }
}

/** The newest periods of every rhythm, and plain years. */
function lanesOf(
  measures: readonly MeasureRules[],
  { today, calendars }: { today: PlainDate; calendars: readonly Calendar[] },
): Lane[] {
  return measures.flatMap((measure) =>
    measure.periods.flatMap((rhythm) => {
      const isYear = rhythm.calendar === '' && rhythm.frequency === 'year'
      return periodsUntil(rhythm, { day: today, count: isYear ? years : 4, calendars }).map((period) => ({
        ...{ measure, period },
      }))
    }),
  )
}

const laneName = (measureId: string, period: string): string => `${measureId} ${period}`

type Asked = { land: Land; unit: UnitKey; on: PlainDate; lanes: readonly Lane[]; measures: readonly MeasureRules[] }

/** The total of the unit in each lane, and the measures all of whose parts the asker sees. */
async function readTotals(ctx: Context, of: Asked): Promise<{ totals: Totals; seen: ReadonlySet<string> }> {
  const sources = sourcesOf(of)
  const seen = await seenMeasures(ctx, {
    measureIds: of.measures.map(({ id }) => id),
    units: () => [...insideOf(of), ...sources.values().flatMap((units) => units)],
  })
  const asked = of.lanes.filter(({ measure }) => seen.has(measure.id))
  const totals: Totals = new Map()
  const isKept = ({ measure }: Lane) => seesEverything(ctx) && isAdded(measure.aggregation)
  await readKept(ctx, { ...of, lanes: asked.filter(isKept) }, totals)
  const others = asked.filter((lane) => !isKept(lane))
  const cells = await readCellsOf(ctx, { lanes: others, sources, land: of.land })
  for (const { measure, period } of others) {
    const name = laneName(measure.id, period.id)
    const own = cells.get(name)
    if (own === undefined) continue
    const day = lastDay(period)
    const { totals: found } = rollUp(of.land.ground, {
      ...{ cells: own, period, to: of.land.restated(laterOf(day, of.on)), measuring: measuringOf(measure) },
      ...{ answering: new Set(sources.get(groundName(measure, period))), wanted: new Set([of.unit]) },
    })
    const total = found.get(of.unit)
    if (total !== undefined) totals.set(name, total)
  }
  return { totals, seen }
}

/** The unit and those in it, as `seesAllOf` is asked where they are shown one by one. */
function insideOf({ land, unit, on }: Asked): UnitKey[] {
  return [...land.ground.units.keys()].filter((key) => lineOn(land.ground, key, on).includes(unit))
}

function laterOf(one: PlainDate, other: PlainDate): PlainDate {
  return one > other ? one : other
}

/** Totals of lanes that are kept for those who see everything; one statement tells which of them still are right. */
async function readKept(ctx: Context, { land, unit, on, lanes }: Asked, totals: Totals): Promise<void> {
  if (lanes.length === 0) return
  const { rows } = await sql<{ measureId: string; period: string; state: string }>`
    with lane as (select measure_id, period, '' as breakdown
      from unnest(${lanes.map(({ measure }) => measure.id)}::uuid[], ${lanes.map(({ period }) => period.id)}::text[]) as l (measure_id, period))
    select lane.measure_id, lane.period, ${laneState({ measure: 'lane.measure_id', period: 'lane.period', breakdown: 'lane.breakdown' })} as state from lane`.execute(
    ctx.db,
  )
  const states = new Map(rows.map(({ measureId, period, state }) => [laneName(measureId, period), state]))
  for (const { measure, period } of lanes) {
    const name = laneName(measure.id, period.id)
    const state = states.get(name)
    if (state === undefined || state === '{}') continue
    const day = laterOf(lastDay(period), on)
    const lane = { land, measure, period, measuring: measuringOf(measure), breakdown: '' }
    const kept = await keptTotals(ctx, lane, { on: day, units: [unit], state })
    const found = kept ?? (await answered(ctx, { land, measure, period, unit, on: day }, { breakdown: '', beside: [] }))
    const total = found.totals.get(unit)
    if (total !== undefined) totals.set(name, total)
  }
}

/** Whose figures go into the unit: what follows of the level, the rule and the day alone. */
const groundName = ({ level, aggregation }: MeasureRules, period: Period): string =>
  `${aggregation === 'none' ? 'none' : level} ${lastDay(period)}`

/** What of a land is the same for everybody: which units lie behind a unit's total. The land is read anew when units change. */
const behind = new WeakMap<Land, Map<string, readonly UnitKey[]>>()
const mostBehind = 500

/** The units behind the unit's total by level and day, in the order in which they are added. */
function sourcesOf({ land, unit, on, lanes }: Asked): Map<string, readonly UnitKey[]> {
  const kept = behind.get(land) ?? new Map<string, readonly UnitKey[]>()
  behind.set(land, kept)
  if (kept.size > mostBehind) kept.clear()
  const known = new Map<string, readonly UnitKey[]>()
  for (const { measure, period } of lanes) {
    const name = groundName(measure, period)
    if (known.has(name)) continue
    const before = kept.get(`${unit} ${on} ${name}`)
    if (before !== undefined) {
      known.set(name, before)
      continue
    }
    const day = lastDay(period)
    const to = land.restated(laterOf(day, on))
    const own = levelOn(land.ground, unit, laterOf(day, on))
    const all =
      measure.aggregation !== 'none'
        ? [...land.answering(measure.level, day)]
        : own === undefined
          ? []
          : unitsOn(land.ground, own, day)
    const found = all.filter((each) => isInBeing(land, each, day) && to.portionsOf(each, day).has(unit)).toSorted()
    kept.set(`${unit} ${on} ${name}`, found)
    known.set(name, found)
  }
  return known
}

function isInBeing(land: Land, unit: UnitKey, on: PlainDate): boolean {
  const found = land.ground.units.get(unit)
  return found !== undefined && versionOn(found, on) !== undefined
}

/** Accepted figures of the units behind each lane, in one statement. */
async function readCellsOf(
  ctx: Context,
  of: { lanes: readonly Lane[]; sources: ReadonlyMap<string, readonly UnitKey[]>; land: Land },
): Promise<Map<string, Cell[]>> {
  const ids = new Map([...of.land.keyOf].map(([id, key]) => [key, id]))
  const named = (key: UnitKey) => ids.get(key) ?? []
  const groups = Map.groupBy(of.lanes, ({ measure, period }) => groundName(measure, period))
  const cells = new Map<string, Cell[]>()
  for (const [name, lanes] of groups) {
    const { rows } = await sql<Cell & { unitId: string; measureId: string; period: string }>`
      select c.measure_id, c.period, c.unit_id, o.status, o.numerator::float8 as numerator, o.denominator::float8 as denominator, o.absence,
        coalesce(c.answered_on > c.period_to - 1 + m.due_days, false) as is_late
      from indicators.cell c join indicators.measure m on m.id = c.measure_id
      join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage
      where c.measure_id = any (${[...new Set(lanes.map(({ measure }) => measure.id))]}::uuid[])
        and c.period = any (${[...new Set(lanes.map(({ period }) => period.id))]}::text[])
        and c.breakdown = '' and c.unit_id = any (${(of.sources.get(name) ?? []).flatMap(named)}::uuid[])`.execute(
      ctx.db,
    )
    for (const { unitId, measureId, period, ...cell } of rows) {
      const unit = of.land.keyOf.get(unitId)
      const lane = laneName(measureId, period)
      if (unit === undefined) continue
      const known = cells.get(lane)
      if (known === undefined) cells.set(lane, [{ ...cell, unit } as Cell])
      else known.push({ ...cell, unit } as Cell)
    }
  }
  return cells
}

/** Targets of the unit for its whole, by year. */
async function readTargets(ctx: Context, of: { measureIds: readonly string[]; unitId: string }): Promise<Target[]> {
  const { rows } = await sql<Target>`
    select t.id, t.measure_id, t.unit_id, t.breakdown, t.kind, t.year_from, t.year, t.comparator, t.value::float8 as value,
      t.agency_id is not null as is_own, t.agency_id, t.version
    from indicators.target t where t.measure_id = any (${[...of.measureIds]}::uuid[]) and t.unit_id = ${of.unitId} and t.breakdown = ''
      and t.ended_at is null order by t.year, t.id`.execute(ctx.db)
  return rows
}
