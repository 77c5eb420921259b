import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { Role } from '#access/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { regimeExamples } from '../../../test/kit/proof/regime-examples.ts'

const everyone: readonly Role[] = Role.options
const writing: readonly Role[] = ['officer', 'approver', 'consolidator']
const leading: readonly Role[] = ['approver', 'consolidator']

/** Role × route, written by hand: what is not named is denied. */
const matrix: [route: string, allowed: readonly Role[]][] = [
  ['GET /reporting/regimes', everyone],
  ['GET /reporting/regime-choices', everyone],
  ['GET /reporting/regimes-in-documents/{id}', writing],
  ['GET /reporting/regimes/{id}', everyone],
  ['GET /reporting/regimes/{id}/rounds', everyone],
  ['GET /reporting/rounds/{id}', everyone],
  ['GET /reporting/obligations', everyone],
  ['GET /reporting/obligations/facets', everyone],
  ['POST /reporting/regimes', writing],
  ['PUT /reporting/regimes/{id}/draft', writing],
  ['POST /reporting/regimes/{id}/draft/discarding', writing],
  ['PUT /reporting/regimes/{id}/form', writing],
  ['POST /reporting/regimes/{id}/form/discarding', writing],
  ['POST /reporting/regimes/{id}/issue', ['approver']],
  ['POST /reporting/regimes/{id}/ending', ['approver']],
  ['POST /reporting/regimes/{id}/form/issue', ['approver']],
  ['GET /reporting/regimes/{id}/trial', leading],
  ['POST /reporting/regimes/{id}/rounds', leading],
  ['POST /reporting/obligations/{id}/exemption', leading],
  ['POST /reporting/obligations/{id}/restoration', leading],
  ['POST /reporting/obligations/{id}/extension', leading],
]

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

describe('role × route of regimes', () => {
  test('every route has a row, and every row a route', () => {
    const own = new Set(Object.keys(regimeExamples))
    const running = world.routes
      .map((route) => `${route.method.toUpperCase()} ${route.path}`)
      .filter((route) => own.has(route))
    expect(matrix.map(([route]) => route).sort()).toEqual(running.sort())
    expect(running).toHaveLength(own.size)
  })

  test.each(matrix)('%s', async (route, allowed) => {
    const [method, path = ''] = route.split(' ')
    const { query, body } = regimeExamples[route] ?? {}
    const at = path.replace(/\{\w+\}/g, idOfKey('no such regime')) + (typeof query === 'string' ? query : '')
    for (const role of [...Role.options, 'none', 'system', 'nobody']) {
      const code = route === 'POST /reporting/regimes' ? { code: `R-${role}` } : {}
      const sent = body === undefined ? undefined : { ...(body({}) as object), ...code }
      const answer = await world.ask(`south ${role} 3`, method as 'GET', at, sent)
      const isDenied = answer.status === 403 && answer.body.code === 'access.not-permitted'
      expect([role, isDenied ? 'denied' : 'allowed']).toEqual([
        role,
        allowed.some((one) => one === role) ? 'allowed' : 'denied',
      ])
      expect([role, answer.status < 500]).toEqual([role, true])
    }
    expect((await world.ask(null, method as 'GET', at)).status).toBe(401)
  })
})
