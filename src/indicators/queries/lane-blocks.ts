import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform'
import { orderOf, type UnitOrder } from '../cube/packed.ts'
import type { Land } from '../land.ts'
import type { MeasureRules } from '../store.ts'
import { laneState, type LaneRows, type LaneState } from './lane-state.ts'
import { placesOf } from './read-lanes.ts'

/** Packed figures of a lane and the state they were of. */
export type Block = { figures: Uint8Array; order: UnitOrder; state: LaneState }

/** A lane with its state as it now is, and its block; null where there is none, or it is damaged. */
export type StoredLane = { period: string; breakdown: string; now: LaneState; block: Block | null; isDamaged: boolean }

type BlockRow = {
  period: string
  breakdown: string
  now: LaneState
  state: LaneState | null
  orderId: string | null
  figures: Uint8Array | null
  checksum: string | null
}

/** The lanes of a measure of which anything was ever accepted. */
export async function listLanes(ctx: Context, measureId: string): Promise<{ period: string; breakdown: string }[]> {
  const { rows } = await sql<{ period: string; breakdown: string }>`
    select distinct period, breakdown from indicators.lane_change where measure_id = ${measureId} order by period, breakdown`.execute(
    ctx.db,
  )
  return rows
}

/** Lanes of a measure with their blocks. What is damaged, or of other days by which figures are due, is as if it were not there. */
export async function readBlocks(
  ctx: Context,
  of: { measure: MeasureRules; land: Land; lanes: readonly { period: string; breakdown: string }[] },
): Promise<StoredLane[]> {
  const { measure, lanes } = of
  const { rows } = await sql<BlockRow>`
    select l.period, l.breakdown, ${laneState({ measure: 'm.id', period: 'l.period', breakdown: 'l.breakdown' })} as now,
      b.state, b.order_id, b.figures, b.checksum
    from unnest(${lanes.map(({ period }) => period)}::text[], ${lanes.map(({ breakdown }) => breakdown)}::text[]) as l (period, breakdown)
      cross join (values (${measure.id}::uuid)) as m (id)
      left join indicators.lane_block b on b.measure_id = m.id and b.period = l.period and b.breakdown = l.breakdown and b.due_days = ${measure.dueDays}`.execute(
    ctx.db,
  )
  const orders = await readOrders(ctx, of.land, [...new Set(rows.flatMap(({ orderId }) => orderId ?? []))])
  return rows.map(({ period, breakdown, now, state, orderId, figures, checksum }): StoredLane => {
    const stored = { period, breakdown, now }
    if (state === null || orderId === null || figures === null) return { ...stored, block: null, isDamaged: false }
    const order = orders.get(orderId)
    const lane = { measureId: measure.id, dueDays: measure.dueDays, period, breakdown }
    if (order === undefined || checksum !== digest(lane, { state, orderId, figures }))
      return { ...stored, block: null, isDamaged: true }
    return { ...stored, block: { figures, order, state }, isDamaged: false }
  })
}

/** Writes blocks in the place of those there were. */
export async function writeBlocks(
  ctx: Context,
  land: Land,
  blocks: readonly { lane: LaneRows; state: LaneState; figures: Uint8Array }[],
): Promise<void> {
  const { ids } = placesOf(land)
  const orderId = digestOf(ids)
  await sql`insert into indicators.unit_order (id, unit_ids) values (${orderId}, ${ids}::uuid[]) on conflict (id) do nothing`.execute(
    ctx.db,
  )
  const column = <Value>(value: (block: (typeof blocks)[number]) => Value) => blocks.map(value)
  await sql`insert into indicators.lane_block (measure_id, period, breakdown, due_days, state, order_id, figures, checksum, written_at)
    select measure_id, period, breakdown, due_days, state, ${orderId}, figures, checksum, ${ctx.now}::timestamptz
    from unnest(${column(({ lane }) => lane.measureId)}::uuid[], ${column(({ lane }) => lane.period)}::text[],
      ${column(({ lane }) => lane.breakdown)}::text[], ${column(({ lane }) => lane.dueDays)}::integer[], ${column(({ state }) => state)}::text[],
      ${column(({ figures }) => Buffer.from(figures.buffer, figures.byteOffset, figures.byteLength))}::bytea[],
      ${column(({ lane, ...block }) => digest(lane, { ...block, orderId }))}::text[])
      as t (measure_id, period, breakdown, due_days, state, figures, checksum)
    order by measure_id, period, breakdown
    on conflict (measure_id, period, breakdown) do update set due_days = excluded.due_days, state = excluded.state, order_id = excluded.order_id,
      figures = excluded.figures, checksum = excluded.checksum, written_at = excluded.written_at`.execute(ctx.db)
}

/** Throws blocks away. */
export async function dropBlocks(ctx: Context, lanes: readonly LaneRows[]): Promise<void> {
  await sql`delete from indicators.lane_block b
    using unnest(${lanes.map(({ measureId }) => measureId)}::uuid[], ${lanes.map(({ period }) => period)}::text[],
      ${lanes.map(({ breakdown }) => breakdown)}::text[]) as l (measure_id, period, breakdown)
    where b.measure_id = l.measure_id and b.period = l.period and b.breakdown = l.breakdown`.execute(ctx.db)
}

/** Throws away orders of units that no block is written in any more. */
export async function dropOrders(ctx: Context): Promise<void> {
  await sql`delete from indicators.unit_order o where not exists (select 1 from indicators.lane_block b where b.order_id = o.id)`.execute(
    ctx.db,
  )
}

/** Binds what was packed to its lane and state: figures of another lane, or of another day, are as good as damaged. */
function digest(
  { measureId, dueDays, period, breakdown }: LaneRows,
  of: { state: LaneState; orderId: string; figures: Uint8Array },
): string {
  const head = JSON.stringify([measureId, dueDays, period, breakdown, of.state, of.orderId])
  return createHash('sha256').update(head).update(of.figures).digest('hex')
}

function digestOf(ids: readonly string[]): string {
  return createHash('sha256').update(ids.join(' ')).digest('hex')
}

const orders = new WeakMap<Land, Map<string, UnitOrder>>()

function orderFor(land: Land, id: string, ids: readonly string[]): UnitOrder {
  const ofLand = orders.get(land) ?? new Map<string, UnitOrder>()
  orders.set(land, ofLand)
  const known = ofLand.get(id)
  if (known !== undefined) return known
  // A unit that no longer is has no place: a figure of it is found by nobody, as in the rows.
  const order = orderOf(ids.map((unit) => land.keyOf.get(unit) ?? ''))
  ofLand.set(id, order)
  return order
}

/** The orders of these ids, as this land names their units; one that is not what its id says is left out. */
async function readOrders(ctx: Context, land: Land, ids: readonly string[]): Promise<Map<string, UnitOrder>> {
  const wanted = ids.filter((id) => orders.get(land)?.has(id) !== true)
  if (wanted.length > 0) {
    const { rows } = await sql<{ id: string; unitIds: string[] }>`
      select id, unit_ids from indicators.unit_order where id = any (${wanted}::text[])`.execute(ctx.db)
    for (const { id, unitIds } of rows) if (digestOf(unitIds) === id) orderFor(land, id, unitIds)
  }
  const known = orders.get(land)
  return new Map(
    ids.flatMap((id) => {
      const order = known?.get(id)
      return order === undefined ? [] : [[id, order]]
    }),
  )
}

/** The order in which blocks of a land are written. */
export function orderOfLand(land: Land): UnitOrder {
  const { ids } = placesOf(land)
  return orderFor(land, digestOf(ids), ids)
}
