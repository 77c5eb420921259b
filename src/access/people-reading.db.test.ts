import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorld, bodyId, type Answer, type World } from '../../test/kit/access-world.ts'

let world: World
let centre: string
let north: string
let south: string
const ids: Record<string, string> = {}

beforeAll(async () => {
  world = await aWorld()
  ids.centre = await world.enrol('centre', [{ body: 'centre', role: 'administrator', unit: 'country' }])
  ids.north = await world.enrol('north', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
  ids.south = await world.enrol('south', [{ body: 'south-committee', role: 'administrator', unit: 'south' }])
  ;[centre, north, south] = [await world.enter('centre'), await world.enter('north'), await world.enter('south')]
})
afterAll(() => world.close())

type Post = { id: string; agencyId: string; role: string; state: string; version: number }
type Person = { id: string; state: string; posts: Post[]; version: number }
const personOf = (answer: Answer) => (answer.body.person ?? answer.body) as Person
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
describe('what lies out of reach', () => {
  test('answers as what never was: status, body and headers', async () => {
    const theirs = personOf(await invite(south, 's1-committee'))
    const paths: [string, 'GET' | 'POST', unknown?][] = [
      [`/people/{}`, 'GET'],
      ['/people/{}/invitation', 'POST'],
      ['/people/{}/posts', 'POST', { agencyId: bodyId('n1-committee'), role: 'officer' }],
      ['/people/{}/state', 'POST', { state: 'disabled', version: 1 }],
      ['/posts/{}/end', 'POST'],
      ['/posts/{}/confirmation', 'POST'],
      ['/jobs/{}', 'GET'],
      ['/jobs/{}/cancellation', 'POST'],
    ]
    for (const [path, method, body] of paths) {
      const real = path.startsWith('/posts') ? (theirs.posts[0]?.id ?? '') : theirs.id
      const answers = await Promise.all(
        [real, '0190b0b0-0000-7000-8000-00000000abcd'].map((id) =>
          world.ask({ method, path: path.replace('{}', id), cookie: north, ...(body ? { body } : {}) }),
        ),
      )
      const [outside, unknown] = answers.map(({ status, body: said, headers }) => ({
        status,
        said: { ...said, requestId: null },
        headers: { ...headers, date: null },
      }))
      expect(outside, path).toEqual(unknown)
      expect(outside?.status, path).toBe(404)
    }
  })

  test('is in no list, search, count or audit', async () => {
    await invite(south, 's1-committee', {})
    const all = await world.ask({ method: 'GET', path: '/people?size=200', cookie: north })
    const items = all.body.items as Person[]
    expect(items.length).toBe(all.body.total)
    expect(
      items
        .flatMap((person) => person.posts)
        .every((post) => ['n1-committee', 'n2-committee', 'north-committee'].map(bodyId).includes(post.agencyId)),
    ).toBe(true)
    expect((await world.ask({ method: 'GET', path: '/people?search=south', cookie: north })).body.total).toBe(0)
    expect(
      (await world.ask({ method: 'GET', path: `/people?agencyId=${bodyId('s1-committee')}`, cookie: north })).body
        .total,
    ).toBe(0)
    const audit = await world.ask({ method: 'GET', path: '/audit?size=200', cookie: north })
    expect(
      (audit.body.items as { agencyId: string; personId: string }[]).filter(
        (entry) =>
          entry.personId !== ids.north &&
          !['n1-committee', 'n2-committee', 'north-committee'].map(bodyId).includes(entry.agencyId),
      ),
    ).toEqual([])
  })
})

describe('the list of people', () => {
  test('is searched with and without diacritics, narrowed and paged', async () => {
    await world.ask({
      method: 'POST',
      path: '/people',
      cookie: north,
      body: {
        login: 'dao.do',
        name: 'Đỗ Thị Đào',
        language: 'vi',
        post: { agencyId: bodyId('n2-committee'), role: 'finance' },
      },
    })
    const total = async (query: string) =>
      (await world.ask({ method: 'GET', path: `/people?${query}`, cookie: north })).body.total
    for (const search of ['do thi dao', 'Đỗ Đào', 'DAO', 'đà', 'dao.do'])
      expect(await total(`search=${encodeURIComponent(search)}`), search).toBe(1)
    expect(await total(`search=${encodeURIComponent("dao' | ! :* & (")}`)).toBe(1)
    expect(await total('search=khongcoai')).toBe(0)
    expect(await total('role=finance')).toBe(1)
    expect(await total('role=finance&state=active')).toBe(0)
    expect(await total('size=1&page=2')).toBe(await total('size=200'))
    expect(await total('waiting=yes')).toBe(0)
    await invite(north, 'n1-committee', { role: 'auditor' })
    expect(await total('waiting=yes')).toBe(1)
  })

  test('runs a fixed number of statements', async () => {
    for (let at = 0; at < 40; at++)
      await world.enrol(`doan-${at}`, [{ body: 'n1-committee', role: 'officer', unit: 'n1' }])
    const count = async (size: number) => {
      const before = world.statements.count
      expect((await world.ask({ method: 'GET', path: `/people?search=doan&size=${size}`, cookie: north })).status).toBe(
        200,
      )
      return world.statements.count - before
    }
    const few = await count(2)
    expect(few).toBeGreaterThan(4)
    expect(few).toBeLessThan(12)
    expect(await count(200)).toBe(few)
  })
})

describe('the audit', () => {
  test('is read by person, kind of act and day of the country', async () => {
    const total = async (query: string) =>
      (await world.ask({ method: 'GET', path: `/audit?${query}`, cookie: centre })).body.total as number
    expect(await total(`personId=${ids.south}&action=access.person-invited`)).toBeGreaterThan(0)
    const before = world.clock.now
    world.clock.now = new Date(before.getTime() + 7 * 86_400_000)
    await world.ask({
      method: 'POST',
      path: '/session/invitation',
      body: { code: 'KHONG', password: 'không phải đâu nhé' },
    })
    world.clock.now = before
    const [today, later] = [await total('from=2031-03-04&to=2031-03-04'), await total('from=2031-03-05')]
    expect(today).toBeGreaterThan(5)
    expect(today + later).toBe(await total(''))
    expect(later).toBe(1)
    expect(later).toBe(await total('from=2031-03-11&to=2031-03-11'))
    expect(await total('to=2031-03-03')).toBe(0)
  })

  test('tells refusals too', async () => {
    await grant(north, ids.north ?? '', { agencyId: bodyId('n1-committee'), role: 'officer' })
    const { body } = await world.ask({
      method: 'GET',
      path: `/audit?personId=${ids.north}&action=access.grant-to-oneself`,
      cookie: north,
    })
    expect(body.items).toMatchObject([{ outcome: 'refused', params: { route: 'post /people/{id}/posts' } }])
  })
})
