import type { Context } from '#platform'
import { holdersOf, resolveClass } from '#agencies'
import { isOrder, type DutyKind } from '../model.ts'
import type { PlanRow } from '../store/plans.ts'
import { listRequestOnly } from './orders.ts'

/** A real body behind a duty: addressed on the document's date, and who holds the duty today. */
export type LaidBody = { dutyId: string; nodeId: string; kind: DutyKind; addressedId: string; agencyId: string }

/**
 * The real bodies behind each duty of a version: those a name or a class meant on the document's date, followed to
 * their holders of today. Issuing lays the duties on them; before that a draft shows them. A body that a class means but
 * the issuer may only request is requested, whatever the class is given.
 */
export async function expectBodies(
  ctx: Context,
  plan: Pick<PlanRow, 'issuerId' | 'agencyId' | 'functionCode'>,
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
  const meant = [...classes.values()].flat().map((body) => body.addressedId)
  const requestOnly = await listRequestOnly(ctx, plan, of.issuedOn, meant)
  return duties.flatMap((duty) => {
    const kind = duty.kind as DutyKind
    const base = { dutyId: duty.id, nodeId: duty.nodeId, kind }
    const { addressedId } = duty
    if (addressedId !== null)
      return (holders.get(addressedId) ?? [addressedId]).map((agencyId) => ({ ...base, addressedId, agencyId }))
    return (classes.get(duty.classCode ?? '') ?? []).map((body) => ({
      ...base,
      kind: isOrder(kind) && requestOnly.has(body.addressedId) ? ('requested' as const) : kind,
      addressedId: body.addressedId,
      agencyId: body.holderId,
    }))
  })
}
