import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { country } from '../../../countries/testland/index.ts'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { idOfKey } from '#platform'
import { importOutlines, type OutlineFile } from './import.ts'
import type { MapGround } from '../model.ts'

let world: PlanWorld
const folder = mkdtempSync(path.join(tmpdir(), 'mangnon-outlines-'))
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.close()
})

const around = (x: number, y: number, size = 1) => [
  [x, y],
  [x + size, y],
  [x + size, y - size],
  [x, y - size],
  [x, y],
]
const area = (code: string, ...rings: number[][][]) => ({
  ...{ type: 'Feature', properties: { code } },
  geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) },
})
const islands = around(9.5, 60.5, 0.1)

async function bring(areas: unknown, over: Partial<OutlineFile> = {}) {
  const file = path.join(folder, 'x.geojson')
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: areas }))
  const usual = { level: 'province', on: '2031-01-01', source: 'Kart 2031', codeProperty: 'code' } as const
  return importOutlines(world.land.owner, { file, ...usual, ...over }, country.map, world.clock.now)
}
const ground = async (query: string) =>
  (await world.done('south officer', 'GET', `/territory/map?${query}`)) as unknown as MapGround
const unit = (key: string) => idOfKey(`u:${key}`)

describe('what maps are drawn on', () => {
  test('without outlines it is tiles, islands far away among them, and frames for these', async () => {
    const found = await ground('level=province&asOf=2031-01-01')
    expect(found.outlines).toBeNull()
    expect(found.tiles.map(({ unitId, islands: name }) => [unitId, name])).toEqual([
      [unit('2020:02'), null],
      [unit('2030:03'), null],
      [unit('2030:03'), 'Fjernøyar'],
    ])
    expect(found.insets).toEqual([
      { name: 'Fjernøyar', unitId: unit('2030:03'), left: 9000, top: -61000, right: 10000, bottom: -60000 },
    ])
  })

  test('there are no tiles of another time, or another level', async () => {
    expect((await ground('level=province&asOf=2029-12-31')).tiles).toEqual([])
    expect((await ground('level=commune&asOf=2031-01-01')).tiles).toEqual([])
  })

  test('outlines an operator brought are drawn with their source, islands apart', async () => {
    expect(await bring([area('02', around(1, 60)), area('03', around(2, 60), islands)])).toEqual({
      ...{ areas: 2, units: 2, lacking: [] },
    })
    const { outlines } = await ground('level=province&asOf=2031-06-01')
    expect(outlines).toMatchObject({ left: 1000, top: -60000, right: 3000, bottom: -59000, lacking: 0 })
    expect(outlines?.sources).toEqual(['Kart 2031'])
    expect(outlines?.units.map(({ unitId, islets }) => [unitId, islets])).toEqual([
      [unit('2020:02'), [[]]],
      [unit('2030:03'), [[{ x: 9550, y: -60450 }]]],
    ])
    const one = await ground(`level=province&asOf=2031-06-01&unitId=${unit('2020:02')}`)
    expect(one.outlines?.units.map(({ unitId }) => unitId)).toEqual([unit('2020:02')])
  })

  test('of a unit whose ground became another in between nothing is drawn, and it is counted', async () => {
    expect((await ground('level=province&asOf=2029-12-31')).outlines).toMatchObject({ lacking: 2, units: [{}] })
  })

  test('brought again they take the place of those before', async () => {
    await bring([area('02', around(5, 60)), area('03', around(6, 60), islands)], { source: 'Kart 2' })
    const { outlines } = await ground('level=province&asOf=2031-06-01')
    expect([outlines?.left, outlines?.sources]).toEqual([5000, ['Kart 2']])
  })

  test('units without an outline are named', async () => {
    const found = await bring([area('03', around(6, 60), islands)])
    expect(found).toEqual({ areas: 1, units: 2, lacking: ['Vård Sóla'] })
  })
})

describe('a file is refused whole', () => {
  test.each<[string, unknown[], Partial<OutlineFile>, object]>([
    ['with a code nobody had', [area('77', around(1, 60))], {}, { code: 'territory.outlines-unknown-unit' }],
    ['of another time', [area('01', around(1, 60))], {}, { code: 'territory.outlines-unknown-unit' }],
    [
      'with a code twice',
      [area('02', around(1, 60)), area('02', around(2, 60))],
      {},
      { code: 'territory.outlines-twice', params: { code: '02' } },
    ],
    ['in metres', [area('02', around(500_000, 6_600_000))], {}, { code: 'territory.outlines-not-degrees' }],
    [
      'with codes elsewhere',
      [area('02', around(1, 60))],
      { codeProperty: 'id' },
      { code: 'territory.outlines-without-code' },
    ],
    ['without areas', [], {}, { code: 'territory.outlines-empty' }],
    [
      'that does not show islands every map shows',
      [area('02', around(1, 60)), area('03', around(2, 60))],
      {},
      { code: 'territory.outlines-without-islands', params: { islands: 'Fjernøyar' } },
    ],
  ])('%s', async (_, areas, over, problem) => {
    const before = await ground('level=province&asOf=2031-06-01')
    await expect(bring(areas, over)).rejects.toMatchObject(problem)
    expect(await ground('level=province&asOf=2031-06-01')).toEqual(before)
  })
})
