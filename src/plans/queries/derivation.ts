import { sql } from 'kysely'
import type { Context } from '#platform'
import type { DerivationRow } from '../model.ts'
import { decisionsOf } from '../store/decisions.ts'
import { getPlan } from '../store/plans.ts'

/** Each task of the plans above, the own duty in it if any, and what this plan does with it; who writes its draft sees what that will say. */
export async function listDerivation(ctx: Context, planId: string): Promise<DerivationRow[]> {
  const plan = await getPlan(ctx, planId)
  const ownDraft = sql`(select v.id from plans.plan_version v where v.plan_id = ${planId}::uuid and v.state = 'draft' and v.agency_id = ${ctx.actor.agencyId}::uuid)`
  const { rows } = await sql<DerivationRow>`
    with above as (select up.parent_plan_id, (select v.id from plans.plan_version v where v.plan_id = up.parent_plan_id and v.state = 'issued' order by v.ordinal desc limit 1) as version_id
      from plans.parent up where up.plan_id = ${planId}),
    decided as (${decisionsOf(planId, ownDraft)})
    select above.parent_plan_id, n.node_id as parent_node_id, n.path, n.text, coalesce(array_length(k.kinds, 1), 0) > 0 as has_own_duty, coalesce(k.kinds, '{}') as duty_kinds,
      coalesce(d.kind, 'undecided') as decision, d.node_id, d.reason, d.decided_at, coalesce(d.is_after_issue, false) as is_after_issue, coalesce(d.is_pending, false) as is_pending
    from above join plans.node_version n on n.plan_version_id = above.version_id and n.kind = 'task'
    left join decided d on d.parent_node_id = n.node_id
    left join lateral (select array_agg(distinct b.kind) as kinds from plans.duty_body b where b.plan_version_id = above.version_id and b.node_id = n.node_id and b.agency_id = ${plan.agencyId}) k on true
    order by above.parent_plan_id, n.rank`.execute(ctx.db)
  return rows
}
