import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asProduct } from '../../../../test/kit/access-world.ts'
import { anExchangeWorld, combo, form, place, type ExchangeWorld } from '../../../../test/kit/exchange-world.ts'
import { uidOf } from './uid.ts'

let world: ExchangeWorld
beforeAll(async () => {
  world = await anExchangeWorld()
})
afterAll(() => world.close())
beforeEach(() => world.clear())

type Summary = { importCount: Record<string, number>; conflicts: { errorCode: string }[] }
const summary = (answer: { body: Record<string, unknown> }) => answer.body.response as Summary
const value = (dataElement: string, of: Record<string, unknown>) => ({ dataElement, orgUnit: 'n1', value: '7', ...of })
const post = (values: unknown[]) =>
  world.askDoor('/dhis2/api/dataValueSets?idScheme=code', JSON.stringify({ dataValues: values }))

describe('forms said to be complete, and totals', () => {
  test('are kept, told again, and taken back', async () => {
    await world.set([form('formFOREIGN'), combo('comboFORGN1'), place('unitFOREIGN', 'n1')])
    const said = {
      dataSet: 'formFOREIGN',
      period: '203012',
      organisationUnit: 'unitFOREIGN',
      date: '2031-01-05',
      completed: true,
    }
    const send = (row: object) =>
      world.askDoor('/dhis2/api/completeDataSetRegistrations', JSON.stringify({ completeDataSetRegistrations: [row] }))
    expect(summary(await send(said)).importCount).toMatchObject({ imported: 1, updated: 0 })
    expect(summary(await send({ ...said, date: '2031-01-06' })).importCount).toMatchObject({ imported: 0, updated: 1 })
    const read = async () =>
      (
        await world.askDoor(
          '/dhis2/api/completeDataSetRegistrations?dataSet=formFOREIGN&orgUnit=unitFOREIGN&period=203012',
        )
      ).body.completeDataSetRegistrations as unknown as unknown[]
    expect(await read()).toMatchObject([
      { dataSet: 'formFOREIGN', organisationUnit: 'unitFOREIGN', date: '2031-01-06', completed: true },
    ])
    await world.askDoor('/dhis2/api/completeDataSetRegistrations?ds=formFOREIGN&ou=unitFOREIGN&pe=203012', undefined, {
      method: 'DELETE',
    })
    expect(await read()).toEqual([])
    expect(summary(await send({ ...said, dataSet: 'nothing' })).conflicts).toMatchObject([{ errorCode: 'E7600' }])
  })

  test('totals are of accepted figures, by the dimensions asked for', async () => {
    await post([value('a', { period: '2030' }), value('a', { period: '2030', orgUnit: 'n2', value: '5' })])
    const dx = uidOf('indicator', 'a')
    const north = uidOf('unit', 'unit north')
    const ask = (ou: string, pe = '2030') =>
      world.askDoor(
        `/dhis2/api/analytics?dimension=dx:${dx};${uidOf('form', 'year')}.REPORTING_RATE&dimension=pe:${pe}&dimension=ou:${ou}`,
      )
    expect((await ask(north)).body.rows, 'nothing is accepted yet').toEqual([
      [`${uidOf('form', 'year')}.REPORTING_RATE`, '2030', north, '0'],
    ])
    await asProduct(world.ground, (db) => sql`update indicators.cell set accepted_vintage = 1`.execute(db))
    const answer = await ask(north, 'LAST_YEAR')
    expect(answer.body.rows).toEqual([
      [dx, '2030', north, '12'],
      [`${uidOf('form', 'year')}.REPORTING_RATE`, '2030', north, '100'],
    ])
    expect(answer.body).toMatchObject({
      width: 4,
      height: 2,
      metaData: { items: { [dx]: { name: 'Measure a' } }, dimensions: { pe: ['2030'] } },
    })
    expect((await ask('LEVEL-3;' + north)).body.height).toBe(4)
    expect((await ask('USER_ORGUNIT_CHILDREN')).body.height).toBe(4)
    expect((await ask(uidOf('unit', 'unit south'))).body.errorCode).toBe('E7120')
    expect((await ask('nowhere')).body.errorCode).toBe('E7143')
  })
})
