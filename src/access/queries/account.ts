import { sql } from 'kysely'
import { asEverywhere, type Context } from '#platform'
import type { AccessParts } from '../ground.ts'
import { listPostsInForce } from '../identify.ts'
import { TokenScope, type AccessToken, type Factors, type LivingSession } from '../model.ts'
import { namesOfAgencies } from '../names.ts'
import { needsFactor } from '../rules.ts'
import { getPerson } from './people.ts'

/** The own second factors. */
export async function readFactors(ctx: Context): Promise<Factors> {
  const { personId } = ctx.actor
  const passkeys = await ctx.db
    .selectFrom('access.passkey')
    .select(['id', 'name', 'madeAt', 'usedAt'])
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .orderBy('madeAt')
    .execute()
  const { rows } = await sql<{ hasTotp: boolean; codesLeft: number }>`
    select access.has_totp(${personId}::uuid) as has_totp, access.recovery_codes_left(${personId}::uuid) as codes_left`.execute(
    ctx.db,
  )
  const posts = await listPostsInForce(ctx, personId)
  return {
    hasTotp: rows[0]?.hasTotp ?? false,
    passkeys,
    recoveryCodesLeft: rows[0]?.codesLeft ?? 0,
    isNeeded: needsFactor(posts.map((post) => post.role)),
  }
}

/** The own access tokens that are neither ended nor too old, newest first. */
export async function listLivingTokens(ctx: Context): Promise<AccessToken[]> {
  const rows = await ctx.db
    .selectFrom('access.token as token')
    .innerJoin('access.post as post', 'post.id', 'token.postId')
    .select([
      'token.id',
      'token.name',
      'token.scope',
      'token.postId',
      'token.madeAt',
      'token.endsAt',
      'token.usedAt',
      'post.agencyId',
      'post.role',
    ])
    .where('token.personId', '=', ctx.actor.personId)
    .where('token.endedAt', 'is', null)
    .where('token.endsAt', '>', ctx.now)
    .orderBy('token.madeAt', 'desc')
    .execute()
  const agencies = await namesOfAgencies(
    ctx,
    rows.map((row) => row.agencyId),
  )
  return rows.map(({ agencyId, scope, ...row }) => ({
    ...row,
    scope: TokenScope.parse(scope),
    agencyName: agencies.get(agencyId) ?? '',
  }))
}

/** The sessions of the person signed in that are alive, the last seen first. */
export function listOwnSessions(ctx: Context, parts: AccessParts): Promise<LivingSession[]> {
  return listSessions(ctx, parts, ctx.actor.personId)
}

/** The living sessions of a person within reach. @throws notFound */
export async function listSessionsOfPerson(ctx: Context, parts: AccessParts, id: string): Promise<LivingSession[]> {
  const person = await getPerson(ctx, id)
  return asEverywhere(ctx, () => listSessions(ctx, parts, person.id))
}

async function listSessions(ctx: Context, parts: AccessParts, personId: string): Promise<LivingSession[]> {
  const idleSince = new Date(Date.parse(ctx.now) - parts.session.idleMinutes * 60_000).toISOString()
  const rows = await ctx.db
    .selectFrom('access.session')
    .select(['id', 'agent', 'address', 'startedAt', 'seenAt', 'endsAt'])
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .where('endsAt', '>', ctx.now)
    .where('seenAt', '>', idleSince)
    .orderBy('seenAt', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ ...row, isThis: row.id === ctx.actor.sessionId }))
}
