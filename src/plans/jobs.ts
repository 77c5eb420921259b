import { sql } from 'kysely'
import { newId, type Context, type JobKind } from '#platform'
import { dueInstances } from './rules.ts'
import type { TaskTime } from './model.ts'

type Recurring = {
  nodeId: string
  planId: string
  ownerId: string
  agencyId: string
  isRequested: boolean
  periodTo: string | null
  issuedOn: string
  timeText: string
  timeFrom: string | null
  timeTo: string | null
  timeFrequency: TaskTime['frequency']
}

/**
 * Begins the new periods of recurring work up to today: one piece of work per period (design §3.4). Safe to run twice.
 * @returns how many pieces of work were made
 */
export async function extendOccurrences(ctx: Context): Promise<number> {
  const { rows } = await sql<Recurring>`
    select distinct on (o.node_id, o.agency_id) o.node_id, o.plan_id, o.owner_id, o.agency_id, o.is_requested, p.period_to, coalesce(p.issued_on, ${ctx.today}::date) as issued_on,
      n.time_text, n.time_from, n.time_to, n.time_frequency
    from plans.occurrence o join plans.plan p on p.id = o.plan_id and p.state = 'issued'
    join lateral (select nv.* from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where n.time_kind = 'recurring' and n.time_frequency <> 'day' and o.cancelled_on is null`.execute(ctx.db)
  const work = rows.flatMap((row) => {
    const time: TaskTime = {
      kind: 'recurring',
      text: row.timeText,
      from: row.timeFrom,
      to: row.timeTo,
      frequency: row.timeFrequency,
    }
    return dueInstances(time, { issuedOn: row.issuedOn, periodTo: row.periodTo, until: ctx.today }).map((instance) => ({
      ...row,
      ...instance,
      id: newId(),
    }))
  })
  if (work.length === 0) return 0
  const made = await sql<{
    id: string
  }>`insert into plans.occurrence (id, node_id, plan_id, agency_id, owner_id, is_requested, period, due_on)
    select id, "nodeId", "planId", "agencyId", "ownerId", "isRequested", period, "dueOn"
    from jsonb_to_recordset(${JSON.stringify(work)}::jsonb) as w(id uuid, "nodeId" uuid, "planId" uuid, "agencyId" uuid, "ownerId" uuid, "isRequested" boolean, period text, "dueOn" date)
    on conflict (node_id, agency_id, period) do nothing returning id`.execute(ctx.db)
  return made.rows.length
}

export const planJobs: JobKind[] = [
  {
    kind: 'plans.extend-occurrences',
    run: (work) => work.inTransaction(async (ctx) => ({ made: await extendOccurrences(ctx) })),
  },
]
