import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asProduct, aWorld, bodyId, password, unitId, type Answer, type World } from '../../test/kit/access-world.ts'

let world: World
let centre: string
let north: string
let north2: string
let south: string
const ids: Record<string, string> = {}

beforeAll(async () => {
  world = await aWorld()
  ids.centre = await world.enrol('centre', [{ body: 'centre', role: 'administrator', unit: 'country' }])
  ids.north = await world.enrol('north', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
  ids.north2 = await world.enrol('north2', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
  ids.south = await world.enrol('south', [{ body: 'south-committee', role: 'administrator', unit: 'south' }])
  ;[centre, north, north2, south] = [
    await world.enter('centre'),
    await world.enter('north'),
    await world.enter('north2'),
    await world.enter('south'),
  ]
})
afterAll(() => world.close())

type Post = { id: string; agencyId: string; role: string; state: string; version: number }
type Person = { id: string; state: string; posts: Post[]; version: number }
const personOf = (answer: Answer) => (answer.body.person ?? answer.body) as Person
const codeOf = (answer: Answer) =>
  (answer.body.slip as { code: string } | undefined)?.code ?? (answer.body.code as string)
const faults = (answer: Answer) =>
  ((answer.body.errors ?? []) as { pointer: string; code: string }[]).map((fault) => `${fault.pointer} ${fault.code}`)

let serial = 0
const invite = (cookie: string, body: string, over: Record<string, unknown> = {}) =>
  world.ask({
    method: 'POST',
    path: '/people',
    cookie,
    body: {
      login: `nguoi${++serial}`,
      name: 'Nguyễn Thị Hòa',
      language: 'vi',
      post: { agencyId: bodyId(body), role: 'officer', ...over },
    },
  })
const grant = (cookie: string, id: string, post: Record<string, unknown>) =>
  world.ask({ method: 'POST', path: `/people/${id}/posts`, cookie, body: post })
const takeUp = (code: string, secret = password) =>
  world.ask({ method: 'POST', path: '/session/invitation', body: { code, password: secret } })

describe('inviting', () => {
  test('makes an account, a post and a slip; the code opens the account once', async () => {
    const invited = await invite(north, 'n1-committee')
    expect(invited.status).toBe(200)
    expect(personOf(invited)).toMatchObject({
      state: 'invited',
      posts: [{ role: 'officer', state: 'current', agencyName: 'Ủy ban n1-committee' }],
    })
    expect(faults(await takeUp(codeOf(invited), 'ngắn'))).toEqual(['/password access.password-too-short'])
    const taken = await takeUp(codeOf(invited))
    expect(taken.body).toMatchObject({ person: { id: personOf(invited).id }, posts: [{ role: 'officer' }] })
    expect(taken.cookie).toBeDefined()
    expect(faults(await takeUp(codeOf(invited)))).toEqual(['/code access.code-wrong'])
    await world.enter(`nguoi${serial}`)
  })

  test('keeps the code nowhere, also not for a repeat of the request', async () => {
    const headers = { 'idempotency-key': 'the-same-key' }
    const body = {
      login: 'hai.lan',
      name: 'Hai Lần',
      language: 'vi',
      post: { agencyId: bodyId('n1-committee'), role: 'officer' },
    }
    const first = await world.ask({ method: 'POST', path: '/people', cookie: north, headers, body })
    const again = await world.ask({ method: 'POST', path: '/people', cookie: north, headers, body })
    expect([first.status, again.status, again.body.code]).toEqual([200, 409, 'platform.answer-told-once'])
    const bare = codeOf(first).replaceAll('-', '')
    const kept = await asProduct(world.ground, async (db) => [
      await db.selectFrom('access.invitation').selectAll().execute(),
      await db.selectFrom('platform.idempotencyKey').selectAll().execute(),
      await db.selectFrom('platform.auditEntry').selectAll().execute(),
    ])
    expect(JSON.stringify(kept).replaceAll('-', '')).not.toContain(bare)
  })

  test('a slip is good for seven days, and a new one kills it', async () => {
    const invited = await invite(north, 'n1-committee')
    const renewed = await world.ask({
      method: 'POST',
      path: `/people/${personOf(invited).id}/invitation`,
      cookie: north,
    })
    expect(renewed.status).toBe(200)
    expect((await takeUp(codeOf(invited))).status).toBe(422)
    const before = world.clock.now
    world.clock.now = new Date(before.getTime() + 7 * 86_400_000)
    const late = await takeUp(codeOf(renewed))
    world.clock.now = before
    expect(late.status).toBe(422)
    expect((await takeUp(codeOf(renewed))).status).toBe(200)
  })

  test.each([
    ['a body of another province is not there', () => invite(north, 's1-committee'), 404, 'access.agency-not-found'],
    ['nor is one that never was', () => invite(north, 'no-such-body'), 404, 'access.agency-not-found'],
    ['a body above is not there', () => invite(north, 'centre'), 404, 'access.agency-not-found'],
    [
      'a territory wider than the own is refused',
      () => invite(north, 'n1-committee', { unitId: unitId('country') }),
      403,
      'access.wider-than-own',
    ],
    [
      'a territory elsewhere is refused',
      () => invite(north, 'n1-committee', { unitId: unitId('south') }),
      403,
      'access.wider-than-own',
    ],
  ] as const)('%s', async (_name, attempt, status, code) => {
    const answer = await attempt()
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('a login that is taken, fields that are wrong and fields that are not asked for are said at the field', async () => {
    expect(
      faults(
        await world.ask({
          method: 'POST',
          path: '/people',
          cookie: north,
          body: {
            login: 'south',
            name: 'Ai',
            language: 'vi',
            post: { agencyId: bodyId('n1-committee'), role: 'officer' },
          },
        }),
      ),
    ).toEqual(['/login access.login-taken'])
    const bad = await world.ask({
      method: 'POST',
      path: '/people',
      cookie: north,
      body: {
        login: 'có dấu',
        name: '  ',
        language: 'xx',
        state: 'active',
        isDemonstration: true,
        post: { agencyId: bodyId('n1-committee'), role: 'king', grantedBy: ids.centre },
      },
    })
    expect(bad.status).toBe(422)
    expect(
      faults(bad)
        .map((fault) => fault.split(' ')[0])
        .sort(),
    ).toEqual(['/', '/language', '/login', '/name', '/post', '/post/role'])
    expect(faults(await invite(north, 'n1-committee', { validFrom: '2031-04-01', validTo: '2031-04-01' }))).toEqual([
      '/post/validTo access.ends-before-it-begins',
    ])
  })
})

describe('posts that weigh much', () => {
  test('count only when a second administrator has confirmed', async () => {
    const invited = await invite(north, 'north-committee', { role: 'approver' })
    const post = personOf(invited).posts[0]
    expect(post?.state).toBe('unconfirmed')
    const taken = await takeUp(codeOf(invited))
    expect(taken.body).toMatchObject({ posts: [], permissions: [] })
    const confirm = (cookie: string) => world.ask({ method: 'POST', path: `/posts/${post?.id}/confirmation`, cookie })
    expect((await confirm(north)).body.code).toBe('access.confirm-own-grant')
    expect((await confirm(south)).body.code).toBe('access.post-not-found')
    expect((await confirm(north2)).status).toBe(200)
    expect((await confirm(north2)).body.code).toBe('access.post-not-waiting')
    const session = await world.ask({ method: 'GET', path: '/session', cookie: taken.cookie ?? '' })
    expect(session.body.permissions).toContain('plans.issue')
  })

  test('are confirmed at once where there is nobody else, so that the first can make the second', async () => {
    const alone = await aWorld()
    try {
      await alone.enrol('only', [{ body: 'centre', role: 'administrator', unit: 'country' }])
      const cookie = await alone.enter('only')
      const make = (login: string) =>
        alone.ask({
          method: 'POST',
          path: '/people',
          cookie,
          body: {
            login,
            name: 'Người Hai',
            language: 'vi',
            post: { agencyId: bodyId('centre'), unitId: unitId('country'), role: 'administrator' },
          },
        })
      const second = await make('second')
      expect(personOf(second).posts[0]?.state).toBe('current')
      const code = (second.body.slip as { code: string }).code
      await alone.ask({ method: 'POST', path: '/session/invitation', body: { code, password } })
      expect(personOf(await make('third')).posts[0]?.state).toBe('unconfirmed')
      const version = (await alone.ask({ method: 'GET', path: `/people/${personOf(second).id}`, cookie })).body.version
      expect(
        (
          await alone.ask({
            method: 'POST',
            path: `/people/${personOf(second).id}/state`,
            cookie,
            body: { state: 'disabled', version },
          })
        ).status,
      ).toBe(200)
      expect(personOf(await make('fourth')).posts[0]?.state, 'removing the second one first does not help').toBe(
        'unconfirmed',
      )
      expect(
        (await alone.ask({ method: 'POST', path: `/posts/${personOf(second).posts[0]?.id}/end`, cookie })).status,
      ).toBe(200)
      expect(personOf(await make('fifth')).posts[0]?.state).toBe('unconfirmed')
    } finally {
      await alone.close()
    }
  })
})

describe('granting, ending, disabling', () => {
  test('a person gets a second post, ends it, and both stand in the audit with who did it', async () => {
    const { id } = personOf(await invite(north, 'n1-committee'))
    const granted = await grant(north, id, { agencyId: bodyId('n2-committee'), role: 'reader' })
    const post = personOf(granted).posts.find((one) => one.role === 'reader')
    expect(post?.state).toBe('current')
    expect((await grant(north, id, { agencyId: bodyId('n2-committee'), role: 'reader' })).body.code).toBe(
      'access.post-held-already',
    )
    const ended = await world.ask({ method: 'POST', path: `/posts/${post?.id}/end`, cookie: north2 })
    expect(personOf(ended).posts.find((one) => one.id === post?.id)?.state).toBe('ended')
    expect((await world.ask({ method: 'POST', path: `/posts/${post?.id}/end`, cookie: north2 })).body.code).toBe(
      'access.post-already-ended',
    )
    const audit = await world.ask({ method: 'GET', path: `/audit?recordId=${id}`, cookie: north })
    const items = audit.body.items as {
      action: string
      personName: string
      recordPersonName: string
      outcome: string
    }[]
    expect(items.map((item) => [item.action, item.personName])).toEqual([
      ['access.post-ended', 'Người north2'],
      ['access.post-granted', 'Người north'],
      ['access.person-invited', 'Người north'],
    ])
    expect(items[0]?.recordPersonName).toBe('Nguyễn Thị Hòa')
  })

  test('nobody changes himself, in any of these ways', async () => {
    const own = personOf(await world.ask({ method: 'GET', path: `/people/${ids.north}`, cookie: north }))
    const attempts = [
      grant(north, ids.north ?? '', { agencyId: bodyId('n1-committee'), role: 'officer' }),
      world.ask({ method: 'POST', path: `/posts/${own.posts[0]?.id}/end`, cookie: north }),
      world.ask({
        method: 'POST',
        path: `/people/${ids.north}/state`,
        cookie: north,
        body: { state: 'disabled', version: own.version },
      }),
      world.ask({ method: 'POST', path: `/people/${ids.north}/invitation`, cookie: north }),
    ]
    for (const answer of await Promise.all(attempts))
      expect([answer.status, answer.body.code]).toEqual([403, expect.stringMatching(/oneself/)])
  })

  test('an account with a post beyond the own reach cannot be taken over by a new slip', async () => {
    const { id } = personOf(await invite(centre, 'south-committee'))
    expect((await grant(north, id, { agencyId: bodyId('n1-committee'), role: 'officer' })).body.code).toBe(
      'access.person-not-found',
    )
    await grant(centre, id, { agencyId: bodyId('n1-committee'), role: 'officer' })
    expect((await world.ask({ method: 'POST', path: `/people/${id}/invitation`, cookie: north })).body.code).toBe(
      'access.person-holds-more',
    )
    expect(
      (
        await world.ask({
          method: 'POST',
          path: `/people/${id}/state`,
          cookie: north,
          body: { state: 'disabled', version: 1 },
        })
      ).body.code,
    ).toBe('access.person-holds-more')
    const seen = personOf(await world.ask({ method: 'GET', path: `/people/${id}`, cookie: north }))
    expect(seen.posts.map((post) => post.agencyId)).toEqual([bodyId('n1-committee')])
  })

  test('a stale version is refused', async () => {
    const { id } = personOf(await invite(north, 'n1-committee'))
    const disable = () =>
      world.ask({ method: 'POST', path: `/people/${id}/state`, cookie: north, body: { state: 'disabled', version: 1 } })
    expect((await disable()).status).toBe(200)
    expect((await disable()).body.code).toBe('platform.stale-version')
  })
})
