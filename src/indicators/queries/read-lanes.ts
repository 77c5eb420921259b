import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#platform'
import type { UnitKey } from '#territory/model'
import type { Land } from '../land.ts'
import { readPeriod, type AbsenceReason, type Calendar, type FigureStatus } from '../model.ts'
import type { Cell } from '../rollup/total.ts'
import type { MeasureRules } from '../store.ts'
import type { ReadLane } from './kept-totals.ts'
import { laneState } from './lane-state.ts'
import { measuringOf } from './totals.ts'

type LaneRow = {
  measureId: string
  period: string
  breakdown: string
  state: string
  units: Buffer
  numerators: Buffer
  denominators: Buffer
  marks: Buffer
  cells?: string
  vintages?: Buffer
}

const statuses: readonly FigureStatus[] = ['A', 'E', 'P', 'F']
const absences: readonly AbsenceReason[] = ['missing', 'not-applicable', 'not-yet-known']

/** A lane asked for by name. */
type LaneAsked = { measure: MeasureRules; period: string; breakdown: string }

/**
 * Lanes of a measure with their accepted figures, packed by the database: thousands of figures are one row.
 *
 * @param of.lanes only these; else all of which anything was accepted
 */
export async function readLanes(
  ctx: Context,
  of: {
    measure: MeasureRules
    land: Land
    calendars: readonly Calendar[]
    lanes?: readonly { period: string; breakdown: string }[]
  },
): Promise<ReadLane[]> {
  const { measure, lanes } = of
  if (lanes !== undefined)
    return readSomeLanes(ctx, { ...of, lanes: lanes.map((lane) => ({ ...lane, measure })), withVintages: false })
  return packed(ctx, {
    ...{ ...of, measures: [measure], withVintages: false },
    wanted: sql`select distinct measure_id, ${measure.dueDays}::integer, period, breakdown from indicators.lane_change where measure_id = ${measure.id}`,
  })
}

/**
 * The lanes of these names, in one statement.
 * @param of.withVintages each figure tells which accepted vintage it is, in the order of the cells
 */
export async function readSomeLanes(
  ctx: Context,
  of: { lanes: readonly LaneAsked[]; land: Land; calendars: readonly Calendar[]; withVintages: boolean },
): Promise<ReadLane[]> {
  const { lanes } = of
  if (lanes.length === 0) return []
  return packed(ctx, {
    ...{ ...of, measures: lanes.map(({ measure }) => measure) },
    wanted: sql`select distinct * from unnest(${lanes.map(({ measure }) => measure.id)}::uuid[], ${lanes.map(({ measure }) => measure.dueDays)}::integer[],
      ${lanes.map(({ period }) => period)}::text[], ${lanes.map(({ breakdown }) => breakdown)}::text[]) as w`,
  })
}

async function packed(
  ctx: Context,
  of: {
    land: Land
    calendars: readonly Calendar[]
    measures: readonly MeasureRules[]
    wanted: RawBuilder<unknown>
    withVintages: boolean
  },
): Promise<ReadLane[]> {
  const { land, calendars, withVintages } = of
  const { ids, keys } = placesOf(land)
  const vintages = withVintages
    ? sql`coalesce(string_agg(x.id::text, ''), '') as cells, coalesce(string_agg(int4send(x.accepted_vintage), ''), '') as vintages,`
    : sql``
  // One look for each figure, however many there are of other measures: joined as a whole, all of them would be read for each.
  const { rows } = await sql<LaneRow>`
    with place as materialized (select * from unnest(${ids}::uuid[]) with ordinality as u(id, at)),
      wanted (measure_id, due_days, period, breakdown) as materialized (${of.wanted})
    select w.measure_id, w.period, w.breakdown, ${laneState({ measure: 'w.measure_id', period: 'w.period', breakdown: 'w.breakdown' })} as state, f.*
    from wanted w cross join lateral (
      select ${vintages} coalesce(string_agg(int4send(x.at::integer), ''), '') as units,
        coalesce(string_agg(float8send(coalesce(x.numerator::float8, 'NaN')), ''), '') as numerators,
        coalesce(string_agg(float8send(coalesce(x.denominator::float8, 'NaN')), ''), '') as denominators,
        coalesce(string_agg(int2send((coalesce(position(x.status in 'AEPF'), 0)
          + 8 * coalesce(array_position(${absences}::text[], x.absence), 0)
          + 64 * coalesce(x.answered_on > x.period_to - 1 + w.due_days, false)::integer)::smallint), ''), '') as marks
      from (select p.at, c.id, c.accepted_vintage, c.answered_on, c.period_to, o.* from indicators.cell c join place p on p.id = c.unit_id
        cross join lateral (select v.status, v.absence, v.numerator, v.denominator from indicators.observation v
          where v.cell_id = c.id and v.vintage = c.accepted_vintage limit 1) o
        where c.measure_id = w.measure_id and c.period = w.period and c.breakdown = w.breakdown ${withVintages ? sql`order by c.id` : sql``}) x) f`.execute(
    ctx.db,
  )
  const measures = new Map(of.measures.map((measure) => [measure.id, measure]))
  return rows.flatMap((row) => {
    const period = readPeriod(row.period, calendars)
    const measure = measures.get(row.measureId)
    if (period === undefined || measure === undefined) return []
    const asked = { land, measure, measuring: measuringOf(measure), period, breakdown: row.breakdown }
    return [{ asked, cells: cellsOf(row, keys), state: row.state }]
  })
}

type Places = { ids: string[]; keys: UnitKey[] }
const places = new WeakMap<Land, Places>()

/** The units of a land in one order, which names each by its place. */
export function placesOf(land: Land): Places {
  const known = places.get(land)
  if (known !== undefined) return known
  const made = { ids: [...land.keyOf.keys()], keys: [...land.keyOf.values()] }
  places.set(land, made)
  return made
}

/** Letters of an id. */
const idLength = 36

function cellsOf(row: LaneRow, keys: readonly UnitKey[]): Cell[] {
  const { units, numerators, denominators, marks, cells, vintages } = row
  return Array.from({ length: units.length / 4 }, (_, at): Cell => {
    const mark = marks.readInt16BE(at * 2)
    const [unit, isLate] = [keys[units.readInt32BE(at * 4) - 1] ?? '', (mark & 64) !== 0]
    const accepted =
      cells === undefined || vintages === undefined
        ? {}
        : {
            accepted: {
              cellId: cells.slice(at * idLength, (at + 1) * idLength),
              vintage: vintages.readInt32BE(at * 4),
            },
          }
    const status = statuses[(mark & 7) - 1]
    if (status === undefined) {
      const absence = absences[((mark >> 3) - 1) & 3] ?? 'missing'
      return { ...accepted, unit, isLate, status: null, numerator: null, denominator: null, absence }
    }
    const denominator = denominators.readDoubleBE(at * 8)
    const numerator = numerators.readDoubleBE(at * 8)
    return {
      ...{ ...accepted, unit, isLate, status, numerator },
      ...{ denominator: Number.isNaN(denominator) ? null : denominator, absence: null },
    }
  })
}
