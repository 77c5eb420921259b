import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import type { Page } from '#platform/model'
import { listAgencyNames } from '#agencies'
import type { TaskDerivation } from '../model.ts'
import { getPlan } from '../store/plans.ts'
import { planVisible } from '../store/visible.ts'

export type TaskDerivationFilter = {
  decision?: TaskDerivation['decision'] | undefined
  page: number
  size: number
}

type Row = Omit<TaskDerivation, 'agency'> & { agencyId: string }

/**
 * What each issued plan below did with one task of this plan: the list behind its counts in coverage. By tier, then by
 * number of the plan. @throws notFound also for what is no task of the plan's newest document
 */
export async function listTaskDerivations(
  ctx: Context,
  of: { planId: string; nodeId: string },
  filter: TaskDerivationFilter,
): Promise<Page<TaskDerivation>> {
  await getPlan(ctx, of.planId)
  const task = await ctx.db
    .selectFrom('plans.nodeVersion')
    .select('nodeId')
    .where('planId', '=', of.planId)
    .where('nodeId', '=', of.nodeId)
    .where('kind', '=', 'task')
    .executeTakeFirst()
  if (!task) throw notFound()
  const decision = sql`coalesce(d.kind, 'undecided')`
  const from = sql`from plans.parent up join plans.plan p on p.id = up.plan_id and p.state = 'issued'
    left join plans.derivation d on d.plan_id = p.id and d.parent_node_id = ${of.nodeId}::uuid
    where up.parent_plan_id = ${of.planId}::uuid and ${planVisible(ctx, 'p')} and ${filter.decision === undefined ? sql`true` : sql`${decision} = ${filter.decision}`}`
  const counted = await sql<{ total: number }>`select count(*) as total ${from}`.execute(ctx.db)
  const { rows } = await sql<Row>`
    select p.agency_id, p.level, p.id as plan_id, p.number as plan_number, p.title as plan_title, ${decision} as decision, d.node_id, d.reason,
      (select n.text from plans.node_version n join plans.plan_version v on v.id = n.plan_version_id
        where n.node_id = d.node_id and v.state = 'issued' order by v.ordinal desc limit 1) as text,
      d.decided_at, coalesce(d.is_after_issue, false) as is_after_issue
    ${from} order by array_position(array['central', 'province', 'district', 'commune'], p.level), p.number, p.id
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(ctx.db)
  const names = await listAgencyNames(
    ctx,
    rows.map((row) => row.agencyId),
    ctx.today,
  )
  return {
    items: rows.map(({ agencyId, ...row }) => ({
      ...row,
      agency: names.get(agencyId) ?? { id: agencyId, name: '', endedOn: null },
    })),
    total: counted.rows[0]?.total ?? 0,
    page: filter.page,
    size: filter.size,
  }
}
