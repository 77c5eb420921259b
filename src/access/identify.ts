import type { FastifyRequest } from 'fastify'
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import {
  asEverywhere,
  cookieName,
  forbidden,
  gather,
  inTransaction,
  keepingPlans,
  newId,
  systemActor,
  type Actor,
  type Context,
  type Ground,
  type Identify,
} from '#platform'
import { Language } from '#platform/model'
import { rememberStanding } from './authorize.ts'
import { hasFactor } from './factors.ts'
import type { AccessParts } from './ground.ts'
import { countRequest, countSecretTry, recordLimit } from './limits.ts'
import type { Role } from './model.ts'
import { decideStage } from './rules.ts'
import { hashSecret } from './secrets.ts'
import { findLivingToken, mayWriteWith, tokenOf, type SentToken } from './tokens.ts'

type HeldPost = { id: string; agencyId: string; unitId: string | null; role: Role; standsInFor: string | null }
type Known = { personId: string; language: Language; posts: HeldPost[] }
type SessionRow = {
  sessionId: string
  personId: string
  language: string
  seenAt: string
  provedAt: string
  endsAt: string
  factorAt: string | null
  hasFactor: boolean
  posts: HeldPost[]
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Makes the function that says who sends a request, from the cookie alone, or from the access token of a program alone:
 * session or token alive, person active, post in force, all asked of the database each time, so that an end takes
 * effect with the next request.
 *
 * Also keeps out requests other sites make a browser send (they cannot set `X-Mangnon`), and counts requests and tries,
 * refused ones too.
 * @returns throws tooMany; refuses with forbidden `access.foreign-request`, `access.post-not-held`, `access.token-reads-only`
 * @source security.md B3, B4
 */
export function createIdentify(parts: AccessParts): Identify {
  const findSession = gather(
    (tokenHashes: readonly string[]) => keepingPlans(() => findLivingSessions(parts, tokenHashes)),
    { most: 64, everyMs: 5 },
  )
  return async function identify(request) {
    const token = tokenOf(request)
    const isForeign = token === undefined && !safeMethods.has(request.method) && request.headers['x-mangnon'] !== '1'
    const known =
      token === undefined ? await findKnown(parts, request, findSession) : await findProgram(parts, request, token)
    await countRequest(parts, known?.actor.tokenId ?? known?.actor.sessionId ?? request.ip, async () => {
      if (known) await recordLimit(parts, 'requests-per-minute', known.actor)
    })
    if (isForeign && known) return { ...known, refusal: forbidden('access.foreign-request') }
    if (isForeign) throw forbidden('access.foreign-request')
    await countSecretTry(parts, request, known?.actor.personId)
    return known
  }
}

type FindSession = (tokenHash: string) => Promise<SessionRow | undefined>

async function findKnown(parts: AccessParts, request: FastifyRequest, find: FindSession): ReturnType<Identify> {
  const token = request.cookies[cookieName(parts.secure)]
  if (!token) return undefined
  const wanted = request.headers['x-mangnon-post']
  const session = await find(hashSecret(token))
  if (!session) return undefined
  const known = {
    personId: session.personId,
    language: Language.parse(session.language),
    posts: session.posts,
  }
  const { sessionId } = session
  const post = wanted === undefined ? known.posts[0] : known.posts.find((held) => held.id === wanted)
  if (!post && wanted !== undefined) {
    const actor = { ...actorIn(known, undefined, sessionId), agencyId: known.posts[0]?.agencyId ?? null }
    return { actor, language: known.language, refusal: forbidden('access.post-not-held') }
  }
  const actor = actorIn(known, post, sessionId)
  const stage = decideStage({
    roles: known.posts.map((held) => held.role),
    hasFactor: session.hasFactor,
    isGiven: session.factorAt !== null,
    secondFactor: parts.secondFactor,
  })
  rememberStanding(actor, { kind: 'session', stage, provedAtMs: Date.parse(session.provedAt) })
  return { actor, language: known.language }
}

/** The program a token stands for: the person, in the one post the token was made for, with the rights of this moment. */
async function findProgram(parts: AccessParts, request: FastifyRequest, sent: SentToken): ReturnType<Identify> {
  return inTransaction(
    parts.ground,
    { actor: systemActor, language: parts.ground.language, requestId: request.id },
    async (ctx) => {
      const token = await findLivingToken(ctx, hashSecret(sent.secret))
      if (!token || (sent.login !== null && sent.login !== token.login)) return undefined
      const language = Language.parse(token.language)
      const posts = (await listPostsInForce(ctx, token.personId)).filter((held) => held.id === token.postId)
      const [post] = posts
      const actor = { ...actorIn({ personId: token.personId, language, posts }, post, null), tokenId: token.id }
      rememberStanding(actor, { kind: 'token' })
      const wanted = request.headers['x-mangnon-post']
      if (!post || (wanted !== undefined && wanted !== post.id))
        return { actor: { ...actor, agencyId: token.agencyId }, language, refusal: forbidden('access.post-not-held') }
      if (!safeMethods.has(request.method) && !mayWriteWith(token, post.role))
        return { actor, language, refusal: forbidden('access.token-reads-only') }
      return { actor, language }
    },
  )
}

/**
 * The session each of some tokens belongs to, with the posts of its person, if it has neither ended nor been idle too long; its being seen is kept by the
 * minute. Requests that come together are asked together, each after it came.
 */
async function findLivingSessions(
  parts: AccessParts,
  tokenHashes: readonly string[],
): Promise<(SessionRow | undefined)[]> {
  const doing = { actor: systemActor, language: parts.ground.language, requestId: newId() }
  const sessions = await inTransaction(parts.ground, doing, async (ctx) => {
    const idleSince = new Date(Date.parse(ctx.now) - parts.session.idleMinutes * 60_000).toISOString()
    const found = await ctx.db
      .selectFrom('access.session as session')
      .innerJoin('access.person as person', 'person.id', 'session.personId')
      .select([
        'session.tokenHash',
        'session.id as sessionId',
        'person.id as personId',
        'person.language',
        'session.seenAt',
        'session.provedAt',
        'session.endsAt',
        'session.factorAt',
        hasFactor('person.id').as('hasFactor'),
        postsInForce(ctx, 'person.id').as('posts'),
      ])
      .where(sql<SqlBool>`session.token_hash = any (${tokenHashes}::text[])`)
      .where('session.endedAt', 'is', null)
      .where('session.endsAt', '>', ctx.now)
      .where('session.seenAt', '>', idleSince)
      .where('person.state', '=', 'active')
      .execute()
    const minuteAgo = Date.parse(ctx.now) - 60_000
    const unseen = found.filter(({ seenAt }) => Date.parse(seenAt) < minuteAgo).map(({ sessionId }) => sessionId)
    if (unseen.length > 0) await keepSeen(ctx, unseen)
    return new Map(found.map((session) => [session.tokenHash, session]))
  })
  return tokenHashes.map((tokenHash) => sessions.get(tokenHash))
}

/** Nobody waits for the disk for having been seen: what is lost by a power cut is one minute of it. */
async function keepSeen(ctx: Context, sessionIds: readonly string[]): Promise<void> {
  await sql`with seen as (update access.session set seen_at = ${ctx.now}::timestamptz where id = any (${sessionIds}::uuid[]))
    select set_config('synchronous_commit', 'off', true)`.execute(ctx.db)
}

/** The posts in force of the person in a column, as `listPostsInForce` lists them: in one statement with what else is asked of him. */
function postsInForce(ctx: Context, column: string): RawBuilder<HeldPost[]> {
  return sql<
    HeldPost[]
  >`(select coalesce(jsonb_agg(jsonb_build_object('id', post.id, 'agencyId', post.agency_id, 'unitId', post.unit_id,
      'role', post.role, 'standsInFor', post.stands_in_for) order by post.valid_from, post.id), '[]')
    from access.post as post where post.person_id = ${sql.ref(column)} and ${isInForce(ctx)})`
}

/** The posts of a person that give rights today: confirmed where they must be, at a body still in being or not. */
export async function listPostsInForce(ctx: Context, personId: string): Promise<HeldPost[]> {
  const rows = await ctx.db
    .selectFrom('access.post')
    .select(['id', 'agencyId', 'unitId', 'role', 'standsInFor'])
    .where('personId', '=', personId)
    .where('validFrom', '<=', ctx.today)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', ctx.today)]))
    .where((eb) => eb.or([eb('needsConfirmation', '=', false), eb('confirmedBy', 'is not', null)]))
    .orderBy('validFrom')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, role: row.role as Role }))
}

/** The actor a person is in a post; without one he reaches nothing. */
function actorIn(known: Known, post: HeldPost | undefined, sessionId: string | null): Actor {
  if (!post)
    return {
      personId: known.personId,
      sessionId,
      postId: null,
      agencyId: null,
      role: 'none',
      viewers: [],
      everywhere: false,
    }
  const viewers = post.unitId === null ? [post.agencyId] : [post.agencyId, post.unitId]
  return {
    personId: known.personId,
    sessionId,
    postId: post.id,
    agencyId: post.agencyId,
    role: post.role,
    viewers,
    everywhere: false,
  }
}

/**
 * The actor as whom a job runs: the person in the post in which he asked for it, with the rights of this moment;
 * undefined when account or post has ended.
 * @source security.md A9
 */
export async function actorOf(ground: Ground, personId: string, postId: string | null): Promise<Actor | undefined> {
  return inTransaction(ground, { actor: systemActor, language: ground.language, requestId: newId() }, async (ctx) => {
    const { rows } = await sql<{
      language: string
    }>`select language from access.person where id = ${personId}::uuid and state = 'active'`.execute(ctx.db)
    if (!rows[0] || postId === null) return undefined
    const post = (await listPostsInForce(ctx, personId)).find((held) => held.id === postId)
    return post && actorIn({ personId, language: Language.parse(rows[0].language), posts: [post] }, post, null)
  })
}

/**
 * The actors people are today: one for each of their posts in force, of accounts that are active. For asking what
 * somebody else would see, within `asEverywhere`.
 */
export async function listActors(ctx: Context, personIds: readonly string[]): Promise<Actor[]> {
  if (personIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom('access.post as post')
    .innerJoin('access.person as person', 'person.id', 'post.personId')
    .select(['post.id', 'post.personId', 'post.agencyId', 'post.unitId', 'post.role'])
    .where('post.personId', 'in', [...personIds])
    .where('person.state', '=', 'active')
    .where(isInForce(ctx))
    .orderBy('post.validFrom')
    .orderBy('post.id')
    .execute()
  return rows.map(({ personId, ...post }) => ({
    personId,
    sessionId: null,
    postId: post.id,
    agencyId: post.agencyId,
    role: post.role,
    viewers: post.unitId === null ? [post.agencyId] : [post.agencyId, post.unitId],
    everywhere: false,
  }))
}

/** Those who hold a post of one of the roles in the acting body today, themselves left out, by name. */
export async function listColleagues(ctx: Context, roles: readonly Role[]): Promise<{ id: string; name: string }[]> {
  if (ctx.actor.agencyId === null) return []
  return asEverywhere(ctx, () =>
    ctx.db
      .selectFrom('access.post as post')
      .innerJoin('access.person as person', 'person.id', 'post.personId')
      .select(['person.id', 'person.name'])
      .distinct()
      .where('post.agencyId', '=', ctx.actor.agencyId)
      .where('post.role', 'in', [...roles])
      .where('person.id', '<>', ctx.actor.personId)
      .where('person.state', '=', 'active')
      .where(isInForce(ctx))
      .orderBy('person.name')
      .orderBy('person.id')
      .execute(),
  )
}

/** The condition that a row `post` gives rights today: begun, not ended, confirmed where it must be. */
export function isInForce(ctx: Context) {
  return sql<SqlBool>`(post.valid_from <= ${ctx.today}::date and (post.valid_to is null or post.valid_to > ${ctx.today}::date)
    and (not post.needs_confirmation or post.confirmed_by is not null))`
}
