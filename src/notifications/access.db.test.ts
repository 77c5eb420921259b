import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Role } from '#access/model'
import { aPlanWorld, aTask, type PlanWorld } from '../../test/kit/plan-world.ts'
import { notificationRoutes } from './routes.ts'

const everyone: readonly Role[] = Role.options
const saying: Role[] = ['officer', 'approver', 'consolidator', 'finance', 'inspector']
const watching: Role[] = ['auditor', 'administrator']

let world: PlanWorld
let plan = ''
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask()])
})
afterAll(() => world.close())

type Row = [route: string, allowed: readonly Role[] | 'signed-in', body?: (plan: string) => unknown]

const of = (id: string) => ({ kind: 'plans.plan', id })

/** Role × route, written by hand: what is not named is denied. */
const matrix: Row[] = [
  ['GET /talk', everyone],
  ['POST /talk', saying, (id) => ({ ...of(id), threadId: null, seenBy: 'body', text: 'x', mentions: [] })],
  ['GET /talk/people', saying],
  ['POST /talk/reading', everyone, of],
  ['POST /talk/muting', everyone, (id) => ({ ...of(id), isMuted: false })],
  ['GET /history', everyone],
  ['GET /comments/{id}/replies', everyone],
  ['GET /comments/{id}/versions', watching],
  ['PUT /comments/{id}', saying, () => ({ text: 'x', mentions: [], version: 1 })],
  ['POST /comments/{id}/withdrawal', saying, () => ({ version: 1 })],
  ['POST /comments/{id}/resolution', saying, () => ({ isResolved: true })],
  ['GET /notices', 'signed-in'],
  ['GET /notices/count', 'signed-in'],
  ['POST /notices/reading', 'signed-in'],
  ['GET /notices/preference', 'signed-in'],
  ['PUT /notices/preference', 'signed-in', () => ({ digest: 'off', hour: 1 })],
  ['POST /notices/{id}/reading', 'signed-in'],
  ['POST /notices/{id}/snooze', 'signed-in', () => ({ until: '2031-04-01' })],
]

const queries: Record<string, (plan: string) => string> = {
  'GET /talk': (id) => `?kind=plans.plan&id=${id}`,
  'GET /history': (id) => `?kind=plans.plan&id=${id}`,
  'GET /talk/people': (id) => `?kind=plans.plan&id=${id}&seenBy=all`,
}

describe('role × route of talk and notices', () => {
  test('every route has a row, and every row a route', () => {
    const routes = notificationRoutes({ subjects: [], timeZone: 'UTC' })
    expect(matrix.map(([route]) => route).sort()).toEqual(
      routes.map((route) => `${route.method.toUpperCase()} ${route.path}`).sort(),
    )
  })

  test.each(matrix)('%s', async (route, allowed, body) => {
    const [method = '', path = ''] = route.split(' ')
    const at = path.replace('{id}', plan) + (queries[route]?.(plan) ?? '')
    for (const role of Role.options) {
      // The preference is kept with a person, and nobody here is enrolled: what matters is whether the role is let in.
      const answer = await world.ask(`south ${role} 4`, method as 'GET', at, body?.(plan))
      const isDenied = answer.status === 403 && answer.body.code === 'access.not-permitted'
      const isAllowed = allowed === 'signed-in' || allowed.includes(role)
      expect([role, isDenied ? 'denied' : 'allowed']).toEqual([role, isAllowed ? 'allowed' : 'denied'])
    }
    expect((await world.ask(null, method as 'GET', at, body?.(plan))).status).toBe(401)
  })
})
