import { sql } from 'kysely'
import { newId, type Context, type JobKind } from '#platform'
import { countedDuties, dueInstances } from './rules.ts'
import type { DutyKind, TaskTime } from './model.ts'
import { linkPieces } from './store/joints.ts'

type Recurring = {
  nodeId: string
  planId: string
  ownerId: string
  agencyId: string
  kind: DutyKind
  periodTo: string | null
  issuedOn: string
  timeText: string
  timeFrom: string | null
  timeTo: string | null
  timeFrequency: TaskTime['frequency']
}

/**
 * Begins the new periods of recurring work up to today: one piece of work per period (design §3.4), for the bodies the
 * plan's newest document names. Safe to run twice.
 * @returns how many pieces of work were made
 */
export async function extendOccurrences(ctx: Context): Promise<number> {
  const { rows } = await sql<Recurring>`
    with newest as (select distinct on (v.plan_id) v.id, v.plan_id, v.period_to from plans.plan_version v join plans.plan p on p.id = v.plan_id
      where p.state = 'issued' and v.state = 'issued' order by v.plan_id, v.ordinal desc)
    select distinct n.node_id, n.plan_id, b.owner_id, b.agency_id, b.kind, newest.period_to, n.time_text, n.time_from, n.time_to, n.time_frequency,
      (select min(v.issued_on) from plans.node_version first join plans.plan_version v on v.id = first.plan_version_id where first.node_id = n.node_id and v.state = 'issued') as issued_on
    from newest join plans.node_version n on n.plan_version_id = newest.id and n.kind = 'task' and n.time_kind = 'recurring' and n.time_frequency <> 'day'
    join plans.duty_body b on b.plan_version_id = newest.id and b.node_id = n.node_id and b.kind in ('lead', 'requested')`.execute(
    ctx.db,
  )
  const work = [...Map.groupBy(rows, (row) => row.nodeId).values()].flatMap((ofTask) =>
    countedDuties(ofTask).flatMap(({ duty, isRequested }) =>
      periodsOf(duty, ctx.today).map((instance) => ({ ...duty, ...instance, isRequested, id: newId() })),
    ),
  )
  if (work.length === 0) return 0
  const made = await sql<{
    id: string
  }>`insert into plans.occurrence (id, node_id, plan_id, agency_id, owner_id, is_requested, period, due_on)
    select id, "nodeId", "planId", "agencyId", "ownerId", "isRequested", period, "dueOn"
    from jsonb_to_recordset(${JSON.stringify(work)}::jsonb) as w(id uuid, "nodeId" uuid, "planId" uuid, "agencyId" uuid, "ownerId" uuid, "isRequested" boolean, period text, "dueOn" date)
    on conflict (node_id, agency_id, period) do nothing returning id`.execute(ctx.db)
  await linkPieces(ctx, undefined)
  return made.rows.length
}

function periodsOf(row: Recurring, until: string) {
  const time: TaskTime = {
    kind: 'recurring',
    text: row.timeText,
    from: row.timeFrom,
    to: row.timeTo,
    frequency: row.timeFrequency,
  }
  return dueInstances(time, { issuedOn: row.issuedOn, periodTo: row.periodTo, until })
}

export const planJobs: JobKind[] = [
  {
    kind: 'plans.extend-occurrences',
    run: (work) => work.inTransaction(async (ctx) => ({ made: await extendOccurrences(ctx) })),
  },
]
