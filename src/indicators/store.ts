import { sql, type RawBuilder } from 'kysely'
import { claims, days, integers, remembered, uuids, words, type Context } from '#platform'
import type { UnitLevel } from '#territory/model'
import { once } from './once.ts'
import { openPlaces, type Place, type Places } from './places.ts'
import type { AbsenceReason, AggregationRule, FigureStatus, Measure } from './model.ts'

/** What judging and adding figures need to know of a measure. */
export type MeasureRules = Pick<
  Measure,
  | 'names'
  | 'unitOfMeasure'
  | 'isShare'
  | 'smallCounts'
  | 'factor'
  | 'largest'
  | 'direction'
  | 'function'
  | 'dueDays'
  | 'periods'
  | 'breakdowns'
> & {
  id: string
  code: string
  aggregation: AggregationRule
  level: UnitLevel
}

/** Amounts as the database reads them from words: exactly as they are. */
function amounts(values: readonly (number | null)[]): string {
  return `{${values.map((value) => value ?? 'null').join(',')}}`
}

/** The measures of these ids that exist, by id. */
export async function readMeasures(ctx: Context, ids: readonly string[]): Promise<Map<string, MeasureRules>> {
  const asked = [...new Set(ids)].toSorted()
  const rows = await once(ctx, `measures ${asked.join(' ')}`, () => askMeasures(ctx, asked))
  return new Map(rows.map((row) => [row.id, row]))
}

function askMeasures(ctx: Context, ids: readonly string[]): Promise<readonly MeasureRules[]> {
  return remembered(
    ctx,
    sql<MeasureRules>`
    select m.id, m.code, m.names, m.unit_of_measure, m.is_share, m.factor::float8 as factor, m.largest::float8 as largest, m.direction, m.function, m.due_days, m.aggregation, m.level, m.small_counts,
      (select coalesce(jsonb_agg(jsonb_build_object('calendar', p.calendar, 'frequency', p.frequency)), '[]') from indicators.measure_period p where p.measure_id = m.id) as periods,
      (select coalesce(jsonb_agg(jsonb_build_object('dimension', b.dimension, 'calendar', b.calendar, 'frequency', b.frequency, 'everyYears', b.every_years)), '[]')
        from indicators.measure_breakdown b where b.measure_id = m.id) as breakdowns
    from indicators.measure m where m.id = any (${[...ids]}::uuid[])`,
    { open: ['indicators'] },
  )
}

/** The ids of all measures, in the order of their documents. */
export async function listMeasureIds(ctx: Context): Promise<string[]> {
  const rows = await ctx.db.selectFrom('indicators.measure').select('id').orderBy('rank').execute()
  return rows.map(({ id }) => id)
}

/** The values of every dimension, by its code. */
export function readDimensionValues(ctx: Context): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  return once(ctx, 'dimensions', () => askDimensionValues(ctx))
}

async function askDimensionValues(ctx: Context): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ dimension: string; code: string }>`
    select dimension, code from indicators.dimension_value order by dimension, rank`.execute(ctx.db)
  const values = new Map<string, Set<string>>()
  for (const { dimension, code } of rows) values.set(dimension, (values.get(dimension) ?? new Set()).add(code))
  return values
}

/**
 * For which units a body answers, the acting one where none is named: its own, and those of the bodies it took over from. `isHead`: it is the executive
 * of its unit, in every field of work; else it answers in `functions` only.
 */
export function readAnswering(ctx: Context, agencyId = ctx.actor.agencyId): Promise<Answering> {
  return once(ctx, `answering ${String(agencyId)}`, () => askAnswering(ctx, agencyId))
}

type Answering = {
  unitIds: ReadonlySet<string>
  bodyIds: ReadonlySet<string>
  isHead: boolean
  functions: ReadonlySet<string>
}

async function askAnswering(ctx: Context, agencyId: string | null): Promise<Answering> {
  const { rows } = await sql<{ id: string; unitId: string; kind: string; functions: string[] }>`
    with recursive body (id) as (
      select ${agencyId}::uuid
      union
      select s.from_id from body join agencies.succession s on s.to_id = body.id and s.on_date <= ${ctx.today}::date
    )
    select a.id, a.unit_id, a.kind, array(select d.function from agencies.mandate d where d.agency_id = a.id
      and (d.valid_from is null or d.valid_from <= ${ctx.today}::date) and (d.valid_to is null or ${ctx.today}::date < d.valid_to)) as functions
    from body join agencies.agency a on a.id = body.id`.execute(ctx.db)
  const own = rows.find(({ id }) => id === agencyId)
  return {
    unitIds: new Set(rows.map(({ unitId }) => unitId)),
    bodyIds: new Set(rows.map(({ id }) => id)),
    isHead: own?.kind === 'people-committee',
    functions: new Set(own?.functions ?? []),
  }
}

/** The body that answers for each unit asked about; null where none does. */
export type Answerers = Map<string, string | null>

/**
 * The bodies within reach that answer for units today: the executive of each, or the one body that took over from it. None for units
 * that are out of reach, or were divided among several bodies.
 * @param known what was found before for the same actor; asked only of units that are not in it, and added to
 */
export async function readAnswerers(
  ctx: Context,
  unitIds: readonly string[],
  known: Answerers = new Map(),
): Promise<Answerers> {
  const asked = [...new Set(unitIds)].filter((id) => !known.has(id))
  if (asked.length === 0) return known
  const { rows } = await sql<{ unitId: string; id: string }>`
    with recursive body (unit_id, id) as (
      select a.unit_id, a.id from agencies.agency a where a.unit_id = any (${asked}::uuid[]) and a.kind = 'people-committee'
      union
      select body.unit_id, s.to_id from body join agencies.succession s on s.from_id = body.id and s.on_date <= ${ctx.today}::date
    ), today as (
      select unit_id, id from body where not exists (select 1 from agencies.succession s where s.from_id = body.id and s.on_date <= ${ctx.today}::date)
    )
    select unit_id, min(id::text) as id from today group by unit_id
    having count(*) = 1 and bool_and((select platform.sees_all()) or id in (select platform.reached()))`.execute(ctx.db)
  for (const id of asked) known.set(id, null)
  for (const { unitId, id } of rows) known.set(unitId, id)
  return known
}

/** Whether a body that stands over another, or the other itself, has locked a period of a measure. */
export async function readLocks(
  ctx: Context,
  of: { periods: readonly string[]; agencyIds: readonly string[] },
): Promise<(agencyId: string, measureId: string, period: string) => boolean> {
  const { rows } = await sql<{ agencyId: string; measureId: string | null; period: string }>`
    select r.agency_id, l.measure_id, l.period from indicators.period_lock l join platform.reach r on r.viewer_id = l.agency_id
    where l.ended_at is null and l.period = any (${[...new Set(of.periods)]}::text[]) and r.agency_id = any (${[...new Set(of.agencyIds)]}::uuid[])`.execute(
    ctx.db,
  )
  const locked = new Set(rows.map(({ agencyId, measureId, period }) => `${agencyId} ${measureId ?? ''} ${period}`))
  return (agencyId, measureId, period) =>
    locked.has(`${agencyId} ${measureId} ${period}`) || locked.has(`${agencyId}  ${period}`)
}

/** What was last said of a cell, with where it is. */
export type HeldCell = {
  id: string
  measureId: string
  unitId: string
  period: string
  breakdown: string
  agencyId: string
  vintage: number
  status: FigureStatus | null
  numerator: number | null
  denominator: number | null
  absence: AbsenceReason | null
  comment: string | null
}

/** Names a cell by its place. */
export function placeOf(of: Place): string {
  return `${of.measureId} ${of.unitId} ${of.period} ${of.breakdown}`
}

/**
 * The cells at places, as far as the actor sees them. Each lane is gone through once, so that lanes nobody has said anything in cost nothing,
 * and the others what is there of them.
 */
export async function readHeld(ctx: Context, places: readonly Place[]): Promise<Places<HeldCell>> {
  const asked = openPlaces<true>()
  for (const place of places) asked.set(place, true)
  const lanes = asked.lanes()
  let last = 0
  const ends = lanes.map(({ units }) => (last += units.size))
  const firsts = lanes.map(({ units }, at) => (ends[at] ?? 0) - units.size + 1)
  const units = lanes.flatMap((lane) => [...lane.units.keys()])
  const { rows } = await sql<HeldCell>`
    select c.id, c.measure_id, c.unit_id, c.period, c.breakdown, c.agency_id, c.vintage, o.status, o.numerator::float8 as numerator,
      o.denominator::float8 as denominator, o.absence, o.comment
    from unnest(${uuids(lanes.map(({ measureId }) => measureId))}::uuid[], ${words(lanes.map(({ period }) => period))}::text[],
      ${words(lanes.map(({ breakdown }) => breakdown))}::text[], ${integers(firsts)}::integer[], ${integers(ends)}::integer[])
      as l(measure_id, period, breakdown, first, last)
    cross join lateral (select * from indicators.cell c where c.measure_id = l.measure_id and c.period = l.period and c.breakdown = l.breakdown
      and c.unit_id = any ((${uuids(units)}::uuid[])[l.first:l.last]) offset 0) c
    join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage`.execute(ctx.db)
  const held = openPlaces<HeldCell>()
  for (const row of rows) held.set(row, row)
  return held
}

export type FigureSource = 'typed' | 'file' | 'exchange' | 'report'

export type NewObservation = {
  cellId: string
  vintage: number
  agencyId: string
  measureId: string
  status: FigureStatus | null
  numerator: number | null
  denominator: number | null
  absence: AbsenceReason | null
  comment: string | null
}

export type NewCell = {
  id: string
  measureId: string
  unitId: string
  period: string
  periodFrom: string
  periodTo: string
  breakdown: string
  /** The body whose figure it is. */
  agencyId: string
  isAnswered: boolean
}

/** From so many on it is worth while to lay cells down as if nobody else did, and to begin again where somebody did. */
const manyCells = 500

/** Lays down cells. @returns ids of those laid; a place somebody holds already is left out */
export async function insertCells(ctx: Context, cells: readonly NewCell[]): Promise<Set<string>> {
  if (cells.length === 0) return new Set()
  const ids = cells.map(({ id }) => id)
  const laying = sql`
    insert into indicators.cell (id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, answered_on, vintage)
    select id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, case when is_answered then ${ctx.today}::date end, 1
    from unnest(${uuids(ids)}::uuid[], ${uuids(cells.map(({ measureId }) => measureId))}::uuid[],
      ${uuids(cells.map(({ unitId }) => unitId))}::uuid[], ${words(cells.map(({ period }) => period))}::text[],
      ${days(cells.map(({ periodFrom }) => periodFrom))}::date[], ${days(cells.map(({ periodTo }) => periodTo))}::date[],
      ${words(cells.map(({ breakdown }) => breakdown))}::text[], ${uuids(cells.map(({ agencyId }) => agencyId))}::uuid[],
      ${claims(cells.map(({ isAnswered }) => isAnswered))}::boolean[]) as t(id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, is_answered)
    order by unit_id, measure_id, period, breakdown`
  if (cells.length >= manyCells && (await isDone(ctx, laying))) return new Set(ids)
  const { numAffectedRows } =
    await sql`${laying} on conflict (measure_id, period, breakdown, unit_id) do nothing`.execute(ctx.db)
  if (Number(numAffectedRows) === ids.length) return new Set(ids)
  const { rows } = await sql<{
    id: string
  }>`select id from indicators.cell where id = any (${uuids(ids)}::uuid[])`.execute(ctx.db)
  return new Set(rows.map(({ id }) => id))
}

/** Runs a statement whole; where it meets what is there already, as if it had not been. */
async function isDone(ctx: Context, statement: RawBuilder<unknown>): Promise<boolean> {
  await sql`savepoint laying`.execute(ctx.db)
  try {
    await statement.execute(ctx.db)
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === '23505')) throw fault
    await sql`rollback to savepoint laying`.execute(ctx.db)
    return false
  }
  await sql`release savepoint laying`.execute(ctx.db)
  return true
}

/** Takes the next vintage of cells at the one the writer saw. @returns ids of those that stood there */
export async function advanceCells(
  ctx: Context,
  cells: readonly { id: string; seen: number; isAnswered: boolean }[],
): Promise<Set<string>> {
  if (cells.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    update indicators.cell c set vintage = c.vintage + 1,
      answered_on = coalesce(c.answered_on, case when t.is_answered then ${ctx.today}::date end)
    from unnest(${uuids(cells.map(({ id }) => id))}::uuid[], ${integers(cells.map(({ seen }) => seen))}::integer[],
      ${claims(cells.map(({ isAnswered }) => isAnswered))}::boolean[]) as t(id, seen, is_answered)
    where c.id = t.id and c.vintage = t.seen returning c.id`.execute(ctx.db)
  return new Set(rows.map(({ id }) => id))
}

export async function insertObservations(
  ctx: Context,
  observations: readonly NewObservation[],
  { source, importId }: { source: FigureSource; importId: string | null },
): Promise<void> {
  if (observations.length === 0) return
  await sql`insert into indicators.observation (cell_id, vintage, agency_id, measure_id, status, numerator, denominator, absence, source, comment,
      by_agency_id, entered_by, entered_at, import_id)
    select cell_id, vintage, agency_id, measure_id, status, numerator, denominator, absence, ${source}, comment,
      ${ctx.actor.agencyId}::uuid, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz, ${importId}::uuid
    from unnest(${uuids(observations.map(({ cellId }) => cellId))}::uuid[], ${integers(observations.map(({ vintage }) => vintage))}::integer[],
      ${uuids(observations.map(({ agencyId }) => agencyId))}::uuid[], ${uuids(observations.map(({ measureId }) => measureId))}::uuid[],
      ${words(observations.map(({ status }) => status))}::text[], ${amounts(observations.map(({ numerator }) => numerator))}::numeric[],
      ${amounts(observations.map(({ denominator }) => denominator))}::numeric[], ${words(observations.map(({ absence }) => absence))}::text[],
      ${words(observations.map(({ comment }) => comment))}::text[])
      as t(cell_id, vintage, agency_id, measure_id, status, numerator, denominator, absence, comment)`.execute(ctx.db)
}
