import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { nobody, setSecurityContext, type Actor, type Context } from '../context.ts'
import { invalid, notFound, Problem, unauthenticated } from '../errors.ts'
import { pickLanguage, type Catalogue } from '../languages.ts'
import type { Metrics } from '../metrics.ts'
import type { Language } from '../model.ts'
import { appendAudit } from '../audit.ts'
import { loggable } from '../loggable.ts'
import { rememberedAnswer } from '../remember.ts'
import { keepingPlans } from '../database/plans-kept.ts'
import { inTransaction, type Ground } from '../transaction.ts'
import { newId } from '../values.ts'
import { addDoor, type Door } from './door.ts'
import { answerOnce, hashRequest, isRepeat } from './idempotency.ts'
import { findUnstorable, problemBody, retryAfterSeconds, toFieldFaults } from './problem.ts'
import type { FileAnswer, Route } from './route.ts'
import { doTogether } from './together.ts'
import { securityHeaders } from './headers.ts'
import { idempotencyKeyOf, limitReceiving, longestUploadMs, receiveFile } from './receiving.ts'

/**
 * Who sends a request: undefined when nobody is signed in. `refusal` is why one who is known may not send it as he did:
 * thrown by the server once it is audited. Made by `access`.
 */
export type Identify = (request: FastifyRequest) => Promise<Known | undefined>
export type Known = { actor: Actor; language: Language | null; refusal?: Problem }

/** Whether an actor may send what a route allows: a permission of the table in `access`, or a state of signing in. @throws forbidden */
export type Authorize = (actor: Actor, permission: string) => void

export type ServerParts = {
  ground: Ground
  routes: Route[]
  /** Entrances for others' programs. */
  doors?: readonly Door[]
  identify: Identify
  authorize: Authorize
  say: Catalogue
  log: Logger
  metrics: Metrics
  /** Proxies before the server: so many steps of the forwarded addresses are believed, or only what these addresses forward. */
  trustedProxies: number | readonly string[]
  secure: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body is a file that is taken in as it comes. */
    isStreamed?: boolean
  }
  interface FastifyRequest {
    /** Set by sign-in and sign-out routes: the cookie to lay in the answer. */
    sessionCookie?: { value: string; maxAgeSeconds: number } | null
    /** Set when somebody signs in: by which this browser is known again. */
    deviceCookie?: { value: string; maxAgeSeconds: number }
    startedAt?: number
    /** Who sends it, where that was asked before its body was taken in. */
    known?: { as: Awaited<ReturnType<Identify>> }
  }
}

/** The HTTP server of declared routes: identify, authorize, validate, run in one transaction, answer. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const server = Fastify({
    logger: false,
    genReqId: () => newId(),
    bodyLimit: 1024 * 1024,
    trustProxy: trustIn(parts.trustedProxies),
    requestTimeout: longestUploadMs,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 300 },
    frameworkErrors: (_fault, request, reply) => void sendNotFound(parts, request as FastifyRequest, reply as never),
  })
  await server.register(cookie)
  server.removeContentTypeParser('text/plain')
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  server.addHook('onRequest', async (request, reply) => {
    request.startedAt = performance.now()
    limitReceiving(request, reply)
  })
  server.addHook('onSend', async (request, reply) => {
    securityHeaders(request, reply, parts.secure)
  })
  server.addHook('onResponse', async (request, reply) => {
    const pattern = request.routeOptions.url ?? 'none'
    const ms = performance.now() - (request.startedAt ?? performance.now())
    parts.metrics.request(request.method, pattern, reply.statusCode, ms / 1000)
    parts.log.info(
      { requestId: request.id, method: request.method, route: pattern, status: reply.statusCode, ms: Math.round(ms) },
      'request',
    )
  })
  server.setErrorHandler(async (fault, request, reply) => {
    const language = languageOf(parts, request, null)
    const body = problemBody(fault, parts.say, language, request.id)
    if (body.status >= 500)
      parts.log.error(
        { requestId: request.id, route: request.routeOptions.url, err: loggable(fault) },
        'request failed',
      )
    const seconds = retryAfterSeconds(fault)
    if (seconds !== undefined) reply.header('retry-after', seconds)
    return reply.code(body.status).type('application/problem+json').send(body)
  })
  await server.register(
    (api, _options, done) => {
      api.setNotFoundHandler((request, reply) => sendNotFound(parts, request, reply))
      done()
    },
    { prefix: '/api' },
  )
  const [streamed, others] = [true, false].map((isStreamed) =>
    parts.routes.filter((declared) => (declared.upload?.into !== undefined) === isStreamed),
  )
  for (const declared of others ?? []) addRoute(server, parts, declared)
  await server.register((uploads, _options, done) => {
    uploads.removeContentTypeParser('application/octet-stream')
    uploads.addContentTypeParser('application/octet-stream', (_request, body, parsed) => parsed(null, body))
    for (const declared of streamed ?? []) addRoute(uploads, parts, declared)
    done()
  })
  for (const door of parts.doors ?? []) await addDoor(server, parts, door)
  return server
}

/** By addresses it is the peer that is asked; by number every peer is believed, so only the proxies may reach the port. */
function trustIn(proxies: number | readonly string[]) {
  return typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : [...proxies]
}

/** Answers that there is nothing at an address, method or id that is none. */
function sendNotFound(parts: ServerParts, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = problemBody(notFound(), parts.say, languageOf(parts, request, null), request.id)
  return reply.code(body.status).type('application/problem+json').send(body)
}

function languageOf(parts: ServerParts, request: FastifyRequest, preferred: Language | null): Language {
  return request.headers['accept-language']
    ? pickLanguage(request.headers['accept-language'], preferred ?? parts.ground.language)
    : (preferred ?? parts.ground.language)
}

function addRoute(server: FastifyInstance, parts: ServerParts, declared: Route): void {
  const together = doTogether(parts.ground, declared, (fault) =>
    parts.log.warn({ route: declared.path, err: loggable(fault) }, 'not done together'),
  )
  server.route({
    method: declared.method.toUpperCase(),
    url: `/api/v1${declared.path.replace(/\{(\w+)\}/g, ':$1')}`,
    exposeHeadRoute: false,
    config: { isStreamed: declared.upload?.into !== undefined },
    ...(declared.upload ? { bodyLimit: declared.upload.maxBytes } : {}),
    ...(declared.maxBodyBytes ? { bodyLimit: declared.maxBodyBytes } : {}),
    ...(declared.upload || declared.maxBodyBytes ? { onRequest: knockFirst(parts, declared) } : {}),
    handler: async (request, reply) => {
      const known = request.known ? request.known.as : await parts.identify(request)
      const actor = known?.actor ?? nobody
      const language = languageOf(parts, request, known?.language ?? null)
      const onlyReads = declared.method === 'get' && declared.exports !== true
      const doing = { actor, language, requestId: request.id, onlyReads }
      try {
        if (known?.refusal) throw known.refusal
        if (!known && declared.allow !== 'public') throw unauthenticated()
        if (declared.allow !== 'public') parts.authorize(actor, declared.allow)
        const asked = parseInput(declared, request)
        const { before } = declared.upload ?? {}
        if (before)
          await inTransaction(parts.ground, { ...doing, onlyReads: true }, async (ctx) => {
            if (!(await isRepeat(ctx, request.headers['idempotency-key']))) await before(ctx, asked.query)
          })
        const input = await receiveFile(declared, request, asked)
        const done =
          together && (await together({ ...keyed(declared, request, actor, input), actor, input: input as never }))
        if (done) return reply.code(200).send(declared.returns?.parse(done))
        const inOne = () =>
          inTransaction(parts.ground, doing, (ctx, recorded) => perform(ctx, recorded, declared, request, input))
        const { status, answer } = await (declared.plansKept ? keepingPlans(inOne) : inOne())
        if (answer instanceof Problem) throw answer
        if (request.sessionCookie !== undefined)
          layCookie(reply, cookieName(parts.secure), request.sessionCookie, parts.secure)
        if (request.deviceCookie) layCookie(reply, deviceCookieName(parts.secure), request.deviceCookie, parts.secure)
        if (declared.download) return sendFile(reply, answer as FileAnswer)
        if (declared.kept) reply.type('application/json; charset=utf-8')
        return reply.code(status).send(answer ?? undefined)
      } catch (fault) {
        if (fault instanceof Problem && (fault.kind === 'forbidden' || fault.kind === 'notFound') && known)
          await auditRefusal(parts, actor, declared, request, fault)
        throw fault
      }
    },
  })
}

/** For routes that take much: who may not send it is told so before the first byte of it is taken in. */
function knockFirst(parts: ServerParts, declared: Route) {
  return async (request: FastifyRequest): Promise<void> => {
    const as = await parts.identify(request)
    request.known = { as }
    if (!as) throw unauthenticated()
    try {
      if (as.refusal) throw as.refusal
      parts.authorize(as.actor, declared.allow)
      if (declared.upload && !request.headers['content-type']?.startsWith('application/octet-stream'))
        throw invalid('platform.file-expected')
    } catch (fault) {
      if (fault instanceof Problem && fault.kind === 'forbidden')
        await auditRefusal(parts, as.actor, declared, request, fault)
      throw fault
    }
  }
}

type Parsed = { params: unknown; query: unknown; body: unknown }

const strict = new WeakMap<NonNullable<Route['query']>, NonNullable<Route['query']>>()

/** A query that refuses fields it does not know; made once, as a schema is compiled when it first reads. */
function strictly(query: NonNullable<Route['query']>): NonNullable<Route['query']> {
  const known = strict.get(query) ?? query.strict()
  strict.set(query, known)
  return known
}

/** Parses what came in: strict schemas, faults with pointers. @throws invalid `platform.invalid-input` */
function parseInput(declared: Route, request: FastifyRequest): Parsed {
  const params = declared.params?.safeParse(request.params)
  if (params && !params.success) throw new Problem('notFound', 'platform.not-found')
  const query = declared.query ? strictly(declared.query).safeParse(request.query, { reportInput: true }) : undefined
  if (query && !query.success) throw invalid('platform.invalid-input', {}, toFieldFaults(query.error))
  refuseUnstorable(query?.data)
  if (!declared.query && Object.keys(request.query ?? {}).length > 0)
    throw invalid('platform.invalid-input', {}, [
      {
        pointer: '/',
        code: 'platform.field-unknown',
        params: {
          names: Object.keys(request.query ?? {})
            .slice(0, 5)
            .join(', ')
            .slice(0, 200),
        },
      },
    ])
  if (declared.upload?.into) return { params: params?.data, query: query?.data, body: undefined }
  if (declared.upload) {
    if (!(request.body instanceof Buffer) || request.body.byteLength === 0) throw invalid('platform.file-expected')
    return { params: params?.data, query: query?.data, body: new Uint8Array(request.body) }
  }
  if (request.body instanceof Buffer) throw invalid('platform.unreadable-request')
  if (!declared.body && !isEmpty(request.body)) throw invalid('platform.unreadable-request')
  const body = declared.body?.safeParse(request.body ?? {}, { reportInput: true })
  if (body && !body.success) throw invalid('platform.invalid-input', {}, toFieldFaults(body.error))
  refuseUnstorable(body?.data)
  return { params: params?.data, query: query?.data, body: body?.data }
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0)
}

/** Refuses texts no database column holds. @throws invalid `platform.invalid-input` */
function refuseUnstorable(value: unknown): void {
  const faults = findUnstorable(value)
  if (faults.length > 0) throw invalid('platform.invalid-input', {}, faults)
}

async function perform(
  ctx: Context,
  recorded: () => number,
  declared: Route,
  request: FastifyRequest,
  input: Parsed,
): Promise<{ status: number; answer: unknown }> {
  const run = async () => {
    const value = await declared.run(withRequest(ctx, request), input as never)
    if (value instanceof Problem) return { status: 0, answer: value }
    if ((declared.method !== 'get' || declared.exports) && recorded() === 0)
      throw new Error(`${declared.method} ${declared.path} recorded nothing`)
    const answer = declared.download ? value : declared.returns ? declared.returns.parse(value) : null
    return { status: declared.returns || declared.download ? 200 : 204, answer }
  }
  if (declared.kept) return { status: 200, answer: await keptJson(ctx, declared, declared.kept, input, run) }
  if (declared.method === 'get' || declared.allow === 'public' || declared.download) return run()
  const { key, hash } = keyed(declared, request, ctx.actor, input)
  return answerOnce(
    ctx,
    key,
    { route: `${declared.method} ${declared.path}`, hash, shownOnce: declared.shownOnce === true },
    run,
  )
}

/** By what a repeat of an unsafe request is known. @throws invalid `platform.idempotency-key-missing` */
function keyed(declared: Route, request: FastifyRequest, actor: Actor, input: Parsed) {
  const key = idempotencyKeyOf(request)
  const body = declared.upload?.into ? input.body : request.body
  return { key, hash: hashRequest(request.method, request.url, actor.postId, body), requestId: request.id }
}

/** The answer of a route that keeps it, as JSON: neither asked for, checked nor written a second time. */
function keptJson(
  ctx: Context,
  declared: Route,
  kept: NonNullable<Route['kept']>,
  { params, query }: Parsed,
  run: () => Promise<{ answer: unknown }>,
): Promise<Buffer> {
  const asked = [declared.path, params, query, ...(kept === 'person' ? [ctx.actor.personId] : [])]
  const sight = kept === 'person' ? 'own' : kept
  return rememberedAnswer(ctx, { asked, sight }, async () => {
    const { answer } = await run()
    if (answer instanceof Problem) throw answer
    return Buffer.from(JSON.stringify(answer))
  })
}

const requests = new WeakMap<Context, FastifyRequest>()

function withRequest(ctx: Context, request: FastifyRequest): Context {
  requests.set(ctx, request)
  return ctx
}

/** What sign-in needs of the raw request: the address it came from and the cookie it leaves. For `access` only. */
export function requestOf(ctx: Context): FastifyRequest {
  const request = requests.get(ctx)
  if (!request) throw new Error('not within a request')
  return request
}

async function auditRefusal(
  parts: ServerParts,
  actor: Actor,
  declared: Route,
  request: FastifyRequest,
  fault: Problem,
): Promise<void> {
  await parts.ground.db.transaction().execute(async (db) => {
    await setSecurityContext(db, actor)
    await appendAudit(db, actor, {
      action: fault.kind === 'forbidden' ? fault.code : 'platform.out-of-scope',
      outcome: 'refused',
      at: parts.ground.now().toISOString(),
      requestId: request.id,
      recordKind: null,
      recordId: null,
      agencyId: null,
      params: { route: `${declared.method} ${declared.path}` },
    })
  })
}

/** The name of the session cookie; the `__Host-` prefix binds it to this host over TLS. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-mangnon' : 'mangnon'
}

/** The name of the cookie by which a browser is known again at the next sign-in; it opens nothing. */
export function deviceCookieName(secure: boolean): string {
  return `${cookieName(secure)}-device`
}

function layCookie(
  reply: FastifyReply,
  name: string,
  kept: { value: string; maxAgeSeconds: number } | null,
  secure: boolean,
): void {
  const common = { path: '/', httpOnly: true, sameSite: 'strict' as const, secure }
  if (kept) reply.setCookie(name, kept.value, { ...common, maxAge: kept.maxAgeSeconds })
  else reply.clearCookie(name, common)
}

function sendFile(reply: FastifyReply, file: FileAnswer) {
  return reply
    .header('content-disposition', `attachment; filename="file"; filename*=UTF-8''${encodeFileName(file.fileName)}`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cache-control', 'no-store')
    .type(file.mediaType)
    .send(Buffer.from(file.bytes))
}

/** A file name as RFC 8187 writes it; half a character left by a cut becomes the replacement character. */
function encodeFileName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
