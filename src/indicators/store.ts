import { sql } from 'kysely'
import { remembered, type Context } from '#platform'
import type { UnitLevel } from '#territory/model'
import { once } from './once.ts'
import type { AbsenceReason, AggregationRule, FigureStatus, Measure } from './model.ts'

/** What judging and adding figures need to know of a measure. */
export type MeasureRules = Pick<
  Measure,
  'isShare' | 'smallCounts' | 'factor' | 'largest' | 'direction' | 'function' | 'dueDays' | 'periods' | 'breakdowns'
> & {
  id: string
  code: string
  aggregation: AggregationRule
  level: UnitLevel
}

/** One column of many rows: they come to the database as columns, which costs it half of what rows as JSON do. */
function column<Row, Value extends string | number | boolean | null>(
  rows: readonly Row[],
  of: (row: Row) => Value,
): Value[] {
  return rows.map(of)
}

/**
 * The same for what is written without letters that an array marks off: ids, days, numbers, claims. As it stands in the database's own words it
 * costs a tenth of one that is looked through letter by letter; what is no such word the cast to its type refuses.
 */
function plain<Row>(rows: readonly Row[], of: (row: Row) => string | number | boolean | null): string {
  return `{${rows.map((row) => of(row) ?? 'null').join(',')}}`
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
    select m.id, m.code, m.is_share, m.factor::float8 as factor, m.largest::float8 as largest, m.direction, m.function, m.due_days, m.aggregation, m.level, m.small_counts,
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
 * For which units the acting body answers: its own, and those of the bodies it took over from. `isHead`: it is the executive
 * of its unit, in every field of work; else it answers in `functions` only.
 */
export function readAnswering(ctx: Context): Promise<Answering> {
  return once(ctx, `answering ${String(ctx.actor.agencyId)}`, () => askAnswering(ctx))
}

type Answering = {
  unitIds: ReadonlySet<string>
  bodyIds: ReadonlySet<string>
  isHead: boolean
  functions: ReadonlySet<string>
}

async function askAnswering(ctx: Context): Promise<Answering> {
  const { rows } = await sql<{ id: string; unitId: string; kind: string; functions: string[] }>`
    with recursive body (id) as (
      select ${ctx.actor.agencyId}::uuid
      union
      select s.from_id from body join agencies.succession s on s.to_id = body.id and s.on_date <= ${ctx.today}::date
    )
    select a.id, a.unit_id, a.kind, array(select d.function from agencies.mandate d where d.agency_id = a.id
      and (d.valid_from is null or d.valid_from <= ${ctx.today}::date) and (d.valid_to is null or ${ctx.today}::date < d.valid_to)) as functions
    from body join agencies.agency a on a.id = body.id`.execute(ctx.db)
  const own = rows.find(({ id }) => id === ctx.actor.agencyId)
  return {
    unitIds: new Set(rows.map(({ unitId }) => unitId)),
    bodyIds: new Set(rows.map(({ id }) => id)),
    isHead: own?.kind === 'people-committee',
    functions: new Set(own?.functions ?? []),
  }
}

/**
 * The bodies within reach that answer for units today: the executive of each, or the one body that took over from it. Units
 * that are out of reach, or were divided among several bodies, are left out.
 */
export async function readAnswerers(ctx: Context, unitIds: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(unitIds)]
  if (asked.length === 0) return new Map()
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
  return new Map(rows.map(({ unitId, id }) => [unitId, id]))
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
export function placeOf(of: { measureId: string; unitId: string; period: string; breakdown: string }): string {
  return `${of.measureId} ${of.unitId} ${of.period} ${of.breakdown}`
}

/** The cells at places, as far as the actor sees them, by place. */
export async function readHeld(
  ctx: Context,
  places: readonly { measureId: string; unitId: string; period: string; breakdown: string }[],
): Promise<Map<string, HeldCell>> {
  const { rows } = await sql<HeldCell>`
    select c.id, c.measure_id, c.unit_id, c.period, c.breakdown, c.agency_id, c.vintage, o.status, o.numerator::float8 as numerator,
      o.denominator::float8 as denominator, o.absence, o.comment
    from unnest(${plain(places, ({ measureId }) => measureId)}::uuid[], ${plain(places, ({ unitId }) => unitId)}::uuid[],
      ${column(places, ({ period }) => period)}::text[], ${column(places, ({ breakdown }) => breakdown)}::text[]) as p(measure_id, unit_id, period, breakdown)
    join indicators.cell c on c.measure_id = p.measure_id and c.unit_id = p.unit_id and c.period = p.period and c.breakdown = p.breakdown
    join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage`.execute(ctx.db)
  return new Map(rows.map((row) => [placeOf(row), row]))
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

/** Lays down cells. @returns ids of those laid; a place somebody holds already is left out */
export async function insertCells(ctx: Context, cells: readonly NewCell[]): Promise<Set<string>> {
  if (cells.length === 0) return new Set()
  const ids = cells.map(({ id }) => id)
  const { numAffectedRows } = await sql`
    insert into indicators.cell (id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, answered_on, vintage)
    select id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, case when is_answered then ${ctx.today}::date end, 1
    from unnest(${plain(cells, ({ id }) => id)}::uuid[], ${plain(cells, ({ measureId }) => measureId)}::uuid[],
      ${plain(cells, ({ unitId }) => unitId)}::uuid[], ${column(cells, ({ period }) => period)}::text[],
      ${plain(cells, ({ periodFrom }) => periodFrom)}::date[], ${plain(cells, ({ periodTo }) => periodTo)}::date[],
      ${column(cells, ({ breakdown }) => breakdown)}::text[], ${plain(cells, ({ agencyId }) => agencyId)}::uuid[],
      ${plain(cells, ({ isAnswered }) => isAnswered)}::boolean[]) as t(id, measure_id, unit_id, period, period_from, period_to, breakdown, agency_id, is_answered)
    order by measure_id, period, breakdown, unit_id
    on conflict (measure_id, period, breakdown, unit_id) do nothing`.execute(ctx.db)
  if (Number(numAffectedRows) === ids.length) return new Set(ids)
  const { rows } = await sql<{ id: string }>`select id from indicators.cell where id = any (${ids}::uuid[])`.execute(
    ctx.db,
  )
  return new Set(rows.map(({ id }) => id))
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
    from unnest(${plain(cells, ({ id }) => id)}::uuid[], ${plain(cells, ({ seen }) => seen)}::integer[],
      ${plain(cells, ({ isAnswered }) => isAnswered)}::boolean[]) as t(id, seen, is_answered)
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
    from unnest(${plain(observations, ({ cellId }) => cellId)}::uuid[], ${plain(observations, ({ vintage }) => vintage)}::integer[],
      ${plain(observations, ({ agencyId }) => agencyId)}::uuid[], ${plain(observations, ({ measureId }) => measureId)}::uuid[],
      ${column(observations, ({ status }) => status)}::text[], ${plain(observations, ({ numerator }) => numerator)}::numeric[],
      ${plain(observations, ({ denominator }) => denominator)}::numeric[], ${column(observations, ({ absence }) => absence)}::text[],
      ${column(observations, ({ comment }) => comment)}::text[])
      as t(cell_id, vintage, agency_id, measure_id, status, numerator, denominator, absence, comment)`.execute(ctx.db)
}
