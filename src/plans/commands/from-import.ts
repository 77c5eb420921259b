import { invalid, type Context } from '#platform'
import { takeConfirmed, tieToPlan } from '#documents'
import { isOrder, type DutyInput, type NodeInput, type OrderFault } from '../model.ts'
import { requestOnlyOf } from '../queries/orders.ts'
import { createDraft } from './drafts.ts'

/**
 * Makes the draft of a plan from a finished review: what was accepted, as it was accepted, each task with its place in
 * the document. A body its issuer may only request enters as requested, whatever verb the document has; the words as
 * printed stay. Once for each import.
 * @throws invalid `documents.review-unfinished`, `plans.not-your-issuer`; conflict `documents.already-confirmed`
 */
export async function createFromImport(
  ctx: Context,
  input: { importId: string; issuerId: string | null; parentPlanIds: string[]; functionCode: string },
): Promise<{ planId: string }> {
  const { draft } = await takeConfirmed(ctx, input.importId)
  const issuerId = input.issuerId ?? draft.issuerId
  if (issuerId === null)
    throw invalid('plans.issuer-unknown', {}, [{ pointer: '/issuerId', code: 'platform.field-missing' }])
  const nodes: NodeInput[] = draft.nodes.map((node) => ({ ...node, programmes: [], bases: [] }))
  const requestOnly = await requestOnlyOf(
    ctx,
    { issuerId, agencyId: ctx.actor.agencyId ?? issuerId, functionCode: input.functionCode },
    { issuedOn: draft.header.issuedOn ?? ctx.today, nodes },
  )
  const { planId } = await createDraft(ctx, {
    issuerId,
    header: draft.header,
    nodes: nodes.map((node) => ({ ...node, duties: node.duties.map((duty) => asRequested(duty, requestOnly)) })),
    parentPlanIds: input.parentPlanIds,
    functionCode: input.functionCode,
    importId: input.importId,
  })
  await tieToPlan(ctx, input.importId, planId)
  return { planId }
}

function asRequested(duty: DutyInput, requestOnly: ReadonlyMap<string, OrderFault>): DutyInput {
  const isRequested = isOrder(duty.kind) && duty.addressedId !== null && requestOnly.has(duty.addressedId)
  return isRequested ? { ...duty, kind: 'requested' } : duty
}
