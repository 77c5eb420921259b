import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { InjectOptions } from 'fastify'
import pino from 'pino'
import { sql } from 'kysely'
import { computeReach, createAuthorize, type AccessParts } from '#access'
import { namesOfPlanRecords } from '#plans'
import {
  createServer,
  idOfKey,
  inTransaction,
  messageFolders,
  newId,
  openCatalogue,
  openFileStore,
  openMetrics,
  readMessages,
  systemActor,
  type Actor,
  type Context,
  type Ground,
} from '#platform'
import type { Language } from '#platform/model'
import type { NodeInput, PlanDetail, PlanHeader } from '#plans/model'
import { emptyProse } from '#plans/model'
import { rememberStanding } from '../../src/access/authorize.ts'
import { allRoutes, allSubscribers } from '../../src/app-routes.ts'
import { country } from '../../countries/testland/index.ts'
import { documentGrammar } from '../../countries/vn/documents/index.ts'
import { reportWords } from '../../countries/vn/reporting/report-words.ts'
import { writing } from '../../countries/vn/writing.ts'
import { aCountry } from './country.ts'

export { allSubjects } from '../../src/app-routes.ts'

/** Bodies of the invented country after its reform of 2030, by short names. */
export const bodies = {
  ministry: 'u:TL/heilamt',
  schools: 'u:TL/skolamt',
  money: 'u:TL/guldamt',
  crown: 'u:TL/kronrad',
  court: 'u:TL/hogting',
  dissolved: 'u:TL/arbeidamt',
  south: 'u:2020:02/rad',
  southHealth: 'u:2020:02/heilkontor',
  southSchools: 'u:2020:02/skolkontor',
  southCourt: 'u:2020:02/ting',
  north: 'u:2030:03/rad',
  northHealth: 'u:2030:03/heilkontor',
  northBefore: 'u:2020:01/rad',
  eastBefore: 'u:2020:03/rad',
  solheim: 'u:2020:02101/rad',
  vikdal: 'u:2030:02102/rad',
  lunda: 'u:2030:01101/rad',
  havn: 'u:2030:01103/rad',
  askog: 'u:2030:01203/rad',
  estra: 'u:2030:03101/rad',
  foss: 'u:2020:03103/rad',
  northCourt: 'u:2030:03/ting',
} as const
export type BodyName = keyof typeof bodies
export const bodyId = (name: BodyName): string => idOfKey(bodies[name])

/** Someone who asks: `south officer`, `ministry approver`; a number after it is another person in the same post. */
export type Who = string

export type Answer = {
  status: number
  body: Record<string, unknown>
  headers: Record<string, unknown>
  raw: Buffer
}
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD'

export function actorOf(who: Who): Actor {
  const [body = '', role = 'officer'] = who.split(' ')
  const agencyId = body in bodies ? bodyId(body as BodyName) : null
  return {
    personId: idOfKey(`person ${who}`),
    sessionId: null,
    postId: agencyId === null ? null : idOfKey(`post ${who}`),
    agencyId,
    role,
    viewers: agencyId === null ? [] : [agencyId],
    everywhere: false,
  }
}

/** A task with one lead, as it is written into a draft; says only what the test is about. */
export function aTask(over: Partial<NodeInput> & { lead?: BodyName | string } = {}): NodeInput {
  const { lead = 'southHealth', ...given } = over
  return {
    key: newId(),
    parentKey: null,
    kind: 'task',
    path: '1',
    text: 'Syn alle bårn',
    output: null,
    funding: null,
    time: null,
    duties: [aDuty('lead', lead)],
    source: null,
    programmes: [],
    bases: [],
    ...given,
  }
}

export function aGroup(over: Partial<NodeInput>): NodeInput {
  return { ...aTask(over), kind: 'group', duties: [] }
}

/** A duty of a body by its short name, else of a class of bodies by its code. */
export function aDuty(kind: NodeInput['duties'][number]['kind'], of: BodyName | string): NodeInput['duties'][number] {
  return of in bodies
    ? { kind, raw: `Råd ${of}`, addressedId: bodyId(of as BodyName), classCode: null }
    : { kind, raw: of, addressedId: null, classCode: of }
}

export function by(to: string): NodeInput['time'] {
  return { kind: 'by', text: `til ${to}`, from: null, to, frequency: null }
}

export function aHeader(over: Partial<PlanHeader> = {}): PlanHeader {
  return {
    kind: 'KH',
    number: '12/KH-R',
    place: 'Sóla',
    issuedOn: '2031-02-10',
    title: 'Plan for bårn',
    preamble: null,
    signature: { powers: [], post: 'Forman', name: 'Ola Nørd' },
    bases: ['Lov 7/2029'],
    recipients: ['Åmt for Heil'],
    prose: emptyProse,
    periodFrom: null,
    periodTo: '2035-12-31',
    ...over,
  }
}

/** One counted piece of work as the table has it. */
export type Work = {
  nodeId: string
  agencyId: string
  period: string
  dueOn: string | null
  isRequested: boolean
  cancelledOn: string | null
  doneOn: string | null
}

/** A plan's nodes as they would be sent to save them again. */
export function asInputs(nodes: PlanDetail['nodes']): NodeInput[] {
  return nodes.map((node) => ({
    key: node.id,
    parentKey: node.parentId,
    kind: node.kind,
    path: node.path,
    text: node.text,
    output: node.output,
    funding: node.funding,
    time: node.time,
    duties: node.duties.map(({ kind, raw, addressed, classCode }) => ({
      kind,
      raw,
      addressedId: addressed?.id ?? null,
      classCode,
    })),
    source: node.source,
    programmes: node.programmes,
    bases: node.bases,
    milestones: node.milestones,
  }))
}

export type PlanWorld = Awaited<ReturnType<typeof aPlanWorld>>

/** The whole router on testland's database, with officers who say by a header who they are, and a clock that is given. */
export async function aPlanWorld() {
  const home = mkdtempSync(path.join(tmpdir(), 'mangnon-plans-'))
  const files = openFileStore(home)
  const land = await aCountry(country)
  await computeReach(land.owner)
  const clock = { now: new Date('2031-03-04T03:00:00Z') }
  const now = () => clock.now
  const ground: Ground = { db: land.app, timeZone: 'Asia/Ho_Chi_Minh', language: 'vi', now, subscribers: [] }
  const say = openCatalogue(readMessages(messageFolders(path.resolve(import.meta.dirname, '../../src'))))
  const access: AccessParts = {
    ground,
    demo: false,
    secondFactor: 'postponed',
    publicUrl: undefined,
    say,
    mailer: null,
    provider: null,
    secure: false,
    session: { absoluteHours: 12, idleMinutes: 30 },
    limits: { on: false, signInPerAccount: 1000, signInPerAddress: 1000, requestsPerMinute: 1_000_000 },
    country: { code: 'tl', name: 'Testland', timeZone: ground.timeZone },
    lead: { agencyId: bodyId('ministry'), unitId: idOfKey('u:TL') },
    commonPasswords: new Set(),
    nameRecords: namesOfPlanRecords,
  }
  ground.subscribers.push(...allSubscribers({ say, timeZone: ground.timeZone, publicUrl: 'https://mangnon.test' }))
  const grammarModule = new URL('../../countries/vn/documents/index.ts', import.meta.url).href
  const routes = allRoutes({
    access,
    country: { ...country, documentGrammar, grammarModule, writing, reportWords },
    files,
    say,
  })
  const statements = { count: 0 }
  const counted = land.app.withPlugin({
    transformQuery: ({ node }) => {
      statements.count++
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  const server = await createServer({
    ground: { ...ground, db: counted },
    routes,
    authorize: createAuthorize(now),
    say,
    log: pino({ level: 'silent' }),
    metrics: openMetrics(),
    trustedProxies: 0,
    secure: false,
    identify: (request) => {
      const who = request.headers['x-test-person']
      if (typeof who !== 'string') return Promise.resolve(undefined)
      const actor = actorOf(who)
      rememberStanding(actor, { kind: 'session', stage: 'whole', provedAtMs: now().getTime() })
      return Promise.resolve({ actor, language: null })
    },
  })

  async function ask(
    who: Who | null,
    method: Method,
    url: string,
    payload?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const isFile = Buffer.isBuffer(payload)
    const options: InjectOptions = {
      method: method as 'GET',
      url: `/api/v1${url}`,
      headers: {
        ...(who === null ? {} : { 'x-test-person': who }),
        ...(method === 'GET' || method === 'HEAD' ? {} : { 'idempotency-key': newId() }),
        ...(payload === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
        ...headers,
      },
      ...(payload === undefined
        ? {}
        : { payload: isFile || typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    }
    const response = await server.inject(options)
    const isJson = String(response.headers['content-type'] ?? '').includes('json')
    const body: Record<string, unknown> = isJson && response.body !== '' ? response.json() : {}
    return { status: response.statusCode, body, headers: response.headers, raw: response.rawPayload }
  }

  /** Asks and expects success. */
  async function done(...of: Parameters<typeof ask>): Promise<Record<string, unknown>> {
    const answer = await ask(...of)
    if (answer.status >= 300)
      throw new Error(`${of[0]} ${of[1]} ${of[2]}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  const as = <T>(who: Who, work: (ctx: Context) => Promise<T>) =>
    inTransaction(ground, { actor: actorOf(who), language: 'vi', requestId: 'test' }, work)
  const asProduct = <T>(work: (ctx: Context) => Promise<T>) =>
    inTransaction(ground, { actor: systemActor, language: 'vi', requestId: 'test' }, work)

  const plan = async (who: Who, id: string, draft = false): Promise<PlanDetail> =>
    (await done(who, 'GET', `/plans/${id}${draft ? '?draft=true' : ''}`)) as unknown as PlanDetail

  async function draft(
    owner: BodyName,
    nodes: NodeInput[],
    more: { header?: Partial<PlanHeader>; parents?: string[]; issuer?: BodyName } = {},
  ): Promise<string> {
    const body = {
      issuerId: bodyId(more.issuer ?? owner),
      header: aHeader(more.header),
      nodes,
      parentPlanIds: more.parents ?? [],
      functionCode: 'children',
    }
    return String((await done(`${owner} officer`, 'POST', '/plans', body)).planId)
  }

  async function issue(owner: BodyName, id: string): Promise<void> {
    const { version } = await plan(`${owner} officer`, id, true)
    await done(`${owner} approver`, 'POST', `/plans/${id}/issue`, { version })
  }

  return {
    ask,
    done,
    as,
    asActor: <T>(actor: Actor, work: (ctx: Context) => Promise<T>) =>
      inTransaction(ground, { actor, language: 'vi', requestId: 'test' }, work),
    asProduct,
    plan,
    draft,
    issue,
    /** A plan issued by its owner; returns its id. */
    async issued(...of: Parameters<typeof draft>): Promise<string> {
      const id = await draft(...of)
      await issue(of[0], id)
      return id
    },
    /** A plan's draft as it would be sent to save it again. */
    async draftOf(who: Who, id: string) {
      const { version, header, nodes } = await plan(who, id, true)
      return { version, header, nodes: asInputs(nodes) }
    },
    workOf: (planId: string) =>
      asProduct(async ({ db }) => {
        const { rows } =
          await sql<Work>`select node_id, agency_id, period, due_on, is_requested, cancelled_on, done_on from plans.occurrence where plan_id = ${planId} order by period, agency_id`.execute(
            db,
          )
        return rows
      }),
    /** What the audit holds of a request or record, oldest first. */
    async audit(): Promise<{ action: string; outcome: string; requestId: string; recordId: string | null }[]> {
      return asProduct(({ db }) =>
        db
          .selectFrom('platform.auditEntry')
          .select(['action', 'outcome', 'requestId', 'recordId'])
          .orderBy('sequence')
          .execute(),
      )
    },
    /** Rows of a query as the product itself, past the second wall. */
    rows: <T>(query: ReturnType<typeof sql<T>>) => asProduct(async ({ db }) => (await query.execute(db)).rows),
    server,
    routes,
    access,
    country: { ...country, documentGrammar, grammarModule, writing },
    ground,
    clock,
    land,
    files,
    home,
    say,
    statements,
    languages: ['vi', 'en', 'fr'] satisfies Language[],
    async close(): Promise<void> {
      await server.close()
      await land.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
