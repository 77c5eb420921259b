import { sql } from 'kysely'
import { changedParams, conflict, invalid, newId, notFound, type Context } from '#platform'
import type { NewMilestone, SaveMilestone } from '../model.ts'

type Row = {
  id: string
  agencyId: string
  name: string
  dueOn: string
  doneOn: string | null
  isOfPlan: boolean
  version: number
}

/**
 * Sets a milestone on a piece of work of the acting body. It tells how the work goes: its standing and due date stay.
 * @throws notFound; conflict `plans.work-already-done`
 */
export async function addMilestone(
  ctx: Context,
  occurrenceId: string,
  input: NewMilestone,
): Promise<{ id: string; version: number }> {
  const work = await ctx.db
    .selectFrom('plans.occurrence')
    .select(['id', 'nodeId', 'planId', 'agencyId', 'ownerId', 'doneOn'])
    .where('id', '=', occurrenceId)
    .where('agencyId', '=', ctx.actor.agencyId)
    .where('cancelledOn', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!work) throw notFound()
  if (work.doneOn !== null) throw conflict('plans.work-already-done')
  const id = newId()
  const { nodeId, planId, agencyId, ownerId } = work
  await ctx.db
    .insertInto('plans.milestone')
    .values({ id, occurrenceId, nodeId, planId, agencyId, ownerId, ...input, isOfPlan: false, ...recordedBy(ctx) })
    .execute()
  await ctx.record('plans.milestone-set', { kind: 'plans.milestone', id, agencyId }, { occurrenceId })
  return { id, version: 1 }
}

/** One's own milestone that stands, locked, at the version its writer saw. @throws notFound; conflict `platform.stale-version` */
async function takeMilestone(ctx: Context, id: string, seen: number): Promise<Row> {
  const row = await ctx.db
    .selectFrom('plans.milestone')
    .select(['id', 'agencyId', 'name', 'dueOn', 'doneOn', 'isOfPlan', 'version'])
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .where('cancelledOn', 'is', null)
    .where('occurrenceId', 'in', (work) =>
      work.selectFrom('plans.occurrence').select('id').where('cancelledOn', 'is', null),
    )
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  if (row.version !== seen) throw conflict('platform.stale-version')
  return row
}

/**
 * Says of one's own milestone what it is, and whether it was passed: on which day, and what shows it. Of one the plan names,
 * words and day are the document's.
 * @throws invalid `plans.milestone-in-future`; conflict `plans.milestone-of-plan`, `platform.stale-version`
 */
export async function saveMilestone(
  ctx: Context,
  id: string,
  { version, ...input }: SaveMilestone,
): Promise<{ version: number }> {
  const row = await takeMilestone(ctx, id, version)
  if (row.isOfPlan && (input.name !== row.name || input.dueOn !== row.dueOn)) throw conflict('plans.milestone-of-plan')
  if (input.doneOn !== null && input.doneOn > ctx.today) {
    const code = 'plans.milestone-in-future'
    throw invalid(code, {}, [{ pointer: '/doneOn', code }])
  }
  await ctx.db
    .updateTable('plans.milestone')
    .set({ ...input, ...recordedBy(ctx), version: version + 1 })
    .where('id', '=', id)
    .execute()
  const isPassed = row.doneOn === null && input.doneOn !== null
  await ctx.record(
    isPassed ? 'plans.milestone-passed' : 'plans.milestone-changed',
    { kind: 'plans.milestone', id, agencyId: row.agencyId },
    {
      dueOn: input.dueOn,
      doneOn: input.doneOn,
      ...changedParams({ dueOn: row.dueOn, doneOn: row.doneOn }, { dueOn: input.dueOn, doneOn: input.doneOn }),
    },
  )
  return { version: version + 1 }
}

/** Takes back a milestone one set oneself; it is kept, and no longer shown. @throws conflict `plans.milestone-of-plan`, `platform.stale-version` */
export async function cancelMilestone(ctx: Context, id: string, version: number): Promise<void> {
  const row = await takeMilestone(ctx, id, version)
  if (row.isOfPlan) throw conflict('plans.milestone-of-plan')
  await ctx.db
    .updateTable('plans.milestone')
    .set({ cancelledOn: ctx.today, ...recordedBy(ctx), version: version + 1 })
    .where('id', '=', id)
    .execute()
  await ctx.record('plans.milestone-cancelled', { kind: 'plans.milestone', id, agencyId: row.agencyId }, {})
}

function recordedBy(ctx: Context): { recordedBy: string; recordedAt: string } {
  return { recordedBy: ctx.actor.personId, recordedAt: ctx.now }
}

/**
 * Lays the dated milestones a version names on the open work of their tasks, work of recurring periods excepted; those it
 * no longer names and nobody has passed are taken back. Safe to run twice.
 */
export async function layMilestones(ctx: Context, planId: string, versionId: string): Promise<void> {
  const { rows } = await sql<{ occurrenceId: string; rank: number }>`
    select o.id as occurrence_id, m.rank from plans.node_milestone m join plans.occurrence o on o.node_id = m.node_id
    where m.plan_version_id = ${versionId} and m.due_on is not null and o.plan_id = ${planId} and o.period = 'all'
      and o.cancelled_on is null and o.done_on is null`.execute(ctx.db)
  const wanted = JSON.stringify(rows.map((row) => ({ ...row, id: newId() })))
  await sql`insert into plans.milestone (id, occurrence_id, node_id, plan_id, agency_id, owner_id, name, due_on, is_of_plan, recorded_by, recorded_at)
    select distinct on (o.id, m.text, m.due_on) w.id, o.id, o.node_id, o.plan_id, o.agency_id, o.owner_id, m.text, m.due_on, true, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${wanted}::jsonb) as w(id uuid, "occurrenceId" uuid, rank integer)
    join plans.occurrence o on o.id = w."occurrenceId"
    join plans.node_milestone m on m.plan_version_id = ${versionId} and m.node_id = o.node_id and m.rank = w.rank
    on conflict (occurrence_id, name, due_on) where is_of_plan do update set cancelled_on = null`.execute(ctx.db)
  await sql`update plans.milestone k set cancelled_on = ${ctx.today}, version = k.version + 1
    where k.plan_id = ${planId} and k.is_of_plan and k.done_on is null and k.cancelled_on is null and not exists (
      select 1 from plans.node_milestone m where m.plan_version_id = ${versionId} and m.node_id = k.node_id and m.text = k.name and m.due_on = k.due_on)`.execute(
    ctx.db,
  )
}
