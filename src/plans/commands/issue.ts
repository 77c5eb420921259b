import { sql } from 'kysely'
import { asEverywhere, invalid, newId, type Context } from '#platform'
import { requireTwoPersons } from '#access'
import type { NodeInput } from '../model.ts'
import { checkReadyToIssue, countedDuties, dueInstances, mostPeriods, stateAfter } from '../rules.ts'
import { requestOnlyOf } from '../queries/orders.ts'
import { layMilestones } from './milestones.ts'
import { expectBodies, type LaidBody as Body } from '../queries/expected-bodies.ts'
import { forgetLostDerivations, planColumns, readDraftNodes } from '../store/drafts.ts'
import { issueDecisions } from '../store/decisions.ts'
import { lockOwnPlan, takeDraft, type PlanRow } from '../store/plans.ts'
import { tendJoints } from './tend-joints.ts'

/**
 * Issues the draft as the document it says it is: from here on it is never edited. Duties are laid on real bodies as
 * of the document's date and follow to their holders of today; work that is counted begins.
 * @throws invalid `plans.not-ready-to-issue`; conflict `plans.no-draft`, `platform.stale-version`, `plans.act-not-possible`
 */
export async function issuePlan(ctx: Context, planId: string, input: { version: number }): Promise<void> {
  const plan = await lockOwnPlan(ctx, planId)
  const draft = await takeDraft(ctx, plan, input.version)
  requireTwoPersons(ctx.actor.personId, [draft.savedBy, draft.laidBy])
  const nodes = await readDraftNodes(ctx, draft.id)
  const requestOnly = await requestOnlyOf(ctx, plan, { issuedOn: draft.header.issuedOn ?? ctx.today, nodes })
  checkReadyToIssue({ header: draft.header, nodes }, draft.act, { today: ctx.today, requestOnly })
  const state = stateAfter(plan.state, draft.act)
  const issuedOn = draft.header.issuedOn ?? ctx.today
  const bodies = draft.act === 'annulling' ? [] : await expectBodies(ctx, plan, { versionId: draft.id, issuedOn })
  await insertBodies(ctx, plan, draft.id, bodies)
  await issueDecisions(ctx, draft.id)
  await forgetLostDerivations(
    ctx,
    planId,
    nodes.filter((node) => node.kind === 'task').map((node) => node.key),
  )
  await ctx.db
    .updateTable('plans.planVersion')
    .set({ state: 'issued', issuedBy: ctx.actor.personId, issuedAt: ctx.now, version: draft.version + 1 })
    .where('id', '=', draft.id)
    .execute()
  await ctx.db
    .updateTable('plans.plan')
    .set({ state, ...planColumns(draft.header), version: plan.version + 1 })
    .where('id', '=', planId)
    .execute()
  await tellAudience(ctx, plan, bodies)
  await renewOccurrences(ctx, plan, { nodes, bodies, issuedOn, periodTo: draft.header.periodTo })
  // Joints are of the bodies that carry the plan out, which its issuer need not reach.
  if (draft.act !== 'original') await asEverywhere(ctx, () => tendJoints(ctx, { planId }))
  await layMilestones(ctx, planId, draft.id)
  await ctx.record(
    'plans.issued',
    { kind: 'plans.plan', id: planId, agencyId: plan.agencyId },
    { act: draft.act, number: draft.header.number, bodies: bodies.length },
  )
}

async function insertBodies(ctx: Context, plan: PlanRow, versionId: string, bodies: Body[]): Promise<void> {
  if (bodies.length === 0) return
  await sql`insert into plans.duty_body (duty_id, addressed_id, agency_id, owner_id, plan_id, plan_version_id, node_id, kind)
    select distinct "dutyId", "addressedId", "agencyId", ${plan.agencyId}::uuid, ${plan.id}::uuid, ${versionId}::uuid, "nodeId", kind
    from jsonb_to_recordset(${JSON.stringify(bodies)}::jsonb) as body("dutyId" uuid, "addressedId" uuid, "agencyId" uuid, "nodeId" uuid, kind text)
    on conflict do nothing`.execute(ctx.db)
  // Counted while the issuer sees all of them: a reader with a narrow reach is told the true number.
  await sql`update plans.duty d set body_count = (select count(distinct b.agency_id) from plans.duty_body b where b.duty_id = d.id)
    where d.plan_version_id = ${versionId}::uuid`.execute(ctx.db)
}

async function tellAudience(ctx: Context, plan: PlanRow, bodies: Body[]): Promise<void> {
  const agencies = [...new Set(bodies.map((body) => body.agencyId))]
  if (agencies.length === 0) return
  await sql`insert into plans.audience (plan_id, agency_id, owner_id)
    select ${plan.id}::uuid, agency_id::uuid, ${plan.agencyId}::uuid from jsonb_array_elements_text(${JSON.stringify(agencies)}::jsonb) as agency_id
    on conflict do nothing`.execute(ctx.db)
}

type Issued = { nodes: NodeInput[]; bodies: Body[]; issuedOn: string; periodTo: string | null }

/**
 * Makes the counted pieces of work of a version. Work that already stands (same task, body and period) keeps its
 * progress and takes the new due date; work no longer owed and not yet done is cancelled, never deleted.
 */
async function renewOccurrences(ctx: Context, plan: PlanRow, issued: Issued): Promise<void> {
  const begun = await firstIssued(ctx, plan.id)
  const work = issued.nodes
    .map((node, at) => ({ node, at }))
    .filter(({ node }) => node.kind === 'task')
    .flatMap(({ node, at }) => {
      const bodies = issued.bodies.filter((body) => body.nodeId === node.key)
      const owed = new Map(countedDuties(bodies).map(({ duty, isRequested }) => [duty.agencyId, isRequested]))
      const instances = dueInstances(node.time, {
        issuedOn: begun.get(node.key) ?? issued.issuedOn,
        periodTo: issued.periodTo,
        until: ctx.today,
      })
      if (instances.length > mostPeriods)
        throw invalid('plans.not-ready-to-issue', { count: 1 }, [
          { pointer: `/nodes/${at}/time/from`, code: 'plans.time-begins-too-early' },
        ])
      return [...owed].flatMap(([agencyId, isRequested]) =>
        instances.map((instance) => ({ id: newId(), nodeId: node.key, agencyId, isRequested, ...instance })),
      )
    })
  await writeOccurrences(ctx, plan, work)
}

/** The day of the document by which each task first came: recurring work counts from there, whatever amends it later. */
async function firstIssued(ctx: Context, planId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ nodeId: string; issuedOn: string }>`
    select n.node_id, min(v.issued_on) as issued_on from plans.node_version n join plans.plan_version v on v.id = n.plan_version_id
    where n.plan_id = ${planId} and v.state = 'issued' group by n.node_id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.nodeId, row.issuedOn]))
}

export type Work = {
  id: string
  nodeId: string
  agencyId: string
  isRequested: boolean
  period: string
  dueOn: string | null
}

async function writeOccurrences(ctx: Context, plan: Pick<PlanRow, 'id' | 'agencyId'>, work: Work[]): Promise<void> {
  const rows = JSON.stringify(work)
  await sql`insert into plans.occurrence (id, node_id, plan_id, agency_id, owner_id, is_requested, period, due_on)
    select id, "nodeId", ${plan.id}::uuid, "agencyId", ${plan.agencyId}::uuid, "isRequested", period, "dueOn"
    from jsonb_to_recordset(${rows}::jsonb) as w(id uuid, "nodeId" uuid, "agencyId" uuid, "isRequested" boolean, period text, "dueOn" date)
    on conflict (node_id, agency_id, period) do update set due_on = excluded.due_on, is_requested = excluded.is_requested, cancelled_on = null`.execute(
    ctx.db,
  )
  await sql`update plans.occurrence o set cancelled_on = ${ctx.today}
    where o.plan_id = ${plan.id} and o.done_on is null and o.cancelled_on is null and not exists (
      select 1 from jsonb_to_recordset(${rows}::jsonb) as w("nodeId" uuid, "agencyId" uuid, period text)
      where w."nodeId" = o.node_id and w."agencyId" = o.agency_id and w.period = o.period)`.execute(ctx.db)
}
