import { sql } from 'kysely'
import { requireMeasures } from '#indicators'
import type { EndMeasureLink, LinkedMeasures } from '#indicators/model'
import { conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import { findTasks } from '../commands/answers.ts'
import type { LinkTaskMeasures } from '../model.ts'
import { planVisible } from '../store/visible.ts'

const record = 'plans.task-measure'

/**
 * Lays measures to tasks that are followed by their figures. What holds already is left as it is.
 * @returns how many were laid, and how many held already
 * @throws notFound for a measure that is not there, or a task of no issued plan one may see; forbidden `plans.measure-not-yours` for
 *   another body's plan
 */
export async function linkTaskMeasures(ctx: Context, input: LinkTaskMeasures): Promise<LinkedMeasures> {
  const { agencyId, personId } = ctx.actor
  if (agencyId === null) throw invalid('plans.no-acting-agency')
  const asked = [...new Map(input.links.map((one) => [`${one.nodeId} ${one.measureId}`, one])).values()]
  const tasks = await findTasks(ctx, [...new Set(asked.map(({ nodeId }) => nodeId))])
  await requireMeasures(
    ctx,
    asked.map(({ measureId }) => measureId),
  )
  let linked = 0
  for (const one of asked) {
    const task = tasks.get(one.nodeId)
    if (task === undefined) throw notFound()
    if (task.ownerId !== agencyId) throw forbidden('plans.measure-not-yours')
    const id = newId()
    const laid = await ctx.db
      .insertInto('plans.taskMeasure')
      .values({ id, ...one, planId: task.planId, agencyId, linkedBy: personId, linkedAt: ctx.now })
      .onConflict((on) => on.columns(['nodeId', 'measureId']).where('endedAt', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (laid === undefined) continue
    linked += 1
    const { nodeId, measureId } = one
    await ctx.record('plans.measure-linked', { kind: record, id, agencyId }, { nodeId, measureId })
  }
  // A write says so even where all held already.
  if (linked === 0)
    await ctx.record('plans.measures-held', { kind: record, id: null, agencyId }, { count: asked.length })
  return { linked, same: asked.length - linked }
}

/**
 * Says that a task is not followed by a measure after all; what was said is kept.
 * @throws notFound; forbidden `plans.measure-not-yours`; conflict `platform.stale-version`
 */
export async function endTaskMeasure(ctx: Context, id: string, { version, reason }: EndMeasureLink): Promise<void> {
  const { rows } = await sql<{ nodeId: string; measureId: string; ownerId: string }>`
    select l.node_id, l.measure_id, p.agency_id as owner_id from plans.task_measure l join plans.plan p on p.id = l.plan_id
    where l.id = ${id}::uuid and l.ended_at is null and ${planVisible(ctx, 'p')}`.execute(ctx.db)
  const [held] = rows
  if (held === undefined) throw notFound()
  if (held.ownerId !== ctx.actor.agencyId) throw forbidden('plans.measure-not-yours')
  const ended = await ctx.db
    .updateTable('plans.taskMeasure')
    .set({ endedBy: ctx.actor.personId, endedAt: ctx.now, endReason: reason, version: version + 1 })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .where('version', '=', version)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) throw conflict('platform.stale-version')
  const { nodeId, measureId } = held
  await ctx.record('plans.measure-unlinked', { kind: record, id, agencyId: ctx.actor.agencyId }, { nodeId, measureId })
}
