import { sql } from 'kysely'
import { dhis2Door, indicatorRoutes, loadIndicators, measureId } from '#indicators'
import type { Calendar, IndicatorData, Names } from '#indicators/model'
import { newId, openFileStore } from '#platform'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { asProduct, aWorld, bodyId, unitId, type World } from './access-world.ts'

const words = (word: string): Names => ({ vi: word, en: word, fr: word })
const rhythms = ['month', 'quarter', 'half-year', 'year'] as const
const every = rhythms.map((frequency) => ({ calendar: '', frequency }))

/** Invented measures, counted every month, with sex and age as one dimension; one rate. */
const exchangeData: IndicatorData = {
  dimensions: [
    {
      code: 'sex-age',
      names: words('Sex and age'),
      values: ['f-under-5', 'm-under-5', 'f-over-5', 'm-over-5'].map((code) => ({ code, names: words(code) })),
    },
    { code: 'partner', names: words('Partner'), values: ['one', 'two'].map((code) => ({ code, names: words(code) })) },
  ],
  indicators: ['a', 'b', 'c', 'd', 'e', 'rate'].map((code) => ({
    ...{
      code,
      names: words(`Indicator ${code}`),
      definition: null,
      aspect: 'outcome' as const,
      ages: null,
      remark: null,
      sdgTargets: [],
      articles: [],
      supporting: [],
      dataSources: [],
    },
    source: { document: 'Lov', item: code },
    measures: [
      {
        ...{ code, names: words(`Measure ${code}`), unitOfMeasure: words('children'), isShare: false },
        ...{ factor: code === 'rate' ? 100 : 1, direction: 'up' as const, level: 'commune' as const },
        ...{ aggregation: code === 'rate' ? ('ratio' as const) : ('sum' as const), function: 'children', dueDays: 30 },
        ...{
          smallCounts: null,
          largest: null,
          periods: code === 'e' ? [{ calendar: 'report', frequency: 'half-year' as const }] : every,
        },
        numerator: code === 'rate' ? words('some') : null,
        denominator: code === 'rate' ? words('all') : null,
        breakdowns: ['sex-age', 'partner'].flatMap((dimension) =>
          every.map((one) => ({ ...one, dimension, everyYears: 1 })),
        ),
      },
    ],
  })),
  targets: [],
  rules: [],
}
export const exchangeCalendars: Calendar[] = [{ code: 'report', shiftMonths: -1, day: 15 }]

/** What a code of the partner is with us, as it is set. */
export type SetCode = { foreign: Record<string, unknown>; meaning: Record<string, unknown> }
export const element = (uid: string, measure: string, more: Record<string, unknown> = {}): SetCode => ({
  foreign: { uid },
  meaning: { kind: 'element', measureId: measureId(measure), ...more },
})
export const place = (uid: string, unit: string): SetCode => ({
  foreign: { uid },
  meaning: { kind: 'unit', unitId: unitId(unit) },
})
export const combo = (uid: string, breakdown = '', more: Record<string, unknown> = {}): SetCode => ({
  foreign: { uid },
  meaning: { kind: 'combo', breakdown, ...more },
})
export const form = (uid: string): SetCode => ({ foreign: { uid }, meaning: { kind: 'data-set' } })

export type ExchangeWorld = Awaited<ReturnType<typeof anExchangeWorld>>

/** A province whose officer's program brings figures of its communes, signed in by an access token. */
export async function anExchangeWorld() {
  const home = mkdtempSync(path.join(tmpdir(), 'mangnon-exchange-'))
  const parts = (say: World['parts']['say']) => ({ files: openFileStore(home), calendars: exchangeCalendars, say })
  const world = await aWorld({
    routes: ({ say }) => indicatorRoutes(parts(say)),
    doors: ({ say }) => [dhis2Door(parts(say))],
  })
  await sql`insert into agencies.function (code, names, rank) values ('children', '{}', 1) on conflict do nothing`.execute(
    world.owner,
  )
  // Units are known by keys in what is kept of them, and by ids made of keys.
  await sql`update territory.unit set key = 'unit ' || code from territory.unit_version v where v.unit_id = unit.id`.execute(
    world.owner,
  )
  const loaded = { fingerprint: newId(), recordedFrom: '1900-01-01', words: { prefixes: {}, spelling: [] } }
  await sql`insert into platform.setting (key, value, set_at) values ('territory.loaded', ${JSON.stringify(loaded)}, now())
    on conflict (key) do update set value = excluded.value`.execute(world.owner)
  await loadIndicators(world.owner, exchangeData)
  const programs = new Map<string, { login: string; token: string; cookie: string }>()

  /** A program of somebody in a post of a body. */
  async function program(
    body: string,
    role: 'officer' | 'consolidator' | 'reader' | 'approver' = 'officer',
    scope: 'role' | 'read' = 'role',
  ) {
    const key = `${body} ${role} ${scope}`
    const known = programs.get(key)
    if (known !== undefined) return known
    const login = key.replaceAll(' ', '.')
    await world.enrol(login, [{ body, role }])
    const cookie = await world.enter(login)
    const made = await world.ask({
      method: 'POST',
      path: '/account/tokens',
      cookie,
      body: { name: 'x', scope, days: 30 },
    })
    const found = { login, token: String(made.body.token), cookie }
    programs.set(key, found)
    return found
  }

  type Asking = {
    method?: 'GET' | 'POST' | 'DELETE'
    as?: string
    type?: string
    accept?: string
    headers?: Record<string, string>
  }

  /** Asks at the door as a program does. */
  async function ask(url: string, body?: string | Buffer, of: Asking = {}) {
    const { login, token } = await program(of.as ?? 'north-committee')
    const response = await world.server.inject({
      method: of.method ?? (body === undefined ? 'GET' : 'POST'),
      url,
      headers: {
        authorization: `Basic ${Buffer.from(`${login}:${token}`).toString('base64')}`,
        accept: of.accept ?? 'application/json',
        ...(body === undefined ? {} : { 'content-type': of.type ?? 'application/json' }),
        ...of.headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    const isJson = String(response.headers['content-type']).includes('json')
    return {
      status: response.statusCode,
      body: isJson ? (response.json() as Record<string, never>) : {},
      text: response.body,
      headers: response.headers,
    }
  }

  async function set(codes: SetCode[], of: { system?: string; as?: string } = {}): Promise<string[]> {
    const { cookie } = await program(of.as ?? 'north-committee')
    const answer = await world.ask({
      ...{ method: 'POST', path: '/figures/exchange/codes', cookie },
      body: { system: of.system ?? 'dhis2', codes },
    })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body.ids as string[]
  }

  return {
    ...world,
    program,
    set,
    /** Asks a route of the product as somebody signed in. */
    call: async (url: string, of: { as?: string; method?: 'GET' | 'POST'; body?: unknown } = {}) => {
      const { cookie } = await program(of.as ?? 'north-committee')
      return world.ask({
        method: of.method ?? 'GET',
        path: url,
        cookie,
        ...(of.body === undefined ? {} : { body: of.body }),
      })
    },
    askDoor: ask,
    /** What living figures there are: measure, unit, period, breakdown, numerator, denominator, source. */
    figures: () =>
      asProduct(world.ground, async (db) => {
        const { rows } = await sql<Record<string, string | number | null>>`
          select m.code as measure, v.code as unit, c.period, c.breakdown, o.numerator::float8 as value, o.denominator::float8 as whole, o.comment, o.source, o.absence
          from indicators.cell c join indicators.measure m on m.id = c.measure_id join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage
          join territory.unit_version v on v.unit_id = c.unit_id where o.status is not null order by 1, 2, 3, 4`.execute(
          db,
        )
        return rows
      }),
    async clear() {
      await sql`truncate indicators.cell, indicators.observation, indicators.decision, indicators.completion cascade`.execute(
        world.owner,
      )
    },
    async close() {
      await world.close()
      rmSync(home, { recursive: true, force: true })
    },
    bodyId,
    unitId,
  }
}
