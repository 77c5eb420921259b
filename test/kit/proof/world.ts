import type { InjectOptions } from 'fastify'
import pino from 'pino'
import { createAuthorize, createIdentify } from '#access'
import { createServer, idOfKey, newId, openMetrics, type Route } from '#platform'
import { allRoutes } from '../../../src/app-routes.ts'
import { aPlanWorld, bodyId, type BodyName, type Method, type PlanWorld } from '../plan-world.ts'
import { addressOf, examples, queryOf, shared } from './examples.ts'
import { none } from './none.ts'
import { openDry } from './dry.ts'
import { everybody, layPeople, laySubject, secretOf } from './people.ts'
import { standings, type Standing } from './policy.ts'
import { canary, makeRecords, type Records } from './records.ts'

/** Bodies whose records lie in the world, each with the office that owes it work. */
export const owners = { south: 'southHealth', north: 'northHealth', crown: 'ministry' } as const
export type Owner = keyof typeof owners
export const isOwner = (name: string): name is Owner => name in owners

/** Bodies people sit in. */
export const seats: readonly BodyName[] = [
  ...([
    'south',
    'southHealth',
    'southSchools',
    'southCourt',
    'solheim',
    'north',
    'northHealth',
    'havn',
    'crown',
  ] as const),
  ...(['ministry', 'schools', 'dissolved', 'eastBefore'] as const),
]

/** Bodies with a person others may ask about. */
export const homes: readonly BodyName[] = ['south', 'solheim', 'north', 'havn', 'crown', 'dissolved', 'eastBefore']

export type Asked = {
  /** Whose session or token; null = nobody's. */
  who: string | null
  standing?: Standing
  method: string
  path: string
  body?: unknown
  file?: Buffer
  headers?: Record<string, string>
}
export type Told = { status: number; body: unknown; code: string | null; headers: Record<string, unknown>; raw: Buffer }
export type ProofWorld = Awaited<ReturnType<typeof aProofWorld>>

/**
 * The whole router as it runs, with real sessions and tokens, and records of several bodies in every state. Each request is
 * undone after it was answered, so every one meets the same world.
 */
export async function aProofWorld() {
  const plans = await aPlanWorld()
  const records = await fill(plans)
  const people = everybody(seats, {
    body: 'south',
    standings: standings.filter((one) => one !== 'whole' && one !== 'nobody'),
  })
  await layPeople(plans, people)
  const dry = await openDry(plans.land.appUrl)
  const ground = { ...plans.ground, db: dry.db }
  const access = {
    ...plans.access,
    ground,
    say: plans.say,
    publicUrl: 'http://localhost',
    secondFactor: 'required' as const,
  }
  const routes = allRoutes({ access, country: plans.country, files: plans.files, say: plans.say })
  const server = await createServer({
    ...{ ground, routes, say: plans.say, log: pino({ level: 'silent' }), metrics: openMetrics(), trustedProxies: 0 },
    ...{ secure: false, authorize: createAuthorize(ground.now), identify: createIdentify(access) },
  })

  /** Asks, and undoes what the answer did. */
  async function ask(asked: Asked): Promise<Told> {
    const options = requestOf(asked)
    const response = await server.inject(options)
    await dry.undo()
    const isJson = String(response.headers['content-type'] ?? '').includes('json') && response.body !== ''
    const body: unknown = isJson ? response.json() : null
    const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : null
    return { status: response.statusCode, body, code, headers: response.headers, raw: response.rawPayload }
  }

  return {
    plans,
    routes,
    people,
    records,
    ask,
    /** Asks a route by its example, for the records of an owner. */
    askExample: (route: Route, of: Records, as: Pick<Asked, 'who' | 'standing'>) =>
      ask({ ...exampleOf(route, { ...of, issuer: issuerOf(as.who) }), ...as }),
    /** Asks a route by its example for one record, with another body where one is given. */
    askWith: (route: Route, of: Records, given: { who: string; ids: string[]; body?: unknown }) => {
      const { body, ...asked } = exampleOf(route, { ...of, issuer: issuerOf(given.who) })
      const path = addressOf(route.path, given.ids) + queryOf(keyOf(route), of)
      const sent = given.body ?? body
      return ask({ ...asked, path, who: given.who, ...(sent === undefined ? {} : { body: sent }) })
    },
    /** The same as a record that is not there would be asked for. */
    askNone: (route: Route, of: Records, as: Pick<Asked, 'who' | 'standing'>) => {
      const asked = exampleOf(route, { ...of, issuer: issuerOf(as.who) })
      const ids = (examples[keyOf(route)]?.ids ?? []).map(() => none)
      return ask({ ...asked, path: addressOf(route.path, ids) + queryOf(keyOf(route), of), ...as })
    },
    async close() {
      await server.close()
      await dry.close()
      await plans.close()
    },
  }
}

/** Whoever begins a document begins it for the body he sits in. */
const issuerOf = (who: string | null) => bodyId((who?.split(' ')[0] ?? 'south') as BodyName)

export const keyOf = (route: Pick<Route, 'method' | 'path'>) => `${route.method.toUpperCase()} ${route.path}`

function exampleOf(route: Route, of: Records): Pick<Asked, 'method' | 'path' | 'body' | 'file'> {
  const example = examples[keyOf(route)]
  if (example === undefined) throw new Error(`${keyOf(route)} has no example request (test/kit/proof/examples.ts)`)
  const ids = (example.ids ?? []).map((name) => of[name] ?? none)
  return {
    method: route.method,
    path: addressOf(route.path, ids) + queryOf(keyOf(route), of),
    ...(example.body === undefined ? {} : { body: example.body(of) }),
    ...(example.file === undefined ? {} : { file: Buffer.from(example.file) }),
  }
}

function requestOf({ who, standing, method, path: at, body, file, headers }: Asked): InjectOptions {
  const isWrite = method !== 'get'
  const isToken = standing === 'token-read' || standing === 'token-role'
  const secret = who === null ? undefined : secretOf(who)
  const post = standing === 'wrong-post' ? none : undefined
  return {
    method: method.toUpperCase() as Method,
    url: `/api/v1${at}`,
    headers: {
      ...(secret === undefined
        ? {}
        : isToken
          ? { authorization: `Bearer ${secret}` }
          : { cookie: `mangnon=${secret}` }),
      ...(post === undefined ? {} : { 'x-mangnon-post': post }),
      ...(isWrite ? { 'idempotency-key': newId() } : {}),
      ...(isWrite && standing !== 'foreign' ? { 'x-mangnon': '1' } : {}),
      ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(file === undefined ? {} : { payload: file }),
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  }
}

/** Records of every owner, and of the people of every home. */
async function fill(world: PlanWorld): Promise<Record<BodyName, Records>> {
  const found: Partial<Record<BodyName, Records>> = {}
  for (const [owner, office] of Object.entries(owners))
    if (isOwner(owner))
      found[owner] = { ...(await makeRecords(world, owner, office)), ...(await makeReforms(world, owner)) }
  for (const home of homes) found[home] = { ...found[home], ...(await laySubject(world, home)) }
  const above = found.crown?.plan ?? none
  const unit = idOfKey('u:2020:02')
  const whole = Object.entries(found).map(([name, of]) => [
    name,
    {
      ...shared,
      unit,
      above,
      agency: bodyId(name as BodyName),
      issuer: bodyId(name as BodyName),
      other: idOfKey(`person ${name} officer`),
      ...of,
    },
  ])
  return Object.fromEntries(whole) as Record<BodyName, Records>
}

const renamed: Record<Owner, string> = { south: 'u:2020:02101', north: 'u:2030:01101', crown: 'u:2020:03103' }

/** A reform being written and one that waits for its second person. */
async function makeReforms(world: PlanWorld, owner: Owner): Promise<Records> {
  const who = `${owner} administrator`
  const title = `Reform ${canary('reform', owner)}`
  const rename = { kind: 'rename', unit: renamed[owner], name: `Tørg ${canary('reform', owner)}` }
  const draft = { title, legalBasis: title, date: '2034-01-01', unitChanges: [], bodyChanges: [] }
  const { id } = await world.done(who, 'POST', '/reforms', draft)
  const { id: sent } = await world.done(who, 'POST', '/reforms', { ...draft, unitChanges: [rename] })
  await world.done(who, 'POST', `/reforms/${String(sent)}/submission`, { version: 1 })
  return { reform: String(id), reformSent: String(sent) }
}
