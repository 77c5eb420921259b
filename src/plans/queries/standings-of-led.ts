import { sql } from 'kysely'
import type { Context } from '#platform'
import type { PlainDate } from '#platform/model'
import type { Standing } from '../model.ts'
import { workVisible } from '../store/visible.ts'

/** A task a body leads, for its report: how its pieces of work stand on a day, and what was last accepted of it. */
export type LedStanding = {
  nodeId: string
  path: string | null
  text: string
  planNumber: string | null
  /** The gravest of its pieces: overdue, then what is open, then what was done. */
  standing: Standing
  narrative: string | null
}

/** As many tasks as one report has room for. */
const most = 500

/** The tasks a body leads that had work due in a stretch of time or still have open work, by plan and place. */
export async function standingsOfLed(
  ctx: Context,
  agencyId: string,
  of: { from: PlainDate; to: PlainDate; asOf: PlainDate },
): Promise<LedStanding[]> {
  const { rows } = await sql<LedStanding>`
    with own as (
      select o.node_id, o.plan_id, (array_agg(s.standing order by array_position(array['overdue', 'pending-in-time', 'requested-open', 'no-due-date', 'done-late', 'done-on-time', 'requested-done'], s.standing)))[1] as standing,
        array_agg(o.id) as ids
      from plans.occurrence o cross join lateral (select plans.standing(o.due_on, o.done_on, o.is_requested, ${of.asOf}::date) as standing) s
      where o.agency_id = ${agencyId}::uuid and ${workVisible(ctx, 'o')} and o.cancelled_on is null
        and (o.due_on is null or o.due_on >= ${of.from}::date or o.done_on is null) and (o.due_on is null or o.due_on < ${of.to}::date or o.done_on is not null)
      group by o.node_id, o.plan_id)
    select own.node_id, n.path, n.text, p.number as plan_number, own.standing,
      (select g.narrative from plans.progress g where g.occurrence_id = any (own.ids) and g.state = 'accepted' order by g.checked_at desc limit 1) as narrative
    from own join plans.plan p on p.id = own.plan_id and p.state = 'issued'
    join lateral (select nv.path, nv.text, nv.rank from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = own.node_id and v.state = 'issued' and nv.kind = 'task' order by v.ordinal desc limit 1) n on true
    order by p.number nulls last, p.id, n.rank limit ${most}`.execute(ctx.db)
  return rows
}
