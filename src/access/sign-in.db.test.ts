import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asProduct, aWorld, bodyId, layLand, password, unitId, type World } from '../../test/kit/access-world.ts'
import { ensureFirstAdministratorCode } from './commands/sign-in.ts'
import { hashByRecipe, hashPassword, newCode, newRecipe } from './secrets.ts'

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
type Body = { posts: { id: string; role: string; agencyName: string }[]; actingPostId: string; permissions: string[] }

describe('passwords are kept', () => {
  test('as argon2id with a salt of their own, and are told apart', async () => {
    const [one, other] = [await hashPassword('bốn con trâu đen'), await hashPassword('bốn con trâu đen')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(other)
    const recipe = one.slice(0, one.lastIndexOf('$') + 1)
    expect(await hashByRecipe('bốn con trâu đen', recipe)).toBe(one)
    expect(await hashByRecipe('bốn con trâu đem', recipe)).not.toBe(one)
    expect(await hashByRecipe('bốn con trâu đen', newRecipe())).not.toBe(one)
  })

  test('a hash made by another program is read', async () => {
    // argon2 reference implementation, "password", salt "somesalt", -id -t 2 -m 16 -p 1
    expect(await hashByRecipe('password', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$')).toBe(
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    )
  })
})

describe('signing in', () => {
  test('says who is there, in which posts, and what the first allows', async () => {
    const { status, body } = await world.ask({ method: 'POST', path: '/session', body: { login: ' LAN ', password } })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      person: { name: 'Người lan', language: 'vi' },
      demo: false,
      country: { code: 'tl' },
      today: '2031-03-04',
    })
    expect((body as Body).posts.map((post) => [post.role, post.agencyName])).toEqual([
      ['officer', 'Ủy ban n1-committee'],
      ['reader', 'Ủy ban n2-committee'],
    ])
    expect((body as Body).permissions).toContain('plans.report-progress')
  })

  test('lays a cookie of this host that scripts cannot read and other sites do not send', async () => {
    const { headers } = await world.ask({ method: 'POST', path: '/session', body: { login: 'lan', password } })
    const [session, device] = headers['set-cookie'] as string[]
    expect(session).toMatch(/^mangnon=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(device).toMatch(/^mangnon-device=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  test('keeps only a hash of the token', async () => {
    const cookie = await world.enter('lan')
    const rows = await asProduct(world.ground, (db) => db.selectFrom('access.session').selectAll().execute())
    expect(JSON.stringify(rows)).not.toContain(cookie)
  })

  test('unknown login, wrong password, disabled and not taken up give one answer', async () => {
    const disabled = await world.enrol('khoa', [{ body: 'n1-committee', role: 'officer' }])
    const invited = await world.enrol('moi', [{ body: 'n1-committee', role: 'officer' }])
    await asProduct(world.ground, async (db) => {
      await db.updateTable('access.person').set({ state: 'disabled' }).where('id', '=', disabled).execute()
      await db
        .updateTable('access.person')
        .set({ state: 'invited', hasJoined: false })
        .where('id', '=', invited)
        .execute()
    })
    const answers = []
    for (const [login, secret] of [
      ['ai-do', password],
      ['lan', 'sai mật khẩu rồi'],
      ['khoa', password],
      ['moi', password],
    ]) {
      const { status, body, headers } = await world.ask({
        method: 'POST',
        path: '/session',
        body: { login, password: secret },
      })
      answers.push({
        status,
        body: { ...body, requestId: null },
        names: Object.keys(headers).sort(),
        cookie: headers['set-cookie'],
      })
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'access.sign-in-failed' }, cookie: undefined })
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  test('takes as long for an unknown login as for a known one', async () => {
    const time = async (login: string) => {
      const before = performance.now()
      await world.ask({ method: 'POST', path: '/session', body: { login, password: 'sai mật khẩu rồi' } })
      return performance.now() - before
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 15; round++) {
      known.push(await time('lan'))
      unknown.push(await time(`nguoi-la-${round}`))
    }
    // The quickest of each: other work on the machine can only add to the time.
    const [one, other] = [Math.min(...known), Math.min(...unknown)]
    expect(Math.min(one, other) / Math.max(one, other), `${one} ms and ${other} ms`).toBeGreaterThan(0.6)
  })

  test('a request another site could cause is refused', async () => {
    const cookie = await world.enter('lan')
    const { status, body } = await world.ask({
      method: 'DELETE',
      path: '/session',
      cookie,
      headers: { 'x-mangnon': '' },
    })
    expect([status, body.code]).toEqual([403, 'access.foreign-request'])
    expect(
      (
        await world.ask({
          method: 'POST',
          path: '/session',
          body: { login: 'lan', password },
          headers: { 'x-mangnon': '0' },
        })
      ).status,
    ).toBe(403)
  })

  test('the post is chosen by each request, and only one that is held', async () => {
    const cookie = await world.enter('lan')
    const { posts } = (await session(cookie)).body as Body
    const second = posts[1]?.id ?? ''
    expect((await session(cookie, second)).body).toMatchObject({ actingPostId: second })
    expect(((await session(cookie, second)).body as Body).permissions).not.toContain('plans.report-progress')
    const foreign = await asProduct(world.ground, (db) =>
      db.selectFrom('access.post').select('id').where('role', '=', 'administrator').executeTakeFirstOrThrow(),
    )
    expect((await session(cookie, foreign.id)).body.code).toBe('access.post-not-held')
    expect((await session(cookie, 'không phải mã')).status).toBe(403)
  })
})

describe('a session ends', () => {
  test('when its owner signs out: the old cookie is worth nothing', async () => {
    const cookie = await world.enter('lan')
    expect((await world.ask({ method: 'DELETE', path: '/session', cookie })).status).toBe(204)
    expect((await session(cookie)).status).toBe(401)
  })

  test('after half an hour without a request, and not before', async () => {
    const cookie = await world.enter('lan')
    for (let round = 0; round < 3; round++) {
      later(28)
      expect((await session(cookie)).status).toBe(200)
    }
    later(31)
    expect((await session(cookie)).status).toBe(401)
  })

  test('after twelve hours, however busy', async () => {
    const cookie = await world.enter('lan')
    for (let round = 0; round < 35; round++) {
      later(20)
      expect((await session(cookie)).status).toBe(200)
    }
    later(19)
    expect((await session(cookie)).status).toBe(200)
    later(1)
    expect((await session(cookie)).status).toBe(401)
  })

  test('the moment the account is disabled', async () => {
    const id = await world.enrol('tam', [{ body: 'n1-committee', role: 'officer' }])
    const cookie = await world.enter('tam')
    const admin = await world.enter('admin')
    expect((await session(cookie)).status).toBe(200)
    expect(
      (
        await world.ask({
          method: 'POST',
          path: `/people/${id}/state`,
          cookie: admin,
          body: { state: 'disabled', version: 1 },
        })
      ).status,
    ).toBe(200)
    expect((await session(cookie)).status).toBe(401)
    expect(
      (
        await world.ask({
          method: 'POST',
          path: `/people/${id}/state`,
          cookie: admin,
          body: { state: 'active', version: 2 },
        })
      ).status,
    ).toBe(200)
    expect((await session(cookie)).status).toBe(401)
  })

  test('and a post, with all it allows, the moment it is ended', async () => {
    await world.enrol('bay', [{ body: 'n1-committee', role: 'officer' }])
    const cookie = await world.enter('bay')
    const { actingPostId } = (await session(cookie)).body as Body
    const admin = await world.enter('admin')
    expect((await world.ask({ method: 'POST', path: `/posts/${actingPostId}/end`, cookie: admin })).status).toBe(200)
    const { status, body } = await session(cookie)
    expect([status, body.posts, body.permissions]).toEqual([200, [], []])
    expect((await world.ask({ method: 'GET', path: '/jobs', cookie })).status).toBe(403)
  })
})

describe('the own password', () => {
  test('is changed by giving it; other sessions end, this one stays', async () => {
    await world.enrol('sau', [{ body: 'n1-committee', role: 'officer' }])
    const [here, elsewhere] = [await world.enter('sau'), await world.enter('sau')]
    const change = (currentPassword: string, newPassword: string) =>
      world.ask({ method: 'POST', path: '/session/password', cookie: here, body: { currentPassword, newPassword } })
    expect((await change('sai mật khẩu rồi', 'một câu mới hoàn toàn')).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/currentPassword', code: 'access.password-wrong' }],
    })
    expect((await change(password, 'ngắn')).body).toMatchObject({
      errors: [{ pointer: '/newPassword', code: 'access.password-too-short' }],
    })
    expect((await change(password, 'matkhaucuatoi1')).body).toMatchObject({
      errors: [{ code: 'access.password-common' }],
    })
    expect((await change(password, 'một câu mới hoàn toàn')).status).toBe(204)
    expect((await session(here)).status).toBe(200)
    expect((await session(elsewhere)).status).toBe(401)
    await expect(world.enter('sau')).rejects.toThrow('401')
    await world.enter('sau', 'một câu mới hoàn toàn')
  })

  test('is asked again for granting rights when it was given more than ten minutes ago', async () => {
    const cookie = await world.enter('admin')
    const invite = (login: string) =>
      world.ask({
        method: 'POST',
        path: '/people',
        cookie,
        body: { login, name: 'Người mới', language: 'vi', post: { agencyId: bodyId('n1-committee'), role: 'officer' } },
      })
    later(11)
    expect((await invite('moi1')).body.code).toBe('access.proof-needed')
    expect(
      (await world.ask({ method: 'POST', path: '/session/proof', cookie, body: { password: 'sai mật khẩu rồi' } }))
        .status,
    ).toBe(422)
    expect((await invite('moi1')).body.code).toBe('access.proof-needed')
    expect((await world.ask({ method: 'POST', path: '/session/proof', cookie, body: { password } })).status).toBe(204)
    expect((await invite('moi1')).status).toBe(200)
  })
})

describe('the first administrator', () => {
  test('comes by a code that is told while there is none, dies on use, and sees the whole country', async () => {
    const empty = await aWorld()
    try {
      await layLand(empty.owner, {
        units: { country: ['country', null, null, null] },
        unitSteps: [],
        bodies: { centre: ['country', null] },
        bodySteps: [],
      })
      const old = await ensureFirstAdministratorCode(empty.ground)
      const code = await ensureFirstAdministratorCode(empty.ground)
      expect(code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)
      const become = (given: string | undefined, over = {}) =>
        empty.ask({
          method: 'POST',
          path: '/session/first-administrator',
          body: { code: given, login: 'quan.tri', name: 'Trần Thị An', password, ...over },
        })
      for (const wrong of [old, newCode(), ''])
        expect((await become(wrong)).body).toMatchObject({
          status: 422,
          errors: [{ pointer: '/code', code: 'access.code-wrong' }],
        })
      expect((await become(code, { password: 'quan.tri quan.tri' })).body).toMatchObject({
        errors: [{ code: 'access.password-holds-login' }],
      })
      const made = await become(code?.toLowerCase().replaceAll('-', ' '))
      expect(made.body).toMatchObject({ posts: [{ role: 'administrator', agencyId: bodyId('centre') }] })
      expect(made.cookie).toBeDefined()
      expect((await become(code, { login: 'ke.khac' })).status).toBe(422)
      expect(await ensureFirstAdministratorCode(empty.ground)).toBeUndefined()
      const [post] = await asProduct(empty.ground, (db) => db.selectFrom('access.post').selectAll().execute())
      expect(post?.unitId).toBe(unitId('country'))
      const kept = await asProduct(empty.ground, (db) => db.selectFrom('access.invitation').selectAll().execute())
      expect(JSON.stringify(kept)).not.toContain(code?.replaceAll('-', ''))
    } finally {
      await empty.close()
    }
  })
})
