import { conflict, forbidden, newId, notFound, type Context } from '#platform'
import type { MadeToken, MakeToken, Role } from '../model.ts'
import { tokenLimits } from '../model.ts'
import { needsFactor } from '../rules.ts'
import { hashSecret } from '../secrets.ts'
import { endSessionsOf } from '../sessions.ts'
import { getPersonForChange } from '../store.ts'
import { newAccessToken } from '../tokens.ts'
import { listLivingTokens } from '../queries/account.ts'
import { checkWholePerson } from './people.ts'

/**
 * Makes an access token for a program, in the acting post. The secret is told once.
 * @throws forbidden `access.token-reads-only` for more than reading in a role that asks for a second factor; conflict `access.too-many-tokens`
 */
export async function makeToken(ctx: Context, input: MakeToken): Promise<MadeToken> {
  const { postId, personId } = ctx.actor
  if (postId === null) throw notFound()
  if (input.scope === 'role' && needsFactor([ctx.actor.role as Role])) throw forbidden('access.token-reads-only')
  if ((await listLivingTokens(ctx)).length >= tokenLimits.living)
    throw conflict('access.too-many-tokens', { most: tokenLimits.living })
  const token = newAccessToken()
  const id = newId()
  const endsAt = new Date(Date.parse(ctx.now) + input.days * 86_400_000).toISOString()
  await ctx.db
    .insertInto('access.token')
    .values({
      id,
      personId,
      postId,
      name: input.name,
      scope: input.scope,
      tokenHash: hashSecret(token),
      madeAt: ctx.now,
      endsAt,
    })
    .execute()
  await ctx.record(
    'access.token-made',
    { kind: 'access.token', id, agencyId: ctx.actor.agencyId },
    { scope: input.scope, days: input.days },
  )
  return { id, token, endsAt }
}

/** Ends one of the own access tokens; worth nothing with the next request. @throws notFound */
export async function endToken(ctx: Context, id: string): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('access.token')
    .set({ endedAt: ctx.now })
    .where('id', '=', id)
    .where('personId', '=', ctx.actor.personId)
    .where('endedAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw notFound()
  await ctx.record('access.token-ended', { kind: 'access.token', id, agencyId: ctx.actor.agencyId })
}

/** Ends one of the own sessions on another browser. @throws notFound */
export async function endOwnSession(ctx: Context, id: string): Promise<void> {
  await endOneSession(ctx, ctx.actor.personId, id)
  await ctx.record('access.session-ended', { kind: 'access.person', id: ctx.actor.personId })
}

async function endOneSession(ctx: Context, personId: string, id: string): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('access.session')
    .set({ endedAt: ctx.now })
    .where('id', '=', id)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw notFound()
}

/**
 * Ends every session and access token of a person in reach: a lost machine, a doubt.
 * @throws notFound; forbidden as `checkManageable`
 */
export async function endSessionsOfPerson(ctx: Context, personId: string): Promise<void> {
  await getPersonForChange(ctx, personId)
  const { agencyId } = await checkWholePerson(ctx, personId)
  await endSessionsOf(ctx, personId, null)
  await ctx.record('access.session-ended', { kind: 'access.person', id: personId, agencyId })
}

/** Keeps where mail to the actor is sent; null = nowhere. Recorded first, so that the word of it goes to the address of before. */
export async function changeMail(ctx: Context, mail: string | null): Promise<void> {
  await ctx.record('access.mail-changed', { kind: 'access.person', id: ctx.actor.personId }, { isSet: mail !== null })
  await ctx.db.updateTable('access.person').set({ mail }).where('id', '=', ctx.actor.personId).execute()
}
