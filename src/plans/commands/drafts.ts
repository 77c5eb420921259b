import { changedParams, conflict, invalid, newId, type Context } from '#platform'
import { getAgency, holdersOf, holdsFunction } from '#agencies'
import type { NodeInput, PlanAct, PlanHeader, SaveDraft } from '../model.ts'
import { checkTree, stateAfter } from '../rules.ts'
import {
  forgetLostDecisions,
  forgetLostDerivations,
  headerColumns,
  planColumns,
  readDraftNodes,
  replaceDraftNodes,
} from '../store/drafts.ts'
import { findVersion, getPlan, lockOwnPlan, takeDraft } from '../store/plans.ts'
import { checkFunction, checkReferences } from '../store/references.ts'

export type NewDraft = {
  issuerId: string
  header: PlanHeader
  nodes: NodeInput[]
  parentPlanIds: string[]
  functionCode: string
  importId: string | null
  isInvented?: boolean
}

/**
 * Begins a plan of the acting agency. Its issuer is that agency, or a body of the past whose work it holds today: the
 * document keeps the name it was issued under.
 * @throws invalid `plans.not-your-issuer`, `plans.tree-broken`, `plans.names-unknown`, `plans.not-issued`; notFound for a plan above that is out of sight
 */
export async function createDraft(
  ctx: Context,
  draft: NewDraft,
): Promise<{ planId: string; versionId: string; ids: Map<string, string> }> {
  checkTree(draft.nodes)
  await checkReferences(ctx, draft.nodes)
  await checkFunction(ctx, draft.functionCode)
  const parentPlanIds = [...new Set(draft.parentPlanIds)]
  for (const parentPlanId of parentPlanIds)
    if ((await getPlan(ctx, parentPlanId)).state === 'draft') throw invalid('plans.not-issued')
  const agencyId = await ownerFor(ctx, draft.issuerId, draft.functionCode)
  const issuer = await getAgency(ctx, draft.issuerId, ctx.today)
  const planId = newId()
  const versionId = newId()
  await ctx.db
    .insertInto('plans.plan')
    .values({
      id: planId,
      agencyId,
      issuerId: draft.issuerId,
      level: issuer.level,
      state: 'draft',
      functionCode: draft.functionCode,
      isInvented: draft.isInvented ?? false,
      importId: draft.importId,
      createdAt: ctx.now,
      ...planColumns(draft.header),
    })
    .execute()
  await ctx.db
    .insertInto('plans.planVersion')
    .values({
      id: versionId,
      planId,
      agencyId,
      ordinal: 1,
      act: 'original',
      state: 'draft',
      savedBy: ctx.actor.personId,
      ...headerColumns(draft.header),
    })
    .execute()
  if (parentPlanIds.length > 0)
    await ctx.db
      .insertInto('plans.parent')
      .values(parentPlanIds.map((parentPlanId) => ({ planId, parentPlanId, agencyId })))
      .execute()
  const ids = await replaceDraftNodes(ctx, { planId, versionId, agencyId }, draft.nodes)
  await ctx.record('plans.draft-begun', { kind: 'plans.plan', id: planId, agencyId }, { nodes: draft.nodes.length })
  return { planId, versionId, ids }
}

async function ownerFor(ctx: Context, issuerId: string, functionCode: string): Promise<string> {
  const acting = ctx.actor.agencyId
  if (acting === null) throw invalid('plans.no-acting-agency')
  if (await mayKeepPlansOf(ctx, issuerId, functionCode)) return acting
  throw invalid('plans.not-your-issuer')
}

/** Whether the acting body may keep plans that this one issued: its own, of a body it succeeded, of the head it answers to. */
export async function mayKeepPlansOf(ctx: Context, issuerId: string, functionCode: string): Promise<boolean> {
  const acting = ctx.actor.agencyId
  if (acting === null) return false
  if (acting === issuerId) return true
  const holders = await holdersOf(ctx, [issuerId], { on: ctx.today, function: functionCode })
  return (holders.get(issuerId) ?? []).includes(acting) || (await keepsPlansOf(ctx, issuerId, functionCode))
}

/**
 * A plan that the head of the executive issues is kept by the central body that answers for its function: it urges and
 * consolidates (design §3.3; Decision 27/QĐ-TTg charges the ministry so).
 */
async function keepsPlansOf(ctx: Context, issuerId: string, functionCode: string): Promise<boolean> {
  const issuer = await getAgency(ctx, issuerId, ctx.today)
  if (issuer.level !== 'central' || !issuer.isExecutive || issuer.kind !== 'institution') return false
  const acting = await getAgency(ctx, ctx.actor.agencyId ?? issuerId, ctx.today)
  return acting.level === 'central' && (await holdsFunction(ctx, acting.id, { function: functionCode, on: ctx.today }))
}

/**
 * Saves a draft whole over the version its writer saw. `ids` = the id each new node was given, by the sender's key: the
 * next save names it so, and the node keeps its identity.
 * @throws conflict `platform.stale-version`, `plans.no-draft`
 */
export async function saveDraft(
  ctx: Context,
  planId: string,
  input: SaveDraft,
): Promise<{ version: number; ids: Record<string, string> }> {
  const plan = await lockOwnPlan(ctx, planId)
  const draft = await takeDraft(ctx, plan, input.version)
  checkTree(input.nodes)
  await checkReferences(ctx, input.nodes)
  const before = await countNodes(ctx, draft.id)
  const ids = await replaceDraftNodes(ctx, { planId, versionId: draft.id, agencyId: plan.agencyId }, input.nodes)
  const taskIds = input.nodes.filter((node) => node.kind === 'task').map((node) => ids.get(node.key) ?? node.key)
  if (plan.state === 'draft') await forgetLostDerivations(ctx, planId, taskIds)
  await forgetLostDecisions(ctx, draft.id, taskIds)
  await ctx.db
    .updateTable('plans.planVersion')
    .set({ ...headerColumns(input.header), savedBy: ctx.actor.personId, laidBy: null, version: draft.version + 1 })
    .where('id', '=', draft.id)
    .execute()
  const changes = plan.state === 'draft' ? planColumns(input.header) : {}
  await ctx.db
    .updateTable('plans.plan')
    .set({ ...changes, version: plan.version + 1 })
    .where('id', '=', planId)
    .execute()
  await ctx.record(
    'plans.draft-saved',
    { kind: 'plans.plan', id: planId, agencyId: plan.agencyId },
    {
      nodes: input.nodes.length,
      ...changedParams(inAudit(draft.header, before), inAudit(input.header, input.nodes.length)),
    },
  )
  return { version: draft.version + 1, ids: Object.fromEntries([...ids].filter(([key, id]) => key !== id)) }
}

/** What the audit keeps of a draft's changes: its kind, number, days and size, none of its words. */
function inAudit({ kind, number, issuedOn, periodFrom, periodTo }: PlanHeader, nodes: number) {
  return { documentKind: kind, number, issuedOn, periodFrom, periodTo, nodes }
}

async function countNodes(ctx: Context, versionId: string): Promise<number> {
  const { count } = await ctx.db
    .selectFrom('plans.nodeVersion')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('planVersionId', '=', versionId)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Begins a document that amends, corrects, replaces or annuls an issued plan: a new version that starts as a copy, so
 * that tasks keep their identity and progress.
 * @throws conflict `plans.act-not-possible`, `plans.draft-already-begun`
 */
export async function beginAmendment(
  ctx: Context,
  planId: string,
  input: { act: Exclude<PlanAct, 'original'>; reason: string },
): Promise<void> {
  const plan = await lockOwnPlan(ctx, planId)
  stateAfter(plan.state, input.act)
  if (await findVersion(ctx, plan, 'draft')) throw conflict('plans.draft-already-begun')
  const issued = await findVersion(ctx, plan, 'issued')
  if (!issued) throw conflict('plans.act-not-possible')
  const versionId = newId()
  const header: PlanHeader = { ...issued.header, number: null, issuedOn: null }
  await ctx.db
    .insertInto('plans.planVersion')
    .values({
      id: versionId,
      planId,
      agencyId: plan.agencyId,
      ordinal: issued.ordinal + 1,
      act: input.act,
      state: 'draft',
      reason: input.reason,
      savedBy: ctx.actor.personId,
      ...headerColumns(header),
    })
    .execute()
  await replaceDraftNodes(ctx, { planId, versionId, agencyId: plan.agencyId }, await readDraftNodes(ctx, issued.id))
  await ctx.record(
    'plans.amendment-begun',
    { kind: 'plans.plan', id: planId, agencyId: plan.agencyId },
    { act: input.act },
  )
}

/** The draft of an own plan, as it would be sent to save it. @throws conflict `plans.no-draft` */
export async function readDraftOf(ctx: Context, planId: string): Promise<NodeInput[]> {
  const plan = await lockOwnPlan(ctx, planId)
  const draft = await findVersion(ctx, plan, 'draft')
  if (!draft) throw conflict('plans.no-draft')
  return readDraftNodes(ctx, draft.id)
}
