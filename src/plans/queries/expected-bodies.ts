import type { Context } from '#platform'
import { holdersOf, resolveClass } from '#agencies'
import type { PlanRow } from '../store/plans.ts'

/** A real body behind a duty: addressed on the document's date, and who holds the duty today. */
export type LaidBody = { dutyId: string; nodeId: string; kind: string; addressedId: string; agencyId: string }

/**
 * The real bodies behind each duty of a version: those a name or a class meant on the document's date, followed to
 * their holders of today. Issuing lays the duties on them; before that a draft shows them.
 */
export async function expectBodies(
  ctx: Context,
  plan: Pick<PlanRow, 'issuerId' | 'functionCode'>,
  of: { versionId: string; issuedOn: string },
): Promise<LaidBody[]> {
  const duties = await ctx.db
    .selectFrom('plans.duty')
    .select(['id', 'nodeId', 'kind', 'addressedId', 'classCode'])
    .where('planVersionId', '=', of.versionId)
    .execute()
  const named = [...new Set(duties.flatMap((duty) => (duty.addressedId === null ? [] : [duty.addressedId])))]
  const holders = await holdersOf(ctx, named, { on: ctx.today, since: of.issuedOn, function: plan.functionCode })
  const classes = new Map<string, { addressedId: string; holderId: string }[]>()
  for (const code of new Set(duties.flatMap((duty) => (duty.classCode === null ? [] : [duty.classCode])))) {
    const { bodies } = await resolveClass(ctx, code, {
      issuerId: plan.issuerId,
      on: of.issuedOn,
      today: ctx.today,
      function: plan.functionCode,
    })
    classes.set(code, bodies)
  }
  return duties.flatMap((duty) => {
    const base = { dutyId: duty.id, nodeId: duty.nodeId, kind: duty.kind }
    const { addressedId } = duty
    if (addressedId !== null)
      return (holders.get(addressedId) ?? [addressedId]).map((agencyId) => ({ ...base, addressedId, agencyId }))
    return (classes.get(duty.classCode ?? '') ?? []).map((body) => ({
      ...base,
      addressedId: body.addressedId,
      agencyId: body.holderId,
    }))
  })
}
