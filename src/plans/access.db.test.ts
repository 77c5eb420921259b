import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Role } from '#access/model'
import { aHeader, aPlanWorld, aTask, bodyId, type PlanWorld } from '../../test/kit/plan-world.ts'

type Row = [route: string, allowed: readonly Role[], body?: unknown]

const everyone: readonly Role[] = Role.options
const writing: Role[] = ['officer', 'approver', 'consolidator']
const working: Role[] = [...writing, 'finance', 'inspector', 'auditor']
const said = { version: 1, reason: 'x' }

/** Role × route, written by hand: what is not named is denied. */
const matrix: Row[] = [
  ['GET /plans', everyone],
  ['GET /plans/choices', everyone],
  ['GET /plans/facets', everyone],
  ['GET /plans/issuers', writing],
  [
    'POST /plans',
    writing,
    { issuerId: bodyId('south'), header: aHeader(), nodes: [], parentPlanIds: [], functionCode: 'children' },
  ],
  ['POST /plans/from-import', writing, { importId: bodyId('south'), issuerId: null, parentPlanIds: [] }],
  ['GET /plans/{id}', everyone],
  ['PUT /plans/{id}/draft', writing, { version: 1, header: aHeader(), nodes: [] }],
  ['GET /plans/{id}/draft/request-only', everyone],
  ['POST /plans/{id}/issue', ['approver'], { version: 99 }],
  ['POST /plans/{id}/amendment', writing, { act: 'amending', reason: 'x' }],
  ['POST /plans/{id}/files', writing],
  ['GET /plans/{id}/files/{fileId}', everyone],
  ['DELETE /plans/{id}/files/{fileId}', writing],
  ['POST /plans/{id}/derivations', writing, { issuerId: bodyId('south'), header: aHeader() }],
  ['GET /plans/{id}/derivation', everyone],
  ['GET /plans/{id}/duties/{dutyId}/bodies', everyone],
  ['PUT /plans/{id}/derivation/{parentNodeId}', writing, { kind: 'undecided' }],
  ['POST /plans/{id}/parents', writing, { parentPlanId: bodyId('south') }],
  ['GET /plans/{id}/coverage', everyone],
  ['GET /plans/{id}/coverage/bodies', everyone],
  ['GET /plans/{id}/tasks/{nodeId}/derivations', everyone],
  ['GET /plans/{id}/versions/{versionId}/changes', everyone],
  ['GET /plans/{id}/document', working],
  ['GET /plans/{id}/status-report', working],
  [
    'POST /plans/{id}/minutes',
    working,
    {
      title: 'x',
      startedAt: null,
      endedAt: null,
      place: null,
      attendees: [],
      chairName: null,
      chairPost: null,
      secretary: null,
      contents: [],
      conclusions: [],
      format: 'docx',
    },
  ],
  ['POST /plans/{id}/summary', working, { language: 'en', title: 'x', agency: null, texts: ['x'], format: 'docx' }],
  ['GET /plans/{id}/next-number', writing],
  ['GET /work', everyone],
  ['GET /duplicates', everyone],
  ['PUT /duplicates/apart', writing, { nodeIds: [bodyId('south'), bodyId('north')], isApart: true }],
  ['GET /tasks/{id}/joinable', writing],
  ['POST /tasks/{id}/joints', writing, { nodeId: bodyId('south'), enterAt: 'here', reason: 'x' }],
  ['POST /joints/{id}/parting', writing, said],
  ['GET /programmes', everyone],
  ['GET /recommendations/coverage', everyone],
  ['GET /recommendations/implementations', everyone],
  ['GET /recommendations/{id}/answers', everyone],
  ['GET /recommendations/{id}/answers/suggestions', writing],
  ['GET /tasks/{id}/recommendations', everyone],
  ['GET /tasks/{id}/recommendations/suggestions', writing],
  [
    'POST /answers',
    writing,
    { answers: [{ recommendationId: bodyId('south'), nodeId: bodyId('south'), kind: 'implements' }] },
  ],
  ['POST /answers/{id}/ending', writing, said],
  ['POST /answers/refusals', writing, { refusals: [{ recommendationId: bodyId('south'), nodeId: bodyId('south') }] }],
  ['POST /answers/refusals/{id}/ending', writing],
  ['GET /tasks/{id}/measures', everyone],
  ['GET /tasks/{id}/measures/suggestions', writing],
  ['GET /indicators/{id}/tasks', everyone],
  ['POST /task-measures', writing, { links: [{ nodeId: bodyId('south'), measureId: bodyId('south') }] }],
  ['POST /task-measures/{id}/ending', writing, said],
  ['GET /tasks', everyone],
  ['GET /tasks/facets', everyone],
  ['GET /tasks/timeline', everyone],
  ['GET /tasks/columns', everyone],
  ['GET /tasks/{id}', everyone],
  ['PUT /tasks/{id}/progress', ['officer'], { version: null, status: 'completed', narrative: 'x', evidenceNote: null }],
  ['POST /tasks/{id}/milestones', writing, { name: 'x', dueOn: '2031-01-01' }],
  ['PUT /milestones/{id}', writing, { version: 99, name: 'x', dueOn: '2031-01-01', doneOn: null, proof: null }],
  ['POST /milestones/{id}/cancellation', writing, { version: 99 }],
  ['POST /progress/{id}/evidence', ['officer']],
  ['GET /progress/{id}/evidence/{fileId}', everyone],
  ['POST /progress/{id}/submission', ['officer'], { version: 99 }],
  ['POST /progress/{id}/return', ['approver', 'consolidator'], said],
  ['POST /progress/{id}/acceptance', ['approver', 'consolidator'], { version: 99 }],
  ['GET /urgings', everyone],
  [
    'POST /urgings',
    ['approver', 'consolidator'],
    { planId: null, text: 'x', answerBy: null, agencyIds: [], occurrenceIds: [] },
  ],
  ['POST /urgings/{id}/answer', writing, { answer: 'x', version: 99 }],
  ['GET /urgings/{id}/document', working],
  ['GET /search', everyone],
  ['GET /change-sets', writing],
  ['GET /change-sets/{id}', writing],
  ['GET /change-sets/{id}/refused', writing],
  ['POST /change-sets/{id}/application', writing, { isPartial: true }],
  ['POST /change-sets/{id}/undoing', writing, null],
  ['POST /plans/{id}/draft/changes', writing, { nodeIds: [bodyId('south')], output: 'x' }],
  ['GET /plans/{id}/draft/sheet', writing],
  ['POST /plans/{id}/draft/sheet', writing],
  ['GET /labels', writing],
  ['POST /labels/changes', writing, { workIds: [bodyId('south')], labels: [{ label: 'x', isOn: true }] }],
  ['GET /progress-sheet', ['officer']],
  ['POST /progress-sheet', ['officer']],
]

let world: PlanWorld
let plan = ''
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask()])
})
afterAll(() => world.close())

const queries: Record<string, string> = {
  'GET /search': '?search=x',
  'GET /recommendations/implementations': `?id=${bodyId('south')}`,
  'POST /plans/{id}/files': '?fileName=x',
  'POST /progress/{id}/evidence': '?fileName=x',
  'POST /plans/{id}/draft/sheet': '?fileName=x',
  'POST /progress-sheet': '?fileName=x',
}

describe('role × route of plans', () => {
  test('every route of the running router has a row, and every row a route', () => {
    const prefixes = ['/plans', '/work', '/tasks', '/milestones', '/progress', '/progress-sheet', '/urgings', '/search', '/change-sets', '/labels', '/joints', '/duplicates', '/programmes', '/answers', '/task-measures', '/indicators/{id}/tasks', '/recommendations/coverage', '/recommendations/implementations', '/recommendations/{id}/answers'] // prettier-ignore
    const running = world.routes.filter((route) =>
      prefixes.some((prefix) => route.path === prefix || route.path.startsWith(`${prefix}/`)),
    )
    expect(matrix.map(([route]) => route).sort()).toEqual(
      running.map((route) => `${route.method.toUpperCase()} ${route.path}`).sort(),
    )
    for (const route of running)
      expect(
        world.server.hasRoute({
          method: route.method.toUpperCase() as 'GET',
          url: `/api/v1${route.path.replace(/\{(\w+)\}/g, ':$1')}`,
        }),
      ).toBe(true)
  })

  test.each(matrix)('%s', async (route, allowed, body) => {
    const [method, path = ''] = route.split(' ')
    const at = path.replace('{id}', plan).replace(/\{\w+\}/g, plan) + (queries[route] ?? '')
    const payload = body === null ? undefined : (body ?? (method === 'GET' ? undefined : Buffer.from('%PDF')))
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
