import type { FastifyRequest } from 'fastify'
import type { Context } from '#platform'
import type { Role } from './model.ts'
import { needsFactor } from './rules.ts'
import { newToken } from './secrets.ts'

/** By this a token is known wherever it was left by mistake. */
const prefix = 'mnt_'

export function newAccessToken(): string {
  return prefix + newToken()
}

/** A token as a program sent it; `login`: whose it must be, where the program says so. */
export type SentToken = { secret: string; login: string | null }

/** Where programs of others may send a login and an access token the way browsers send passwords. */
const basicAt = /^\/dhis2\//

/**
 * The token a request carries: behind `Authorization: Bearer` or `ApiToken`; at the doors of others' programs also as the
 * password of `Basic`. A password of a person is never taken here, so that no second factor is passed by. What a browser
 * sends on behalf of another site is left out: it keeps `Basic` and adds it by itself.
 */
export function tokenOf(request: FastifyRequest): SentToken | undefined {
  const { authorization = '', origin, 'sec-fetch-site': site } = request.headers
  const secret = /^(?:Bearer|ApiToken) (\S{1,500})$/i.exec(authorization)?.[1]
  if (secret !== undefined) return { secret, login: null }
  const basic = /^Basic ([A-Za-z0-9+/=_-]{1,1000})$/i.exec(authorization)?.[1]
  const isForeign = origin !== undefined || (site !== undefined && site !== 'same-origin' && site !== 'none')
  if (basic === undefined || isForeign || !basicAt.test(request.url)) return undefined
  const words = Buffer.from(basic, 'base64').toString('utf8')
  const at = words.indexOf(':')
  return at < 1 ? undefined : { secret: words.slice(at + 1), login: words.slice(0, at) }
}

type LivingToken = {
  id: string
  personId: string
  postId: string
  agencyId: string
  scope: string
  language: string
  login: string
}

/** The token, if it has neither ended nor been revoked and its person is active; its use is kept by the hour. */
export async function findLivingToken(ctx: Context, tokenHash: string): Promise<LivingToken | undefined> {
  const found = await ctx.db
    .selectFrom('access.token as token')
    .innerJoin('access.person as person', 'person.id', 'token.personId')
    .innerJoin('access.post as post', 'post.id', 'token.postId')
    .select([
      'token.id',
      'token.personId',
      'token.postId',
      'token.scope',
      'token.usedAt',
      'post.agencyId',
      'person.language',
      'person.login',
    ])
    .where('token.tokenHash', '=', tokenHash)
    .where('token.endedAt', 'is', null)
    .where('token.endsAt', '>', ctx.now)
    .where('person.state', '=', 'active')
    .executeTakeFirst()
  if (found && Date.parse(found.usedAt ?? '1970-01-01') < Date.parse(ctx.now) - 3_600_000)
    await ctx.db.updateTable('access.token').set({ usedAt: ctx.now }).where('id', '=', found.id).execute()
  return found
}

/** Whether a program may write with a token: never where the role asks people for a second factor. */
export function mayWriteWith(token: { scope: string }, role: Role): boolean {
  return token.scope === 'role' && !needsFactor([role])
}
