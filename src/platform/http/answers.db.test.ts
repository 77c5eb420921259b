import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { describeApi, type Route } from '../index.ts'
import { aHeader, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { at, expectProblem, inside, methodOf, none } from '../../../test/kit/problems.ts'

let world: PlanWorld
let plan = ''
let task = ''
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask({ time: by('2031-03-31') })])
  task = ((await world.done('south officer', 'GET', `/tasks?planId=${plan}`)).items as { id: string }[])[0]?.id ?? ''
})
afterAll(() => world.close())

describe('no value provokes the database to speak', () => {
  const progress = (narrative: string) =>
    world.ask('southHealth officer', 'PUT', `/tasks/${task}/progress`, {
      version: null,
      status: 'in-progress',
      narrative,
      evidenceNote: null,
    })

  test.each([
    ['a NUL', 'a\u0000b'],
    ['half a surrogate pair', 'a\ud800b'],
    ['half a pair in a key search', '\udfff'],
    ['overlong text', 'x'.repeat(90_000)],
  ])('%s in a body is refused or cleaned', async (_name, text) => {
    const answer = await progress(text)
    expect([answer.status === 422 || answer.status === 200 || answer.status === 409, answer.status]).toEqual([
      true,
      answer.status,
    ])
    const draft = await world.ask('south officer', 'POST', '/plans', {
      issuerId: bodyId('south'),
      header: { ...aHeader(), place: text, signature: { powers: [text], post: text, name: text } },
      nodes: [],
      parentPlanIds: [],
      functionCode: 'children',
    })
    expect(draft.status).toBe(422)
    expectProblem(draft, text)
    const node = await world.ask('south officer', 'POST', '/plans', {
      issuerId: bodyId('south'),
      header: aHeader(),
      nodes: [{ ...aTask(), key: text, path: text }],
      parentPlanIds: [],
      functionCode: text,
    })
    expect(node.status).toBe(422)
  })

  test.each([
    '/plans?search=%00',
    '/search?search=%00',
    '/tasks?search=a%00b',
    '/agencies?search=%00',
    '/territory/units?search=%00',
    '/tasks?dueBy=0000-01-01',
    '/tasks?dueBy=-001-01-01',
    '/plans?page=99999&size=200',
    '/plans?page=1e9',
    '/plans?size=-1',
    '/tasks?planId=1',
    '/tasks?standing=overdue&standing=overdue',
    '/agencies?asOf=0000-12-31',
  ])('%s', async (path) => {
    const answer = await world.ask('south officer', 'GET', path)
    expect([path, answer.status === 200 || answer.status === 422 || answer.status === 404]).toEqual([path, true])
    if (answer.status !== 200) expectProblem(answer, path)
  })

  test('a date before our era or past all calendars is refused at its field', async () => {
    for (const day of ['0000-01-01', '2031-02-29', '2031-13-01', '10000-01-01', '2031-1-1']) {
      const answer = await world.ask('south officer', 'POST', '/plans', {
        issuerId: bodyId('south'),
        header: { ...aHeader(), issuedOn: day },
        nodes: [],
        parentPlanIds: [],
        functionCode: 'children',
      })
      expect([day, answer.status, (answer.body.errors as { pointer: string }[] | undefined)?.[0]?.pointer]).toEqual([
        day,
        422,
        '/header/issuedOn',
      ])
    }
  })

  test('any JSON on any route with a body: never a success, never a fault of ours', async () => {
    const routes = world.routes.filter(
      (route) => route.body && !route.path.startsWith('/session') && route.path !== '/people',
    )
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.dictionary(
        fc.constantFrom(
          'version',
          'header',
          'nodes',
          'issuerId',
          'text',
          'reason',
          'kind',
          'act',
          'planId',
          'agencyIds',
        ),
        fc.oneof(fc.jsonValue(), fc.constantFrom('\u0000', '0000-01-01', none, -1, 1e308, null)),
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        value,
        fc.constantFrom('officer', 'approver', 'administrator'),
        async (route, body, role) => {
          const answer = await world.ask(`south ${role}`, methodOf(route), at(route), JSON.stringify(body), {
            'content-type': 'application/json',
          })
          expect([route.path, body, answer.status >= 400 && answer.status < 500]).toEqual([route.path, body, true])
          expectProblem(answer, route.path)
        },
      ),
      { numRuns: 150 },
    )
  })

  test.each([
    ['a row that is there already', sql`insert into plans.programme_x values (1)`],
    [
      'a broken reference',
      sql`insert into plans.parent (plan_id, parent_plan_id, agency_id) values (${none}, ${none}, ${none})`,
    ],
    [
      'a broken check',
      sql`insert into platform.audit_entry (id, at, action, outcome, request_id) values (${none}, now(), 'x', 'perhaps', 'x')`,
    ],
    ['a statement that takes too long', sql`select set_config('statement_timeout', '20', true), pg_sleep(0.2)`],
    ['a division by zero', sql`select 1/0`],
  ])('%s says nothing of itself in the answer or the log', async (_name, statement) => {
    const route = { ...world.routes[0], method: 'get', path: '/plans', allow: 'signed-in' } as Route
    const { createServer, openMetrics } = await import('../index.ts')
    const pino = (await import('pino')).default
    const lines: string[] = []
    const server = await createServer({
      ground: world.ground,
      say: world.say,
      metrics: openMetrics(),
      trustedProxies: 0,
      secure: false,
      authorize: () => undefined,
      log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
      identify: () =>
        Promise.resolve({
          actor: {
            personId: none,
            sessionId: null,
            postId: null,
            agencyId: none,
            role: 'officer',
            viewers: [],
            everywhere: true,
          },
          language: 'en' as const,
        }),
      routes: [
        {
          method: 'get',
          path: '/x',
          summary: 'x',
          allow: 'signed-in',
          run: async (ctx) =>
            void (
              await sql`select set_config('statement_timeout', '50', true)`.execute(ctx.db),
              await statement.execute(ctx.db)
            ),
        },
      ],
    })
    const response = await server.inject({ method: 'GET', url: '/api/v1/x' })
    await server.close()
    expect(route.path).toBe('/plans')
    expect([500, 503]).toContain(response.statusCode)
    expect(inside.exec(response.body)?.[0]).toBeUndefined()
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(lines.join('')).not.toContain(none.slice(0, 18) + '-8000-000000000001) is not present')
    expect(lines.join('')).toContain('request failed')
  })
})

describe('every answer', () => {
  test('carries the security headers, refusals and files too', async () => {
    const file = await world.ask('south officer', 'GET', `/plans/${plan}/document`)
    for (const answer of [
      await world.ask('south officer', 'GET', '/plans'),
      await world.ask(null, 'GET', '/plans'),
      await world.ask('south officer', 'GET', '/nothing'),
      file,
    ])
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'content-security-policy': expect.stringContaining("default-src '"),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
    expect(file.headers['content-security-policy']).toBe("sandbox; default-src 'none'")
    expect(String(file.headers['content-disposition'])).toMatch(/^attachment;/)
  })

  test('of refusal is said in the language the reader asks for, and all three differ', async () => {
    const titles = await Promise.all(
      world.languages.map(async (language) => {
        const { body } = await world.ask(
          'south reader',
          'POST',
          '/plans',
          {},
          { 'accept-language': `${language}-XX,de;q=0.5` },
        )
        return String(body.title)
      }),
    )
    expect(titles).toEqual(world.languages.map((language) => world.say(language, 'access.not-permitted')))
    expect(new Set(titles).size).toBe(3)
    const faults = await Promise.all(
      world.languages.map(async (language) =>
        JSON.stringify(
          (await world.ask('south officer', 'POST', '/plans', {}, { 'accept-language': language })).body.errors,
        ),
      ),
    )
    expect(new Set(faults).size).toBe(3)
  })

  test('in JSON holds no key the route did not declare', async () => {
    const { items } = await world.done('south officer', 'GET', '/plans')
    const declared = world.routes.find((route) => route.method === 'get' && route.path === '/plans')?.returns
    expect(declared?.parse({ items, total: 1, page: 1, size: 1 })).toMatchObject({ items })
    expect(Object.keys((items as object[])[0] ?? {})).not.toEqual(expect.arrayContaining(['agencyId', 'searchKey']))
  })

  test('is described: the OpenAPI document lists every route with its permission, and every reference in it resolves', () => {
    const api = describeApi(world.routes, '1') as {
      openapi: string
      paths: Record<string, Record<string, Record<string, unknown>>>
    }
    expect(api.openapi).toBe('3.1.0')
    const listed = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => `${method} ${path} ${String(operation['x-permission'])}`),
    )
    expect(listed.sort()).toEqual(world.routes.map((route) => `${route.method} ${route.path} ${route.allow}`).sort())
    const ids = Object.values(api.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation.operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
    const references = [...JSON.stringify(api).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((found) => found[1] ?? '')
    expect(references.length).toBeGreaterThan(20)
    const resolve = (path: string) =>
      path.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], api)
    expect(references.filter((path) => resolve(path) === undefined)).toEqual([])
    for (const [path, methods] of Object.entries(api.paths))
      for (const operation of Object.values(methods)) {
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1])
        const parameters = ((operation.parameters ?? []) as { in: string; name: string; required?: boolean }[]).filter(
          (one) => one.in === 'path',
        )
        expect([path, parameters.map((one) => one.name).sort(), parameters.every((one) => one.required)]).toEqual([
          path,
          named.sort(),
          true,
        ])
      }
  })
})
