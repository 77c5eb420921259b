import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Role } from '#access/model'
import { idOfKey } from '#platform'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'

/** Role × route of boards, written by hand: whoever reads reports reads how many there are. */
const matrix: [route: string, allowed: readonly Role[]][] = [
  ['GET /reporting/boards', Role.options],
  ['GET /reporting/rounds/{id}/cockpit', Role.options],
]

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

describe('role × route of boards', () => {
  test('every route of the running router has a row, and every row a route', () => {
    const running = world.routes.filter(({ path }) => /^\/reporting\/(boards|rounds\/.*\/cockpit$)/.test(path))
    expect(matrix.map(([route]) => route).sort()).toEqual(
      running.map((route) => `${route.method.toUpperCase()} ${route.path}`).sort(),
    )
  })

  test.each(matrix)('%s', async (route, allowed) => {
    const at = (route.split(' ')[1] ?? '').replace(/\{\w+\}/g, idOfKey('no round'))
    for (const role of [...Role.options, 'none', 'system', 'nobody']) {
      const answer = await world.ask(`south ${role} 3`, 'GET', at)
      const isDenied = answer.status === 403 && answer.body.code === 'access.not-permitted'
      expect([role, isDenied ? 'denied' : 'allowed']).toEqual([
        role,
        allowed.some((one) => one === role) ? 'allowed' : 'denied',
      ])
      expect([role, answer.status < 500]).toEqual([role, true])
    }
    expect((await world.ask(null, 'GET', at)).status).toBe(401)
  })
})
