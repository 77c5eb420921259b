import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Role } from '#access/model'
import { idOfKey } from '#platform'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'

type Row = [route: string, allowed: readonly Role[], body?: unknown, query?: string]

const everyone: readonly Role[] = Role.options
const writing: readonly Role[] = ['officer', 'approver', 'consolidator']
const exporting: readonly Role[] = ['officer', 'approver', 'consolidator', 'finance', 'inspector', 'auditor']
const id = idOfKey('no report')
const act = { words: 'x', version: 1 }
const order = { number: 1, orderNumber: '1', orderOn: '2031-01-01', reason: 'x', until: '2031-05-01', lines: [] }
const sent = '/reporting/reports/{id}/submissions/{number}'

/** Role × route of consolidation and of obstacles, written by hand: what is not named is denied. */
const matrix: Row[] = [
  ['GET /reporting/reports/{id}/below', everyone],
  ['POST /reporting/reports/{id}/drawing', writing, { all: true, take: [], leave: [] }],
  [`GET ${sent}/trace`, everyone, undefined, '?line=a/b'],
  [`GET ${sent}/drift`, everyone],
  [`GET ${sent}/document`, exporting, undefined, '?format=docx'],
  [`GET ${sent}/figures`, exporting],
  [`GET ${sent}/drift/table`, exporting, undefined, '?format=csv'],
  [`PUT ${sent}/paper`, writing, { version: 0, documentNumber: '1', issuedOn: null, recipients: [] }],
  ['GET /reporting/reports/{id}/standing', everyone],
  ['POST /reporting/reports/{id}/approval', ['approver'], { number: 1 }],
  ['POST /reporting/reports/{id}/reopening', ['approver'], order],
  ['POST /reporting/rounds/{id}/locking', ['approver', 'consolidator']],
  ['GET /reporting/obstacles', everyone],
  ['GET /reporting/obstacles/facets', everyone],
  ['GET /reporting/obstacles/board', everyone],
  ['GET /reporting/obstacles/{id}', everyone],
  ['POST /reporting/obstacles', writing, { theme: 'none', words: 'x', proposal: '', reportId: null }],
  ['POST /reporting/obstacles/{id}/answer', writing, act],
  ['POST /reporting/obstacles/{id}/passing-on', writing, { ...act, toAgencyId: id }],
  ['POST /reporting/obstacles/{id}/not-resolved', writing, act],
  ['POST /reporting/obstacles/{id}/closing', writing, act],
]

const own = /^\/reporting\/(obstacles|reports\/.*\/(below|drawing|trace|drift|drift\/table|document|figures|paper|standing|approval|reopening)$|rounds\/.*\/locking$)/ // prettier-ignore

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

describe('role × route of consolidation and obstacles', () => {
  test('every route of the running router has a row, and every row a route', () => {
    const running = world.routes.filter(({ path }) => own.test(path))
    expect(matrix.map(([route]) => route).sort()).toEqual(
      running.map((route) => `${route.method.toUpperCase()} ${route.path}`).sort(),
    )
  })

  test.each(matrix)('%s', async (route, allowed, body, query = '') => {
    const [method, path = ''] = route.split(' ')
    const at = path.replace('{number}', '1').replace(/\{\w+\}/g, id) + query
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
