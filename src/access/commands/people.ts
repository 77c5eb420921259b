import { sql } from 'kysely'
import { conflict, forbidden, newId, notFound, type Context } from '#platform'
import type { ChangePersonState, GrantPost, InvitePerson, Invited, Person, Slip } from '../model.ts'
import { grantable } from '../permission-table.ts'
import { getPerson } from '../queries/people.ts'
import { filterWithinReach, isSightWithin } from '../reach.ts'
import { checkConfirmer, checkManageable, decideGrant, endOf, periodOf, postState } from '../rules.ts'
import { endSessionsOf } from '../sessions.ts'
import {
  getPersonForChange,
  getPostForChange,
  hasOtherAdministrator,
  insertPerson,
  insertPost,
  insertSlip,
  listLivingPosts,
  type PersonRow,
} from '../store.ts'

/**
 * Invites a person to a post: account without a password, post, and a one-time code to be printed on a slip.
 * @throws notFound `access.agency-not-found`; forbidden as `decideGrant`; invalid `access.login-taken` at `/login`
 */
export async function invitePerson(ctx: Context, input: InvitePerson): Promise<Invited> {
  const { personId } = await inviteWithoutSlip(ctx, input)
  const slip = await insertSlip(ctx, personId)
  return { person: await getPerson(ctx, personId), slip }
}

/** Makes the account and the post of an invited person; the slip is made later, with many others. @throws as `invitePerson` */
export async function inviteWithoutSlip(ctx: Context, input: InvitePerson): Promise<{ personId: string }> {
  const personId = newId()
  const { login, name, language, mail } = input
  const post = await decidePost(ctx, personId, input.post, '/post/validTo')
  await insertPerson(ctx, { id: personId, login, name, language, mail, hasJoined: false, state: 'invited' })
  await insertPost(ctx, post)
  await ctx.record(
    'access.person-invited',
    { kind: 'access.person', id: personId, agencyId: post.agencyId },
    { role: post.role, postId: post.id, waits: post.needsConfirmation },
  )
  return { personId }
}

/**
 * Gives a person within reach another post.
 * @throws as `invitePerson`; conflict `access.person-disabled`, `access.post-held-already`
 */
export async function grantPost(ctx: Context, personId: string, input: GrantPost): Promise<Person> {
  const person = await getPersonForChange(ctx, personId)
  const post = await grantChecked(ctx, person, input, null)
  await ctx.record(
    'access.post-granted',
    { kind: 'access.person', id: personId, agencyId: post.agencyId },
    { role: post.role, postId: post.id, waits: post.needsConfirmation },
  )
  return getPerson(ctx, personId)
}

/** Decides and lays a post on a person, for whom it may be to stand in. @throws as `grantPost` */
export async function grantChecked(ctx: Context, person: PersonRow, input: GrantPost, standsInFor: string | null) {
  const personId = person.id
  if (person.state === 'disabled') throw conflict('access.person-is-disabled')
  const post = await decidePost(ctx, personId, input, '/validTo')
  const held = await listLivingPosts(ctx, personId)
  if (held.some((one) => one.agencyId === post.agencyId && one.role === post.role && one.unitId === post.unitId))
    throw conflict('access.post-held-already')
  await insertPost(ctx, { ...post, standsInFor })
  return post
}

async function decidePost(ctx: Context, personId: string, input: GrantPost, pointer: string) {
  const period = periodOf(input, ctx.today, pointer)
  if (!(await filterWithinReach(ctx, [input.agencyId])).has(input.agencyId)) throw notFound('access.agency-not-found')
  const { agencyId, unitId, role } = input
  const { needsConfirmation } = decideGrant({
    granter: ctx.actor,
    personId,
    role,
    isWithinReach: await isSightWithin(ctx, { agencyId, unitId }),
    hasSecondAdministrator: await hasOtherAdministrator(ctx, agencyId, [ctx.actor.personId, personId]),
  })
  return { id: newId(), personId, agencyId, unitId, role, ...period, grantedBy: ctx.actor.personId, needsConfirmation }
}

/**
 * A second administrator confirms a post that weighs much; from then on it counts.
 * @throws notFound; conflict `access.post-not-waiting`; forbidden `access.confirm-own-grant`, `access.wider-than-own`, `access.role-not-grantable`
 * @source security.md A11
 */
export async function confirmPost(ctx: Context, postId: string): Promise<Person> {
  const post = await getPostForChange(ctx, postId)
  if (postState(post, ctx.today) !== 'unconfirmed') throw conflict('access.post-not-waiting')
  checkConfirmer(ctx.actor.personId, post)
  const roles = grantable[ctx.actor.role as keyof typeof grantable]
  if (!roles?.confirmed.includes(post.role)) throw forbidden('access.role-not-grantable')
  if (!(await isSightWithin(ctx, post))) throw forbidden('access.wider-than-own')
  await ctx.db
    .updateTable('access.post')
    .set({ confirmedBy: ctx.actor.personId, confirmedAt: ctx.now, version: post.version + 1 })
    .where('id', '=', postId)
    .execute()
  await ctx.record(
    'access.post-confirmed',
    { kind: 'access.person', id: post.personId, agencyId: post.agencyId },
    { role: post.role, postId },
  )
  return getPerson(ctx, post.personId)
}

/**
 * Ends a post of today; its rights are gone with the next request.
 * @throws notFound; conflict `access.post-already-ended`; forbidden as `checkManageable`
 */
export async function endPost(ctx: Context, postId: string): Promise<Person> {
  const post = await getPostForChange(ctx, postId)
  checkManageable(ctx.actor, {
    id: post.personId,
    posts: [{ role: post.role, isWithinReach: await isSightWithin(ctx, post) }],
  })
  const validTo = endOf(post, ctx.today)
  await ctx.db
    .updateTable('access.post')
    .set({ validTo, version: post.version + 1 })
    .where('id', '=', postId)
    .execute()
  await endStandIns(ctx, postId)
  await ctx.record(
    'access.post-ended',
    { kind: 'access.person', id: post.personId, agencyId: post.agencyId },
    { role: post.role, postId },
  )
  return getPerson(ctx, post.personId)
}

/** Whoever stood in for a post that ended stands in no more. */
async function endStandIns(ctx: Context, postId: string): Promise<void> {
  await ctx.db
    .updateTable('access.post')
    .set((eb) => ({
      validTo: sql<string>`greatest(valid_from, ${ctx.today}::date)`,
      version: eb('version', '+', 1),
    }))
    .where('standsInFor', '=', postId)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', ctx.today)]))
    .execute()
}

/** @throws forbidden unless every living post of the person is one the actor could grant */
export async function checkWholePerson(ctx: Context, personId: string): Promise<{ agencyId: string | null }> {
  const posts = await listLivingPosts(ctx, personId)
  const judged = await Promise.all(
    posts.map(async (post) => ({ role: post.role, isWithinReach: await isSightWithin(ctx, post) })),
  )
  checkManageable(ctx.actor, { id: personId, posts: judged })
  return { agencyId: posts[0]?.agencyId ?? ctx.actor.agencyId }
}

/**
 * Disables an account, ending its sessions and slips at once, or enables it again.
 * @throws notFound; forbidden as `checkManageable`; conflict `platform.stale-version`
 */
export async function changePersonState(ctx: Context, personId: string, input: ChangePersonState): Promise<Person> {
  const person = await getPersonForChange(ctx, personId)
  const { agencyId } = await checkWholePerson(ctx, personId)
  if (person.version !== input.version) throw conflict('platform.stale-version')
  const state = input.state === 'disabled' ? 'disabled' : person.hasJoined ? 'active' : 'invited'
  await ctx.db
    .updateTable('access.person')
    .set({ state, version: person.version + 1 })
    .where('id', '=', personId)
    .execute()
  if (state === 'disabled') {
    await ctx.db
      .updateTable('access.invitation')
      .set({ endsAt: ctx.now })
      .where('personId', '=', personId)
      .where('usedAt', 'is', null)
      .where('endsAt', '>', ctx.now)
      .execute()
    await endSessionsOf(ctx, personId, null)
  }
  await ctx.record(state === 'disabled' ? 'access.person-disabled' : 'access.person-enabled', {
    kind: 'access.person',
    id: personId,
    agencyId,
  })
  return getPerson(ctx, personId)
}

/**
 * Makes a new slip for a person who lost the first one or the password. The password that is, stays until it is used.
 * @throws notFound; forbidden as `checkManageable`; conflict `access.person-is-disabled`
 */
export async function renewInvitation(ctx: Context, personId: string): Promise<Slip> {
  const person = await getPersonForChange(ctx, personId)
  const { agencyId } = await checkWholePerson(ctx, personId)
  if (person.state === 'disabled') throw conflict('access.person-is-disabled')
  const slip = await insertSlip(ctx, personId)
  await ctx.record('access.invitation-renewed', { kind: 'access.person', id: personId, agencyId })
  return slip
}
