import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { invalid, newId, notFound, requestOf, type Context, type Problem } from '#platform'
import { listFactorKinds } from '../factors.ts'
import type { AccessParts } from '../ground.ts'
import type { GivePasskey, NewPasskey, PasskeyOptions, RecoveryCodes, Session } from '../model.ts'
import { afterEnrolment, giveUpLast, enterWhole, refuseFactor } from './factors.ts'

/** Loaded when a passkey is first asked for: it looks about in the runtime's cryptography, which takes a moment. */
const webauthn = () => import('@simplewebauthn/server')

/** How long a device may take to answer. */
const challengeMinutes = 5

/**
 * The site a passkey is bound to: the public address, or on a machine of development the one that was called.
 * @throws invalid `access.passkey-needs-name` when that is a bare network address
 */
function siteOf(ctx: Context, parts: AccessParts): { origin: string; rpID: string } {
  const { origin, hostname } = new URL(parts.publicUrl ?? `http://${requestOf(ctx).headers.host ?? 'localhost'}`)
  if (/^[\d.]+$|^\[/.test(hostname)) throw invalid('access.passkey-needs-name')
  return { origin, rpID: hostname }
}

function listPasskeys(ctx: Context) {
  return ctx.db
    .selectFrom('access.passkey')
    .select(['id', 'credentialId', 'publicKey', 'counter', 'transports'])
    .where('personId', '=', ctx.actor.personId)
    .where('endedAt', 'is', null)
    .execute()
}

async function keepChallenge(ctx: Context, challenge: string): Promise<void> {
  await ctx.db
    .updateTable('access.session')
    .set({ challenge, challengeAt: ctx.now })
    .where('id', '=', ctx.actor.sessionId)
    .execute()
}

/** The challenge of this session, once: asked a second time there is none. */
async function takeChallenge(ctx: Context): Promise<string | undefined> {
  const kept = await ctx.db
    .selectFrom('access.session')
    .select(['challenge', 'challengeAt'])
    .where('id', '=', ctx.actor.sessionId)
    .forUpdate()
    .executeTakeFirst()
  await ctx.db
    .updateTable('access.session')
    .set({ challenge: null, challengeAt: null })
    .where('id', '=', ctx.actor.sessionId)
    .execute()
  const isFresh = Date.parse(kept?.challengeAt ?? '1970-01-01') > Date.parse(ctx.now) - challengeMinutes * 60_000
  return isFresh ? (kept?.challenge ?? undefined) : undefined
}

/** What a device needs to make a passkey for this person here. */
export async function beginPasskey(ctx: Context, parts: AccessParts): Promise<PasskeyOptions> {
  const { rpID } = siteOf(ctx, parts)
  const person = await ctx.db
    .selectFrom('access.person')
    .select(['id', 'login', 'name'])
    .where('id', '=', ctx.actor.personId)
    .executeTakeFirstOrThrow()
  const held = await listPasskeys(ctx)
  const options = await (
    await webauthn()
  ).generateRegistrationOptions({
    rpName: 'Măng Non',
    rpID,
    userID: new Uint8Array(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    userName: person.login,
    userDisplayName: person.name,
    attestationType: 'none',
    excludeCredentials: held.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  await keepChallenge(ctx, options.challenge)
  await ctx.record('access.passkey-begun', { kind: 'access.person', id: person.id })
  return { options: { ...options } }
}

/** Keeps the passkey a device made. @returns recovery codes, where there were none; or the problem `access.passkey-wrong` */
export async function enrolPasskey(
  ctx: Context,
  parts: AccessParts,
  input: NewPasskey,
): Promise<RecoveryCodes | Problem> {
  const { origin, rpID } = siteOf(ctx, parts)
  const expectedChallenge = await takeChallenge(ctx)
  const { verifyRegistrationResponse } = await webauthn()
  const verified = await judge(() =>
    verifyRegistrationResponse({
      response: input.response as RegistrationResponseJSON,
      expectedChallenge: expectedChallenge ?? 'none',
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: false,
    }),
  )
  if (expectedChallenge === undefined || !verified?.registrationInfo) return refusePasskey(ctx, parts)
  const { credential } = verified.registrationInfo
  await ctx.db
    .insertInto('access.passkey')
    .values({
      id: newId(),
      personId: ctx.actor.personId,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      name: input.name,
      madeAt: ctx.now,
    })
    .execute()
  await ctx.record('access.passkey-enrolled', { kind: 'access.person', id: ctx.actor.personId })
  return afterEnrolment(ctx)
}

/** What a device needs to sign in with one of the person's passkeys. */
export async function askPasskey(ctx: Context, parts: AccessParts): Promise<PasskeyOptions> {
  const { rpID } = siteOf(ctx, parts)
  const held = await listPasskeys(ctx)
  const options = await (
    await webauthn()
  ).generateAuthenticationOptions({
    rpID,
    allowCredentials: held.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    userVerification: 'preferred',
  })
  await keepChallenge(ctx, options.challenge)
  await ctx.record('access.passkey-asked', { kind: 'access.person', id: ctx.actor.personId })
  return { options: { ...options } }
}

/** Gives the second factor by a passkey. @returns the session, or the problem `access.factor-wrong` */
export async function givePasskey(ctx: Context, parts: AccessParts, input: GivePasskey): Promise<Session | Problem> {
  const { origin, rpID } = siteOf(ctx, parts)
  const expectedChallenge = await takeChallenge(ctx)
  const passkey = (await listPasskeys(ctx)).find((one) => one.credentialId === input.response.id)
  if (expectedChallenge === undefined || !passkey) return refuseFactor(ctx, parts)
  const { verifyAuthenticationResponse } = await webauthn()
  const verified = await judge(() =>
    verifyAuthenticationResponse({
      response: input.response as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: false,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
        transports: passkey.transports,
      },
    }),
  )
  if (!verified?.verified) return refuseFactor(ctx, parts)
  await ctx.db
    .updateTable('access.passkey')
    .set({ counter: verified.authenticationInfo.newCounter, usedAt: ctx.now })
    .where('id', '=', passkey.id)
    .execute()
  return enterWhole(ctx, parts, 'passkey')
}

/** Gives up a passkey. @throws notFound; conflict `access.last-factor` */
export async function endPasskey(ctx: Context, parts: AccessParts, id: string): Promise<void> {
  const held = await listPasskeys(ctx)
  if (!held.some((passkey) => passkey.id === id)) throw notFound()
  const kinds = await listFactorKinds(ctx, ctx.actor.personId)
  if (held.length === 1 && !kinds.includes('totp')) await giveUpLast(ctx, parts)
  await ctx.db.updateTable('access.passkey').set({ endedAt: ctx.now }).where('id', '=', id).execute()
  await ctx.record('access.passkey-dropped', { kind: 'access.person', id: ctx.actor.personId })
}

/** The library throws what it does not accept; here that is an answer like any other. */
async function judge<T>(verify: () => Promise<T>): Promise<T | undefined> {
  return verify().catch(() => undefined)
}

async function refusePasskey(ctx: Context, parts: AccessParts): Promise<Problem> {
  await refuseFactor(ctx, parts)
  return invalid('access.passkey-wrong')
}
