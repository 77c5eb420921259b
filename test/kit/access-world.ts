import type { FastifyInstance } from 'fastify'
import { sql, type Kysely, type KyselyPlugin } from 'kysely'
import { Writable } from 'node:stream'
import path from 'node:path'
import pino from 'pino'
import {
  accessRoutes,
  computeReach,
  createAuthorize,
  createIdentify,
  gatherCommonPasswords,
  hashPassword,
  type AccessParts,
} from '#access'
import type { Role } from '#access/model'
import { accountSubjects, notificationRoutes, notificationSubscribers } from '#notifications'
import {
  createServer,
  idOfKey,
  messageFolders,
  newId,
  openCatalogue,
  openMetrics,
  readMessages,
  type Actor,
  type Database,
  type Door,
  type Ground,
  type Route,
} from '#platform'
import { aDatabase } from './database.ts'

/** `code: [level, parent, from, to]`; a date null is open. */
export type Units = Record<string, [string, string | null, string | null, string | null]>
/** `code: [unit, superior]` */
export type Bodies = Record<string, [string, string | null]>
/** Units and bodies, and what became of them. */
export type Land = {
  units: Units
  unitSteps: [from: string, to: string, kind: 'whole' | 'part' | 'renamed', on: string][]
  bodies: Bodies
  bodySteps: [from: string, to: string, on: string][]
}

export const unitId = (code: string) => idOfKey(`unit ${code}`)
export const bodyId = (code: string) => idOfKey(`body ${code}`)

/** Lays invented units and bodies in an empty database, as its owner, and computes who reaches whom. */
export async function layLand(owner: Kysely<Database>, land: Land): Promise<void> {
  await sql`truncate territory.unit, territory.unit_type, agencies.agency cascade`.execute(owner)
  await sql`insert into territory.unit_type (type, level, names, rank) select level, level, '{}', 1 from unnest(${['country', 'province', 'district', 'commune']}::text[]) level`.execute(
    owner,
  )
  const units = Object.entries(land.units).map(([code, [level, parent, from, to]]) => ({
    id: unitId(code),
    key: `u:${code}`,
    code,
    level,
    parent: parent && unitId(parent),
    from,
    to,
  }))
  await sql`insert into territory.unit (id, key, level) select id, key, level from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as t(id uuid, key text, level text)`.execute(
    owner,
  )
  await sql`insert into territory.unit_version (unit_id, valid_from, valid_to, code, name, name_en, type, parent_id)
    select id, "from", "to", code, 'Vùng ' || code, 'Area ' || code, level, parent
    from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as t(id uuid, code text, level text, parent uuid, "from" date, "to" date)`.execute(
    owner,
  )
  for (const [from, to, kind, on] of land.unitSteps) {
    await sql`insert into territory.succession (from_id, to_id, kind, share, on_date) values (${unitId(from)}, ${unitId(to)}, ${kind}, ${kind}, ${on})`.execute(
      owner,
    )
  }
  const bodies = Object.entries(land.bodies).map(([code, [unit, superior]]) => ({
    id: bodyId(code),
    key: `u:${unit}/${code}`,
    code,
    unit: unitId(unit),
    superior: superior && bodyId(superior),
  }))
  await sql`insert into agencies.agency (id, key, kind, level, unit_id, superior_id, is_executive, rank)
    select id, key, 'people-committee', 'commune', unit, superior, true, 1 from jsonb_to_recordset(${JSON.stringify(bodies)}::jsonb) as t(id uuid, key text, unit uuid, superior uuid)`.execute(
    owner,
  )
  await sql`insert into agencies.agency_name (agency_id, name, short_name, marked_key, folded_key, search_key)
    select id, 'Ủy ban ' || code, code, code, code, code from jsonb_to_recordset(${JSON.stringify(bodies)}::jsonb) as t(id uuid, code text)`.execute(
    owner,
  )
  for (const [from, to, on] of land.bodySteps) {
    await sql`insert into agencies.succession (from_id, to_id, on_date, share) values (${bodyId(from)}, ${bodyId(to)}, ${on}, 'whole')`.execute(
      owner,
    )
  }
  await computeReach(owner)
}

/** A calm country: the centre, two provinces, two communes each. */
export const calmLand: Land = {
  units: {
    country: ['country', null, null, null],
    north: ['province', 'country', null, null],
    south: ['province', 'country', null, null],
    n1: ['commune', 'north', null, null],
    n2: ['commune', 'north', null, null],
    s1: ['commune', 'south', null, null],
    s2: ['commune', 'south', null, null],
  },
  unitSteps: [],
  bodies: {
    centre: ['country', null],
    'north-committee': ['north', 'centre'],
    'south-committee': ['south', 'centre'],
    'n1-committee': ['n1', 'north-committee'],
    'n2-committee': ['n2', 'north-committee'],
    's1-committee': ['s1', 'south-committee'],
    's2-committee': ['s2', 'south-committee'],
  },
  bodySteps: [],
}

/** The password of everyone in the world below. */
export const password = 'bốn con trâu đen'

export type Answer = {
  status: number
  body: Record<string, unknown>
  cookie: string | undefined
  headers: Record<string, unknown>
}
export type Ask = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  cookie?: string
  post?: string
  headers?: Record<string, string>
}

export type World = {
  app: Kysely<Database>
  owner: Kysely<Database>
  ground: Ground
  parts: AccessParts
  server: FastifyInstance
  routes: Route[]
  /** What the server wrote to its log, a line an entry. */
  log: string[]
  clock: { now: Date }
  /** How many statements the server has sent to the database. */
  statements: { count: number }
  ask: (ask: Ask) => Promise<Answer>
  /** Enrols a person with the world's password and posts in force; returns the id. */
  enrol: (login: string, posts: { body: string; role: Role; unit?: string }[]) => Promise<string>
  /** Signs in and returns the cookie. */
  enter: (login: string, secret?: string) => Promise<string>
  close: () => Promise<void>
}

type Limits = AccessParts['limits']

/** A running server of `access` on a database of its own, with a clock that is given. */
export async function aWorld(
  options: {
    limits?: Partial<Limits>
    land?: Land
    routes?: (parts: AccessParts) => Route[]
    doors?: (parts: AccessParts) => Door[]
    secondFactor?: AccessParts['secondFactor']
    mailer?: AccessParts['mailer']
    provider?: AccessParts['provider']
  } = {},
): Promise<World> {
  const database = await aDatabase()
  await layLand(database.owner, options.land ?? calmLand)
  const clock = { now: new Date('2031-03-04T03:00:00Z') }
  const statements = { count: 0 }
  const app = database.app.withPlugin(countingPlugin(statements))
  const ground: Ground = {
    db: app,
    timeZone: 'Asia/Ho_Chi_Minh',
    language: 'vi',
    now: () => clock.now,
    subscribers: [],
  }
  const say = openCatalogue(readMessages(messageFolders(path.resolve(import.meta.dirname, '../../src'))))
  const parts: AccessParts = {
    ground,
    secure: false,
    session: { absoluteHours: 12, idleMinutes: 30 },
    demo: false,
    secondFactor: options.secondFactor ?? 'postponed',
    say,
    mailer: options.mailer ?? null,
    provider: options.provider ?? null,
    publicUrl: 'http://localhost',
    limits: {
      on: true,
      signInPerAccount: 1000,
      signInPerAddress: 100_000,
      requestsPerMinute: 1_000_000,
      ...options.limits,
    },
    country: { code: 'tl', name: 'Testland', timeZone: 'Asia/Ho_Chi_Minh' },
    lead: { agencyId: bodyId('centre'), unitId: unitId('country') },
    commonPasswords: gatherCommonPasswords(['matkhaucuatoi1']),
    nameRecords: () => Promise.resolve(new Map()),
  }
  ground.subscribers.push(...notificationSubscribers({ say, timeZone: ground.timeZone, publicUrl: 'http://localhost' }))
  const routes = [...accessRoutes(parts), ...(options.routes?.(parts) ?? [])]
  const notices = notificationRoutes({ subjects: accountSubjects(), timeZone: ground.timeZone })
  const log: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString('utf8'))
      done()
    },
  })
  const server = await createServer({
    ground,
    routes: [...routes, ...notices],
    doors: options.doors?.(parts) ?? [],
    identify: createIdentify(parts),
    authorize: createAuthorize(ground.now),
    say,
    log: pino(sink),
    metrics: openMetrics(),
    trustedProxies: 0,
    secure: false,
  })
  const passwordHash = await hashPassword(password)

  async function ask({ method, path: at, body, cookie, post, headers }: Ask): Promise<Answer> {
    const answer = await server.inject({
      method,
      url: `/api/v1${at}`,
      headers: {
        ...(method === 'GET' ? {} : { 'x-mangnon': '1', 'idempotency-key': newId() }),
        ...(cookie ? { cookie: `mangnon=${cookie}` } : {}),
        ...(post ? { 'x-mangnon-post': post } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const laid = answer.cookies.find((one) => one.name === 'mangnon')
    return {
      status: answer.statusCode,
      body: String(answer.headers['content-type']).includes('json') ? (answer.json() as Record<string, unknown>) : {},
      cookie: laid?.value,
      headers: answer.headers,
    }
  }

  return {
    app,
    owner: database.owner,
    ground,
    parts,
    server,
    routes,
    log,
    clock,
    statements,
    ask,
    async enrol(login, posts) {
      const id = newId()
      await asProduct(ground, async (db) => {
        await db
          .insertInto('access.person')
          .values({
            id,
            login,
            name: `Người ${login}`,
            searchKey: `nguoi ${login}`,
            language: 'vi',
            hasJoined: true,
            state: 'active',
            createdAt: clock.now.toISOString(),
          })
          .execute()
        await sql`select access.set_password(${id}::uuid, ${passwordHash}, ${clock.now.toISOString()}::timestamptz)`.execute(
          db,
        )
        for (const post of posts) {
          await db
            .insertInto('access.post')
            .values({
              id: newId(),
              personId: id,
              agencyId: bodyId(post.body),
              unitId: post.unit === undefined ? null : unitId(post.unit),
              role: post.role,
              validFrom: '2030-01-01',
              createdAt: clock.now.toISOString(),
            })
            .execute()
        }
      })
      return id
    },
    async enter(login, secret = password) {
      const { cookie, status } = await ask({ method: 'POST', path: '/session', body: { login, password: secret } })
      if (!cookie) throw new Error(`${login} could not sign in: ${status}`)
      return cookie
    },
    async close() {
      await server.close()
      await database.drop()
    },
  }
}

function countingPlugin(statements: { count: number }): KyselyPlugin {
  return {
    transformQuery({ node }) {
      statements.count++
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

/** Statements of the product itself, past the second wall, for preparing and looking. */
export async function asProduct<T>(ground: Ground, work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  return ground.db.transaction().execute(async (db) => {
    await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
    return work(db)
  })
}

/** Someone who acts in a post, for calling functions without a request. */
export function anActor(viewers: string[], over: Partial<Actor> = {}): Actor {
  return {
    personId: newId(),
    sessionId: null,
    postId: null,
    agencyId: viewers[0] ?? null,
    role: 'officer',
    viewers,
    everywhere: false,
    ...over,
  }
}
