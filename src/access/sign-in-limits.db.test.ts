import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asProduct, aWorld, bodyId, password, type World } from '../../test/kit/access-world.ts'
import { newId } from '#platform'
import { newCode } from './secrets.ts'

let world: World
const start = new Date('2031-03-04T03:00:00Z')
beforeAll(async () => {
  world = await aWorld()
  await world.enrol('lan', [
    { body: 'n1-committee', role: 'officer' },
    { body: 'n2-committee', role: 'reader' },
  ])
  await world.enrol('admin', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date(start)
})

const later = (minutes: number) => {
  world.clock.now = new Date(world.clock.now.getTime() + minutes * 60_000)
}
const session = (cookie: string, post?: string) =>
  world.ask({ method: 'GET', path: '/session', cookie, ...(post ? { post } : {}) })
const entries = (action: string) =>
  asProduct(world.ground, (db) =>
    db.selectFrom('platform.auditEntry').selectAll().where('action', '=', action).orderBy('sequence').execute(),
  )

test('a key used in one post does not stand for the same request in another', async () => {
  const cookie = await world.enter('lan')
  const { posts } = (await session(cookie)).body as { posts: { id: string }[] }
  const key = newId()
  const choose = (post: string | undefined) =>
    world.ask({
      method: 'POST',
      path: '/session/language',
      body: { language: 'vi' },
      cookie,
      ...(post === undefined ? {} : { post }),
      headers: { 'idempotency-key': key },
    })
  expect((await choose(posts[0]?.id)).status).toBe(204)
  expect((await choose(undefined)).status).toBe(204)
  expect((await choose(posts[1]?.id)).body.code).toBe('platform.idempotency-key-reused')
})

describe('limits', () => {
  test('a post one does not hold is refused, counted like every request, and stands in the audit at the own body', async () => {
    const strict = await aWorld({ limits: { requestsPerMinute: 5 } })
    try {
      const lan = await strict.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
      const cookie = await strict.enter('lan')
      const statuses = []
      for (let round = 0; round < 8; round++)
        statuses.push((await strict.ask({ method: 'GET', path: '/session', cookie, post: newId() })).status)
      expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429, 429])
      const trace = await asProduct(strict.ground, (db) =>
        db
          .selectFrom('platform.auditEntry')
          .select(['action', 'personId', 'agencyId', 'outcome', 'params'])
          .where('outcome', '=', 'refused')
          .orderBy('sequence')
          .execute(),
      )
      const common = { personId: lan, agencyId: bodyId('n1-committee'), outcome: 'refused' }
      const refused = { ...common, action: 'access.post-not-held', params: { route: 'get /session' } }
      expect(trace).toEqual([
        ...Array.from({ length: 5 }, () => refused),
        expect.objectContaining({
          action: 'access.limit-reached',
          personId: lan,
          params: { limit: 'requests-per-minute' },
        }),
      ])
    } finally {
      await strict.close()
    }
  })

  test('a request another site made a signed-in browser send is refused, counted and audited', async () => {
    const cookie = await world.enter('lan')
    const before = (await entries('access.foreign-request')).length
    const headers = { 'x-mangnon': '0' }
    const answer = await world.ask({
      method: 'POST',
      path: '/session/language',
      body: { language: 'fr' },
      cookie,
      headers,
    })
    expect([answer.status, answer.body.code]).toEqual([403, 'access.foreign-request'])
    expect((await entries('access.foreign-request')).slice(before)).toMatchObject([
      { outcome: 'refused', agencyId: bodyId('n1-committee'), params: { route: 'post /session/language' } },
    ])
  })

  test('one account tried from many addresses, many accounts from one, and no account at all', async () => {
    const strict = await aWorld({ limits: { signInPerAccount: 5, signInPerAddress: 20 } })
    try {
      await strict.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
      const attempt = async (login: unknown, address: string) => {
        const answer = await strict.server.inject({
          method: 'POST',
          url: '/api/v1/session',
          headers: { 'x-mangnon': '1' },
          remoteAddress: address,
          payload: { login, password: 'sai mật khẩu rồi' },
        })
        return [answer.statusCode, answer.headers['retry-after']] as const
      }
      const many = []
      for (let round = 0; round < 7; round++)
        many.push((await attempt(round % 2 ? 'LAN ' : 'lan', `10.0.0.${round}`))[0])
      expect(many).toEqual([401, 401, 401, 401, 401, 429, 429])
      expect(Number((await attempt('lan', '10.0.9.9'))[1])).toBeGreaterThan(0)
      const spread = []
      for (let round = 0; round < 22; round++) spread.push((await attempt(`nguoi-${round}`, '10.1.0.1'))[0])
      expect(spread.indexOf(429)).toBe(20)
      for (const missing of [undefined, null, '', '  ', 7, { a: 1 }, ['lan']])
        expect((await attempt(missing, '10.2.0.1'))[0]).toBe(422)
      expect((await attempt('nguoi-khac', '10.3.0.1'))[0]).toBe(401)
      strict.clock.now = new Date(strict.clock.now.getTime() + 16 * 60_000)
      expect(await strict.enter('lan')).toBeDefined()
    } finally {
      await strict.close()
    }
  })

  test('codes cannot be guessed from one address, nor the own password from a stolen session', async () => {
    const strict = await aWorld({ limits: { signInPerAccount: 4, signInPerAddress: 10 } })
    try {
      await strict.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
      const cookie = await strict.enter('lan')
      const proofs = []
      for (let round = 0; round < 6; round++)
        proofs.push(
          (
            await strict.ask({
              method: 'POST',
              path: '/session/proof',
              cookie,
              body: { password: `sai mật khẩu ${round}` },
            })
          ).status,
        )
      expect(proofs).toEqual([422, 422, 422, 422, 429, 429])
      const codes = []
      for (let round = 0; round < 12; round++)
        codes.push(
          (await strict.ask({ method: 'POST', path: '/session/invitation', body: { code: newCode(), password } }))
            .status,
        )
      expect(codes.indexOf(429)).toBe(10)
    } finally {
      await strict.close()
    }
  })

  test('requests of one session are counted apart from those of another', async () => {
    const strict = await aWorld({ limits: { requestsPerMinute: 6 } })
    try {
      await strict.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
      const [one, other] = [await strict.enter('lan'), await strict.enter('lan')]
      const statuses = []
      for (let round = 0; round < 8; round++)
        statuses.push((await strict.ask({ method: 'GET', path: '/session', cookie: one })).status)
      expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429])
      expect((await strict.ask({ method: 'GET', path: '/session', cookie: other })).status).toBe(200)
    } finally {
      await strict.close()
    }
  })
})

describe('the audit of signing in', () => {
  test('has one entry for each sign-in and sign-out, by the person', async () => {
    const id = await world.enrol('chin', [{ body: 'n1-committee', role: 'officer' }])
    const cookie = await world.enter('chin')
    await world.ask({ method: 'DELETE', path: '/session', cookie })
    const of = (rows: { personId: string | null; agencyId: string | null }[]) =>
      rows.filter((row) => row.personId === id).map((row) => row.agencyId)
    expect(of(await entries('access.signed-in'))).toEqual([bodyId('n1-committee')])
    expect(of(await entries('access.signed-out'))).toEqual([bodyId('n1-committee')])
  })

  test('groups failures, so that a flood hides nothing, and holds no login', async () => {
    const id = await world.enrol('muoi', [{ body: 'n2-committee', role: 'officer' }])
    later(60 * 24)
    const before = (await entries('access.sign-in-refused')).length
    for (let round = 0; round < 25; round++)
      await world.ask({ method: 'POST', path: '/session', body: { login: 'muoi', password: 'sai mật khẩu rồi' } })
    for (let round = 0; round < 12; round++)
      await world.ask({
        method: 'POST',
        path: '/session',
        body: { login: `khong-co-${round}`, password: 'sai mật khẩu rồi' },
      })
    const rows = (await entries('access.sign-in-refused')).slice(before)
    expect(rows.map((row) => [row.recordId, row.agencyId, row.outcome, row.params])).toEqual([
      [id, bodyId('n2-committee'), 'refused', { tries: 1 }],
      [id, bodyId('n2-committee'), 'refused', { tries: 10 }],
      [null, bodyId('centre'), 'refused', { tries: 1 }],
      [null, bodyId('centre'), 'refused', { tries: 10 }],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/muoi|khong-co/)
  }, 60_000)

  test('and the log hold no password, code, token, login or name, and no injected line', async () => {
    const cookie = await world.enter('lan')
    await world.ask({
      method: 'POST',
      path: '/session',
      body: { login: 'lan\r\n{"level":60}', password: 'chim-hoang-yen-12' },
    })
    await world.ask({ method: 'POST', path: '/session/invitation', body: { code: 'CHIM-HOAN-GYEN-CODE', password } })
    await session(cookie, 'x\u001b[31m')
    const text = world.log.join('')
    expect(world.log.length).toBeGreaterThan(20)
    for (const secret of [cookie, 'chim-hoang-yen', password, 'GYEN', 'Người lan', '"level":60', '\u001b'])
      expect(text).not.toContain(secret)
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow()
  })
})
