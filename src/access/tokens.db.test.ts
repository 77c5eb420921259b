import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asProduct, aWorld, bodyId, password, type Ask, type World } from '../../test/kit/access-world.ts'

let world: World
const start = new Date('2031-03-04T03:00:00Z')
beforeAll(async () => {
  world = await aWorld()
  await world.enrol('admin', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
  await world.enrol('ky-mot', [{ body: 'n1-committee', role: 'approver' }])
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date(start)
})

const later = (minutes: number) => {
  world.clock.now = new Date(world.clock.now.getTime() + minutes * 60_000)
}
/** A request of a program: the token alone, none of the headers a browser of ours sends but the key of an unsafe one. */
const asProgram = (token: string, ask: Ask) =>
  world.ask({ ...ask, headers: { authorization: `Bearer ${token}`, 'x-mangnon': '', ...ask.headers } })

let people = 0
/** A person with two posts, signed in, and an access token for the first. */
async function anOwner(scope: 'read' | 'role', days = 30) {
  const login = `nguoi-${++people}`
  const id = await world.enrol(login, [
    { body: 'n1-committee', role: 'officer' },
    { body: 's1-committee', role: 'officer' },
  ])
  const cookie = await world.enter(login)
  const session = await world.ask({ method: 'GET', path: '/session', cookie })
  const [first, second] = (session.body.posts as { id: string }[]).map((post) => post.id)
  const made = await world.ask({
    method: 'POST',
    path: '/account/tokens',
    cookie,
    ...(first ? { post: first } : {}),
    body: { name: 'Cổng dữ liệu', scope, days },
  })
  expect(made.status).toBe(200)
  return { id, login, cookie, first, second, tokenId: String(made.body.id), token: String(made.body.token) }
}

describe('an access token', () => {
  test('opens what its post may read, without cookie and without the header of a browser', async () => {
    const { token, first } = await anOwner('read')
    expect(token).toMatch(/^mnt_[\w-]{43}$/)
    const { status, body } = await asProgram(token, { method: 'GET', path: '/session' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ stage: 'whole', actingPostId: first })
    expect((body.posts as unknown[]).length, 'the one post it was made for').toBe(1)
    expect((await asProgram(token, { method: 'GET', path: '/jobs' })).status).toBe(200)
  })

  test('acts in no other post of its owner', async () => {
    const { token, second } = await anOwner('role')
    const { status, body } = await asProgram(token, { method: 'GET', path: '/jobs', post: second ?? '' })
    expect([status, body.code]).toEqual([403, 'access.post-not-held'])
  })

  test('made for reading writes nothing; made for the role it writes what the role may', async () => {
    const job = '0190b0b0-0000-7000-8000-000000000001'
    const cancel: Ask = { method: 'POST', path: `/jobs/${job}/cancellation` }
    const reading = await anOwner('read')
    expect((await asProgram(reading.token, cancel)).body.code).toBe('access.token-reads-only')
    const acting = await anOwner('role')
    expect((await asProgram(acting.token, cancel)).body.code).toBe('platform.not-found')
  })

  test('opens nothing that is a person’s own, and nothing that asks for the password', async () => {
    const { token } = await anOwner('role')
    const personal = world.routes.filter(
      (route) => ['signed-in', 'entering', 'enrolling'].includes(route.allow) || route.allow === 'access.make-token',
    )
    expect(personal.length).toBeGreaterThan(15)
    for (const route of personal) {
      const { status, body } = await asProgram(token, {
        method: route.method.toUpperCase() as 'GET',
        path: route.path.replace('{id}', '0190b0b0-0000-7000-8000-000000000001'),
      })
      expect([route.path, status, body.code]).toEqual([route.path, 403, 'access.not-for-programs'])
    }
  })

  test('of an administrator or approver only reads, and grants nothing', async () => {
    for (const login of ['admin', 'ky-mot']) {
      const cookie = await world.enter(login)
      const make = (scope: string) =>
        world.ask({ method: 'POST', path: '/account/tokens', cookie, body: { name: 'x', scope, days: 1 } })
      expect((await make('role')).body.code).toBe('access.token-reads-only')
      expect((await make('read')).status).toBe(200)
    }
  })

  test('never becomes a session: no cookie is laid, and a cookie beside it counts for nothing', async () => {
    const { token, cookie } = await anOwner('read')
    const answer = await asProgram(token, { method: 'GET', path: '/session', cookie })
    expect(answer.headers['set-cookie']).toBeUndefined()
    const wrong = await asProgram('mnt_wrong', { method: 'GET', path: '/session', cookie })
    expect(wrong.status).toBe(401)
  })

  test('is made only with the password given lately', async () => {
    const { cookie } = await anOwner('read')
    later(11)
    const make = () =>
      world.ask({ method: 'POST', path: '/account/tokens', cookie, body: { name: 'x', scope: 'read', days: 1 } })
    expect((await make()).body.code).toBe('access.proof-needed')
    await world.ask({ method: 'POST', path: '/session/proof', cookie, body: { password } })
    expect((await make()).status).toBe(200)
  })

  test('is kept as a hash only, and told once', async () => {
    const { token } = await anOwner('read')
    const kept = await asProduct(world.ground, async (db) => [
      await db.selectFrom('access.token').selectAll().execute(),
      await db.selectFrom('platform.idempotencyKey').selectAll().execute(),
      await db.selectFrom('platform.auditEntry').selectAll().execute(),
    ])
    expect(JSON.stringify(kept)).not.toContain(token)
    expect(world.log.join('')).not.toContain(token)
  })

  test('stands in the audit with what it did', async () => {
    const { token, tokenId, id } = await anOwner('role')
    await asProgram(token, { method: 'GET', path: '/people' })
    const refused = await asProduct(world.ground, (db) =>
      db
        .selectFrom('platform.auditEntry')
        .select(['action', 'params'])
        .where('personId', '=', id)
        .where('outcome', '=', 'refused')
        .execute(),
    )
    expect(refused).toEqual([{ action: 'access.not-permitted', params: { route: 'get /people', token: tokenId } }])
  })

  test('ten are enough', async () => {
    const { cookie } = await anOwner('read')
    const make = () =>
      world.ask({ method: 'POST', path: '/account/tokens', cookie, body: { name: 'x', scope: 'read', days: 1 } })
    const statuses = []
    for (let one = 0; one < 10; one++) statuses.push((await make()).status)
    expect(statuses).toEqual([...Array.from({ length: 9 }, () => 200), 409])
  })
})

describe('an access token ends with the next request', () => {
  const isAlive = async (token: string) => (await asProgram(token, { method: 'GET', path: '/jobs' })).status === 200

  test('when its owner ends it, and only he can', async () => {
    const mine = await anOwner('read')
    const other = await anOwner('read')
    const end = (cookie: string) => world.ask({ method: 'POST', path: `/account/tokens/${mine.tokenId}/end`, cookie })
    expect((await end(other.cookie)).status).toBe(404)
    expect(await isAlive(mine.token)).toBe(true)
    expect((await end(mine.cookie)).status).toBe(204)
    expect(await isAlive(mine.token)).toBe(false)
  })

  test('when its days are over', async () => {
    const { token } = await anOwner('read', 2)
    later(2 * 24 * 60 - 1)
    expect(await isAlive(token)).toBe(true)
    later(1)
    expect(await isAlive(token)).toBe(false)
  })

  test('when the post ends or the account is disabled', async () => {
    const ofPost = await anOwner('read')
    await asProduct(world.ground, (db) =>
      db
        .updateTable('access.post')
        .set({ validTo: '2031-03-04' })
        .where('id', '=', ofPost.first ?? '')
        .execute(),
    )
    expect(await isAlive(ofPost.token)).toBe(false)
    const ofPerson = await anOwner('read')
    await asProduct(world.ground, (db) =>
      db.updateTable('access.person').set({ state: 'disabled' }).where('id', '=', ofPerson.id).execute(),
    )
    expect((await asProgram(ofPerson.token, { method: 'GET', path: '/jobs' })).status).toBe(401)
  })

  test('when an administrator signs the person out everywhere', async () => {
    const { id, token, cookie } = await anOwner('read')
    await asProduct(world.ground, (db) =>
      db
        .updateTable('access.post')
        .set({ validTo: '2031-03-04' })
        .where('personId', '=', id)
        .where('agencyId', '=', bodyId('s1-committee'))
        .execute(),
    )
    const admin = await world.enter('admin')
    const { body } = await world.ask({ method: 'GET', path: `/people/${id}/sessions`, cookie: admin })
    expect(body).toHaveLength(1)
    expect((await world.ask({ method: 'POST', path: `/people/${id}/sessions/end`, cookie: admin })).status).toBe(204)
    expect((await asProgram(token, { method: 'GET', path: '/jobs' })).status).toBe(401)
    expect((await world.ask({ method: 'GET', path: '/session', cookie })).status).toBe(401)
  })
})

describe('sessions and devices', () => {
  const windows =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
  const signIn = (login: string, headers: Record<string, string>) =>
    world.ask({ method: 'POST', path: '/session', body: { login, password }, headers })
  const markOf = (headers: Record<string, unknown>) =>
    /mangnon-device=([\w-]{43})/.exec(String(headers['set-cookie']))?.[1]

  test('the own ones are listed with what the browser calls itself, and one is ended from another', async () => {
    const { login, cookie } = await anOwner('read')
    const other = await signIn(login, { 'user-agent': windows })
    const list = () => world.ask({ method: 'GET', path: '/account/sessions', cookie })
    const sessions = (await list()).body as unknown as { id: string; agent: string | null; isThis: boolean }[]
    expect(sessions.map(({ agent, isThis }) => [agent, isThis]).sort()).toEqual([
      [null, true],
      ['Chrome · Windows', false],
    ])
    const id = sessions.find((one) => !one.isThis)?.id ?? ''
    expect((await world.ask({ method: 'POST', path: `/account/sessions/${id}/end`, cookie })).status).toBe(204)
    expect((await world.ask({ method: 'GET', path: '/session', cookie: other.cookie ?? '' })).status).toBe(401)
    const stranger = await anOwner('read')
    const foreign = await world.ask({ method: 'POST', path: `/account/sessions/${id}/end`, cookie: stranger.cookie })
    expect(foreign.status).toBe(404)
  })

  test('a new browser is told of, the first and those known are not', async () => {
    const login = `nguoi-${++people}`
    await world.enrol(login, [{ body: 'n1-committee', role: 'officer' }])
    const first = await signIn(login, { 'user-agent': windows })
    const mark = markOf(first.headers) ?? ''
    const notices = async () =>
      (await world.ask({ method: 'GET', path: '/notices', cookie: first.cookie ?? '' })).body.items as {
        id: string
        kind: string
        params: unknown
      }[]
    expect(await notices()).toEqual([])
    await world.ask({
      method: 'POST',
      path: '/session',
      body: { login, password },
      headers: { cookie: `mangnon-device=${mark}` },
    })
    expect(await notices(), 'a known browser').toEqual([])
    await signIn(login, { 'user-agent': windows })
    const [notice, ...more] = await notices()
    expect([notice?.kind, notice?.params, more]).toEqual(['new-device', { agent: 'Chrome · Windows' }, []])
    const read = { method: 'POST', path: `/notices/${notice?.id}/reading`, cookie: first.cookie ?? '' } as const
    expect((await world.ask(read)).status).toBe(204)
    expect(await notices()).toEqual([])
  })
})
