import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { Role } from '#access/model'
import { aPlanWorld, bodyId, type PlanWorld } from '../../test/kit/plan-world.ts'
import { measureId } from './load.ts'

type Row = [route: string, allowed: readonly Role[], body?: unknown, query?: string]

const everyone: readonly Role[] = Role.options
const writing: readonly Role[] = ['officer', 'approver', 'consolidator']
const entering: readonly Role[] = ['officer', 'consolidator']
const id = measureId('lov-1')
const unitId = idOfKey('u:2020:02')
const goal = { kind: 'level', yearFrom: null, year: 2040, comparator: '>=', value: 1, breakdown: '' }
const cell = {
  measureId: id,
  unitId,
  period: '2030',
  breakdown: '',
  seen: null,
  status: 'A',
  numerator: 1,
  denominator: 2,
}

/** Role × route, written by hand: what is not named is denied. */
const matrix: Row[] = [
  ['GET /indicators', everyone],
  ['GET /indicators/file', everyone],
  ['POST /indicators/imports', writing, Buffer.from('measure,indicator'), '?fileName=x.csv'],
  ['GET /indicators/imports', writing],
  ['GET /indicators/imports/{id}', writing],
  ['GET /indicators/imports/{id}/rows', writing],
  ['GET /indicators/imports/{id}/problems', writing],
  ['GET /indicators/imports/{id}/problems/file', writing],
  ['POST /indicators/imports/{id}/acceptance', writing, { takes: 'good' }],
  ['POST /indicators/imports/{id}/cancellation', writing],
  ['GET /figures', everyone],
  ['GET /figures/grid', everyone],
  ['GET /figures/periods', everyone],
  ['GET /figures/form', entering, undefined, '?period=2030'],
  ['GET /figures/releases', everyone],
  ['GET /figures/findings', everyone],
  ['GET /figures/findings/facets', everyone],
  ['POST /figures/findings/{id}/confirmation', entering, { explanation: 'x' }],
  ['POST /figures/checks', ['officer', 'approver', 'consolidator'], { period: '2030' }],
  ['PUT /figures', entering, { cells: [cell] }],
  [
    'POST /figures/decisions',
    ['approver', 'consolidator'],
    { cells: [{ cellId: bodyId('south'), vintage: 1 }], outcome: 'accepted', reason: null },
  ],
  ['POST /figures/imports', entering, Buffer.from('measure,unit'), '?fileName=x.csv'],
  ['GET /figures/imports', entering],
  ['GET /figures/imports/{id}', entering],
  ['GET /figures/imports/{id}/rows', entering],
  ['GET /figures/imports/{id}/problems', entering],
  ['GET /figures/imports/{id}/problems/file', entering],
  ['POST /figures/imports/{id}/acceptance', entering, { takes: 'good' }],
  ['POST /figures/imports/{id}/cancellation', entering],
  ['GET /figures/exchange/codes', entering],
  ['GET /figures/exchange/observations', everyone, undefined, '?format=sdmx-csv'],
  ['GET /figures/exchange/suggestions', entering, undefined, '?kind=unit&name=x'],
  [
    'POST /figures/exchange/codes',
    entering,
    { system: 'dhis2', codes: [{ foreign: { uid: 'x' }, meaning: { kind: 'data-set' } }] },
  ],
  ['POST /figures/exchange/codes/{id}/ending', entering],
  ['GET /figures/exchange/things', entering],
  ['GET /figures/exchange/things/facets', entering],
  ['GET /figures/exchange/systems', entering],
  [
    'POST /figures/exchange/packages',
    entering,
    Buffer.from('{"dataElements":[{"id":"x","name":"x"}]}'),
    '?system=dhis2&fileName=x.json',
  ],
  ['POST /figures/exchange/things/meanings', entering, { things: [{ id, meaning: { kind: 'data-set' } }] }],
  ['POST /figures/exchange/things/found-meanings', entering, { system: 'dhis2', kind: 'unit', by: 'code' }],
  ['POST /figures/exchange/things/looking', entering, { system: 'dhis2' }],
  ['GET /measures/{id}/picture', everyone, undefined, `?unitId=${unitId}&period=2030`],
  ['GET /measures/{id}/parts', everyone, undefined, `?unitId=${unitId}&period=2030`],
  ['GET /measures/{id}/common-areas', everyone, undefined, '?level=province&from=2029-06-01&to=2031-01-01'],
  ['GET /measures/{id}/progress', everyone, undefined, `?unitId=${unitId}`],
  ['GET /indicators/dashboard', everyone],
  ['GET /measures/{id}/trend', everyone, undefined, `?unitId=${unitId}`],
  ['GET /measures/{id}/ranking', everyone, undefined, `?unitId=${unitId}&period=2030`],
  ['GET /measures/{id}/map', everyone, undefined, `?unitId=${unitId}&period=2030`],
  ['GET /figures/locks', everyone],
  ['POST /figures/locks', ['approver', 'consolidator'], { period: '2030', measureId: null, reason: null }],
  ['POST /figures/locks/{id}/ending', ['approver', 'consolidator'], { reason: 'x' }],
  ['POST /measures/{id}/release-trials', ['approver', 'consolidator'], { period: '2030' }],
  ['POST /measures/{id}/releases', ['approver', 'consolidator'], { period: '2030' }],
  ['GET /measures/{id}/releases', everyone],
  ['GET /measures/{id}/released', everyone, undefined, `?unitId=${unitId}&period=2030`],
  ['GET /figures/standings', everyone, undefined, `?measureId=${id}`],
  ['GET /recommendations/{id}/measures', everyone],
  ['GET /recommendations/{id}/measures/suggestions', writing],
  ['GET /indicators/{id}/recommendations', everyone],
  ['POST /recommendation-measures', writing, { links: [{ recommendationId: unitId, measureId: id }] }],
  ['POST /recommendation-measures/{id}/ending', writing, { version: 1, reason: 'x' }],
  ['GET /measures/{id}/targets', everyone, undefined, `?unitId=${unitId}`],
  ['GET /targets', everyone, undefined, `?unitId=${unitId}`],
  ['GET /targets/progress', everyone, undefined, `?unitId=${unitId}&measureId=${id}`],
  ['POST /targets', ['officer', 'approver', 'consolidator'], { measureId: id, unitId, ...goal }],
  ['PUT /targets/{id}', ['officer', 'approver', 'consolidator'], { version: 1, comparator: '>', value: 2 }],
  ['POST /targets/{id}/ending', ['officer', 'approver', 'consolidator'], { version: 1 }],
]

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

describe('role × route of indicators', () => {
  test('every route of the running router has a row, and every row a route', () => {
    const running = world.routes.filter(({ allow }) => allow.startsWith('indicators.'))
    expect(matrix.map(([route]) => route).sort()).toEqual(
      running.map((route) => `${route.method.toUpperCase()} ${route.path}`).sort(),
    )
  })

  test.each(matrix)('%s', async (route, allowed, body, query = '') => {
    const [method, path = ''] = route.split(' ')
    const at = path.replace(/\{\w+\}/g, id) + query
    for (const role of [...Role.options, 'none', 'system', 'nobody']) {
      const answer = await world.ask(`south ${role} 3`, method as 'GET', at, body)
      const isDenied = answer.status === 403 && answer.body.code === 'access.not-permitted'
      expect([role, isDenied ? 'denied' : 'allowed']).toEqual([
        role,
        allowed.some((one) => one === role) ? 'allowed' : 'denied',
      ])
      expect([role, answer.status < 500]).toEqual([role, true])
    }
    expect((await world.ask(null, method as 'GET', at, body)).status).toBe(401)
  })
})
