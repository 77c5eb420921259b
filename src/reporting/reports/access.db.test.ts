import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { Role } from '#access/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'

type Row = [route: string, allowed: readonly Role[], body?: unknown, query?: string]

const everyone: readonly Role[] = Role.options
const writing: readonly Role[] = ['officer', 'approver', 'consolidator']
const deciding: readonly Role[] = ['approver', 'consolidator']
const id = idOfKey('no report')
const number = { number: 1 }
const order = { toPersonId: id, regimeId: null, orderNumber: '1', orderOn: '2031-01-01', validFrom: '2031-01-01' }

/** Role × route, written by hand: what is not named is denied. */
const matrix: Row[] = [
  ['GET /reporting/work', everyone],
  ['GET /reporting/reports', everyone],
  ['GET /reporting/reports/received', everyone],
  ['GET /reporting/reports/reviews', everyone, undefined, `?roundId=${id}`],
  ['GET /reporting/reports/{id}', everyone],
  ['GET /reporting/reports/{id}/submissions/{number}', everyone],
  ['GET /reporting/reports/{id}/findings', writing],
  ['POST /reporting/reports', writing, { obligationId: id }],
  [
    'PUT /reporting/reports/{id}/sections/{section}',
    writing,
    { version: 1, content: { kind: 'narrative', paragraphs: [] } },
  ],
  ['POST /reporting/reports/{id}/sections/{section}/files', writing, Buffer.from('x'), '?fileName=x.txt'],
  ['GET /reporting/reports/{id}/files/{fileId}', everyone],
  ['GET /reporting/reports/{id}/workbook', writing],
  ['POST /reporting/reports/{id}/workbook/reading', writing, Buffer.from('x')],
  ['POST /reporting/reports/{id}/workbook', writing, Buffer.from('x'), `?digest=${'0'.repeat(64)}`],
  ['POST /reporting/reports/{id}/submission', writing, { versions: {}, isNil: false }],
  ['POST /reporting/reports/{id}/withdrawal', writing, number],
  ['POST /reporting/reports/{id}/seen', writing, number],
  ['POST /reporting/reports/{id}/review', writing, number],
  ['PUT /reporting/reports/{id}/marks', writing, { number: 1, line: 'a/*', reason: null }],
  ['POST /reporting/reports/{id}/return', deciding, { number: 1, dueOn: '2031-05-01', reason: null }],
  ['POST /reporting/reports/{id}/acceptance', deciding, number],
  ['POST /reporting/reports/acceptances', deciding, { reports: [{ id, number: 1 }] }],
  ['GET /reporting/delegations', ['approver']],
  ['GET /reporting/delegations/colleagues', ['approver']],
  ['POST /reporting/delegations', ['approver'], { ...order, validTo: null }],
  ['POST /reporting/delegations/{id}/end', ['approver']],
]

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

describe('role × route of reports', () => {
  test('every route of the running router has a row, and every row a route', () => {
    const prefixes = ['/reporting/work', '/reporting/reports', '/reporting/delegations']
    const others = /\/(below|drawing|trace|drift|drift\/table|document|figures|paper|standing|approval|reopening)$/
    const running = world.routes.filter(
      ({ path }) => prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)) && !others.test(path),
    )
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
