import net from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHeader, aPlanWorld, aTask, by, type Method, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { at, expectProblem, methodOf, none } from '../../../test/kit/problems.ts'

let world: PlanWorld
let plan = ''
let task = ''
let port = 0
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask({ time: by('2031-03-31') })])
  task = ((await world.done('south officer', 'GET', `/tasks?planId=${plan}`)).items as { id: string }[])[0]?.id ?? ''
  port = Number(new URL(await world.server.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => world.close())

describe('what was not declared is refused', () => {
  test('a parameter, on every route', async () => {
    for (const route of world.routes) {
      const answer = await world.ask(
        'south approver',
        methodOf(route),
        `${at(route)}?${route.upload ? 'fileName=x&' : ''}orderBy=1`,
        route.upload ? Buffer.from('x') : {},
      )
      expect([route.path, [422, 403, 404].includes(answer.status)]).toEqual([route.path, true])
      if (answer.status === 422)
        expect([route.path, JSON.stringify(answer.body.errors)]).toEqual([
          route.path,
          expect.stringContaining('field-unknown'),
        ])
      expectProblem(answer, route.path)
    }
  })

  test('a body, on every route that takes none', async () => {
    for (const route of world.routes.filter(
      (one) => one.method !== 'get' && !one.body && !one.upload && !one.path.startsWith('/session'),
    )) {
      const answer = await world.ask('south administrator', methodOf(route), at(route), { isAdministrator: true })
      expect([route.path, answer.status === 422 || answer.status === 403]).toEqual([route.path, true])
    }
  })

  test('a field of the body, on every route that takes one', async () => {
    // What a body of one of several kinds may hold is asked after its kind: these two are sent with one below, those of lists here.
    const ofKinds = ['/plans/{id}/derivation/{parentNodeId}', '/posts/{id}/hand-over']
    const ofLists = ['/list-files', '/views', '/views/{id}']
    for (const route of world.routes.filter((one) => one.body && !ofKinds.includes(one.path))) {
      const list = ofLists.includes(route.path) ? { list: 'plans.tasks' } : {}
      for (const role of ['officer', 'approver', 'administrator']) {
        const answer = await world.ask(`south ${role}`, methodOf(route), at(route), { ...list, isAdministrator: true })
        if (answer.status === 403) continue
        expect([route.path, answer.status, JSON.stringify(answer.body.errors)]).toEqual([
          route.path,
          422,
          expect.stringContaining('field-unknown'),
        ])
      }
    }
    const decided = await world.ask('south officer', 'PUT', `/plans/${plan}/derivation/${none}`, {
      kind: 'undecided',
      isAdministrator: true,
    })
    expect(decided.status).toBe(422)
    const handed = await world.ask('south administrator', 'POST', `/posts/${none}/hand-over`, {
      kind: 'successor',
      personId: none,
      validFrom: '2031-01-01',
      isAdministrator: true,
    })
    expect([handed.status, JSON.stringify(handed.body.errors)]).toEqual([422, expect.stringContaining('field-unknown')])
  })

  test('a method, on every path', async () => {
    const methods: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']
    for (const path of new Set(world.routes.map((route) => route.path)))
      for (const method of methods) {
        if (world.routes.some((route) => route.path === path && methodOf(route) === method)) continue
        const answer = await world.ask('south approver', method, path.replace(/\{\w+\}/g, none))
        // A fixed word where an id may stand (`/plans/from-import`) is an id that is none.
        expect([method, path, answer.status]).toEqual([method, path, 404])
        if (method !== 'HEAD') expectProblem(answer, [method, path])
      }
  })

  test.each([
    '/',
    '/nothing',
    '/plans/',
    '/plans//',
    '/plans/x/y/z',
    '/../package.json',
    '/plans/%00',
    '/plans/%ff',
    '/Plans',
  ])('the path %s, as a problem in the reader’s language', async (path) => {
    for (const language of world.languages) {
      const answer = await world.ask('south officer', 'GET', path, undefined, { 'accept-language': language })
      expect([answer.status, answer.body.title]).toEqual([404, world.say(language, 'platform.not-found')])
      expectProblem(answer, path)
    }
  })

  test.each([
    ['text/plain', '{"version":1}'],
    ['application/x-www-form-urlencoded', 'version=1'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/xml', '<a/>'],
    ['application/octet-stream', '{"version":1}'],
  ])('the content type %s where JSON is declared', async (type, text) => {
    const answer = await world.ask('south approver', 'POST', `/plans/${plan}/issue`, text, { 'content-type': type })
    expect([answer.status, answer.body.code]).toEqual([422, 'platform.unreadable-request'])
    expectProblem(answer, type)
  })

  test('JSON where a file is declared', async () => {
    const answer = await world.ask('south officer', 'POST', `/plans/${plan}/files?fileName=x.pdf`, { a: 1 })
    expect([answer.status, answer.body.code]).toEqual([422, 'platform.file-expected'])
  })

  test.each([
    '{',
    '',
    'null',
    '[]',
    '"x"',
    '1',
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{"a":1}}}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
  ])('the body %s', async (text) => {
    const answer = await world.ask('south approver', 'POST', `/plans/${plan}/issue`, text, {
      'content-type': 'application/json',
    })
    expect(answer.status).toBe(422)
    expectProblem(answer, text)
  })
})

describe('limits', () => {
  test('a body over the limit is refused, by length said and by length sent', async () => {
    const answer = await world.ask('south officer', 'PUT', `/tasks/${task}/progress`, {
      version: null,
      status: 'completed',
      narrative: 'x'.repeat(3_000_000),
      evidenceNote: null,
    })
    expect([answer.status, answer.body.code]).toEqual([422, 'platform.too-large'])
    expectProblem(answer, 'too large')
    const file = await world.ask(
      'south officer',
      'POST',
      `/plans/${plan}/files?fileName=x.pdf`,
      Buffer.alloc(41 * 1024 * 1024),
    )
    expect([file.status, file.body.code]).toEqual([422, 'platform.too-large'])
  })

  test('a plan of a thousand tasks in full sentences is a draft like any other', async () => {
    const nodes = Array.from({ length: 1000 }, (_none, rank) =>
      aTask({
        path: String(rank),
        text: `${rank} ${'Tổ chức truyền thông phòng, chống xâm hại trẻ em. '.repeat(12)}`,
        output: 'Báo cáo kết quả. '.repeat(8),
      }),
    )
    const id = await world.draft('south', [])
    const answer = await world.ask('south officer', 'PUT', `/plans/${id}/draft`, {
      version: 1,
      header: aHeader(),
      nodes,
    })
    expect([answer.status, answer.body.code ?? null]).toEqual([200, null])
    expect((await world.plan('south officer', id, true)).nodes).toHaveLength(1000)
  })

  test('over a real socket: a request cut off half-way, and one that never was HTTP', async () => {
    const say = (text: string, cut: boolean) =>
      new Promise<string>((resolve) => {
        let heard = ''
        const socket = net.connect(port, '127.0.0.1', () => {
          socket.write(text)
          if (cut) setTimeout(() => socket.destroy(), 50)
        })
        socket.on('data', (bytes) => (heard += bytes.toString()))
        socket.on('error', (fault) => (heard += fault.message))
        socket.on('close', () => resolve(heard))
        setTimeout(() => socket.destroy(), 800)
      })
    await say(
      'POST /api/v1/plans HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"issuerId":',
      true,
    )
    expect(await say('NONSENSE\r\n\r\n', false)).toMatch(/^HTTP\/1\.1 400/)
    expect(await say(`GET /api/v1/plans HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`, false)).toMatch(
      /^HTTP\/1\.1 431/,
    )
    expect((await world.ask('south officer', 'GET', '/plans')).status).toBe(200)
  })
})
