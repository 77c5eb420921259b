import { sql } from 'kysely'
import { asEverywhere, newId, type Context } from '#platform'
import type { ProgressStatus } from '../model.ts'

/** Hands what work has reached on to all that is joined with it, also in plans the actor does not see. */
export async function reachJoined(
  ctx: Context,
  homeId: string,
  reached: { status: ProgressStatus; doneOn: string | null },
): Promise<void> {
  await asEverywhere(ctx, () =>
    ctx.db
      .updateTable('plans.occurrence')
      .set(reached)
      .where('joinedId', '=', homeId)
      .where('id', '<>', homeId)
      .where('cancelledOn', 'is', null)
      .execute(),
  )
}

/** Bodies whose joined work is put in order; undefined: all. */
export type Whose = readonly string[] | undefined

const among = (column: 'j.agencyId' | 'o.agencyId' | 'h.agencyId', whose: Whose) =>
  whose === undefined ? sql`true` : sql`${sql.ref(column)} = any (${[...whose]}::uuid[])`

/**
 * Joins the open pieces of work of joined tasks: those of the same period, or of periods that end on the same day, so that
 * a longer period is served by the last of the shorter ones. What is done stays as it was counted.
 */
export async function linkPieces(ctx: Context, whose: Whose): Promise<void> {
  await sql`with pairs as (
      select distinct on (s.id) s.id, h.id as home_id, h.status
      from plans.joint j
      join plans.occurrence h on h.node_id = j.home_node_id and h.agency_id = j.agency_id and not h.is_requested
      join plans.occurrence s on s.node_id = j.node_id and s.agency_id = j.agency_id and not s.is_requested
        and (s.period = h.period or (s.period <> 'all' and h.period <> 'all' and s.due_on = h.due_on))
      where j.ended_at is null and ${among('j.agencyId', whose)} and h.done_on is null and h.cancelled_on is null and (h.joined_id is null or h.joined_id = h.id)
        and s.done_on is null and s.cancelled_on is null and s.joined_id is null
      order by s.id, h.id),
    homes as (update plans.occurrence h set joined_id = h.id where h.joined_id is null and h.id in (select home_id from pairs))
    update plans.occurrence s set joined_id = pairs.home_id, status = pairs.status from pairs where s.id = pairs.id`.execute(
    ctx.db,
  )
}

/** Parts the open pieces of work that no joint holds together any more, and homes nothing is joined with. */
export async function partPieces(ctx: Context, whose: Whose): Promise<void> {
  await sql`update plans.occurrence o set joined_id = null
    where o.joined_id <> o.id and o.done_on is null and ${among('o.agencyId', whose)} and not exists (
      select 1 from plans.occurrence h join plans.joint j on j.home_node_id = h.node_id and j.agency_id = h.agency_id and j.ended_at is null
      where h.id = o.joined_id and h.agency_id = o.agency_id and h.cancelled_on is null and not h.is_requested
        and j.node_id = o.node_id and o.cancelled_on is null and not o.is_requested)`.execute(ctx.db)
  await sql`update plans.occurrence h set joined_id = null
    where h.joined_id = h.id and ${among('h.agencyId', whose)}
      and not exists (select 1 from plans.occurrence s where s.joined_id = h.id and s.id <> h.id)`.execute(ctx.db)
}

export type JointInput = {
  agencyId: string
  homeNodeId: string
  homePlanId: string
  nodeId: string
  planId: string
  reason: string
  joinedBy: string
}

/**
 * Writes a joint unless it would make a chain: a task enters its progress at one other at most, and that one at itself.
 * @returns the joint's id, or undefined where the tasks are joined otherwise
 */
export async function insertJoint(ctx: Context, joint: JointInput): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into plans.joint (id, agency_id, home_node_id, home_plan_id, node_id, plan_id, reason, joined_by, joined_at)
    select ${newId()}::uuid, ${joint.agencyId}::uuid, ${joint.homeNodeId}::uuid, ${joint.homePlanId}::uuid, ${joint.nodeId}::uuid, ${joint.planId}::uuid,
      ${joint.reason}, ${joint.joinedBy}::uuid, ${ctx.now}::timestamptz
    where not exists (select 1 from plans.joint other where other.agency_id = ${joint.agencyId}::uuid and other.ended_at is null
      and (other.node_id in (${joint.nodeId}::uuid, ${joint.homeNodeId}::uuid) or other.home_node_id = ${joint.nodeId}::uuid))
    returning id`.execute(ctx.db)
  return rows[0]?.id
}

export async function endJoint(
  ctx: Context,
  of: { id: string; version: number },
  why: { cause: 'parted'; endReason: string } | { cause: 'plan-changed' | 'succession'; endReason: null },
): Promise<void> {
  await ctx.db
    .updateTable('plans.joint')
    .set({ endedBy: ctx.actor.personId, endedAt: ctx.now, version: of.version + 1, ...why })
    .where('id', '=', of.id)
    .execute()
}
