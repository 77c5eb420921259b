import { invalid, type Context } from '#platform'
import { takeConfirmed, tieToPlan } from '#documents'
import type { NodeInput } from '../model.ts'
import { createDraft } from './drafts.ts'

/**
 * Makes the draft of a plan from a finished review: what was accepted, as it was accepted, each task with its place in
 * the document. Once for each import.
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
  const { planId } = await createDraft(ctx, {
    issuerId,
    header: draft.header,
    nodes,
    parentPlanIds: input.parentPlanIds,
    functionCode: input.functionCode,
    importId: input.importId,
  })
  await tieToPlan(ctx, input.importId, planId)
  return { planId }
}
