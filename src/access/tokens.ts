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

/** What stands after `Authorization: Bearer`; undefined when the request carries no bearer. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S{1,500})$/i.exec(request.headers.authorization ?? '')?.[1]
}

type LivingToken = {
  id: string
  personId: string
  postId: string
  agencyId: string
  scope: string
  language: string
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
