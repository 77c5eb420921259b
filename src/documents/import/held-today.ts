import { holdersOf, listAgencyNames, resolveClass } from '#agencies'
import type { Context } from '#platform'
import type { SuggestedBody } from '../model.ts'

/** As many names as one reads at a glance; the rest is counted. */
const fewNames = 3

/** The document whose bodies are looked at: who issued it, when, and the field of work its duties belong to. */
export type HeldContext = { issuerId: string | null; on: string; functionCode: string }

/**
 * Bodies and classes with who holds their duties today and since when, where they are no more: a body that ended, a
 * class whose bodies were abolished. All others are left as they are.
 */
export async function withHolders(
  ctx: Context,
  bodies: readonly SuggestedBody[],
  of: HeldContext,
): Promise<SuggestedBody[]> {
  const ended = bodies.flatMap((body) =>
    body.agencyId !== null && body.endedOn !== null && body.endedOn <= ctx.today ? [body.agencyId] : [],
  )
  const holders = await holdersOf(ctx, [...new Set(ended)], { on: ctx.today, since: of.on, function: of.functionCode })
  const classes = await abolishedClasses(ctx, bodies, of)
  const names = await listAgencyNames(ctx, [...[...holders.values()].flat(), ...[...classes.values()].flatMap((one) => one.ids)], ctx.today) // prettier-ignore
  const heldBy = (ids: readonly string[], since: string): SuggestedBody['heldBy'] => ({
    names: ids.slice(0, fewNames).flatMap((id) => names.get(id)?.name ?? []),
    count: ids.length,
    since,
  })
  return bodies.map((body) => {
    const { agencyId, endedOn } = body
    const found = classes.get(body.classCode ?? '')
    if (found !== undefined) return { ...body, endedOn: found.since, heldBy: heldBy(found.ids, found.since) }
    const ids = (holders.get(agencyId ?? '') ?? []).filter((id) => id !== agencyId)
    return endedOn === null || ids.length === 0 ? body : { ...body, heldBy: heldBy(ids, endedOn) }
  })
}

/** The classes among them whose bodies are no more, with the bodies that hold their duties today. */
async function abolishedClasses(
  ctx: Context,
  bodies: readonly SuggestedBody[],
  { issuerId, on, functionCode }: HeldContext,
): Promise<Map<string, { ids: string[]; since: string }>> {
  const classes = new Map<string, { ids: string[]; since: string }>()
  if (issuerId === null) return classes
  for (const code of new Set(bodies.flatMap((body) => body.classCode ?? []))) {
    const found = await resolveClass(ctx, code, { issuerId, on, today: ctx.today, function: functionCode })
    if (found.abolished && found.since !== null)
      classes.set(code, { ids: [...new Set(found.bodies.map((body) => body.holderId))], since: found.since })
  }
  return classes
}
