import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ForeignThing, TakenPackage } from '../../model.ts'
import { unitId as unitIdOf } from '../../../../test/kit/access-world.ts'
import { anExchangeWorld, type ExchangeWorld } from '../../../../test/kit/exchange-world.ts'

let world: ExchangeWorld
beforeAll(async () => {
  world = await anExchangeWorld()
  // Vùng n1 was called Làng Cũ and coded old-1 before; n2's outline is known.
  await sql`update territory.unit_version set valid_from = '2020-01-01' where unit_id = ${unitIdOf('n1')}`.execute(
    world.owner,
  )
  await sql`insert into territory.unit_version (unit_id, valid_from, valid_to, code, name, name_en, type, parent_id)
    select unit_id, null, '2020-01-01', 'old-1', 'Làng Cũ', 'Lang Cu', type, parent_id from territory.unit_version where unit_id = ${unitIdOf('n1')}`.execute(
    world.owner,
  )
  await sql`insert into territory.outline (unit_id, on_date, fine, coarse, islets, source, imported_at)
    values (${unitIdOf('n2')}, '2025-07-01', 'M105000 -21000l1000 0 0 1000 -1000 0z', '', '[]', 'Kart', now())`.execute(
    world.owner,
  )
})
afterAll(() => world.close())

const square = (west: number, size = 1) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 21],
      [west + size, 21],
      [west + size, 20],
      [west, 20],
      [west, 21],
    ],
  ],
})
const units = [
  { id: 'ouNorthAAAA', name: 'Vùng north' },
  { id: 'ouCodeAAAAA', code: 'n1', name: 'Elsewhere', parent: { id: 'ouNorthAAAA' } },
  { id: 'ouParentAAA', name: 'VUNG S1', parent: { id: 'ouSouthAAAA' } },
  { id: 'ouSouthAAAA', name: 'Vùng south' },
  { id: 'ouBareAAAAA', name: 'vung n2' },
  { id: 'ouOldAAAAAA', name: 'Lang cu', parent: { id: 'ouNorthAAAA' } },
  { id: 'ouOldCodeAA', code: 'old-1', name: 'Qzx' },
  { id: 'ouPointAAAA', name: 'Qqq', geometry: { type: 'Point', coordinates: [105.5, 20.5] } },
  { id: 'ouGroundAAA', name: 'Www', geometry: square(105.05) },
  { id: 'ouFarAAAAAA', name: 'Zzz', geometry: square(106.5) },
]
const pack = {
  categoryOptions: [
    { id: 'opFemaleAAA', code: 'f-under-5', name: 'F' },
    { id: 'opPartnerAA', name: 'One' },
  ],
  categoryOptionCombos: [
    { id: 'coOneAAAAAA', name: 'x', categoryOptions: [{ id: 'opFemaleAAA' }, { id: 'opPartnerAA' }] },
    { id: 'coDefaultAA', name: 'default', categoryOptions: [] },
  ],
  dataElements: [
    { id: 'deNameAAAAA', name: 'MEASURE A', valueType: 'TRUE_ONLY' },
    { id: 'deRateAAAAA', code: 'rate.denominator', name: 'All' },
    { id: 'deNoneAAAAA', name: 'Nothing like it' },
  ],
  dataSets: [{ id: 'dsMonthAAAA', name: 'Monthly', periodType: 'Monthly' }],
  organisationUnits: units,
}

async function give(given: unknown, of: { as?: string; system?: string } = {}) {
  const { cookie } = await world.program(of.as ?? 'north-committee')
  const answer = await world.ask({
    ...{ method: 'POST', cookie, headers: { 'content-type': 'application/octet-stream' } },
    path: `/figures/exchange/packages?system=${of.system ?? 'dhis2'}&fileName=package.json`,
    body: Buffer.from(typeof given === 'string' ? given : JSON.stringify(given)),
  })
  return { status: answer.status, body: answer.body as unknown as TakenPackage & { code: string } }
}
const list = async (query = '', as?: string) =>
  (await world.call(`/figures/exchange/things?size=200${query}`, as === undefined ? {} : { as })).body as unknown as {
    items: ForeignThing[]
    total: number
  }
const found = async () =>
  new Map(
    (await list()).items.map(({ uid, found: [first] }) => [
      uid,
      first && [first.by, first.unit?.code ?? first.measure?.code ?? first.breakdown],
    ]),
  )

describe('a package of another system', () => {
  test('its things are listed with what each may be and why, surest first; nothing is joined', async () => {
    const { status, body } = await give(pack)
    expect([status, body.kinds, body.refused]).toEqual([
      200,
      [
        { kind: 'combo', made: 2, known: 0 },
        { kind: 'unit', made: 10, known: 0 },
        { kind: 'element', made: 3, known: 0 },
        { kind: 'data-set', made: 1, known: 0 },
      ],
      0,
    ])
    expect(Object.fromEntries(await found())).toEqual({
      coOneAAAAAA: ['name', 'sex-age=f-under-5;partner=one'],
      coDefaultAA: ['code', ''],
      deNameAAAAA: ['name', 'a'],
      deRateAAAAA: ['code', 'rate'],
      deNoneAAAAA: undefined,
      dsMonthAAAA: ['rhythm', null],
      ouNorthAAAA: ['name', 'north'],
      ouCodeAAAAA: ['code', 'n1'],
      ouParentAAA: ['name-in-parent', 's1'],
      ouSouthAAAA: ['name', 'south'],
      ouBareAAAAA: ['bare-name', 'n2'],
      ouOldAAAAAA: ['old-name', 'n1'],
      ouOldCodeAA: ['old-code', 'n1'],
      ouPointAAAA: ['lies-in', 'n2'],
      ouGroundAAA: ['same-ground', 'n2'],
      ouFarAAAAAA: undefined,
    })
    const states = (await world.call('/figures/exchange/things/facets?of=state')).body
    expect(JSON.stringify(states)).toContain('"unmatched"')
    expect((await list('&state=unmatched')).items.map(({ uid }) => uid).toSorted()).toEqual([
      'deNoneAAAAA',
      'ouFarAAAAAA',
    ])
    expect((await list('&state=joined')).total).toBe(0)
  })

  test('taken in again it makes nothing; nobody else sees it', async () => {
    const before = await list()
    const { body } = await give(pack)
    expect(body.kinds.every(({ made }) => made === 0)).toBe(true)
    expect(await list()).toEqual(before)
    expect((await list('', 'south-committee')).total).toBe(0)
  })

  test('hostile files are refused and leave nothing behind', async () => {
    expect((await give('{"dataElements":[{"id":"a"', { system: 'other' })).body.code).toBe(
      'indicators.package-unreadable',
    )
    expect((await give({ users: [] }, { system: 'other' })).body.code).toBe('indicators.package-not-one')
    expect((await list('&ofSystem=other')).total).toBe(0)
  })

  test('a person joins one by one or all that one reason found alone; the payload then goes in', async () => {
    const all = (await list()).items
    const by = (uid: string) => all.find((one) => one.uid === uid)?.id ?? ''
    const payload = (orgUnit: string) =>
      JSON.stringify({ dataValues: [{ dataElement: 'deNameAAAAA', orgUnit, period: '203001', value: 'true' }] })
    const send = async (orgUnit: string) => {
      const { body } = await world.askDoor('/dhis2/api/dataValueSets', payload(orgUnit))
      return (body as unknown as { response: { importCount: { imported: number } } }).response.importCount.imported
    }
    expect(await send('ouCodeAAAAA')).toBe(0)
    const said = await world.call('/figures/exchange/things/meanings', {
      method: 'POST',
      body: {
        things: [
          { id: by('ouCodeAAAAA'), meaning: { kind: 'unit', unitId: unitIdOf('n1') } },
          {
            id: by('deNameAAAAA'),
            meaning: {
              kind: 'element',
              measureId: all.find(({ uid }) => uid === 'deNameAAAAA')?.found[0]?.measure?.id,
              valueType: 'true-only',
            },
          },
        ],
      },
    })
    expect(said.body).toEqual({ joined: 2 })
    expect(await send('ouCodeAAAAA')).toBe(1)
    const wrong = { things: [{ id: by('ouOldAAAAAA'), meaning: { kind: 'data-set' } }] }
    expect((await world.call('/figures/exchange/things/meanings', { method: 'POST', body: wrong })).body.code).toBe(
      'indicators.thing-is-other-kind',
    )
    const joinedBy = async (reason: string) => {
      const asked = { system: 'dhis2', kind: 'unit', by: reason }
      const { body } = await world.call('/figures/exchange/things/found-meanings', { method: 'POST', body: asked })
      return body.joined ?? body.code
    }
    expect(await joinedBy('name-in-parent')).toBe(1)
    expect(await joinedBy('name-in-parent')).toBe('indicators.things-none-sure')
    const joined = (await list('&state=joined&kind=unit')).items
    expect(joined.map(({ uid, said: code }) => [uid, code?.unit?.code]).toSorted()).toEqual([
      ['ouCodeAAAAA', 'n1'],
      ['ouParentAAA', 's1'],
    ])
    await world.call(`/figures/exchange/codes/${joined[0]?.said?.id ?? ''}/ending`, { method: 'POST' })
    expect((await list('&state=joined&kind=unit')).total).toBe(1)
  })

  test('nobody joins things of another body', async () => {
    const [one] = (await list('&kind=unit&state=suggested')).items
    const body = { things: [{ id: one?.id, meaning: { kind: 'unit', unitId: unitIdOf('s1') } }] }
    const answer = await world.call('/figures/exchange/things/meanings', {
      method: 'POST',
      body,
      as: 'south-committee',
    })
    expect(answer.status).toBe(404)
  })
})

describe('what a payload was refused for', () => {
  test('is listed with how many values it cost, and looked up by its code; a trial keeps nothing', async () => {
    const body = JSON.stringify({
      dataValues: ['203001', '203002'].map((period) => ({
        dataElement: 'measure-z',
        orgUnit: 's1',
        period,
        value: '1',
      })),
    })
    await world.askDoor('/dhis2/partner/api/dataValueSets?idScheme=code&dryRun=true', body)
    expect((await list('&ofSystem=partner')).total).toBe(0)
    await world.askDoor('/dhis2/partner/api/dataValueSets?idScheme=code', body)
    await world.askDoor('/dhis2/partner/api/dataValueSets?idScheme=code', body)
    const [thing, ...others] = (await list('&ofSystem=partner&isRefused=true')).items
    expect(others).toEqual([])
    expect([thing?.kind, thing?.code, thing?.refused, thing?.state]).toEqual(['element', 'measure-z', 4, 'unmatched'])
  })
})
