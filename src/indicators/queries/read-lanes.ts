import { sql } from 'kysely'
import type { Context } from '#platform'
import type { UnitKey } from '#territory/model'
import type { Land } from '../land.ts'
import { readPeriod, type AbsenceReason, type Calendar, type FigureStatus } from '../model.ts'
import type { Cell, Measuring } from '../rollup/total.ts'
import { readMeasures, type MeasureRules } from '../store.ts'
import { laneState, type ReadLane } from './kept-totals.ts'

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
 * All lanes of a measure with their accepted figures, packed by the database: thousands of figures are one row.
 *
 * @param measuringOf how a measure is put together
 */
export async function readLanes(
  ctx: Context,
  of: {
    measure: string
    land: Land
    calendars: readonly Calendar[]
    measuringOf: (measure: MeasureRules) => Measuring
  },
): Promise<ReadLane[]> {
  const { land, calendars } = of
  const measure = (await readMeasures(ctx, [of.measure])).get(of.measure)
  if (measure === undefined) return []
  const { ids, keys } = placesOf(land)
  const { rows } = await sql<LaneRow>`
    with place as materialized (select * from unnest(${ids}::uuid[]) with ordinality as u(id, at))
    select c.period, c.breakdown, ${laneState} as state,
      coalesce(string_agg(int4send(p.at::integer), '') filter (where o.vintage is not null), '') as units,
      coalesce(string_agg(float8send(coalesce(o.numerator::float8, 'NaN')), '') filter (where o.vintage is not null), '') as numerators,
      coalesce(string_agg(float8send(coalesce(o.denominator::float8, 'NaN')), '') filter (where o.vintage is not null), '') as denominators,
      coalesce(string_agg(int2send((coalesce(position(o.status in 'AEPF'), 0)
        + 8 * coalesce(array_position(${absences}::text[], o.absence), 0)
        + 64 * coalesce(c.answered_on > c.period_to - 1 + ${measure.dueDays}::integer, false)::integer)::smallint), '') filter (where o.vintage is not null), '') as marks
    from indicators.cell c join place p on p.id = c.unit_id
      left join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage
    where c.measure_id = ${measure.id} group by c.period, c.breakdown`.execute(ctx.db)
  return rows.flatMap((row) => {
    const period = readPeriod(row.period, calendars)
    if (period === undefined) return []
    const asked = { land, measure, measuring: of.measuringOf(measure), period, breakdown: row.breakdown }
    return [{ asked, cells: cellsOf(row, keys), state: row.state }]
  })
}

const places = new WeakMap<Land, { ids: string[]; keys: UnitKey[] }>()

/** The units of a land in one order, which names each by its place. */
function placesOf(land: Land): { ids: string[]; keys: UnitKey[] } {
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
