import { sql } from 'kysely'
import { tellBodies, tellPeople } from '#notifications'
import { asEverywhere, type Context, type Subscriber } from '#platform'

/** Who works on plans at a body: told of what comes to it. */
const working = ['officer', 'approver', 'consolidator']

/** Tells people of what comes to them: returned and accepted updates, urgings and answers, plans that name their body. */
export const planSubscribers: readonly Subscriber[] = [
  { to: 'plans.progress-returned', run: (ctx, { recordId }) => tellWriters(ctx, 'progress-returned', recordId) },
  { to: 'plans.progress-accepted', run: (ctx, { recordId }) => tellWriters(ctx, 'progress-accepted', recordId) },
  { to: 'plans.urged', run: (ctx, { recordId }) => tellUrged(ctx, recordId) },
  { to: 'plans.urging-answered', run: (ctx, { recordId }) => tellAnswered(ctx, recordId) },
  { to: 'plans.issued', run: (ctx, { recordId }) => tellNamed(ctx, recordId) },
]

/** Whoever wrote or sent the update, at the body whose work it is. */
async function tellWriters(
  ctx: Context,
  kind: 'progress-returned' | 'progress-accepted',
  progressId: string,
): Promise<void> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{ occurrenceId: string; agencyId: string; personId: string | null }>`
      select distinct g.occurrence_id, g.agency_id, unnest(array[g.person_id, g.submitted_by]) as person_id from plans.progress g
      where g.id = ${progressId}::uuid`.execute(ctx.db),
  )
  const id = rows[0]?.occurrenceId
  if (id === undefined) return
  await tellPeople(
    ctx,
    { kind, record: { kind: 'plans.occurrence', id } },
    rows.flatMap(({ personId, agencyId }) => (personId === null ? [] : { personId, agencyId })),
  )
}

async function tellUrged(ctx: Context, urgingId: string): Promise<void> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{ agencyId: string }>`select agency_id from plans.urging_addressee where urging_id = ${urgingId}::uuid`.execute(
      ctx.db,
    ),
  )
  await tellBodies(
    ctx,
    { kind: 'urged', record: { kind: 'plans.urging', id: urgingId } },
    { agencyIds: rows.map((row) => row.agencyId), roles: working },
  )
}

async function tellAnswered(ctx: Context, urgingId: string): Promise<void> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{
      personId: string
      agencyId: string
    }>`select person_id, agency_id from plans.urging where id = ${urgingId}::uuid`.execute(ctx.db),
  )
  await tellPeople(ctx, { kind: 'urging-answered', record: { kind: 'plans.urging', id: urgingId } }, rows)
}

/** Those at bodies that lead work of the plan, and those at bodies it names otherwise: each hears of it once. */
async function tellNamed(ctx: Context, planId: string): Promise<void> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{ agencyId: string; leads: boolean }>`
      select b.agency_id, bool_or(b.kind = 'lead') as leads from plans.duty_body b
      where b.plan_id = ${planId}::uuid and b.plan_version_id = (
        select v.id from plans.plan_version v where v.plan_id = ${planId}::uuid and v.state = 'issued' order by v.ordinal desc limit 1)
      group by b.agency_id`.execute(ctx.db),
  )
  const record = { kind: 'plans.plan', id: planId }
  const ids = (leads: boolean) => rows.filter((row) => row.leads === leads).map((row) => row.agencyId)
  await tellBodies(ctx, { kind: 'work-assigned', record }, { agencyIds: ids(true), roles: working })
  await tellBodies(ctx, { kind: 'plan-names-us', record }, { agencyIds: ids(false), roles: working })
}
