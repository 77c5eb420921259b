import { asEverywhere, newId, requestOf, type Context } from '#platform'
import { describeAgent, noteDevice } from './devices.ts'
import type { AccessParts } from './ground.ts'
import { hashSecret, newToken } from './secrets.ts'

/** Begins a session for a person and lays its cookie in the answer. Only the hash of the token is kept. */
export async function beginSession(ctx: Context, parts: AccessParts, personId: string): Promise<{ sessionId: string }> {
  const token = newToken()
  const sessionId = newId()
  const maxAgeSeconds = parts.session.absoluteHours * 3600
  const endsAt = new Date(Date.parse(ctx.now) + maxAgeSeconds * 1000).toISOString()
  await asEverywhere(ctx, () =>
    ctx.db
      .insertInto('access.session')
      .values({
        id: sessionId,
        tokenHash: hashSecret(token),
        personId,
        startedAt: ctx.now,
        seenAt: ctx.now,
        provedAt: ctx.now,
        endsAt,
        endedAt: null,
        agent: describeAgent(requestOf(ctx).headers['user-agent']),
        address: requestOf(ctx).ip ?? null,
      })
      .execute(),
  )
  await noteDevice(ctx, parts, personId)
  requestOf(ctx).sessionCookie = { value: token, maxAgeSeconds }
  return { sessionId }
}

/** Ends the session of this request and takes its cookie away. */
export async function endSession(ctx: Context): Promise<void> {
  await ctx.db
    .updateTable('access.session')
    .set({ endedAt: ctx.now })
    .where('id', '=', ctx.actor.sessionId)
    .where('endedAt', 'is', null)
    .execute()
  requestOf(ctx).sessionCookie = null
}

/**
 * Ends all sessions of a person, save one: after a change of password, a new slip taken up, or disabling. Where none is
 * left, the access tokens end too.
 */
export async function endSessionsOf(ctx: Context, personId: string, except: string | null): Promise<void> {
  await asEverywhere(ctx, async () => {
    await ctx.db
      .updateTable('access.session')
      .set({ endedAt: ctx.now })
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .$if(except !== null, (query) => query.where('id', '!=', except))
      .execute()
    if (except !== null) return
    await ctx.db
      .updateTable('access.token')
      .set({ endedAt: ctx.now })
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .execute()
  })
}

/** Keeps that the second factor was given in this session. */
export async function markFactorGiven(ctx: Context): Promise<void> {
  await ctx.db
    .updateTable('access.session')
    .set({ factorAt: ctx.now, provedAt: ctx.now })
    .where('id', '=', ctx.actor.sessionId)
    .execute()
}

/** Keeps that the password was given again in this session. */
export async function renewProof(ctx: Context): Promise<void> {
  await ctx.db.updateTable('access.session').set({ provedAt: ctx.now }).where('id', '=', ctx.actor.sessionId).execute()
}
