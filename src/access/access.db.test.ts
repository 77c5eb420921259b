import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asProduct, aWorld, bodyId, type World } from '../../test/kit/access-world.ts'
import { Role } from './model.ts'
import { describePermissions } from './permissions-file.ts'

type Verdict = 'own units' | 'denied'
type Row = [route: string, allowed: readonly Role[] | 'signed-in' | 'public']

const administrator: Role[] = ['administrator']
const working: Role[] = ['officer', 'approver', 'consolidator', 'finance', 'inspector', 'auditor', 'administrator']

/** Role × route, written by hand: what is not named is denied. */
const matrix: Row[] = [
  ['GET /session', 'signed-in'],
  ['POST /session', 'public'],
  ['DELETE /session', 'signed-in'],
  ['POST /session/proof', 'signed-in'],
  ['POST /session/password', 'signed-in'],
  ['POST /session/language', 'signed-in'],
  ['GET /session/federated', 'public'],
  ['POST /session/federated/begin', 'public'],
  ['POST /session/federated', 'public'],
  ['GET /account/identities', 'signed-in'],
  ['POST /account/identities', 'signed-in'],
  ['POST /account/identities/{id}/end', 'signed-in'],
  ['POST /session/factor', 'signed-in'],
  ['POST /session/passkey-challenge', 'signed-in'],
  ['POST /session/passkey', 'signed-in'],
  ['GET /account/factors', 'signed-in'],
  ['POST /account/totp', 'signed-in'],
  ['POST /account/totp/confirmation', 'signed-in'],
  ['POST /account/totp/end', 'signed-in'],
  ['POST /account/passkeys/challenge', 'signed-in'],
  ['POST /account/passkeys', 'signed-in'],
  ['POST /account/passkeys/{id}/end', 'signed-in'],
  ['POST /account/recovery-codes', 'signed-in'],
  ['GET /account/sessions', 'signed-in'],
  ['POST /account/sessions/{id}/end', 'signed-in'],
  ['PUT /account/mail', 'signed-in'],
  ['GET /account/tokens', 'signed-in'],
  ['POST /account/tokens', Role.options],
  ['POST /account/tokens/{id}/end', 'signed-in'],
  ['GET /people/{id}/sessions', administrator],
  ['POST /people/{id}/sessions/end', administrator],
  ['POST /session/invitation', 'public'],
  ['POST /session/first-administrator', 'public'],
  ['GET /people', ['administrator', 'auditor']],
  ['GET /people/{id}', ['administrator', 'auditor']],
  ['POST /people', administrator],
  ['GET /people/{id}/factor-resets', ['administrator', 'auditor']],
  ['POST /people/{id}/factor-resets', administrator],
  ['POST /factor-resets/{id}/approval', administrator],
  ['POST /factor-resets/{id}/refusal', administrator],
  ['POST /posts/{id}/hand-over', administrator],
  ['GET /people-imports/template', ['administrator', 'auditor']],
  ['POST /people-imports', administrator],
  ['GET /people-imports/{id}', ['administrator', 'auditor']],
  ['POST /people-imports/{id}/confirmation', administrator],
  ['POST /people-imports/{id}/slips', administrator],
  ['POST /people-imports/{id}/mails', administrator],
  ['POST /people/{id}/invitation', administrator],
  ['POST /people/{id}/posts', administrator],
  ['POST /people/{id}/state', administrator],
  ['POST /posts/{id}/confirmation', administrator],
  ['POST /posts/{id}/end', administrator],
  ['GET /audit', ['administrator', 'auditor']],
  ['GET /jobs', working],
  ['GET /jobs/{id}', working],
  ['POST /jobs/{id}/cancellation', working],
]

let world: World
const cookies = new Map<string, string>()
let subject = ''
let subjectPost = ''
let job = ''

beforeAll(async () => {
  world = await aWorld()
  for (const role of Role.options) {
    await world.enrol(role, [{ body: 'north-committee', role, unit: 'north' }])
    cookies.set(role, await world.enter(role))
  }
  await world.enrol('nopost', [])
  cookies.set('none', await world.enter('nopost'))
  subject = await world.enrol('subject', [{ body: 'n1-committee', role: 'officer' }])
  await asProduct(world.ground, async (db) => {
    subjectPost = (
      await db.selectFrom('access.post').select('id').where('personId', '=', subject).executeTakeFirstOrThrow()
    ).id
    job = '0190b0b0-0000-7000-8000-000000000001'
    await db
      .insertInto('platform.job')
      .values({
        id: job,
        kind: 'test',
        payload: '{}',
        state: 'queued',
        personId: subject,
        agencyId: bodyId('n1-committee'),
        createdAt: world.clock.now.toISOString(),
      })
      .execute()
  })
})
afterAll(() => world.close())

/** Bodies that pass the schemas, so that a refusal is one of rights. */
const bodies: Record<string, unknown> = {
  'POST /session': { login: 'subject', password: 'không phải' },
  'POST /session/proof': { password: 'không phải' },
  'POST /session/password': { currentPassword: 'không phải', newPassword: 'không phải đâu nhé' },
  'POST /session/language': { language: 'vi' },
  'POST /session/federated': { code: 'x', state: 'y' },
  'POST /session/factor': { kind: 'totp', code: '000000' },
  'POST /account/totp/confirmation': { code: '000000' },
  'POST /account/tokens': { name: 'Chương trình', scope: 'read', days: 30 },
  'POST /session/invitation': { code: 'KHONG', password: 'không phải đâu nhé' },
  'POST /session/first-administrator': { code: 'KHONG', login: 'ai.do', name: 'Ai', password: 'không phải đâu nhé' },
  'POST /people': {
    login: 'subject',
    name: 'Ai',
    language: 'vi',
    post: { agencyId: bodyId('n1-committee'), role: 'officer' },
  },
  'POST /people/{id}/factor-resets': { reason: 'Mất điện thoại' },
  'POST /posts/{id}/hand-over': {
    kind: 'successor',
    personId: '0190b0b0-0000-7000-8000-000000000001',
    validFrom: '2031-05-01',
  },
  'POST /people-imports/{id}/confirmation': { isPartial: true },
  'POST /people/{id}/posts': { agencyId: bodyId('n1-committee'), role: 'officer' },
  'POST /people/{id}/state': { state: 'active', version: 99 },
}

async function verdictOf(route: string, cookie: string | undefined): Promise<{ status: number; code: unknown }> {
  const [method, path = ''] = route.split(' ')
  const id = path.startsWith('/posts') ? subjectPost : path.startsWith('/jobs') ? job : subject
  const { status, body } = await world.ask({
    method: method as 'GET',
    path: path.replace('{id}', id),
    ...(cookie ? { cookie } : {}),
    ...(bodies[route] ? { body: bodies[route] } : {}),
  })
  return { status, code: body.code }
}

describe('role × route', () => {
  test('every route of the running router has a row, and every row a route', () => {
    const running = world.routes.map((route) => `${route.method.toUpperCase()} ${route.path}`).sort()
    expect(matrix.map(([route]) => route).sort()).toEqual(running)
    for (const route of running) {
      const [method, path = ''] = route.split(' ')
      expect(
        world.server.hasRoute({ method: method as 'GET', url: `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}` }),
        route,
      ).toBe(true)
    }
  })

  // Signing out is tried last: it ends the session the others need.
  const rows = [
    ...matrix.filter(([route]) => route !== 'DELETE /session'),
    ...matrix.filter(([route]) => route === 'DELETE /session'),
  ]
  test.each(rows)('%s', async (route, allowed) => {
    for (const role of [...Role.options, 'none']) {
      const expected: Verdict =
        typeof allowed === 'string' || allowed.some((one) => one === role) ? 'own units' : 'denied'
      const { status, code } = await verdictOf(route, cookies.get(role))
      const isDenied = status === 403 && code === 'access.not-permitted'
      expect([role, isDenied ? 'denied' : 'own units', status], `${role} ${route}`).toEqual([
        role,
        expected,
        isDenied ? 403 : status,
      ])
      expect(status, `${role} ${route}`).toBeLessThan(500)
    }
    const { status } = await verdictOf(route, undefined)
    expect(status === 401 && allowed !== 'public', `nobody signed in, ${route}: ${status}`).toBe(allowed !== 'public')
  })

  test('the committed table is made of the same routes, and fails on a route it does not know', () => {
    const known = { ...world.routes[0], path: '/x', allow: 'plans.rule-the-world' } as (typeof world.routes)[number]
    expect(() => describePermissions([...world.routes, known])).toThrow('not in the table')
    expect(() => describePermissions(world.routes)).toThrow('no route asks for')
  })
})

describe('the router refuses what was not declared', () => {
  test.each([
    ['a parameter no one declared', { method: 'GET', path: '/people?order=name' }, 422],
    ['a parameter twice', { method: 'GET', path: '/people?role=officer&role=reader' }, 422],
    ['a page out of all bounds', { method: 'GET', path: '/people?size=100000' }, 422],
    ['an id that is none', { method: 'GET', path: "/people/1'or'1'='1" }, 404],
    ['a method that was not declared', { method: 'DELETE', path: '/people' }, 404],
    [
      'an unsafe request without its key',
      { method: 'POST', path: '/session/language', body: { language: 'vi' }, headers: { 'idempotency-key': '' } },
      422,
    ],
  ] as const)('%s', async (_name, ask, status) => {
    const cookie = await world.enter('administrator')
    expect((await world.ask({ ...ask, cookie })).status).toBe(status)
  })
})
