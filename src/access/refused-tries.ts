import { countInWindow, type Context, type Problem } from '#platform'
import type { AccessParts } from './ground.ts'
import { homeAgencyOf } from './store.ts'

/**
 * Records failed tries, grouped so that a flood cannot hide other entries: the first of a quarter of an hour for an
 * account (all unknown ones are one), then the tenth, the hundredth and so on, each with the count.
 * @source security.md E7
 */
export async function refuseTry(
  ctx: Context,
  parts: AccessParts,
  failed: { action: string; personId: string | null },
  problem: Problem,
): Promise<Problem> {
  const count = await countInWindow(
    ctx.db,
    { name: failed.action, windowSeconds: 900, nowMs: Date.parse(ctx.now) },
    failed.personId ?? 'unknown',
  )
  if (/^10*$/.test(String(count))) {
    const home = failed.personId === null ? null : await homeAgencyOf(ctx, failed.personId)
    await ctx.record(
      failed.action,
      { kind: 'access.person', id: failed.personId, agencyId: home ?? parts.lead.agencyId, refused: true },
      { tries: count },
    )
  }
  return problem
}
