import { sql, type RawBuilder } from 'kysely'
import { asEverywhere, type Context } from '#platform'
import type { PlanRow, VersionRow } from './plans.ts'

/**
 * What a plan does with tasks above, by `parent_node_id`: as it stands issued, and over it what the given draft will say
 * when it is issued (`is_pending`).
 */
export function decisionsOf(planId: string, draftId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select d.parent_plan_id, d.parent_node_id, d.kind, d.node_id, d.reason, d.decided_at, d.is_after_issue, false as is_pending
    from plans.derivation d where d.plan_id = ${planId}::uuid
      and not exists (select 1 from plans.derivation_draft w where w.plan_version_id = ${draftId} and w.parent_node_id = d.parent_node_id)
    union all select w.parent_plan_id, w.parent_node_id, w.kind, w.node_id, w.reason, w.decided_at, false, true
    from plans.derivation_draft w where w.plan_version_id = ${draftId}`
}

/** What a plan, or its draft, does with one task above. */
export async function decisionOn(
  ctx: Context,
  planId: string,
  parentNodeId: string,
  draftId: string | null,
): Promise<string> {
  const { rows } = await sql<{ kind: string }>`
    select d.kind from (${decisionsOf(planId, sql`${draftId}::uuid`)}) d where d.parent_node_id = ${parentNodeId}::uuid`.execute(
    ctx.db,
  )
  return rows[0]?.kind ?? 'undecided'
}

export type DecisionRow = {
  parentPlanId: string
  parentNodeId: string
  kind: 'taken-over' | 'adapted' | 'not-applicable'
  nodeId: string | null
  reason: string | null
}

/** Takes back what a plan does with a task above. */
export async function undecide(ctx: Context, planId: string, parentNodeId: string): Promise<void> {
  await ctx.db
    .deleteFrom('plans.derivation')
    .where('planId', '=', planId)
    .where('parentNodeId', '=', parentNodeId)
    .execute()
}

/** Writes what a plan does with a task above: its draft's word while it was never issued, else a record beside it. */
export async function writeDecision(
  ctx: Context,
  plan: PlanRow,
  decision: DecisionRow & { isAfterIssue: boolean },
): Promise<void> {
  await ctx.db
    .insertInto('plans.derivation')
    .values({
      ...decision,
      planId: plan.id,
      agencyId: plan.agencyId,
      decidedBy: ctx.actor.personId,
      decidedAt: ctx.now,
    })
    .execute()
}

/** Keeps with the draft of a changing document what it will say of a task above; undefined = that it is open again. */
export async function keepDecision(
  ctx: Context,
  draft: VersionRow,
  of: { agencyId: string; parentPlanId: string; parentNodeId: string },
  decision: DecisionRow | undefined,
): Promise<void> {
  await ctx.db
    .deleteFrom('plans.derivationDraft')
    .where('planVersionId', '=', draft.id)
    .where('parentNodeId', '=', of.parentNodeId)
    .execute()
  await ctx.db
    .insertInto('plans.derivationDraft')
    .values({
      ...of,
      planVersionId: draft.id,
      planId: draft.planId,
      kind: decision?.kind ?? 'undecided',
      nodeId: decision?.nodeId ?? null,
      reason: decision?.reason ?? null,
      decidedBy: ctx.actor.personId,
      decidedAt: ctx.now,
    })
    .execute()
}

/**
 * Makes what a draft decided on tasks above the word of the plan: part of issuing it. As the product, for a plan above
 * may have left sight since it was decided on.
 */
export async function issueDecisions(ctx: Context, draftId: string): Promise<void> {
  await asEverywhere(ctx, async () => {
    await sql`delete from plans.derivation d using plans.derivation_draft w
      where w.plan_version_id = ${draftId}::uuid and d.plan_id = w.plan_id and d.parent_node_id = w.parent_node_id`.execute(
      ctx.db,
    )
    await sql`insert into plans.derivation (plan_id, agency_id, parent_plan_id, parent_node_id, kind, node_id, reason, decided_by, decided_at)
      select plan_id, agency_id, parent_plan_id, parent_node_id, kind, node_id, reason, decided_by, decided_at
      from plans.derivation_draft where plan_version_id = ${draftId}::uuid and kind <> 'undecided'`.execute(ctx.db)
    await sql`delete from plans.derivation_draft where plan_version_id = ${draftId}::uuid`.execute(ctx.db)
  })
}
