import { sql } from 'kysely'
import { withinReach } from '#access'
import type { Context } from '#platform'
import { planVisible, workVisible } from '../store/visible.ts'

/**
 * What records of plans are called today, for lists that name them (the audit): a plan by number and title, an update
 * by its task, a letter that urges by its plan. Only those within the actor's sight have a name; two walls decide it.
 */
export async function namesOfPlanRecords(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const wanted = sql`any (${[...new Set(ids)]}::uuid[])`
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, concat_ws(' · ', p.number, left(p.title, 300)) as name from plans.plan p
    where p.id = ${wanted} and ${planVisible(ctx, 'p')}
    union all
    select u.id, concat_ws(' · ', p.number, left(p.title, 300)) from plans.urging u join plans.plan p on p.id = u.plan_id
    where u.id = ${wanted} and ${planVisible(ctx, 'p')}
    union all
    select s.id, coalesce(s.file_name, concat_ws(' · ', p.number, left(p.title, 300))) from plans.change_set s left join plans.plan p on p.id = s.plan_id
    where s.id = ${wanted} and s.agency_id = ${ctx.actor.agencyId}::uuid
    union all
    select j.id, left(n.text, 300) from plans.joint j join plans.node_version n on n.node_id = j.node_id
    where j.id = ${wanted} and ${withinReach(ctx, 'j.agencyId')} and n.plan_version_id = (
      select v.id from plans.plan_version v where v.plan_id = j.plan_id and v.state = 'issued' order by v.ordinal desc limit 1)
    union all
    select k.id, k.name from plans.milestone k where k.id = ${wanted} and ${workVisible(ctx, 'k')}
    union all
    select g.id, left(n.text, 300) from plans.progress g join plans.node_version n on n.node_id = g.node_id
    where g.id = ${wanted} and ${workVisible(ctx, 'g')} and n.plan_version_id = (
      select v.id from plans.plan_version v where v.plan_id = g.plan_id and v.state = 'issued' order by v.ordinal desc limit 1)`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}
