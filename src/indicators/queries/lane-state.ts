import { sql } from 'kysely'
import { keepingPlans, type Context } from '#platform'
import type { UnitKey } from '#territory/model'
import type { Land } from '../land.ts'
import type { Cell } from '../rollup/total.ts'

/**
 * The state of a lane: how often its accepted figures were written, by the slot of who wrote, as the database counts in the transaction that
 * writes (`indicators.note_lanes`). Written anew it is another state, whoever wrote, from whichever process.
 */
export type LaneState = string

/** A lane as rows name it. `dueDays` tells which of its figures came late. */
export type LaneRows = { measureId: string; dueDays: number; period: string; breakdown: string }

/** SQL: the state of the lane that columns name; none of them may be of a table called `counted`. */
export const laneState = (lane: { measure: string; period: string; breakdown: string }) =>
  sql<LaneState>`(select coalesce(jsonb_object_agg(counted.slot, counted.count), '{}')::text from indicators.lane_change counted
    where counted.measure_id = ${sql.ref(lane.measure)} and counted.period = ${sql.ref(lane.period)} and counted.breakdown = ${sql.ref(lane.breakdown)})`

/** The state of one lane. Only for those who see everything: from others it is hidden. */
export async function stateOf(ctx: Context, { measureId, period, breakdown }: LaneRows): Promise<LaneState> {
  const asked = sql<{ state: LaneState }>`
    select coalesce(jsonb_object_agg(slot, count), '{}')::text as state from indicators.lane_change
    where measure_id = ${measureId} and period = ${period} and breakdown = ${breakdown}`
  const { rows } = await keepingPlans(() => asked.execute(ctx.db))
  return rows[0]?.state ?? '{}'
}

/** The states of lanes, in their order. Only for those who see everything. */
export async function statesOf(ctx: Context, lanes: readonly LaneRows[]): Promise<LaneState[]> {
  const { rows } = await sql<{ state: LaneState }>`
    select ${laneState({ measure: 'w.measure_id', period: 'w.period', breakdown: 'w.breakdown' })} as state
    from unnest(${lanes.map(({ measureId }) => measureId)}::uuid[], ${lanes.map(({ period }) => period)}::text[],
      ${lanes.map(({ breakdown }) => breakdown)}::text[]) with ordinality as w (measure_id, period, breakdown, at) order by w.at`.execute(
    ctx.db,
  )
  return rows.map(({ state }) => state)
}

/** Whether a state was reached by going on from another, or is the same. */
export function goesOnFrom(state: LaneState, before: LaneState): boolean {
  const now = countsOf(state)
  return Object.entries(countsOf(before)).every(([slot, count]) => (now[slot] ?? 0) >= count)
}

function countsOf(state: LaneState): Record<string, number> {
  return JSON.parse(state) as Record<string, number>
}

type ChangedRow = Omit<Cell, 'unit'> & {
  state: LaneState
  isWhole: boolean
  cellId: string | null
  unitId: string | null
  isSaid: boolean
}

/**
 * The cells of a lane written since it was in a state, as they now are, and the state they are of: one statement, so that both are of one
 * moment.
 *
 * @returns no cells where all of the lane has to be read: too many were written, or some are no longer there
 */
export async function changesSince(
  ctx: Context,
  lane: LaneRows,
  of: { before: LaneState; land: Land },
): Promise<{ state: LaneState; cells: Cell[] | undefined }> {
  const { measureId, dueDays, period, breakdown } = lane
  const { rows } = await sql<ChangedRow>`
    with slot as materialized (
      select slot, count, recent, count - coalesce((${of.before}::jsonb ->> slot::text)::bigint, 0) as newer from indicators.lane_change
      where measure_id = ${measureId} and period = ${period} and breakdown = ${breakdown}
    ), now as (
      select coalesce(jsonb_object_agg(slot, count), '{}')::text as state, coalesce(bool_or(newer > cardinality(recent)), false) as is_whole from slot
    ), changed as (
      select distinct unnest(recent[cardinality(recent) - newer::integer + 1:]) as id from slot where newer between 1 and cardinality(recent)
    )
    select now.state, now.is_whole, changed.id as cell_id, f.unit_id, f.unit_id is not null as is_said, f.status, f.numerator, f.denominator,
      f.absence, coalesce(f.is_late, false) as is_late
    from now left join changed on true left join lateral (
      select c.unit_id, o.status, o.numerator::float8 as numerator, o.denominator::float8 as denominator, o.absence,
        c.answered_on > c.period_to - 1 + ${dueDays}::integer as is_late
      from (select * from indicators.cell where id = changed.id limit 1) c
        join indicators.observation o on o.cell_id = c.id and o.vintage = c.accepted_vintage
      where c.measure_id = ${measureId} and c.period = ${period} and c.breakdown = ${breakdown} limit 1) f on true`.execute(
    ctx.db,
  )
  const state = rows[0]?.state ?? '{}'
  const isGone = (row: ChangedRow) => row.cellId !== null && !row.isSaid
  if (!goesOnFrom(state, of.before) || rows.some((row) => row.isWhole || isGone(row)))
    return { state, cells: undefined }
  const cells = rows.flatMap((row): Cell[] => {
    const unit: UnitKey | undefined = row.unitId === null ? undefined : of.land.keyOf.get(row.unitId)
    if (unit === undefined) return []
    const { isLate, status, numerator, denominator, absence } = row
    return [{ unit, isLate, status, numerator, denominator, absence } as Cell]
  })
  return { state, cells }
}
