import { sql } from 'kysely'
import { holdersOf } from '#agencies'
import { asEverywhere, type Context } from '#platform'
import { readBodies } from '../regimes/land.ts'
import type { ObstacleState } from './model.ts'
import type { ObstacleParts } from './parts.ts'
import { lineAbove, moveObstacle, noteStep, type KeptObstacle } from './store.ts'

/**
 * Lets open obstacles follow the bodies that raised them and those that are to resolve them: what a body that ended raised is its
 * successor's, what waited for it waits for its successor in that field of work, on the clock that runs. Safe to run twice.
 * @returns how many were handed over
 */
export function followBodies(ctx: Context, parts: ObstacleParts, functionCode: string): Promise<number> {
  return asEverywhere(ctx, async () => {
    const { rows } = await sql<Omit<KeptObstacle, 'state'> & { state: string }>`
      select b.id, b.agency_id, b.routed_to_id, b.theme, b.state, b.held_ids, b.version from reporting.obstacle b
      where b.state <> 'closed' and exists (select 1 from agencies.agency a
        where a.id in (b.agency_id, b.routed_to_id) and a.valid_to <= ${ctx.today}::date) order by b.id for update of b`.execute(
      ctx.db,
    )
    let moved = 0
    for (const row of rows) if (await handOver(ctx, parts, { was: asKept(row), functionCode })) moved++
    return moved
  })
}

const asKept = (row: Omit<KeptObstacle, 'state'> & { state: string }): KeptObstacle => ({
  ...row,
  state: row.state as ObstacleState,
})

async function handOver(
  ctx: Context,
  { obstacles }: ObstacleParts,
  { was, functionCode }: { was: KeptObstacle; functionCode: string },
): Promise<boolean> {
  const field = obstacles.themes.find(({ key }) => key === was.theme)?.function ?? functionCode
  const agencyId = await successorOf(ctx, was.agencyId, functionCode)
  const heir = await successorOf(ctx, was.routedToId, field)
  // Nobody resolves what he raised himself: it goes to who stands over him.
  const routedToId = heir === agencyId ? (await lineAbove(ctx, agencyId))[0]?.id : heir
  if (routedToId === undefined || (agencyId === was.agencyId && routedToId === was.routedToId)) return false
  const heldIds = was.heldIds.includes(routedToId) ? was.heldIds : [...was.heldIds, routedToId]
  await moveObstacle(ctx, was, { agencyId, routedToId, heldIds })
  await noteStep(ctx, { id: was.id, agencyId }, { kind: 'handed-over', toAgencyId: routedToId })
  await ctx.record('reporting.obstacle-handed-over', { kind: 'reporting.obstacle', id: was.id, agencyId })
  return true
}

/** Who took over from a body that has ended: the first still in being; itself where nobody did. */
async function successorOf(ctx: Context, id: string, functionCode: string): Promise<string> {
  const isInBeing = (endedOn: string | null | undefined) =>
    endedOn !== undefined && (endedOn === null || endedOn > ctx.today)
  const own = (await readBodies(ctx, [id], ctx.today)).get(id)
  if (own === undefined || isInBeing(own.endedOn)) return id
  const holders = (await holdersOf(ctx, [id], { on: ctx.today, function: functionCode })).get(id) ?? []
  const bodies = await readBodies(ctx, holders, ctx.today)
  return holders.find((holder) => isInBeing(bodies.get(holder)?.endedOn)) ?? id
}
