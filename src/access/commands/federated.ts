import {
  asEverywhere,
  conflict,
  deviceCookieName,
  forbidden,
  invalid,
  newId,
  notFound,
  Problem,
  requestOf,
  unauthenticated,
  type Context,
} from '#platform'
import { stageOf } from '../authorize.ts'
import type { AccessParts } from '../ground.ts'
import type { BeginFederated, EndFederated, FederatedAddress, Identity, Session } from '../model.ts'
import type { Provider, Told } from '../provider.ts'
import { readSession } from '../queries/session.ts'
import { refuseTry } from '../refused-tries.ts'
import { bareCode, hashSecret, newToken } from '../secrets.ts'
import { takeCode } from '../store.ts'
import { enter, joinBySlip } from './sign-in.ts'

/** How long the way to the provider and back may take. */
const roundMinutes = 10

function providerOf(parts: AccessParts): Provider {
  if (parts.provider === null) throw notFound()
  return parts.provider
}

/** Where the provider sends the browser back: a page, for the cookies of this site do not come from elsewhere. */
function redirectOf(ctx: Context, parts: AccessParts): string {
  const site = parts.publicUrl ?? `http://${requestOf(ctx).headers.host ?? 'localhost'}`
  return new URL('/dang-nhap/tro-ve', site).href
}

/** The mark by which this browser is known when it comes back; a new one is laid where there is none. */
function markOf(ctx: Context, parts: AccessParts): string {
  const request = requestOf(ctx)
  const kept = request.cookies[deviceCookieName(parts.secure)] ?? ''
  const mark = /^[\w-]{43}$/.test(kept) ? kept : newToken()
  request.deviceCookie = { value: mark, maxAgeSeconds: 400 * 86_400 }
  return mark
}

/**
 * Sends the browser out to the provider: to sign in, or with the code of a slip to take it up.
 * @throws notFound where no provider is set; unavailable `access.provider-unreachable`
 */
export async function beginFederated(
  ctx: Context,
  parts: AccessParts,
  input: BeginFederated,
): Promise<FederatedAddress> {
  const invitation =
    input.code === null
      ? undefined
      : await asEverywhere(ctx, () =>
          ctx.db
            .selectFrom('access.invitation')
            .select('id')
            .where('codeHash', '=', hashSecret(bareCode(input.code?.toUpperCase() ?? '')))
            .where('kind', '=', 'person')
            .where('usedAt', 'is', null)
            .where('endsAt', '>', ctx.now)
            .executeTakeFirst(),
        )
  if (input.code !== null && !invitation)
    throw invalid('platform.invalid-input', {}, [{ pointer: '/code', code: 'access.code-wrong' }])
  return begin(ctx, parts, { invitationId: invitation?.id ?? null, personId: null })
}

/** Sends the browser out to link the provider's subject to the person signed in. @throws as `beginFederated` */
export async function beginLink(ctx: Context, parts: AccessParts): Promise<FederatedAddress> {
  const address = await begin(ctx, parts, { invitationId: null, personId: ctx.actor.personId })
  await ctx.record('access.identity-begun', { kind: 'access.person', id: ctx.actor.personId })
  return address
}

async function begin(
  ctx: Context,
  parts: AccessParts,
  of: { invitationId: string | null; personId: string | null },
): Promise<FederatedAddress> {
  const provider = providerOf(parts)
  const secrets = { verifier: newToken(), nonce: newToken(), state: newToken() }
  const address = await provider.begin(redirectOf(ctx, parts), secrets)
  const forgetBefore = new Date(Date.parse(ctx.now) - 86_400_000).toISOString()
  await asEverywhere(ctx, async () => {
    await ctx.db.deleteFrom('access.federatedRound').where('beganAt', '<', forgetBefore).execute()
    await ctx.db
      .insertInto('access.federatedRound')
      .values({
        stateHash: hashSecret(secrets.state),
        markHash: hashSecret(markOf(ctx, parts)),
        verifier: secrets.verifier,
        nonce: secrets.nonce,
        ...of,
        beganAt: ctx.now,
      })
      .execute()
  })
  if (of.personId === null)
    await ctx.record('access.federated-begun', { kind: 'access.person', id: null, agencyId: parts.lead.agencyId })
  return { address }
}

/**
 * The browser came back: the round is this browser's, is used once, and what the provider tells holds. Then the linked
 * person is let in as with the password; a second factor is still asked where there is or must be one.
 * @returns the session, or a problem: `access.federated-failed`, `access.assurance-too-low`, `access.identity-unknown`, `access.identity-taken`
 */
export async function endFederated(ctx: Context, parts: AccessParts, input: EndFederated): Promise<Session | Problem> {
  const provider = providerOf(parts)
  const since = new Date(Date.parse(ctx.now) - roundMinutes * 60_000).toISOString()
  const round = await asEverywhere(ctx, () =>
    ctx.db
      .updateTable('access.federatedRound')
      .set({ usedAt: ctx.now })
      .where('stateHash', '=', hashSecret(input.state))
      .where('markHash', '=', hashSecret(requestOf(ctx).cookies[deviceCookieName(parts.secure)] ?? ''))
      .where('usedAt', 'is', null)
      .where('beganAt', '>', since)
      .returning(['verifier', 'nonce', 'personId', 'invitationId'])
      .executeTakeFirst(),
  )
  if (!round) return refuse(ctx, parts, null, unauthenticated('access.federated-failed'))
  const back = new URL(redirectOf(ctx, parts))
  for (const [name, value] of Object.entries(input)) back.searchParams.set(name, value)
  const told = await provider.end(back, { verifier: round.verifier, nonce: round.nonce, state: input.state })
  if (!told) return refuse(ctx, parts, null, unauthenticated('access.federated-failed'))
  if (told.level < provider.level)
    return refuse(ctx, parts, null, forbidden('access.assurance-too-low', { level: provider.level }))
  if (round.personId !== null) return link(ctx, parts, round.personId, told)
  if (round.invitationId !== null) return takeUp(ctx, parts, round.invitationId, told)
  const linked = await findLinked(ctx, provider, told)
  if (!linked) return refuse(ctx, parts, null, unauthenticated('access.identity-unknown'))
  return enter(ctx, parts, linked, 'access.signed-in', { level: told.level })
}

function refuse(ctx: Context, parts: AccessParts, personId: string | null, problem: Problem): Promise<Problem> {
  return refuseTry(ctx, parts, { action: 'access.sign-in-refused', personId }, problem)
}

async function findLinked(ctx: Context, provider: Provider, told: Told): Promise<string | undefined> {
  const row = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('access.identity as identity')
      .innerJoin('access.person as person', 'person.id', 'identity.personId')
      .select('person.id')
      .where('identity.issuer', '=', provider.issuer)
      .where('identity.subject', '=', told.subject)
      .where('identity.endedAt', 'is', null)
      .where('person.state', '=', 'active')
      .executeTakeFirst(),
  )
  return row?.id
}

async function isTaken(ctx: Context, provider: Provider, told: Told): Promise<boolean> {
  const row = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('access.identity')
      .select('id')
      .where('issuer', '=', provider.issuer)
      .where('subject', '=', told.subject)
      .where('endedAt', 'is', null)
      .executeTakeFirst(),
  )
  return row !== undefined
}

async function keepIdentity(ctx: Context, parts: AccessParts, personId: string, told: Told): Promise<void> {
  const { issuer } = providerOf(parts)
  await asEverywhere(ctx, () =>
    ctx.db
      .insertInto('access.identity')
      .values({ id: newId(), personId, issuer, subject: told.subject, linkedAt: ctx.now })
      .execute(),
  )
  await ctx.record(
    'access.identity-linked',
    { kind: 'access.person', id: personId, by: personId },
    { level: told.level },
  )
}

/** Links to whoever began the round, if he is still the one signed in. */
async function link(ctx: Context, parts: AccessParts, personId: string, told: Told): Promise<Session | Problem> {
  const stage = ctx.actor.personId === personId ? stageOf(ctx.actor) : undefined
  if (stage === undefined || stage === 'factor')
    return refuse(ctx, parts, null, unauthenticated('access.federated-failed'))
  if (await isTaken(ctx, providerOf(parts), told))
    return refuse(ctx, parts, personId, conflict('access.identity-taken'))
  await keepIdentity(ctx, parts, personId, told)
  return readSession(ctx, parts, { personId, actingPostId: ctx.actor.postId, stage })
}

/** Takes up a slip without a password: the provider's subject opens the account from now on. */
async function takeUp(ctx: Context, parts: AccessParts, invitationId: string, told: Told): Promise<Session | Problem> {
  if (await isTaken(ctx, providerOf(parts), told)) return refuse(ctx, parts, null, conflict('access.identity-taken'))
  const { codeHash } = await asEverywhere(ctx, () =>
    ctx.db.selectFrom('access.invitation').select('codeHash').where('id', '=', invitationId).executeTakeFirstOrThrow(),
  )
  const taken = await asEverywhere(ctx, () => takeCode(ctx, codeHash, 'person'))
  if (taken?.personId == null) return refuse(ctx, parts, null, unauthenticated('access.federated-failed'))
  const { personId, madeBy } = taken
  const person = await asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('access.person')
      .select(['id', 'hasJoined'])
      .where('id', '=', personId)
      .where('state', '!=', 'disabled')
      .executeTakeFirst(),
  )
  if (!person) return refuse(ctx, parts, null, unauthenticated('access.federated-failed'))
  await keepIdentity(ctx, parts, personId, told)
  return joinBySlip(ctx, parts, { ...person, madeBy })
}

/** The own links to the provider. */
export async function listIdentities(ctx: Context): Promise<Identity[]> {
  return ctx.db
    .selectFrom('access.identity')
    .select(['id', 'issuer', 'linkedAt'])
    .where('personId', '=', ctx.actor.personId)
    .where('endedAt', 'is', null)
    .orderBy('linkedAt')
    .execute()
}

/** Gives up a link. @throws notFound */
export async function endIdentity(ctx: Context, id: string): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('access.identity')
    .set({ endedAt: ctx.now })
    .where('id', '=', id)
    .where('personId', '=', ctx.actor.personId)
    .where('endedAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw notFound()
  await ctx.record('access.identity-ended', { kind: 'access.person', id: ctx.actor.personId })
}
