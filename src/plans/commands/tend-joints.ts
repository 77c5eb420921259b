import { sql } from 'kysely'
import type { Context } from '#platform'
import { holds, nextHome } from '../joints.ts'
import type { TaskTime } from '../model.ts'
import { endJoint, insertJoint, linkPieces, partPieces } from '../store/joints.ts'

type Row = {
  id: string
  version: number
  agencyId: string
  homeNodeId: string
  homePlanId: string
  nodeId: string
  planId: string
  reason: string
  joinedBy: string
  isHomeLed: boolean
  isServedLed: boolean
  /** Bodies that took over from this one and lead on both tasks now. */
  heirs: string[]
  hasPassedOn: boolean
  homeTime: TaskTime | null
  time: TaskTime | null
}

/**
 * Puts joints in order after a document was issued, bodies passed their work on, or periods began: what a document no longer
 * has so, or no longer gives the body, ends its part; the rest goes on together where its periods map; a successor who
 * leads on both goes on with both. Runs as the product itself; safe to run twice.
 * @param of the plan that changed; all where none is given
 */
export async function tendJoints(ctx: Context, of: { planId?: string } = {}): Promise<void> {
  const joints = await standing(ctx, of.planId)
  const whose = new Set(joints.map((joint) => joint.agencyId))
  const ending = joints.filter((joint) => !holds({ ...joint, isLed: joint.isHomeLed && joint.isServedLed }))
  for (const joint of ending) {
    const cause = joint.hasPassedOn ? 'succession' : 'plan-changed'
    await endJoint(ctx, joint, { cause, endReason: null })
    await ctx.record('plans.joint-ended', { kind: 'plans.joint', id: joint.id, agencyId: joint.agencyId }, { cause })
    for (const heir of joint.heirs) {
      whose.add(heir)
      await insertJoint(ctx, { ...endsOf(joint), agencyId: heir })
    }
  }
  await regroup(
    ctx,
    ending.filter((joint) => !joint.isHomeLed && joint.isServedLed && joint.heirs.length === 0),
  )
  const agencies = of.planId === undefined ? undefined : [...whose]
  await partPieces(ctx, agencies)
  await linkPieces(ctx, agencies)
}

/** Tasks whose home was lost, by body and home, go on together at one of them. */
async function regroup(ctx: Context, orphans: Row[]): Promise<void> {
  for (const left of Map.groupBy(orphans, (joint) => `${joint.agencyId} ${joint.homeNodeId}`).values()) {
    const home = nextHome(left)
    if (home === undefined) continue
    for (const joint of left)
      if (joint !== home) await insertJoint(ctx, { ...endsOf(joint), homeNodeId: home.nodeId, homePlanId: home.planId })
  }
}

function endsOf({ agencyId, homeNodeId, homePlanId, nodeId, planId, reason, joinedBy }: Row) {
  return { agencyId, homeNodeId, homePlanId, nodeId, planId, reason, joinedBy }
}

/** Joints not ended, with how the newest documents speak of both tasks, in the order they came. */
async function standing(ctx: Context, planId: string | undefined): Promise<Row[]> {
  const newest = (
    plan: 'homePlanId' | 'planId',
  ) => sql`(select v.id from plans.plan p join plans.plan_version v on v.plan_id = p.id
    where p.id = ${sql.ref(`j.${plan}`)} and p.state = 'issued' and v.state = 'issued' order by v.ordinal desc limit 1)`
  const timeOf = (as: 'hn' | 'sn') => {
    const column = (name: string) => sql.ref(`${as}.${name}`)
    return sql<TaskTime | null>`case when ${column('time_kind')} is not null then jsonb_build_object('kind', ${column('time_kind')}, 'text', ${column('time_text')},
      'from', ${column('time_from')}, 'to', ${column('time_to')}, 'frequency', ${column('time_frequency')}) end`
  }
  const leads = (
    as: 'hn' | 'sn',
  ) => sql<boolean>`exists (select 1 from plans.duty_body b where b.plan_version_id = ${sql.ref(`${as}.planVersionId`)}
    and b.node_id = ${sql.ref(`${as}.nodeId`)} and b.agency_id = j.agency_id and b.kind = 'lead')`
  const { rows } = await sql<Row>`
    select j.id, j.version, j.agency_id, j.home_node_id, j.home_plan_id, j.node_id, j.plan_id, j.reason, j.joined_by,
      ${leads('hn')} as is_home_led, ${leads('sn')} as is_served_led, ${timeOf('hn')} as home_time, ${timeOf('sn')} as time,
      exists (select 1 from agencies.succession s where s.from_id = j.agency_id and s.on_date <= ${ctx.today}::date and s.on_date > j.joined_at::date) as has_passed_on,
      array(
        with recursive heir (id) as (select s.to_id from agencies.succession s where s.from_id = j.agency_id and s.on_date <= ${ctx.today}::date
          union select s.to_id from heir join agencies.succession s on s.from_id = heir.id and s.on_date <= ${ctx.today}::date)
        select heir.id from heir where heir.id <> j.agency_id and not (${leads('hn')} and ${leads('sn')})
          and exists (select 1 from plans.duty_body b where b.plan_version_id = hn.plan_version_id and b.node_id = hn.node_id and b.agency_id = heir.id and b.kind = 'lead')
          and exists (select 1 from plans.duty_body b where b.plan_version_id = sn.plan_version_id and b.node_id = sn.node_id and b.agency_id = heir.id and b.kind = 'lead')
          and not exists (select 1 from plans.joint other where other.agency_id = heir.id and other.node_id = j.node_id and other.ended_at is null)
      ) as heirs
    from plans.joint j
    left join plans.node_version hn on hn.plan_version_id = ${newest('homePlanId')} and hn.node_id = j.home_node_id and hn.kind = 'task'
    left join plans.node_version sn on sn.plan_version_id = ${newest('planId')} and sn.node_id = j.node_id and sn.kind = 'task'
    where j.ended_at is null and ${planId === undefined ? sql`true` : sql`(j.home_plan_id = ${planId}::uuid or j.plan_id = ${planId}::uuid)`}
    order by j.joined_at, j.id`.execute(ctx.db)
  return rows
}
