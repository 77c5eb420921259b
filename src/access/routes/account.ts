import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id } from '#platform/model'
import { changeMail, endOwnSession, endSessionsOfPerson, endToken, makeToken } from '../commands/account.ts'
import { beginTotp, confirmTotp, dropTotp, giveFactor, renewRecoveryCodes } from '../commands/factors.ts'
import { askPasskey, beginPasskey, endPasskey, enrolPasskey, givePasskey } from '../commands/passkeys.ts'
import type { AccessParts } from '../ground.ts'
import {
  AccessToken,
  Factors,
  GiveFactor,
  GivePasskey,
  LivingSession,
  MadeToken,
  MakeToken,
  NewPasskey,
  PasskeyOptions,
  RecoveryCodes,
  Session,
  TotpCode,
  TotpEnrolment,
} from '../model.ts'
import { listLivingTokens, listOwnSessions, listSessionsOfPerson, readFactors } from '../queries/account.ts'

const params = z.object({ id: Id })

/** The own account: second factor, sessions, access tokens, what one must hear. */
export function accountRoutes(parts: AccessParts): Route[] {
  return [...enteringRoutes(parts), ...factorRoutes(parts), ...sessionRoutes(parts), ...tokenRoutes()]
}

function enteringRoutes(parts: AccessParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/session/factor',
      summary: 'Give the second factor by a code',
      allow: 'entering',
      body: GiveFactor,
      returns: Session,
      run: (ctx, { body }) => giveFactor(ctx, parts, body),
    }),
    route({
      method: 'post',
      path: '/session/passkey-challenge',
      summary: 'What a device must sign to give the second factor',
      allow: 'entering',
      returns: PasskeyOptions,
      run: (ctx) => askPasskey(ctx, parts),
    }),
    route({
      method: 'post',
      path: '/session/passkey',
      summary: 'Give the second factor by a passkey',
      allow: 'entering',
      body: GivePasskey,
      returns: Session,
      run: (ctx, { body }) => givePasskey(ctx, parts, body),
    }),
  ]
}

function factorRoutes(parts: AccessParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/account/factors',
      summary: 'The own second factors',
      allow: 'signed-in',
      returns: Factors,
      run: (ctx) => readFactors(ctx),
    }),
    route({
      method: 'post',
      path: '/account/totp',
      summary: 'Begin with an authenticator app',
      allow: 'enrolling',
      shownOnce: true,
      returns: TotpEnrolment,
      run: (ctx) => beginTotp(ctx, parts),
    }),
    route({
      method: 'post',
      path: '/account/totp/confirmation',
      summary: 'Take the authenticator app into use by its first code',
      allow: 'enrolling',
      shownOnce: true,
      body: z.strictObject({ code: TotpCode }),
      returns: RecoveryCodes,
      run: (ctx, { body }) => confirmTotp(ctx, parts, body.code),
    }),
    route({
      method: 'post',
      path: '/account/totp/end',
      summary: 'Give up the authenticator app',
      allow: 'enrolling',
      run: (ctx) => dropTotp(ctx, parts),
    }),
    route({
      method: 'post',
      path: '/account/passkeys/challenge',
      summary: 'What a device needs to make a passkey',
      allow: 'enrolling',
      returns: PasskeyOptions,
      run: (ctx) => beginPasskey(ctx, parts),
    }),
    route({
      method: 'post',
      path: '/account/passkeys',
      summary: 'Keep the passkey a device made',
      allow: 'enrolling',
      shownOnce: true,
      body: NewPasskey,
      returns: RecoveryCodes,
      run: (ctx, { body }) => enrolPasskey(ctx, parts, body),
    }),
    route({
      method: 'post',
      path: '/account/passkeys/{id}/end',
      summary: 'Give up a passkey',
      allow: 'enrolling',
      params,
      run: (ctx, { params }) => endPasskey(ctx, parts, params.id),
    }),
    route({
      method: 'post',
      path: '/account/recovery-codes',
      summary: 'Make new recovery codes',
      allow: 'enrolling',
      shownOnce: true,
      returns: RecoveryCodes,
      run: (ctx) => renewRecoveryCodes(ctx),
    }),
  ]
}

function sessionRoutes(parts: AccessParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/account/sessions',
      summary: 'Where one is signed in',
      allow: 'signed-in',
      returns: z.array(LivingSession),
      run: (ctx) => listOwnSessions(ctx, parts),
    }),
    route({
      method: 'post',
      path: '/account/sessions/{id}/end',
      summary: 'Sign out another browser',
      allow: 'signed-in',
      params,
      run: (ctx, { params }) => endOwnSession(ctx, params.id),
    }),
    route({
      method: 'get',
      path: '/people/{id}/sessions',
      summary: 'Where a person is signed in',
      allow: 'access.read-sessions',
      params,
      returns: z.array(LivingSession),
      run: (ctx, { params }) => listSessionsOfPerson(ctx, parts, params.id),
    }),
    route({
      method: 'post',
      path: '/people/{id}/sessions/end',
      summary: 'Sign a person out everywhere',
      allow: 'access.end-sessions',
      params,
      run: (ctx, { params }) => endSessionsOfPerson(ctx, params.id),
    }),
    route({
      method: 'put',
      path: '/account/mail',
      summary: 'Say where mail to oneself is sent, or nowhere',
      allow: 'enrolling',
      body: z.strictObject({ mail: z.email().max(200).nullable() }),
      run: (ctx, { body }) => changeMail(ctx, body.mail),
    }),
  ]
}

function tokenRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/account/tokens',
      summary: 'The own access tokens of programs',
      allow: 'signed-in',
      returns: z.array(AccessToken),
      run: (ctx) => listLivingTokens(ctx),
    }),
    route({
      method: 'post',
      path: '/account/tokens',
      summary: 'Make an access token for a program',
      allow: 'access.make-token',
      shownOnce: true,
      body: MakeToken,
      returns: MadeToken,
      run: (ctx, { body }) => makeToken(ctx, body),
    }),
    route({
      method: 'post',
      path: '/account/tokens/{id}/end',
      summary: 'End an access token',
      allow: 'signed-in',
      params,
      run: (ctx, { params }) => endToken(ctx, params.id),
    }),
  ]
}
