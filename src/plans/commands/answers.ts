import { sql } from 'kysely'
import { conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import { keptMechanisms, shortOf } from '#recommendations'
import type { LinkAnswers } from '../model.ts'
import { planVisible } from '../store/visible.ts'

type Task = { nodeId: string; planId: string; ownerId: string }

/**
 * Lays tasks to recommendations they answer. A pair that holds already with the same kind is left as it is; with another
 * kind the earlier one ends.
 * @returns how many were laid, and how many held already
 * @throws notFound for a recommendation that is not there, or a task of no issued plan one may see; invalid
 *   `plans.answer-of-split` where its parts stand for it; forbidden `plans.answer-not-yours` for neither the plan's body
 *   nor the keeper
 */
export async function linkAnswers(ctx: Context, input: LinkAnswers): Promise<{ linked: number; same: number }> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw invalid('plans.no-acting-agency')
  const asked = [...new Map(input.answers.map((one) => [`${one.recommendationId} ${one.nodeId}`, one])).values()]
  const tasks = await findTasks(ctx, [...new Set(asked.map((one) => one.nodeId))])
  const recommendations = await findRecommendations(ctx, [...new Set(asked.map((one) => one.recommendationId))])
  const kept = await keptMechanisms(ctx)
  let linked = 0
  for (const one of asked) {
    const task = tasks.get(one.nodeId)
    const mechanism = recommendations.get(one.recommendationId)
    if (task === undefined || mechanism === undefined) throw notFound()
    if (task.ownerId !== agencyId && !kept.includes(mechanism)) throw forbidden('plans.answer-not-yours')
    const held = await heldAnswer(ctx, one)
    if (held?.kind === one.kind) continue
    if (held !== undefined) await end(ctx, held, one.reason ?? one.kind)
    const id = newId()
    await ctx.db
      .insertInto('plans.answer')
      .values({
        ...{ id, recommendationId: one.recommendationId, nodeId: one.nodeId, planId: task.planId },
        ...{ kind: one.kind, origin: one.origin, reason: one.reason },
        ...{ agencyId, linkedBy: ctx.actor.personId, linkedAt: ctx.now },
      })
      .execute()
    await endRefusal(ctx, one)
    await ctx.record(
      'plans.answer-linked',
      { kind: 'plans.answer', id, agencyId },
      { recommendationId: one.recommendationId, nodeId: one.nodeId, kind: one.kind },
    )
    linked += 1
  }
  // A write says so even where all held already.
  if (linked === 0)
    await ctx.record('plans.answers-held', { kind: 'plans.answer', id: null, agencyId }, { count: asked.length })
  return { linked, same: asked.length - linked }
}

/** Tasks of the newest documents of issued plans one may see, by node. */
export async function findTasks(ctx: Context, nodeIds: string[]): Promise<Map<string, Task>> {
  const { rows } = await sql<Task>`select n.node_id, p.id as plan_id, p.agency_id as owner_id
    from plans.plan p join plans.node_version n on n.plan_version_id =
      (select v.id from plans.plan_version v where v.plan_id = p.id and v.state = 'issued' order by v.ordinal desc limit 1)
    where n.node_id = any (${nodeIds}::uuid[]) and n.kind = 'task' and p.state = 'issued' and ${planVisible(ctx, 'p')}`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.nodeId, row]))
}

/** Mechanisms by recommendation. @throws invalid `plans.answer-of-split` */
export async function findRecommendations(ctx: Context, ids: string[]): Promise<Map<string, string>> {
  const rows = await shortOf(ctx, ids)
  if (rows.some((row) => row.isSplit)) throw invalid('plans.answer-of-split')
  return new Map(rows.map((row) => [row.id, row.mechanism]))
}

type Held = { id: string; kind: string; version: number }

export type Pair = { recommendationId: string; nodeId: string }

/** Whoever lays or refuses the same pair at once waits for the other. */
async function lockPair(ctx: Context, of: Pair): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${of.recommendationId} ${of.nodeId}`}, 0))`.execute(ctx.db)
}

/** Who lays a task that was refused says otherwise now. */
async function endRefusal(ctx: Context, of: Pair): Promise<void> {
  await ctx.db
    .updateTable('plans.answerRefusal')
    .set({ endedBy: ctx.actor.personId, endedAt: ctx.now })
    .where('recommendationId', '=', of.recommendationId)
    .where('nodeId', '=', of.nodeId)
    .where('endedAt', 'is', null)
    .execute()
}

/** The answer that holds between two, locked. */
export async function heldAnswer(ctx: Context, of: Pair): Promise<Held | undefined> {
  await lockPair(ctx, of)
  return ctx.db
    .selectFrom('plans.answer')
    .select(['id', 'kind', 'version'])
    .where('recommendationId', '=', of.recommendationId)
    .where('nodeId', '=', of.nodeId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
}

async function end(ctx: Context, held: Pick<Held, 'id' | 'version'>, reason: string): Promise<void> {
  await ctx.db
    .updateTable('plans.answer')
    .set({ endedBy: ctx.actor.personId, endedAt: ctx.now, endReason: reason, version: held.version + 1 })
    .where('id', '=', held.id)
    .execute()
}

/**
 * Takes an answer back; what was said stays readable in its history.
 * @throws notFound; forbidden `plans.answer-not-yours`; conflict `platform.stale-version`
 */
export async function endAnswer(ctx: Context, id: string, input: { version: number; reason: string }): Promise<void> {
  const { rows } = await sql<Held & { recommendationId: string; nodeId: string; ownerId: string }>`
    select a.id, a.kind, a.version, a.recommendation_id, a.node_id, p.agency_id as owner_id
    from plans.answer a join plans.plan p on p.id = a.plan_id
    where a.id = ${id}::uuid and a.ended_at is null and ${planVisible(ctx, 'p')}`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw notFound()
  const [recommendation] = await shortOf(ctx, [row.recommendationId])
  const isKeeper = (await keptMechanisms(ctx)).includes(recommendation?.mechanism ?? '')
  if (row.ownerId !== ctx.actor.agencyId && !isKeeper) throw forbidden('plans.answer-not-yours')
  const held = await heldAnswer(ctx, row)
  if (held?.id !== id) throw notFound()
  if (held.version !== input.version) throw conflict('platform.stale-version')
  await end(ctx, held, input.reason)
  await ctx.record(
    'plans.answer-ended',
    { kind: 'plans.answer', id, agencyId: ctx.actor.agencyId },
    { recommendationId: row.recommendationId, nodeId: row.nodeId },
  )
}
