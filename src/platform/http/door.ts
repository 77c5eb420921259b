import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { appendAudit } from '../audit.ts'
import { setSecurityContext, type Actor, type Context } from '../context.ts'
import { Problem, unauthenticated } from '../errors.ts'
import type { Language } from '../model.ts'
import { inTransaction, type Ground } from '../transaction.ts'
import { problemBody, type ProblemBody } from './problem.ts'
import { comingIn } from './receiving.ts'
import type { ServerParts } from './server.ts'

/** One request at a door: who asks, for what, and how to work for him. */
export type Visit = {
  actor: Actor
  language: Language
  requestId: string
  ground: Ground
  /** Where the door stands, as the caller wrote it: `/dhis2/api/43`. */
  base: string
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  contentType: string
  encoding: string
  accept: string
  /** What comes in, piece by piece, as long as it keeps coming. */
  body: () => Readable
  /** One transaction as whoever asks. */
  work: <T>(of: { onlyReads: boolean }, run: (ctx: Context) => Promise<T>) => Promise<T>
}

export type DoorAnswer = {
  status: number
  mediaType: string
  body: string | Uint8Array | Readable
  headers?: Record<string, string>
}

/** A route of a door; `allow` names a permission, as that of any route. */
export type DoorRoute = {
  method: 'get' | 'post' | 'put' | 'delete'
  /** Behind the door's bases; parameters as `{name}`. */
  path: string
  summary: string
  allow: string
  run: (visit: Visit) => Promise<DoorAnswer>
}

/**
 * An entrance at which others' programs are answered in the words they know: behind it stand the same permissions, walls and
 * audit as everywhere; only addresses, bodies and answers are theirs.
 */
export type Door = {
  /** Where its routes lie: each of them below each of these. */
  bases: readonly string[]
  routes: readonly DoorRoute[]
  /** Says what went wrong the way its callers read it. */
  fault: (visit: Pick<Visit, 'accept' | 'base'>, problem: ProblemBody) => DoorAnswer
}

/** Puts a door into the server. */
export async function addDoor(server: FastifyInstance, parts: ServerParts, door: Door): Promise<void> {
  await server.register((api, _options, done) => {
    api.removeAllContentTypeParsers()
    api.addContentTypeParser('*', (_request, body, parsed) => parsed(null, body))
    for (const base of door.bases)
      for (const declared of door.routes)
        api.route({
          method: declared.method.toUpperCase(),
          url: base + declared.path.replace(/\{(\w+)\}/g, ':$1'),
          exposeHeadRoute: false,
          config: { isStreamed: declared.method !== 'get' },
          handler: (request, reply) => answer(parts, { door, declared, base }, request, reply),
        })
    done()
  })
}

type At = { door: Door; declared: DoorRoute; base: string }

async function answer(parts: ServerParts, at: At, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const accept = request.headers.accept ?? ''
  const base = at.base.replace(
    /:(\w+)(\([^)]*\))?/g,
    (_all, name: string) => (request.params as Record<string, string>)[name] ?? '',
  )
  try {
    return await send(reply, await visit(parts, at, request, { accept, base }))
  } catch (fault) {
    const body = problemBody(fault, parts.say, parts.ground.language, request.id)
    if (body.status >= 500) throw fault
    if (body.status === 401) reply.header('www-authenticate', 'Basic realm="mangnon", charset="UTF-8"')
    return send(reply, at.door.fault({ accept, base }, body))
  }
}

async function visit(
  parts: ServerParts,
  { declared }: At,
  request: FastifyRequest,
  { accept, base }: { accept: string; base: string },
): Promise<DoorAnswer> {
  // Programs say with each request who they are; what a browser adds by itself opens nothing here.
  if (request.headers.authorization === undefined) throw unauthenticated()
  const known = await parts.identify(request)
  if (!known) throw unauthenticated()
  const { actor } = known
  const language = known.language ?? parts.ground.language
  const doing = { actor, language, requestId: request.id }
  try {
    if (known.refusal) throw known.refusal
    parts.authorize(actor, declared.allow)
    return await declared.run({
      ...doing,
      ...{ ground: parts.ground, base, accept, params: request.params as Record<string, string> },
      query: new URLSearchParams(request.url.split('?')[1] ?? ''),
      contentType: request.headers['content-type'] ?? '',
      encoding: request.headers['content-encoding'] ?? '',
      body: () => bodyOf(request),
      work: ({ onlyReads }, run) => inTransaction(parts.ground, { ...doing, onlyReads }, run),
    })
  } catch (fault) {
    if (fault instanceof Problem && (fault.kind === 'forbidden' || fault.kind === 'notFound'))
      await auditRefusal(parts, actor, { request, fault, route: `${declared.method} ${base}${declared.path}` })
    throw fault
  }
}

function bodyOf(request: FastifyRequest): Readable {
  return request.body instanceof Readable ? Readable.from(comingIn(request.body)) : Readable.from([])
}

function send(reply: FastifyReply, { status, mediaType, body, headers = {} }: DoorAnswer): FastifyReply {
  return reply
    .code(status)
    .headers({ 'cache-control': 'no-store', ...headers })
    .type(mediaType)
    .send(body instanceof Uint8Array ? Buffer.from(body) : body)
}

async function auditRefusal(
  parts: ServerParts,
  actor: Actor,
  { request, fault, route }: { request: FastifyRequest; fault: Problem; route: string },
): Promise<void> {
  await parts.ground.db.transaction().execute(async (db) => {
    await setSecurityContext(db, actor)
    await appendAudit(db, actor, {
      ...{ action: fault.kind === 'forbidden' ? fault.code : 'platform.out-of-scope', outcome: 'refused' },
      ...{
        at: parts.ground.now().toISOString(),
        requestId: request.id,
        recordKind: null,
        recordId: null,
        agencyId: null,
      },
      params: { route },
    })
  })
}
