import { changedParams, conflict, invalid, type Context } from '#platform'
import type { NodeInput, PlanHeader } from '../model.ts'
import { findVersion, getPlan, lockOwnPlan, mayDeriveFrom, touchDraft } from '../store/plans.ts'
import { readDraftNodes } from '../store/drafts.ts'
import { decisionOn, keepDecision, undecide, writeDecision, type DecisionRow } from '../store/decisions.ts'
import { createDraft } from './drafts.ts'

/**
 * Begins a body's own plan from an issued plan above, with the tasks in which it has a duty taken over word for word
 * and their groups; all others wait as undecided. The body then adapts, adds, or says why one does not apply.
 * @throws conflict `plans.not-issued`
 */
export async function derivePlan(
  ctx: Context,
  parentPlanId: string,
  input: { header: PlanHeader; issuerId: string },
): Promise<{ planId: string }> {
  const parent = await getPlan(ctx, parentPlanId)
  const version = await findVersion(ctx, parent, 'issued')
  if (parent.state !== 'issued' || !version) throw conflict('plans.not-issued')
  if (parent.agencyId === ctx.actor.agencyId) throw invalid('plans.derive-from-own')
  if (!(await mayDeriveFrom(ctx, parent))) throw invalid('plans.derive-from-below')
  const nodes = await readDraftNodes(ctx, version.id)
  const owed = await ownTasks(ctx, version.id)
  const taken = withGroups(nodes, owed)
  const { planId, ids } = await createDraft(ctx, {
    issuerId: input.issuerId,
    header: input.header,
    nodes: taken.map((node) => asLocal(node)),
    parentPlanIds: [parentPlanId],
    functionCode: parent.functionCode,
    importId: null,
    isInvented: parent.isInvented,
  })
  const rows = taken
    .filter((node) => node.kind === 'task')
    .map((node) => ({
      planId,
      agencyId: ctx.actor.agencyId ?? '',
      parentPlanId,
      parentNodeId: node.key,
      kind: 'taken-over' as const,
      nodeId: ids.get(localKey(node.key)) ?? null,
      decidedBy: ctx.actor.personId,
      decidedAt: ctx.now,
    }))
  if (rows.length > 0) await ctx.db.insertInto('plans.derivation').values(rows).execute()
  return { planId }
}

/** The tasks of a version in which the acting agency has a duty of any kind. */
async function ownTasks(ctx: Context, versionId: string): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('plans.dutyBody')
    .select('nodeId')
    .distinct()
    .where('planVersionId', '=', versionId)
    .where('agencyId', '=', ctx.actor.agencyId)
    .execute()
  return new Set(rows.map((row) => row.nodeId))
}

function withGroups(nodes: NodeInput[], wanted: Set<string>): NodeInput[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const kept = new Set<string>()
  for (const key of wanted)
    for (
      let node = byKey.get(key);
      node && !kept.has(node.key);
      node = node.parentKey === null ? undefined : byKey.get(node.parentKey)
    )
      kept.add(node.key)
  return nodes.filter((node) => kept.has(node.key))
}

/** A name for the local copy of a node above, while it has no id of its own. */
function localKey(parentKey: string): string {
  return `parent:${parentKey}`
}

/** A task as the deriving body begins with it: the words and time stay, its own duties are for it to lay. */
function asLocal(node: NodeInput): NodeInput {
  return {
    ...node,
    key: localKey(node.key),
    parentKey: node.parentKey === null ? null : localKey(node.parentKey),
    duties: [],
    source: null,
  }
}

export type DerivationChoice =
  { kind: 'taken-over' | 'adapted'; nodeId: string } | { kind: 'not-applicable'; reason: string }

/**
 * Says what a plan does with one task of the plan above: while a document is being written a part of that draft, which
 * counts from its issue; beside an issued plan a dated record of what it left undecided, which a task the document has may
 * carry out.
 * @throws invalid `plans.not-a-task-above`, `plans.not-a-task-here`; conflict `plans.decided-already`
 */
export async function decideDerivation(
  ctx: Context,
  planId: string,
  parentNodeId: string,
  choice: DerivationChoice | null,
): Promise<void> {
  const plan = await lockOwnPlan(ctx, planId)
  const parentPlanId = await planAbove(ctx, planId, parentNodeId)
  if (parentPlanId === undefined) throw invalid('plans.not-a-task-above')
  const draft = await findVersion(ctx, plan, 'draft')
  const version = draft ?? (await findVersion(ctx, plan, 'issued'))
  const decision: DecisionRow | undefined =
    choice === null ? undefined : { parentPlanId, parentNodeId, nodeId: null, reason: null, ...choice }
  if (decision?.nodeId && (!version || !(await isTaskOf(ctx, version.id, decision.nodeId))))
    throw invalid('plans.not-a-task-here')
  const kind = decision?.kind ?? 'undecided'
  const was = await decisionOn(ctx, planId, parentNodeId, draft?.id ?? null)
  if (!draft && (plan.state !== 'issued' || !decision || was !== 'undecided')) throw conflict('plans.decided-already')
  if (draft && plan.state !== 'draft') {
    await keepDecision(ctx, draft, { agencyId: plan.agencyId, parentPlanId, parentNodeId }, decision)
  } else {
    if (draft) await undecide(ctx, planId, parentNodeId)
    if (decision) await writeDecision(ctx, plan, { ...decision, isAfterIssue: !draft })
  }
  if (draft) await touchDraft(ctx, draft)
  await ctx.record(
    'plans.derivation-decided',
    { kind: 'plans.plan', id: planId, agencyId: plan.agencyId },
    { parentNodeId, kind, isAfterIssue: !draft, ...changedParams({ decision: was }, { decision: kind }) },
  )
}

/** The plan above whose newest issued document has this task. */
async function planAbove(ctx: Context, planId: string, parentNodeId: string): Promise<string | undefined> {
  const parents = await ctx.db.selectFrom('plans.parent').select('parentPlanId').where('planId', '=', planId).execute()
  for (const { parentPlanId } of parents) {
    const version = await findVersion(ctx, { id: parentPlanId }, 'issued')
    if (version && (await isTaskOf(ctx, version.id, parentNodeId))) return parentPlanId
  }
  return undefined
}

async function isTaskOf(ctx: Context, versionId: string, nodeId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('plans.nodeVersion')
    .select('nodeId')
    .where('planVersionId', '=', versionId)
    .where('nodeId', '=', nodeId)
    .where('kind', '=', 'task')
    .executeTakeFirst()
  return row !== undefined
}

/** Puts a plan under one more plan above (an imported plan that carries out the national one). */
export async function linkParent(ctx: Context, planId: string, parentPlanId: string): Promise<void> {
  const plan = await lockOwnPlan(ctx, planId)
  const parent = await getPlan(ctx, parentPlanId)
  if (parent.state === 'draft' || parent.id === planId) throw invalid('plans.not-issued')
  await ctx.db
    .insertInto('plans.parent')
    .values({ planId, parentPlanId, agencyId: plan.agencyId })
    .onConflict((same) => same.doNothing())
    .execute()
  const draft = await findVersion(ctx, plan, 'draft')
  if (draft) await touchDraft(ctx, draft)
  await ctx.record('plans.parent-linked', { kind: 'plans.plan', id: planId, agencyId: plan.agencyId }, { parentPlanId })
}
