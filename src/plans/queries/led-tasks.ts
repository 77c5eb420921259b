import { sql } from 'kysely'
import type { Context } from '#platform'
import type { JointEnd } from '../joints.ts'
import type { LedTask, TaskTime } from '../model.ts'
import { workVisible } from '../store/visible.ts'
import { prefixQuery } from '../store/words.ts'

/** A task on which a body leads, with what decides whether it can be joined. */
export type Led = { task: LedTask; end: JointEnd; parentIds: string[] }

type Row = LedTask & {
  openCount: number
  hasOpenUpdate: boolean
  homeNodeId: string | null
  servedCount: number
  parentIds: string[]
  timeKind: TaskTime['kind'] | null
  timeFrom: string | null
  timeTo: string | null
  timeFrequency: TaskTime['frequency']
}

/**
 * Tasks of issued plans on which a body leads, as their newest documents say them, by plan and place; only those within
 * reach. One statement, whatever their number.
 */
export async function listLedTasks(
  ctx: Context,
  agencyId: string,
  filter: {
    nodeIds?: readonly string[]
    notOfPlan?: string
    search?: string | undefined
    hasOpenWork?: boolean
  },
): Promise<Led[]> {
  const words = prefixQuery(filter.search)
  const open = sql`(o.done_on is null and o.cancelled_on is null)`
  const { rows } = await sql<Row>`
    with own as (
      select o.node_id, o.plan_id, count(*) filter (where ${open}) as open_count, min(o.due_on) filter (where ${open}) as due_on,
        (array_agg(o.id order by not ${open}, o.due_on nulls last, o.id))[1] as occurrence_id, array_agg(o.id) filter (where ${open}) as open_ids
      from plans.occurrence o where o.agency_id = ${agencyId}::uuid and ${workVisible(ctx, 'o')} and not o.is_requested and o.cancelled_on is null
        and ${filter.nodeIds === undefined ? sql`true` : sql`o.node_id = any (${[...filter.nodeIds]}::uuid[])`}
        and ${filter.notOfPlan === undefined ? sql`true` : sql`o.plan_id <> ${filter.notOfPlan}::uuid`}
      group by o.node_id, o.plan_id),
    newest as materialized (
      select p.id, p.title, p.number, (select v.id from plans.plan_version v where v.plan_id = p.id and v.state = 'issued' order by v.ordinal desc limit 1) as version_id
      from plans.plan p where p.state = 'issued' and p.id in (select plan_id from own))
    select own.node_id, own.plan_id, p.title as plan_title, p.number as plan_number, n.path, n.text, n.output, n.time_text, own.occurrence_id, own.due_on,
      own.open_count, exists (select 1 from plans.progress g where g.occurrence_id = any (own.open_ids) and g.state <> 'accepted') as has_open_update,
      (select j.home_node_id from plans.joint j where j.node_id = own.node_id and j.agency_id = ${agencyId}::uuid and j.ended_at is null) as home_node_id,
      (select count(*) from plans.joint j where j.home_node_id = own.node_id and j.agency_id = ${agencyId}::uuid and j.ended_at is null) as served_count,
      array(select d.parent_node_id from plans.derivation d where d.plan_id = own.plan_id and d.node_id = own.node_id) as parent_ids,
      n.time_kind, n.time_from, n.time_to, n.time_frequency
    from own join newest p on p.id = own.plan_id
    join plans.node_version n on n.plan_version_id = p.version_id and n.node_id = own.node_id and n.kind = 'task'
    where ${filter.hasOpenWork === true ? sql`own.open_count > 0` : sql`true`}
      and ${words === undefined ? sql`true` : sql`to_tsvector('simple', n.search_key) @@ to_tsquery('simple', ${words})`}
    order by p.number nulls last, p.id, n.rank`.execute(ctx.db)
  return rows.map((row) => {
    const { openCount, hasOpenUpdate, homeNodeId, servedCount, parentIds, timeKind, timeFrom, timeTo, timeFrequency, ...task } = row // prettier-ignore
    const time: TaskTime | null =
      timeKind === null
        ? null
        : { kind: timeKind, text: task.timeText ?? '', from: timeFrom, to: timeTo, frequency: timeFrequency }
    const { nodeId, planId } = task
    return { task, end: { nodeId, planId, time, openCount, hasOpenUpdate, homeNodeId, servedCount }, parentIds }
  })
}
