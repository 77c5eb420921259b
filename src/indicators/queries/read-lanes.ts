import { sql } from 'kysely'
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
  period: string
  breakdown: string
  state: string
  units: Buffer
  numerators: Buffer
  denominators: Buffer
  marks: Buffer
}

const statuses: readonly FigureStatus[] = ['A', 'E', 'P', 'F']
const absences: readonly AbsenceReason[] = ['missing', 'not-applicable', 'not-yet-known']

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
  const { land, calendars, measure, lanes } = of
  if (lanes?.length === 0) return []
  const { ids, keys } = placesOf(land)
  const wanted =
    lanes === undefined
      ? sql`select distinct period, breakdown from indicators.lane_change where measure_id = ${measure.id}`
      : sql`select * from unnest(${lanes.map(({ period }) => period)}::text[], ${lanes.map(({ breakdown }) => breakdown)}::text[])`
  // One look for each figure, however many there are of other measures: joined as a whole, all of them would be read for each.
  const { rows } = await sql<LaneRow>`
    with place as materialized (select * from unnest(${ids}::uuid[]) with ordinality as u(id, at)),
      wanted (period, breakdown) as materialized (${wanted})
    select w.period, w.breakdown, ${laneState({ measure: 'm.id', period: 'w.period', breakdown: 'w.breakdown' })} as state, f.*
    from wanted w cross join (values (${measure.id}::uuid)) as m (id) cross join lateral (
      select coalesce(string_agg(int4send(p.at::integer), ''), '') as units,
        coalesce(string_agg(float8send(coalesce(o.numerator::float8, 'NaN')), ''), '') as numerators,
        coalesce(string_agg(float8send(coalesce(o.denominator::float8, 'NaN')), ''), '') as denominators,
        coalesce(string_agg(int2send((coalesce(position(o.status in 'AEPF'), 0)
          + 8 * coalesce(array_position(${absences}::text[], o.absence), 0)
          + 64 * coalesce(c.answered_on > c.period_to - 1 + ${measure.dueDays}::integer, false)::integer)::smallint), ''), '') as marks
      from indicators.cell c join place p on p.id = c.unit_id
        cross join lateral (select x.status, x.absence, x.numerator, x.denominator from indicators.observation x
          where x.cell_id = c.id and x.vintage = c.accepted_vintage limit 1) o
      where c.measure_id = m.id and c.period = w.period and c.breakdown = w.breakdown) f`.execute(ctx.db)
  return rows.flatMap((row) => {
    const period = readPeriod(row.period, calendars)
    if (period === undefined) return []
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

function cellsOf({ units, numerators, denominators, marks }: LaneRow, keys: readonly UnitKey[]): Cell[] {
  return Array.from({ length: units.length / 4 }, (_, at): Cell => {
    const mark = marks.readInt16BE(at * 2)
    const [unit, isLate] = [keys[units.readInt32BE(at * 4) - 1] ?? '', (mark & 64) !== 0]
    const status = statuses[(mark & 7) - 1]
    if (status === undefined)
      return {
        unit,
        isLate,
        status: null,
        numerator: null,
        denominator: null,
        absence: absences[((mark >> 3) - 1) & 3] ?? 'missing',
      }
    const denominator = denominators.readDoubleBE(at * 8)
    const numerator = numerators.readDoubleBE(at * 8)
    return {
      unit,
      isLate,
      status,
      numerator,
      denominator: Number.isNaN(denominator) ? null : denominator,
      absence: null,
    }
  })
}
