import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  anExchangeWorld,
  combo,
  element,
  form,
  place,
  type ExchangeWorld,
} from '../../../../test/kit/exchange-world.ts'

const fixtures = path.resolve(import.meta.dirname, '../../../../../shared/reference/dhis2-fixtures')
const types: Record<string, string> = {
  ...{ xml: 'application/xml', csv: 'application/csv', json: 'application/json' },
}

let world: ExchangeWorld
beforeAll(async () => {
  world = await anExchangeWorld()
  const [, , , , , single, first, second] = await world.set([
    element('f7n9E0hX8qk', 'a'),
    element('Ix2HsbDMLea', 'b'),
    element('eY5ehpbEsB7', 'c'),
    element('jH26dja2f30', 'd', { valueType: 'boolean' }),
    element('jH26dja2f31', 'a', { valueType: 'true-only' }),
    element('BjDrgVrkBI3', 'b'),
    combo('oPcWGgS2Liz', 'sex-age=f-under-5'),
    combo('rtfSaMjPyq6', 'sex-age=m-under-5'),
    combo('kjuiHgy67hg', 'partner=one'),
    combo('Gad33qy67g5', 'partner=two'),
    { foreign: { code: 'OC_DEF_CODE' }, meaning: { kind: 'combo', breakdown: '' } },
    place('DiszpKrYNg8', 'n1'),
    place('BdfsJfj87js', 'n2'),
    place('O6uvpzGd5pu', 'n1'),
    place('j7Hg26FpoIa', 's1'),
    form('pBOMPrpg1QX'),
    form('VEM58nY22sO'),
    ...[1, 2, 3].map((number) => ({
      foreign: { attributes: { uh6H2ff562G: `DE${number}` } },
      meaning: { kind: 'element', measureId: element('', 'abc'[number - 1] ?? '').meaning.measureId },
    })),
    ...[1, 2].map((number) => ({
      foreign: { attributes: { uh6H2ff562G: `OU${number}` } },
      meaning: place('', `n${number}`).meaning,
    })),
  ])
  expect([single, first, second].every((id) => id !== undefined)).toBe(true)
})
afterAll(() => world.close())
beforeEach(() => world.clear())

async function bring(file: string, query = '', at = '/dhis2/api') {
  const type = types[file.slice(file.lastIndexOf('.') + 1)] ?? ''
  const answer = await world.askDoor(
    `${at}/dataValueSets${query}`,
    readFileSync(path.join(fixtures, 'datavalues', file)),
    { type },
  )
  const response = answer.body.response as unknown as {
    status: string
    importCount: Record<string, number>
    conflicts: { errorCode: string; indexes: number[]; value: string }[]
    dataSetComplete: string
  }
  const { imported, updated, deleted, ignored } = response.importCount
  return { ...response, status: answer.status, is: response.status, counts: [imported, updated, deleted, ignored] }
}

/** Outcomes as the integration tests of DHIS2 state them for the same files. */
describe.skipIf(!existsSync(fixtures))('payloads of DHIS2’s own tests', () => {
  test.each([
    ['dataValueSetA.xml', [3, 0, 0, 0]],
    ['dataValueSetB.csv', [12, 0, 0, 0]],
    ['dataValueSetBAttributeIdScheme.xml', [12, 0, 0, 0]],
    ['dataValueSetD2.xml', [3, 0, 0, 0]],
    ['dataValueSetACatCombo.xml', [3, 0, 0, 0]],
    ['dataValueSetJ.json', [1, 0, 0, 0]],
    ['dataValueSetCreateDate.json', [1, 0, 0, 0]],
    ['dataValues_single_dataset.json', [2, 0, 0, 0]],
    ['dataValueSetNonStrict.xml', [3, 0, 0, 0]],
  ] as const)('%s goes in whole', async (file, counts) => {
    const found = await bring(file)
    expect([found.status, found.is, found.counts, found.conflicts]).toEqual([200, 'SUCCESS', counts, []])
    expect((await world.figures()).length).toBe(counts[0])
    expect((await world.figures()).every(({ source }) => source === 'exchange')).toBe(true)
  })

  test('a file without heads goes in by places', async () => {
    expect((await bring('dataValueSetBNoHeader.csv', '?firstRowIsHeader=false')).counts).toEqual([12, 0, 0, 0])
    expect((await world.figures()).length).toBe(12)
  })

  test('codes of combinations are read where the address says so', async () => {
    expect((await bring('dataValueSetCCode.xml', '?categoryOptionComboIdScheme=CODE')).counts).toEqual([3, 0, 0, 0])
  })

  test('what is marked deleted is taken back; the rest counts as updated', async () => {
    await bring('dataValueSetB.csv')
    expect((await bring('dataValueSetBDeleted.xml')).counts).toEqual([0, 8, 4, 0])
    expect((await world.figures()).length).toBe(8)
    expect((await bring('dataValueSetB.csv')).counts, 'taking back is reversed').toEqual([4, 8, 0, 0])
    expect((await bring('dataValueSetBNewDeleted.xml')).counts).toEqual([2, 6, 4, 0])
    expect((await world.figures()).length).toBe(10)
  })

  test('what is marked deleted and never was counts as imported', async () => {
    expect((await bring('dataValueSetBDeleted.xml')).counts).toEqual([12, 0, 0, 0])
    expect((await world.figures()).length).toBe(8)
  })

  test('three values, then the same three marked deleted', async () => {
    await bring('dataValueSetA.xml')
    expect((await bring('dataValueSetADeleted.xml')).counts).toEqual([0, 0, 3, 0])
    expect(await world.figures()).toEqual([])
  })

  test('the strategy DELETE takes back, with and without a value', async () => {
    await bring('dataValueSetB.csv')
    expect((await bring('dataValueSetB.csv', '?importStrategy=DELETE')).counts).toEqual([0, 0, 12, 0])
    await bring('dataValueSetJ.json')
    expect((await bring('dataValueSetJDeleteNoValue.json', '?importStrategy=DELETE')).counts).toEqual([0, 0, 1, 0])
    expect(await world.figures()).toEqual([])
  })

  test('a dry run counts and stores nothing; UPDATE alone makes nothing new; CREATE alone changes nothing', async () => {
    expect((await bring('dataValueSetB.csv', '?dryRun=true')).counts).toEqual([12, 0, 0, 0])
    expect(await world.figures()).toEqual([])
    expect((await bring('dataValueSetB.csv', '?importStrategy=UPDATES')).counts).toEqual([0, 0, 0, 12])
    await bring('dataValueSetB.csv')
    expect((await bring('dataValueSetB.csv', '?importStrategy=CREATE')).counts).toEqual([0, 0, 0, 12])
  })

  test('values without anything are refused one by one', async () => {
    const found = await bring('dataValueSetANull.xml')
    expect([found.status, found.is, found.counts]).toEqual([409, 'WARNING', [1, 0, 0, 2]])
    expect(found.conflicts.map(({ errorCode, indexes }) => [errorCode, indexes])).toEqual([
      ['E7618', [0]],
      ['E7618', [1]],
    ])
    expect(found.dataSetComplete).toBe('false')
  })

  test('yes and no are read as DHIS2 reads them', async () => {
    const found = await bring('dataValueSetBooleanTest.csv')
    const refused = found.conflicts.flatMap(({ errorCode, indexes }) => indexes.map((index) => [errorCode, index]))
    expect(refused).toEqual([10, 11, 16, 17].map((index) => ['E7619', index]))
    expect(new Set((await world.figures()).map(({ value }) => value))).toEqual(new Set([0, 1]))
  })

  test('a combination nobody knows refuses the whole group', async () => {
    const found = await bring('dataValueSetF.xml')
    expect([found.status, found.is, found.counts[0]]).toEqual([409, 'ERROR', 0])
    expect(await world.figures()).toEqual([])
  })

  test('a unit nobody knows, and a unit of others', async () => {
    const found = await bring('dataValueSetIllegalOrgUnit.xml')
    expect([found.is, found.conflicts.map(({ errorCode }) => errorCode)]).toEqual(['ERROR', ['E7612']])
    const other = await bring('dataValueSetH.xml')
    expect([other.is, other.counts, other.conflicts.map(({ errorCode }) => errorCode)]).toEqual([
      ...['WARNING', [2, 0, 0, 1]],
      ['E7617'],
    ])
  })

  test('combinations that must be named', async () => {
    const combos = await bring('dataValueSetNonStrict.xml', '?requireCategoryOptionCombo=true')
    expect([combos.counts, combos.conflicts.map(({ indexes }) => indexes)]).toEqual([[1, 0, 0, 2], [[1, 2]]])
    await world.clear()
    const attributes = await bring('dataValueSetNonStrict.xml', '?requireAttributeOptionCombo=true')
    expect([attributes.counts, attributes.conflicts.map(({ indexes }) => indexes)]).toEqual([[1, 0, 0, 2], [[0, 2]]])
  })

  test('the newer generation counts and answers in its own way', async () => {
    expect((await bring('dataValueSetB.csv', '', '/dhis2/api/43')).counts).toEqual([0, 12, 0, 0])
    const found = await bring('dataValueSetANull.xml', '', '/dhis2/api/43')
    expect([found.status, found.is, found.counts]).toEqual([200, 'WARNING', [0, 1, 0, 2]])
    expect(found.conflicts[0]).toMatchObject({ errorCode: 'E8121', object: null, property: null })
  })

  test('a form that was sent whole is said to be complete', async () => {
    expect((await bring('dataValueSetD2.xml')).dataSetComplete).toBe('2012-01-09')
  })
})
