import { sql } from 'kysely'
import { listAgencyNames } from '#agencies'
import {
  codesOf,
  holds,
  linksInFull,
  measuresLike,
  measuresOfIndicator,
  measuresOfRecommendations,
  type KeptLink,
} from '#indicators'
import type { LikelyMeasure, LinkedMeasure } from '#indicators/model'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { featuresOf } from '#recommendations'
import type { MeasuredTask } from '../model.ts'
import { taskOf } from '../queries/likely-recommendations.ts'
import { countBy, noNumbers } from '../queries/numbers.ts'
import { planVisible, workVisible } from '../store/visible.ts'

/** The measures by which the task of a piece of work is followed. @throws notFound */
export async function listTaskMeasures(ctx: Context, occurrenceId: string): Promise<LinkedMeasure[]> {
  const task = await taskOf(ctx, occurrenceId)
  const { rows } = await sql<KeptLink>`select id, measure_id, origin, reason, agency_id, linked_by, linked_at, version
    from plans.task_measure where node_id = ${task.nodeId}::uuid and ended_at is null`.execute(ctx.db)
  return linksInFull(ctx, rows, task.ownerId === ctx.actor.agencyId)
}

/**
 * Measures by which a task may be followed: by the words both have, and by what tells of the recommendations it answers and of the terms
 * these are filed under. None for another body's task.
 * @throws notFound
 */
export async function suggestTaskMeasures(ctx: Context, occurrenceId: string): Promise<LikelyMeasure[]> {
  const task = await taskOf(ctx, occurrenceId)
  if (task.ownerId !== ctx.actor.agencyId) return []
  const { rows: held } = await sql<{ measureId: string }>`select measure_id from plans.task_measure
    where node_id = ${task.nodeId}::uuid and ended_at is null`.execute(ctx.db)
  const { rows: answered } = await sql<{ id: string }>`select recommendation_id as id from plans.answer
    where node_id = ${task.nodeId}::uuid and ended_at is null`.execute(ctx.db)
  const recommendationIds = answered.map(({ id }) => id)
  const near = await measuresOfRecommendations(ctx, recommendationIds)
  return measuresLike(ctx, {
    wordings: { wordings: [featuresOf(task.text)], names: featuresOf() },
    ...(await codesOf(ctx, recommendationIds)),
    near: new Set(near.map(({ measureId }) => measureId)),
    held: new Set(held.map(({ measureId }) => measureId)),
  })
}

type Row = Omit<MeasuredTask, 'measureName' | 'leads' | 'numbers' | 'mayEnd'> & { ownerId: string; leadIds: string[] }
type Asked = { page: number; size: number; measureId?: string | undefined; search?: string | undefined }

/** The tasks of plans one may see that are followed by measures of an indicator, by the numbers of their plans. @throws notFound */
export async function listMeasuredTasks(
  ctx: Context,
  indicatorId: string,
  { page, size, ...asked }: Asked,
): Promise<Page<MeasuredTask>> {
  const measures = new Map((await measuresOfIndicator(ctx, indicatorId)).map((one) => [one.measureId, one.name]))
  const wanted = [...measures.keys()].filter((id) => asked.measureId === undefined || id === asked.measureId)
  const { rows } = await sql<Row>`
    select l.id as link_id, l.measure_id, l.version, l.node_id, l.plan_id, p.title as plan_title, p.number as plan_number,
      p.agency_id as owner_id, n.path, n.text,
      array(select distinct o.agency_id from plans.occurrence o where o.node_id = l.node_id and o.cancelled_on is null and not o.is_requested and ${workVisible(ctx, 'o')}) as lead_ids
    from plans.task_measure l join plans.plan p on p.id = l.plan_id
    join lateral (select nv.path, nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = l.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where l.measure_id = any (${wanted}::uuid[]) and l.ended_at is null and ${planVisible(ctx, 'p')}
    order by p.number nulls last, p.id, n.path, l.id`.execute(ctx.db)
  const found = rows.filter((row) => holds(`${row.text} ${row.planNumber ?? ''} ${row.planTitle}`, asked.search))
  const shown = found.slice((page - 1) * size, page * size)
  const names = await listAgencyNames(
    ctx,
    shown.flatMap(({ leadIds }) => leadIds),
    ctx.today,
  )
  const numbers = await countBy(ctx, 'nodeId', { nodeIds: shown.map(({ nodeId }) => nodeId) })
  const items = shown.map(({ ownerId, leadIds, ...row }) => ({
    ...row,
    measureName: measures.get(row.measureId) ?? '',
    leads: leadIds.map((id) => names.get(id) ?? { id, name: '', endedOn: null }),
    numbers: numbers.get(row.nodeId) ?? noNumbers(ctx.today),
    mayEnd: ownerId === ctx.actor.agencyId,
  }))
  return { items, total: found.length, page, size }
}
