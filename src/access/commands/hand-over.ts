import { conflict, type Context } from '#platform'
import type { HandOver, Person } from '../model.ts'
import { getPerson } from '../queries/people.ts'
import { isSightWithin } from '../reach.ts'
import { checkManageable, postState } from '../rules.ts'
import { getPersonForChange, getPostForChange } from '../store.ts'
import { grantChecked } from './people.ts'

/**
 * Hands a post over: to a stand-in for a time, beside its holder, or to a successor for good. Work and duties belong to
 * the body and the role, so whoever acts in the post finds them there. What weighs much waits for a second
 * administrator, as any grant.
 * @returns the person who takes over
 * @throws notFound; forbidden as `grantPost`; conflict `access.post-already-ended`, `access.hand-over-to-oneself`, `access.stand-in-of-stand-in`
 */
export async function handOverPost(ctx: Context, postId: string, input: HandOver): Promise<Person> {
  const post = await getPostForChange(ctx, postId)
  if (postState(post, ctx.today) === 'ended') throw conflict('access.post-already-ended')
  if (post.personId === input.personId) throw conflict('access.hand-over-to-oneself')
  if (post.standsInFor !== null) throw conflict('access.stand-in-of-stand-in')
  checkManageable(ctx.actor, {
    id: post.personId,
    posts: [{ role: post.role, isWithinReach: await isSightWithin(ctx, post) }],
  })
  const person = await getPersonForChange(ctx, input.personId)
  const isStandIn = input.kind === 'stand-in'
  const { agencyId, unitId, role } = post
  const grant = {
    agencyId,
    unitId,
    role,
    validFrom: input.validFrom,
    validTo: isStandIn ? input.validTo : post.validTo,
  }
  const { needsConfirmation } = await grantChecked(ctx, person, grant, isStandIn ? post.id : null)
  if (!isStandIn) await endOn(ctx, post, input.validFrom)
  const params = { from: input.validFrom, to: isStandIn ? input.validTo : '' }
  await ctx.record(
    isStandIn ? 'access.stand-in-named' : 'access.successor-named',
    { kind: 'access.person', id: post.personId, agencyId },
    { role, ...params, waits: needsConfirmation, taker: input.personId },
  )
  return getPerson(ctx, input.personId)
}

/** The holder's own post lasts until the day the successor begins; one that has not begun never comes into force. */
async function endOn(
  ctx: Context,
  post: { id: string; validFrom: string; validTo: string | null; version: number },
  day: string,
): Promise<void> {
  const end = [day, post.validTo ?? day].sort()[0] ?? day
  const validTo = end < post.validFrom ? post.validFrom : end
  await ctx.db
    .updateTable('access.post')
    .set({ validTo, version: post.version + 1 })
    .where('id', '=', post.id)
    .execute()
}
