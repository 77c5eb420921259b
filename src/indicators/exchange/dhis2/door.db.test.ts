import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asProduct, password } from '../../../../test/kit/access-world.ts'
import {
  anExchangeWorld,
  element,
  exchangeCalendars,
  form,
  place,
  type ExchangeWorld,
} from '../../../../test/kit/exchange-world.ts'
import { dhis2Door } from './door.ts'
import { uidOf } from './uid.ts'

const adx = path.resolve(import.meta.dirname, '../../../../../shared/reference/dhis2-fixtures/adx')
let world: ExchangeWorld
beforeAll(async () => {
  world = await anExchangeWorld()
})
afterAll(() => world.close())
beforeEach(() => world.clear())

type Summary = {
  importCount: Record<string, number>
  conflicts: { errorCode: string; value: string; indexes: number[] }[]
  status: string
}
const summary = (answer: { body: Record<string, unknown> }) => answer.body.response as Summary
const value = (dataElement: string, of: Record<string, unknown> = {}) => ({
  dataElement,
  period: '203012',
  orgUnit: 'n1',
  value: '7',
  ...of,
})
const post = (values: unknown[], query = '?idScheme=code', more: Record<string, unknown> = {}) =>
  world.askDoor(`/dhis2/api/dataValueSets${query}`, JSON.stringify({ ...more, dataValues: values }))
const basic = (login: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${login}:${secret}`).toString('base64')}`,
})

describe('programs at the door', () => {
  test('come in with a login and an access token, or with the token alone', async () => {
    const { login, token } = await world.program('north-committee')
    for (const authorization of [basic(login, token).authorization, `ApiToken ${token}`, `Bearer ${token}`]) {
      const answer = await world.askDoor('/dhis2/api/me', undefined, { headers: { authorization } })
      expect([answer.status, answer.body.username]).toEqual([200, login])
      expect(answer.body.organisationUnits).toEqual([{ id: uidOf('unit', 'unit north') }])
    }
  })

  test('never with a password, the token of another, or what another site makes a browser send', async () => {
    const { login, token } = await world.program('north-committee')
    const other = await world.program('south-committee')
    const tries: Record<string, string>[] = [
      basic(login, password),
      basic(other.login, token),
      { ...basic(login, token), origin: 'https://elsewhere.test' },
      { ...basic(login, token), 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of tries) {
      const answer = await world.askDoor('/dhis2/api/me', undefined, { headers })
      expect([answer.status, answer.body.httpStatus]).toEqual([401, 'Unauthorized'])
      expect(String(answer.headers['www-authenticate'])).toContain('Basic')
    }
    const elsewhere = await world.server.inject({ method: 'GET', url: '/api/v1/session', headers: basic(login, token) })
    expect(elsewhere.statusCode, 'Basic opens nothing but the door').toBe(401)
  })

  test('a token for reading, and an approver’s, bring nothing in', async () => {
    for (const [role, scope] of [
      ['officer', 'read'],
      ['approver', 'read'],
    ] as const) {
      const { login, token } = await world.program('north-committee', role, scope)
      const answer = await world.askDoor('/dhis2/api/dataValueSets', '{"dataValues":[]}', {
        headers: basic(login, token),
      })
      expect([role, answer.status]).toEqual([role, 403])
      expect((await world.askDoor('/dhis2/api/me', undefined, { headers: basic(login, token) })).status).toBe(200)
    }
  })

  test('every route asks for a permission of the table, and is refused without anybody and to those without it', async () => {
    const { routes } = dhis2Door({ calendars: exchangeCalendars, say: world.parts.say })
    const reader = await world.program('north-committee', 'reader', 'role')
    expect(routes.length).toBeGreaterThan(20)
    for (const route of routes) {
      const url = `/dhis2/api${route.path.replace('{id}', 'x')}`
      const nobody = await world.server.inject({ method: route.method.toUpperCase() as 'GET', url })
      expect([url, nobody.statusCode]).toEqual([url, 401])
      const answer = await world.askDoor(url, route.method === 'post' ? '{}' : undefined, {
        ...{ method: route.method.toUpperCase() as 'GET', headers: basic(reader.login, reader.token) },
      })
      expect([url, answer.status === 403]).toEqual([url, route.allow === 'indicators.enter-figures'])
      expect([url, answer.status < 500]).toEqual([url, true])
    }
  })

  test('are told the release they ask for', async () => {
    expect((await world.askDoor('/dhis2/api/system/info')).body).toMatchObject({
      version: '2.42.0',
      calendar: 'iso8601',
    })
    expect((await world.askDoor('/dhis2/api/43/system/info')).body).toMatchObject({ version: '2.43.0' })
    expect((await world.askDoor('/dhis2/his-two/api/38/system/info')).body).toMatchObject({ version: '2.42.0' })
    expect((await world.askDoor('/dhis2/api/nothing')).status).toBe(404)
  })
})

describe('lists of things', () => {
  test('units by filter, page and fields', async () => {
    const answer = await world.askDoor(
      '/dhis2/api/organisationUnits?fields=id,code,level,path,parent[code]&filter=level:eq:3&order=code:desc&pageSize=3',
    )
    expect(answer.body.pager).toEqual({ page: 1, pageCount: 2, total: 4, pageSize: 3 })
    const id = uidOf('unit', 'unit s2')
    expect((answer.body.organisationUnits as unknown as unknown[])[0]).toEqual({
      ...{ id, code: 's2', level: 3, parent: { code: 'south' } },
      path: `/${['country', 'south', 's2'].map((one) => uidOf('unit', `unit ${one}`)).join('/')}`,
    })
    const one = await world.askDoor(`/dhis2/api/organisationUnits/${id}?fields=id,name`)
    expect(one.body).toEqual({ id, name: 'Vùng s2' })
    expect((await world.askDoor('/dhis2/api/organisationUnits?filter=code:nonsense:x')).status).toBe(400)
    expect(id).toMatch(/^[A-Za-z][A-Za-z0-9]{10}$/)
  })

  test('elements, combinations and forms name one another', async () => {
    const list = async (kind: string) =>
      (await world.askDoor(`/dhis2/api/${kind}?paging=false&fields=*`)).body[kind] as unknown as Record<string, never>[]
    const elements = await list('dataElements')
    expect(elements.map(({ code }) => code)).toEqual(['a', 'b', 'c', 'd', 'e', 'rate.numerator', 'rate.denominator'])
    const combos = await list('categoryOptionCombos')
    expect(combos.map(({ code }) => code)).toContain('sex-age=f-under-5')
    const forms = await list('dataSets')
    expect(forms.map(({ code, periodType }) => [code, periodType])).toEqual([
      ...[
        ['half-year', 'SixMonthly'],
        ['month', 'Monthly'],
        ['quarter', 'Quarterly'],
        ['report:half-year', 'SixMonthly'],
      ],
      ['year', 'Yearly'],
    ])
  })
})

describe('values', () => {
  test('a rate comes as two values, wherever they stand; one that stays alone is refused', async () => {
    const answer = await post([
      value('rate.numerator'),
      value('a'),
      value('rate.denominator', { value: '20' }),
      value('rate.numerator', { orgUnit: 'n2' }),
    ])
    expect(summary(answer).importCount).toEqual({ imported: 3, updated: 0, ignored: 1, deleted: 0 })
    expect(summary(answer).conflicts).toMatchObject([{ errorCode: 'E7619', indexes: [3] }])
    expect(await world.figures()).toMatchObject([{ measure: 'a' }, { measure: 'rate', value: 7, whole: 20 }])
    await post([value('rate.numerator', { value: '9' })])
    expect((await world.figures())[1], 'the other half is taken from what is there').toMatchObject({
      value: 9,
      whole: 20,
    })
  })

  test('what is said twice alike counts once; what contradicts is refused', async () => {
    const answer = await post([value('a'), value('a'), value('a', { value: '8' })])
    expect(summary(answer).importCount).toEqual({ imported: 1, updated: 0, ignored: 2, deleted: 0 })
    expect(summary(answer).conflicts.map(({ errorCode, indexes }) => [errorCode, indexes])).toEqual([['E8128', [2]]])
  })

  test('saying it again makes no new vintage; every refusal is told with its places', async () => {
    await post([value('a')])
    const again = await post([
      value('a'),
      value('x'),
      value('a', { orgUnit: 'nowhere' }),
      value('a', { period: '2030W1' }),
      value('a', { period: 'soon' }),
      value('a', { period: '203512' }),
      value('a', { value: '1,5', period: '203011' }),
      value('a', { categoryOptionCombo: 'nothing' }),
    ])
    expect([again.status, summary(again).status]).toEqual([409, 'WARNING'])
    expect(summary(again).conflicts.map(({ errorCode, indexes }) => [errorCode, ...indexes])).toEqual([
      ...[
        ['E7610', 1],
        ['E7612', 2],
        ['E7632', 3],
        ['E7611', 4],
        ['E7619', 6],
        ['E7613', 7],
      ],
      ['E7641', 5],
    ])
    const vintages = await asProduct(
      world.ground,
      async (db) => (await sql<{ most: number }>`select max(vintage) as most from indicators.cell`.execute(db)).rows,
    )
    expect(vintages).toEqual([{ most: 1 }])
  })

  test('fields that stand behind the values hold for them; schemes of the payload go before those of the address', async () => {
    const body = `{"dataValues":[{"dataElement":"a","value":"3"}],"orgUnit":"n2","period":"2030Q4","idScheme":"code"}`
    const answer = await world.askDoor('/dhis2/api/dataValueSets?idScheme=uid', body)
    expect(summary(answer).importCount.imported).toBe(1)
    expect(await world.figures()).toMatchObject([{ measure: 'a', unit: 'n2', period: '2030-Q4', value: 3 }])
  })

  test('a period is the one of the measure’s own calendar, its days, or its own name', async () => {
    const times = ['2030S2', '2029-12-15/P6M', 'report:2029-S2', '2030S1']
    const answer = await post(times.map((period) => value('e', { period })))
    expect(summary(answer).importCount).toEqual({ imported: 3, updated: 0, ignored: 1, deleted: 0 })
    expect((await world.figures()).map(({ period }) => period)).toEqual([
      'report:2029-S2',
      'report:2030-S1',
      'report:2030-S2',
    ])
  })

  test('what is handed out comes back in unchanged, in each format', async () => {
    const sent = [
      value('a', { comment: '<a & "b">' }),
      value('b', { categoryOptionCombo: 'sex-age=f-under-5' }),
      value('rate.numerator'),
      value('rate.denominator', { value: '9' }),
      value('e', { period: '2030S1' }),
    ]
    await post(sent)
    const before = await world.figures()
    const of =
      'dataSet=month&dataSet=report:half-year&inputIdScheme=code&period=203012&period=2030S1&orgUnit=north&children=true'
    for (const [ending, type, scheme] of [
      ['json', 'application/json', 'uid'],
      ['xml', 'application/xml', 'code'],
      ['csv', 'application/csv', 'uid'],
      ['adx', 'application/adx+xml', 'code'],
    ] as const) {
      const out = await world.askDoor(`/dhis2/api/dataValueSets.${ending}?${of}&idScheme=${scheme}`)
      expect([ending, out.status]).toEqual([ending, 200])
      await world.clear()
      const back = await world.askDoor(`/dhis2/api/dataValueSets?idScheme=${scheme}`, out.text, { type })
      expect([ending, summary(back).importCount, summary(back).conflicts]).toEqual([
        ending,
        { imported: 5, updated: 0, ignored: 0, deleted: 0 },
        [],
      ])
      expect(await world.figures()).toEqual(before)
    }
    expect((await world.askDoor('/dhis2/api/dataValueSets?period=2030&orgUnit=x')).body.errorCode).toBe('E2001')
  })

  test('packed payloads, and payloads in pieces of any size, are read the same', async () => {
    const values = Array.from({ length: 3000 }, (_none, at) =>
      value('a', {
        period: `${1900 + (at % 120)}`,
        orgUnit: at % 2 === 0 ? 'n1' : 'n2',
        comment: `ghi chú ${at} "}],{`,
      }),
    )
    const body = JSON.stringify({ dataValues: values })
    const packed = await world.askDoor('/dhis2/api/dataValueSets?idScheme=code', gzipSync(body), {
      headers: { 'content-encoding': 'gzip' },
    })
    expect(summary(packed).importCount.imported).toBe(120)
    const plain = await world.askDoor('/dhis2/api/dataValueSets?idScheme=code', body)
    expect(summary(plain).importCount.updated).toBe(120)
  })

  test.each([
    [
      'entities',
      'application/xml',
      '<!DOCTYPE x [<!ENTITY a "b">]><dataValueSet xmlns="http://dhis2.org/schema/dxf/2.0"/>',
    ],
    ['depth', 'application/xml', `${'<dataValueSet>'.repeat(50)}${'</dataValueSet>'.repeat(50)}`],
    ['an open element', 'application/xml', '<dataValueSet><dataValue dataElement="a"'],
    ['another document', 'application/xml', '<html><body/></html>'],
    ['no XML', 'application/xml', 'hello'],
    ['a broken object', 'application/json', '{"dataValues":[{"dataElement":"a"}'],
    ['depth in JSON', 'application/json', `{"dataValues":[{"a":${'['.repeat(1000)}`],
    ['a list of words', 'application/json', '{"dataValues":["a"]}'],
    ['two objects', 'application/json', '{"dataValues":[]}{"dataValues":[]}'],
    ['nothing', 'application/json', ''],
    ['bytes that are no text', 'application/csv', Buffer.from([0xff, 0xfe, 0x00, 0x31])],
  ])('hostile payloads are refused and change nothing: %s', async (_what, type, body) => {
    const answer = await world.askDoor('/dhis2/api/dataValueSets', body, { type })
    expect([answer.status, answer.body.status]).toEqual([409, 'ERROR'])
    expect(await world.figures()).toEqual([])
  })

  test('a partner’s codes hold for that partner and that body alone', async () => {
    await world.set([element('elemFOREIGN', 'b')], { system: 'his-two' })
    const body = JSON.stringify({ dataValues: [{ ...value('elemFOREIGN'), orgUnit: uidOf('unit', 'unit n1') }] })
    const counts = async (url: string, as?: string) =>
      summary(await world.askDoor(url, body, as === undefined ? {} : { as })).importCount.imported
    expect(await counts('/dhis2/api/dataValueSets')).toBe(0)
    expect(await counts('/dhis2/his-two/api/dataValueSets', 'south-committee')).toBe(0)
    expect(await counts('/dhis2/his-two/api/dataValueSets')).toBe(1)
  })
})

describe.skipIf(!existsSync(adx))('ADX of DHIS2’s own tests', () => {
  test('importA: breakdowns as attributes, combinations by name, groups by partner', async () => {
    const option = (name: string, breakdown: string, options: Record<string, string> | null) => ({
      foreign: { code: name },
      meaning: { kind: 'combo', breakdown, options },
    })
    const [sex, age] = ['Sex_category', 'Age_category'] as const
    await world.set(
      [
        { foreign: { code: 'Malaria numeric' }, meaning: element('', 'a').meaning },
        { foreign: { code: 'Malaria text' }, meaning: element('', 'b').meaning },
        { foreign: { code: '123' }, meaning: place('', 'n1').meaning },
        { foreign: { code: '456' }, meaning: place('', 'n2').meaning },
        { foreign: { code: 'MalariaDS' }, meaning: form('').meaning },
        { foreign: { code: 'MalariaMechanismDS' }, meaning: form('').meaning },
        option('FUnder', 'sex-age=f-under-5', { [sex]: 'FFFFFFFFFFF', [age]: 'under555555' }),
        option('MUnder', 'sex-age=m-under-5', { [sex]: 'MMMMMMMMMMM', [age]: 'under555555' }),
        option('FOver555555', 'sex-age=f-over-5', { [sex]: 'FFFFFFFFFFF', [age]: 'over5555555' }),
        option('MOver555555', 'sex-age=m-over-5', null),
        option('PEPFAR', '', { Mechanism_category: 'PEPFARRRRRR' }),
        option('cocMcDonald', '', null),
        option('McDonald options', '', { Mechanism_category: 'McDonaldsss' }),
      ],
      { system: 'malaria' },
    )
    const answer = await world.askDoor(
      '/dhis2/malaria/api/dataValueSets',
      readFileSync(path.join(adx, 'importA.adx.xml')),
      { type: 'application/adx+xml' },
    )
    expect(summary(answer).conflicts).toEqual([])
    expect(summary(answer).importCount).toEqual({ imported: 9, updated: 0, ignored: 0, deleted: 0 })
    expect(
      (await world.figures()).map(({ measure, unit, period, breakdown, value: amount }) => [
        measure,
        unit,
        period,
        breakdown,
        amount,
      ]),
    ).toContainEqual(['a', 'n2', '2021-Q1', 'sex-age=f-over-5', 20])
    const sample = await world.askDoor(
      '/dhis2/malaria/api/dataValueSets',
      readFileSync(path.join(adx, 'adx_data_sample1.xml')),
      { type: 'application/adx+xml' },
    )
    expect([sample.status, summary(sample).status], 'groups of an unknown form are refused whole').toEqual([
      409,
      'ERROR',
    ])
  })
})
