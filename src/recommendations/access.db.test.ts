import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Role } from '#access/model'
import { aPlanWorld, bodyId, type PlanWorld } from '../../test/kit/plan-world.ts'

type Row = [route: string, allowed: readonly Role[], body?: unknown, query?: string]

const everyone: readonly Role[] = Role.options
const writing: Role[] = ['officer', 'approver', 'consolidator']
const working: Role[] = [...writing, 'finance', 'inspector', 'auditor']
const id = bodyId('south')

const aMatrix = {
  ...{ language: 'en', groupBy: 'theme', withTranslations: false, filter: {} },
  ...{ format: 'xlsx', wordLimit: null, words: '' },
}

/** Role × route, written by hand: what is not named is denied. */
const matrix: Row[] = [
  ['GET /recommendations', everyone],
  ['GET /recommendations/facets', everyone],
  ['GET /recommendations/terms', everyone],
  ['GET /recommendations/documents', everyone],
  ['GET /recommendations/file', working],
  ['GET /recommendations/matrix', working, undefined, '?language=en&groupBy=theme'],
  ['POST /recommendations/matrix-files', working, aMatrix],
  ['GET /recommendations/{id}', everyone],
  ['GET /recommendations/{id}/proposed-parts', everyone],
  ['GET /recommendations/{id}/suggestions', everyone],
  ['GET /recommendations/suggestions', writing, undefined, `?ids=${id}`],
  [
    'POST /recommendations/{id}/parts',
    writing,
    {
      version: 1,
      parts: [
        { part: 'a', text: 'x' },
        { part: 'b', text: 'y' },
      ],
    },
  ],
  ['POST /recommendations/{id}/parts/answers', writing, {}],
  ['PUT /recommendations/{id}/wording', writing, { kind: 'plain', language: 'en', text: 'x', version: null }],
  ['PUT /recommendations/{id}/standpoint', writing, { position: null, response: null, isUrgent: true, version: null }],
  ['POST /recommendations/tags', writing, { decisions: [{ recommendationId: id, term: 101, state: 'confirmed' }] }],
  [
    'POST /recommendations/tags/changes',
    writing,
    { decisions: [{ recommendationId: id, term: 101, state: 'confirmed' }] },
  ],
  [
    'POST /recommendations/{id}/assessments',
    writing,
    { aspect: 'outcome', rating: 'begun', finding: 'x', evidence: 'x', assessor: 'x', assessedOn: '2020-01-01' },
  ],
  ['DELETE /recommendations/{id}/assessments/{assessmentId}', writing],
  ['PUT /recommendations/{id}/likeness', writing, { otherId: bodyId('north'), state: 'confirmed' }],
  ['GET /recommendations/groupings', writing],
  ['POST /recommendations/groupings', writing, { names: { en: 'x' } }],
  ['PUT /recommendations/groupings/{number}', writing, { names: { en: 'x' }, version: 1 }],
  ['PUT /recommendations/groupings/{number}/retirement', writing, { isRetired: true, version: 1 }],
  ['POST /recommendations/imports/export', writing, undefined, '?fileName=x'],
  ['POST /recommendations/imports/table', writing, undefined, '?fileName=x&source=sheet'],
  ['GET /recommendations/imports', writing],
  ['GET /recommendations/imports/template', writing],
  ['GET /recommendations/imports/{id}', writing],
  ['POST /recommendations/imports/{id}/cancellation', writing, {}],
  ['POST /recommendations/imports/{id}/resumption', writing, {}],
  ['POST /recommendations/imports/{id}/partial', writing, {}],
  ['POST /recommendations/imports/{id}/settlement', writing, { decision: 'take', of: { all: true } }],
  ['GET /recommendations/imports/{id}/problems', writing],
  ['GET /recommendations/imports/{id}/problems/file', writing],
  ['GET /recommendations/incoming', writing],
]

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

describe('role × route of recommendations', () => {
  test('every route of the running router has a row, and every row a route', () => {
    const running = world.routes.filter(
      ({ path, allow }) =>
        (path === '/recommendations' || path.startsWith('/recommendations/')) && allow.startsWith('recommendations.'),
    )
    expect(matrix.map(([route]) => route).sort()).toEqual(
      running.map((route) => `${route.method.toUpperCase()} ${route.path}`).sort(),
    )
  })

  test.each(matrix)('%s', async (route, allowed, body, query = '') => {
    const [method, path = ''] = route.split(' ')
    const at = path.replace(/\{\w+\}/g, id) + query
    const payload = body ?? (method === 'POST' ? Buffer.from('[]') : undefined)
    for (const role of [...Role.options, 'none', 'system', 'nobody']) {
      const answer = await world.ask(`south ${role} 3`, method as 'GET', at, payload)
      const isDenied = answer.status === 403 && answer.body.code === 'access.not-permitted'
      expect([role, isDenied ? 'denied' : 'allowed']).toEqual([
        role,
        allowed.some((one) => one === role) ? 'allowed' : 'denied',
      ])
      expect([role, answer.status < 500]).toEqual([role, true])
    }
    expect((await world.ask(null, method as 'GET', at, payload)).status).toBe(401)
  })
})
