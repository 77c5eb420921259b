import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aWorld, bodyId, type World } from '../../test/kit/access-world.ts'

let world: World
const cookies: Record<string, string> = {}
beforeAll(async () => {
  world = await aWorld()
  for (const name of ['first', 'second']) {
    await world.enrol(name, [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
    cookies[name] = await world.enter(name)
  }
  await world.enrol('alone', [{ body: 's1-committee', role: 'administrator' }])
  cookies.alone = await world.enter('alone')
})
afterAll(() => world.close())

type Session = { permissions: string[]; posts: { id: string; role: string }[] }
type Person = { id: string; posts: { id: string; state: string }[] }

const slipFor = async (by: string, id: string) =>
  String((await world.ask({ method: 'POST', path: `/people/${id}/invitation`, cookie: cookies[by] ?? '' })).body.code)
const takeUp = async (code: string) => {
  const answer = await world.ask({
    method: 'POST',
    path: '/session/invitation',
    body: { code, password: 'năm con bò vàng' },
  })
  expect(answer.status).toBe(200)
  return answer.body as Session
}
const confirm = (by: string, post: string) =>
  world.ask({ method: 'POST', path: `/posts/${post}/confirmation`, cookie: cookies[by] ?? '' })
const rolesOf = (session: Session) => session.posts.map((post) => post.role)

describe('a slip gives nobody alone what takes two to give', () => {
  test('the approver whose slip was renewed waits for another administrator than the one who made it', async () => {
    const id = await world.enrol('duyet', [{ body: 'n1-committee', role: 'approver' }])
    const taken = await takeUp(await slipFor('first', id))
    expect([rolesOf(taken), taken.permissions]).toEqual([[], []])
    const seen = (await world.ask({ method: 'GET', path: `/people/${id}`, cookie: cookies.first ?? '' })).body as Person
    expect(seen.posts.map((post) => post.state)).toEqual(['unconfirmed'])
    const post = seen.posts[0]?.id ?? ''
    expect((await confirm('first', post)).body.code).toBe('access.confirm-own-grant')
    expect((await confirm('second', post)).status).toBe(200)
    await world.enter('duyet', 'năm con bò vàng')
  })

  test('an officer, whose role one may give, goes on at once', async () => {
    const id = await world.enrol('canbo', [{ body: 'n1-committee', role: 'officer' }])
    expect(rolesOf(await takeUp(await slipFor('first', id)))).toEqual(['officer'])
  })

  test('the first slip of a post that two have given is part of that grant; a third administrator is not', async () => {
    const invite = async (login: string) => {
      const { body } = await world.ask({
        method: 'POST',
        path: '/people',
        cookie: cookies.first ?? '',
        body: {
          login,
          name: 'Ngô Văn Bá',
          language: 'vi',
          post: { agencyId: bodyId('n2-committee'), role: 'approver' },
        },
      })
      const { person, slip } = body as { person: Person; slip: { code: string } }
      expect((await confirm('second', person.posts[0]?.id ?? '')).status).toBe(200)
      return { id: person.id, code: slip.code }
    }
    expect(rolesOf(await takeUp((await invite('ngo.ba')).code))).toEqual(['approver'])
    await world.enrol('third', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
    cookies.third = await world.enter('third')
    const { id } = await invite('ngo.tu')
    expect(rolesOf(await takeUp(await slipFor('third', id)))).toEqual([])
  })

  test('where there is no second administrator the post goes on', async () => {
    const id = await world.enrol('duyet.nam', [{ body: 's1-committee', role: 'approver' }])
    expect(rolesOf(await takeUp(await slipFor('alone', id)))).toEqual(['approver'])
  })
})
