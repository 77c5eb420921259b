import { conflict, invalid, notFound, type Context } from '#platform'
import { jointFault } from '../joints.ts'
import { listLedTasks } from '../queries/led-tasks.ts'
import { endJoint, insertJoint, linkPieces, partPieces } from '../store/joints.ts'

export type JoinInput = {
  /** The task of another plan that is the same work. */
  nodeId: string
  /** Where progress is entered from now on: at the task asked about, or at the other. */
  enterAt: 'here' | 'there'
  reason: string
}

/**
 * Joins two tasks of different plans on which the acting body leads: from now on what is open of them is one piece of
 * work, entered at one place (lồng ghép). A task that enters its progress at a third brings that one in as the place.
 * @throws notFound for a task on which the body does not lead; conflict with the fault of `jointFault`
 */
export async function joinTasks(ctx: Context, occurrenceId: string, input: JoinInput): Promise<{ id: string }> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw invalid('plans.no-acting-agency')
  const here = await ctx.db
    .selectFrom('plans.occurrence')
    .select('nodeId')
    .where('id', '=', occurrenceId)
    .where('agencyId', '=', agencyId)
    .where('cancelledOn', 'is', null)
    .executeTakeFirst()
  if (!here) throw notFound()
  await lockWork(ctx, agencyId, [here.nodeId, input.nodeId])
  const chosen = await endOf(ctx, agencyId, input.enterAt === 'here' ? here.nodeId : input.nodeId)
  const served = await endOf(ctx, agencyId, input.enterAt === 'here' ? input.nodeId : here.nodeId)
  const home = chosen.homeNodeId === null ? chosen : await endOf(ctx, agencyId, chosen.homeNodeId)
  const fault = jointFault(chosen, served) ?? jointFault(home, served)
  if (fault !== null) throw conflict(fault)
  const id = await insertJoint(ctx, {
    agencyId,
    homeNodeId: home.nodeId,
    homePlanId: home.planId,
    nodeId: served.nodeId,
    planId: served.planId,
    reason: input.reason,
    joinedBy: ctx.actor.personId,
  })
  if (id === undefined) throw conflict('plans.joint-already')
  await linkPieces(ctx, [agencyId])
  await ctx.record(
    'plans.tasks-joined',
    { kind: 'plans.joint', id, agencyId },
    { homeNodeId: home.nodeId, nodeId: served.nodeId },
  )
  return { id }
}

/** Two who join the same tasks at once wait for each other. */
async function lockWork(ctx: Context, agencyId: string, nodeIds: string[]): Promise<void> {
  await ctx.db
    .selectFrom('plans.occurrence')
    .select('id')
    .where('agencyId', '=', agencyId)
    .where('nodeId', 'in', nodeIds)
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function endOf(ctx: Context, agencyId: string, nodeId: string) {
  const [led] = await listLedTasks(ctx, agencyId, { nodeIds: [nodeId] })
  if (!led) throw notFound()
  return led.end
}

/**
 * Parts two tasks: each enters its own progress from now on. What was done while they were one stays done in both, counted
 * once. Joining them again undoes it.
 * @throws notFound for a joint of another body or one that ended; conflict `platform.stale-version`
 */
export async function partTasks(
  ctx: Context,
  jointId: string,
  input: { version: number; reason: string },
): Promise<void> {
  const { agencyId } = ctx.actor
  const joint = await ctx.db
    .selectFrom('plans.joint')
    .select(['id', 'version', 'homeNodeId', 'nodeId'])
    .where('id', '=', jointId)
    .where('agencyId', '=', agencyId)
    .where('endedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!joint || agencyId === null) throw notFound()
  if (joint.version !== input.version) throw conflict('platform.stale-version')
  await endJoint(ctx, joint, { cause: 'parted', endReason: input.reason })
  await partPieces(ctx, [agencyId])
  await ctx.record(
    'plans.tasks-parted',
    { kind: 'plans.joint', id: jointId, agencyId },
    { homeNodeId: joint.homeNodeId, nodeId: joint.nodeId },
  )
}

/**
 * Remembers that two tasks of the acting body are not the same work, or forgets it.
 * @throws notFound for a task on which the body does not lead
 */
export async function setApart(ctx: Context, nodeIds: [string, string], isApart: boolean): Promise<void> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw invalid('plans.no-acting-agency')
  const led = await listLedTasks(ctx, agencyId, { nodeIds })
  const [one, other] = led.map(({ end }) => end).sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1))
  if (!one || !other) throw notFound()
  if (isApart)
    await ctx.db
      .insertInto('plans.setApart')
      .values({
        agencyId,
        oneNodeId: one.nodeId,
        onePlanId: one.planId,
        otherNodeId: other.nodeId,
        otherPlanId: other.planId,
        decidedBy: ctx.actor.personId,
        decidedAt: ctx.now,
      })
      .onConflict((same) => same.doNothing())
      .execute()
  else
    await ctx.db
      .deleteFrom('plans.setApart')
      .where('agencyId', '=', agencyId)
      .where('oneNodeId', '=', one.nodeId)
      .where('otherNodeId', '=', other.nodeId)
      .execute()
  await ctx.record(
    'plans.tasks-set-apart',
    { kind: 'plans.node', id: one.nodeId, agencyId },
    { otherNodeId: other.nodeId, isApart },
  )
}
