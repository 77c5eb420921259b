import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asProduct } from '../../../test/kit/access-world.ts'
import { anExchangeWorld, combo, element, place, type ExchangeWorld } from '../../../test/kit/exchange-world.ts'

let world: ExchangeWorld
beforeAll(async () => {
  world = await anExchangeWorld()
})
afterAll(() => world.close())

type Found = { by: string; unit: { code: string } | null; measure: { code: string } | null; breakdown: string | null }[]
const suggest = async (query: string) =>
  (await world.call(`/figures/exchange/suggestions?${query}`)).body.found as Found
const list = async (as?: string) =>
  (await world.call('/figures/exchange/codes?system=dhis2', as === undefined ? {} : { as })).body.items as {
    id: string
    foreign: { uid: string }
    meaning: Record<string, unknown>
    unit: { code: string } | null
  }[]

describe('codes of another system', () => {
  test('are kept for one’s own body; saying one anew ends what was said before, and it stays on record', async () => {
    await world.set([place('unitAAAAAAA', 'n1'), element('elemAAAAAAA', 'a')])
    await world.set([place('unitAAAAAAA', 'n2')])
    expect((await list()).map(({ foreign, unit }) => [foreign.uid, unit?.code ?? null])).toEqual([
      ['elemAAAAAAA', null],
      ['unitAAAAAAA', 'n2'],
    ])
    expect(await list('south-committee')).toEqual([])
    const kept = await asProduct(
      world.ground,
      async (db) =>
        (
          await sql<{
            ended: boolean
          }>`select ended_at is not null as ended from indicators.exchange_code order by set_at`.execute(db)
        ).rows,
    )
    expect(kept.filter(({ ended }) => ended).length).toBe(1)
  })

  test('nobody ends those of another body, and with a combination end the elements that hang on it', async () => {
    const [comboId = ''] = await world.set([combo('comboAAAAAA', 'partner=one')])
    await world.set([element('elemBBBBBBB', 'b', { combo: { id: comboId, breakdown: 'partner=two' } })])
    const end = (as?: string) =>
      world.call(`/figures/exchange/codes/${comboId}/ending`, { method: 'POST', ...(as === undefined ? {} : { as }) })
    expect((await end('south-committee')).status).toBe(404)
    expect((await end()).status).toBe(204)
    expect((await list()).map(({ foreign }) => foreign.uid)).toEqual(['elemAAAAAAA', 'unitAAAAAAA'])
    expect((await end()).status).toBe(404)
  })

  test('what means nothing of ours, or is said twice, is refused whole', async () => {
    const refused = async (...codes: unknown[]) =>
      (await world.call('/figures/exchange/codes', { method: 'POST', body: { system: 'dhis2', codes } })).body.code
    expect(await refused(place('unitCCCCCCC', 'n1'), place('unitDDDDDDD', 'nowhere'))).toBe(
      'indicators.code-means-nothing',
    )
    expect(await refused(combo('x', 'sex=odd'))).toBe('indicators.code-means-nothing')
    expect(await refused(place('unitCCCCCCC', 'n1'), place('unitCCCCCCC', 'n2'))).toBe('indicators.code-twice')
    expect((await list()).length).toBe(2)
  })
})

describe('a meaning is suggested', () => {
  test('for units by code, then by name in the parent, then by name, then by a like name', async () => {
    const by = async (query: string) => (await suggest(query)).map((one) => [one.by, one.unit?.code])
    expect(await by('kind=unit&code=n1')).toEqual([['code', 'n1']])
    expect((await by('kind=unit&name=VUNG%20S1&parent=V%C3%B9ng%20south'))[0]).toEqual(['name-in-parent', 's1'])
    expect((await by('kind=unit&name=vung%20s1'))[0]).toEqual(['bare-name', 's1'])
    expect((await by('kind=unit&name=V%C3%B9ng%20s1'))[0]).toEqual(['name', 's1'])
    expect((await by('kind=unit&name=V%C3%B9ng%20norh'))[0]).toEqual(['like-name', 'north'])
    expect(await by('kind=unit&name=zzz')).toEqual([])
  })

  test('for elements and combinations by the words of our dictionary', async () => {
    expect((await suggest('kind=element&name=measure%20A'))[0]).toMatchObject({ by: 'name', measure: { code: 'a' } })
    expect((await suggest('kind=combo&code=f-under-5'))[0]).toMatchObject({
      by: 'code',
      breakdown: 'sex-age=f-under-5',
    })
  })
})

describe('accepted figures leave as SDMX', () => {
  const file = async (format: string) => {
    const { cookie } = await world.program('north-committee')
    return world.server.inject({
      url: `/api/v1/figures/exchange/observations?format=${format}`,
      headers: { cookie: `mangnon=${cookie}` },
    })
  }
  beforeAll(async () => {
    const value = (dataElement: string, over: object) => ({
      dataElement,
      orgUnit: 'n1',
      period: '2030',
      value: '3',
      ...over,
    })
    const dataValues = [
      ...[
        value('a', {}),
        value('b', { period: '2030S1', categoryOptionCombo: 'sex-age=f-under-5', comment: '=cmd, "x"' }),
      ],
      ...[value('rate.numerator', { period: '203006' }), value('rate.denominator', { period: '203006', value: '8' })],
      ...[value('e', { period: '2030S1' }), value('c', {})],
    ]
    await world.askDoor('/dhis2/api/dataValueSets?idScheme=code', JSON.stringify({ dataValues }))
    await asProduct(world.ground, (db) =>
      sql`update indicators.cell c set accepted_vintage = 1 from indicators.measure m where m.id = c.measure_id and m.code <> 'c'`.execute(
        db,
      ),
    )
  })

  test('SDMX-CSV 2.1: a row each, other calendars by their days, nothing that is not accepted, no formulas', async () => {
    const answer = await file('sdmx-csv')
    expect(answer.headers['content-type']).toBe('application/vnd.sdmx.data+csv;version=2.1.0')
    expect(answer.body.split('\r\n')).toEqual([
      'STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,FREQ,INDICATOR,SEX-AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,NUMERATOR,DENOMINATOR,COMMENT_OBS',
      'dataflow,MANGNON:CHILD_INDICATORS(1.0.0),R,n1,A,A,_T,2030,3,A,,,',
      'dataflow,MANGNON:CHILD_INDICATORS(1.0.0),R,n1,M,RATE,_T,2030-06,37.5,A,3,8,',
      `dataflow,MANGNON:CHILD_INDICATORS(1.0.0),R,n1,S,B,F-UNDER-5,2030-S1,3,A,,,"'=cmd, ""x"""`,
      'dataflow,MANGNON:CHILD_INDICATORS(1.0.0),R,n1,S,E,_T,2029-12-15/P6M,3,A,,,',
      '',
    ])
  })

  test('SDMX-JSON 2.1: every observation is named by its places in the lists of values', async () => {
    const answer = await file('sdmx-json')
    const { data } = answer.json<{
      data: {
        structures: { dimensions: { observation: { id: string; values: { id: string }[] }[] } }[]
        dataSets: { observations: Record<string, [number]> }[]
      }
    }>()
    const dimensions = data.structures[0]?.dimensions.observation ?? []
    const read = Object.entries(data.dataSets[0]?.observations ?? {}).map(([key, [value]]) => [
      ...key.split(':').map((place, at) => dimensions[at]?.values[Number(place)]?.id),
      value,
    ])
    expect(dimensions.map(({ id }) => id)).toEqual(['REF_AREA', 'FREQ', 'INDICATOR', 'SEX-AGE', 'TIME_PERIOD'])
    expect(read).toContainEqual(['n1', 'M', 'RATE', '_T', '2030-06', 37.5])
    expect(read).toContainEqual(['n1', 'S', 'E', '_T', '2029-12-15/P6M', 3])
    expect(read.length).toBe(4)
  })
})
