import { sql } from 'kysely'
import { conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import { keptMechanisms, shortOf } from '#recommendations'
import type { RefuseAnswers } from '../model.ts'
import { planVisible } from '../store/visible.ts'
import { findRecommendations, findTasks, heldAnswer } from './answers.ts'

/**
 * Says that tasks do not answer recommendations, though their words are like: they are not suggested again.
 * @returns how many were refused, and how many had been
 * @throws notFound for a recommendation that is not there, or a task of no issued plan one may see; invalid
 *   `plans.answer-of-split`; forbidden `plans.answer-not-yours`; conflict `plans.answer-held` where it answers already
 */
export async function refuseAnswers(ctx: Context, input: RefuseAnswers): Promise<{ refused: number; same: number }> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw invalid('plans.no-acting-agency')
  const asked = [...new Map(input.refusals.map((one) => [`${one.recommendationId} ${one.nodeId}`, one])).values()]
  const tasks = await findTasks(ctx, [...new Set(asked.map((one) => one.nodeId))])
  const recommendations = await findRecommendations(ctx, [...new Set(asked.map((one) => one.recommendationId))])
  const kept = await keptMechanisms(ctx)
  let refused = 0
  for (const { recommendationId, nodeId, reason } of asked) {
    const task = tasks.get(nodeId)
    const mechanism = recommendations.get(recommendationId)
    if (task === undefined || mechanism === undefined) throw notFound()
    if (task.ownerId !== agencyId && !kept.includes(mechanism)) throw forbidden('plans.answer-not-yours')
    if ((await heldAnswer(ctx, { recommendationId, nodeId })) !== undefined) throw conflict('plans.answer-held')
    const id = newId()
    const laid = await ctx.db
      .insertInto('plans.answerRefusal')
      .values({
        ...{ id, recommendationId, nodeId, planId: task.planId, reason, agencyId },
        ...{ refusedBy: ctx.actor.personId, refusedAt: ctx.now },
      })
      .onConflict((conflicting) =>
        conflicting.columns(['recommendationId', 'nodeId']).where('endedAt', 'is', null).doNothing(),
      )
      .returning('id')
      .execute()
    if (laid.length === 0) continue
    await ctx.record(
      'plans.answer-refused',
      { kind: 'plans.answer-refusal', id, agencyId },
      { recommendationId, nodeId },
    )
    refused += 1
  }
  // A write says so even where all were refused already.
  if (refused === 0)
    await ctx.record(
      'plans.answer-refusals-held',
      { kind: 'plans.answer-refusal', id: null, agencyId },
      { count: asked.length },
    )
  return { refused, same: asked.length - refused }
}

/**
 * Takes a refusal back: the task may be suggested again; that it was refused stays readable.
 * @throws notFound; forbidden `plans.answer-not-yours`
 */
export async function takeRefusalBack(ctx: Context, id: string): Promise<void> {
  const { rows } = await sql<{ recommendationId: string; nodeId: string; ownerId: string }>`
    select f.recommendation_id, f.node_id, p.agency_id as owner_id
    from plans.answer_refusal f join plans.plan p on p.id = f.plan_id
    where f.id = ${id}::uuid and f.ended_at is null and ${planVisible(ctx, 'p')}`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw notFound()
  const [recommendation] = await shortOf(ctx, [row.recommendationId])
  const isKeeper = (await keptMechanisms(ctx)).includes(recommendation?.mechanism ?? '')
  if (row.ownerId !== ctx.actor.agencyId && !isKeeper) throw forbidden('plans.answer-not-yours')
  const done = await ctx.db
    .updateTable('plans.answerRefusal')
    .set({ endedBy: ctx.actor.personId, endedAt: ctx.now })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (done === undefined) throw notFound()
  await ctx.record(
    'plans.answer-refusal-ended',
    { kind: 'plans.answer-refusal', id, agencyId: ctx.actor.agencyId },
    { recommendationId: row.recommendationId, nodeId: row.nodeId },
  )
}
