import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asProduct, aWorld, type World } from '../../test/kit/access-world.ts'

let world: World
const start = new Date('2031-03-04T03:00:00Z')
let minute = 0
beforeAll(async () => {
  world = await aWorld()
  for (const login of ['mot', 'hai'])
    await world.enrol(login, [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
  await world.enrol('nam', [{ body: 'south-committee', role: 'administrator', unit: 'south' }])
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date(start.getTime() + 60_000 * ++minute)
})

const post = (path: string, cookie: string, body?: unknown) =>
  world.ask({ method: 'POST', path, cookie, ...(body === undefined ? {} : { body }) })
const get = (path: string, cookie: string) => world.ask({ method: 'GET', path, cookie })
const noticesOf = async (login: string) =>
  ((await get('/notices', await world.enter(login))).body.items as { kind: string }[]).map(({ kind }) => kind).sort()

let people = 0
async function aSigner() {
  const login = `ky-${++people}`
  const id = await world.enrol(login, [{ body: 'n1-committee', role: 'approver' }])
  const cookie = await world.enter(login)
  const secret = String((await post('/account/totp', cookie)).body.secret)
  const code = generateSync({ secret, epoch: Math.floor(world.clock.now.getTime() / 1000) })
  expect((await post('/account/totp/confirmation', cookie, { code })).status).toBe(200)
  return { id, login, cookie }
}

describe('a lost second factor', () => {
  test('is taken away when one administrator asked and another approved; all sessions end, the person is told', async () => {
    const { id, login, cookie } = await aSigner()
    const [one, other] = [await world.enter('mot'), await world.enter('hai')]
    const asked = await post(`/people/${id}/factor-resets`, one, { reason: 'Mất điện thoại' })
    const [request] = asked.body as unknown as { id: string; reason: string; askedByName: string }[]
    expect(request).toMatchObject({ reason: 'Mất điện thoại', askedByName: 'Người mot' })
    expect((await post(`/people/${id}/factor-resets`, other, { reason: 'x' })).body.code).toBe(
      'access.reset-asked-already',
    )
    expect((await post(`/factor-resets/${request?.id}/approval`, one)).body.code).toBe('access.second-person-needed')
    expect((await get('/session', cookie)).status, 'nothing happened yet').toBe(200)
    expect((await post(`/factor-resets/${request?.id}/approval`, other)).status).toBe(200)
    expect((await get('/session', cookie)).status).toBe(401)
    const again = await world.enter(login)
    expect((await get('/session', again)).body).toMatchObject({ stage: 'whole', factors: [], isFactorPostponed: true })
    expect(await noticesOf(login)).toEqual(expect.arrayContaining(['factor-reset', 'factor-reset-asked']))
    expect((await post(`/factor-resets/${request?.id}/approval`, other)).body.code).toBe('access.reset-decided')
    const entries = await asProduct(world.ground, (db) =>
      db
        .selectFrom('platform.auditEntry')
        .select(['action', 'outcome'])
        .where('recordId', '=', id)
        .where('action', 'like', 'access.factor-reset%')
        .orderBy('sequence')
        .execute(),
    )
    expect(entries.map((entry) => entry.action)).toEqual(['access.factor-reset-asked', 'access.factor-reset'])
  })

  test('is not taken away out of reach, nor where there is none, nor after it was refused', async () => {
    const { id, cookie } = await aSigner()
    const [one, foreign] = [await world.enter('mot'), await world.enter('nam')]
    expect((await post(`/people/${id}/factor-resets`, foreign, { reason: 'x' })).status).toBe(404)
    const [request] = (await post(`/people/${id}/factor-resets`, one, { reason: 'x' })).body as unknown as {
      id: string
    }[]
    expect((await post(`/factor-resets/${request?.id}/approval`, foreign)).status).toBe(404)
    expect((await post(`/factor-resets/${request?.id}/refusal`, one)).status).toBe(200)
    expect((await post(`/factor-resets/${request?.id}/approval`, await world.enter('hai'))).status).toBe(409)
    expect((await get('/session', cookie)).body).toMatchObject({ factors: ['totp', 'recovery'] })
    const without = await world.enrol('khong-co', [{ body: 'n1-committee', role: 'officer' }])
    expect((await post(`/people/${without}/factor-resets`, one, { reason: 'x' })).body.code).toBe('access.no-factor')
  })

  test('of two who approve at once one does', async () => {
    await world.enrol(`ba-${people}`, [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
    const { id } = await aSigner()
    const [request] = (await post(`/people/${id}/factor-resets`, await world.enter('mot'), { reason: 'x' }))
      .body as unknown as { id: string }[]
    const cookies = [await world.enter('hai'), await world.enter(`ba-${people - 1}`)]
    const answers = await Promise.all(cookies.map((cookie) => post(`/factor-resets/${request?.id}/approval`, cookie)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  })
})

describe('handing over a post', () => {
  async function aPair() {
    const [holder, other] = [`giu-${++people}`, `thay-${people}`]
    const ids = {
      holder: await world.enrol(holder, [{ body: 'n1-committee', role: 'officer' }]),
      other: await world.enrol(other, [{ body: 'n2-committee', role: 'reader' }]),
    }
    const { id: postId } = await asProduct(world.ground, (db) =>
      db.selectFrom('access.post').select('id').where('personId', '=', ids.holder).executeTakeFirstOrThrow(),
    )
    return { holder, other, ...{ ids }, postId, admin: await world.enter('mot') }
  }
  const rolesOf = async (login: string) =>
    (
      (await get('/session', await world.enter(login))).body.posts as { role: string; standsInForName: string | null }[]
    ).map(({ role, standsInForName }) => [role, standsInForName])
  const on = (day: string) => {
    world.clock.now = new Date(`${day}T03:00:00Z`)
  }

  test('a stand-in acts beside its holder from a day until before another, and it ends by itself', async () => {
    const { holder, other, ids, postId, admin } = await aPair()
    const named = await post(`/posts/${postId}/hand-over`, admin, {
      kind: 'stand-in',
      personId: ids.other,
      validFrom: '2031-03-10',
      validTo: '2031-03-20',
    })
    expect(named.status).toBe(200)
    expect(await rolesOf(other)).toEqual([['reader', null]])
    on('2031-03-10')
    expect(await rolesOf(other)).toEqual([
      ['reader', null],
      ['officer', `Người ${holder}`],
    ])
    expect(await rolesOf(holder)).toEqual([['officer', null]])
    on('2031-03-20')
    expect(await rolesOf(other)).toEqual([['reader', null]])
    on('2031-03-04')
    for (const login of [holder, other]) expect(await noticesOf(login)).toContain('stand-in')
  })

  test('a successor takes over from a day on, when the holder’s own post ends', async () => {
    const { holder, other, ids, postId, admin } = await aPair()
    await post(`/posts/${postId}/hand-over`, admin, { kind: 'successor', personId: ids.other, validFrom: '2031-03-10' })
    expect(await rolesOf(holder)).toEqual([['officer', null]])
    on('2031-03-10')
    expect(await rolesOf(holder)).toEqual([])
    expect(await rolesOf(other)).toEqual([
      ['reader', null],
      ['officer', null],
    ])
  })

  test('whoever stood in stands in no more when the post itself is ended', async () => {
    const { other, ids, postId, admin } = await aPair()
    await post(`/posts/${postId}/hand-over`, admin, {
      kind: 'stand-in',
      personId: ids.other,
      validFrom: '2031-03-04',
      validTo: '2031-05-01',
    })
    expect(await rolesOf(other)).toHaveLength(2)
    await post(`/posts/${postId}/end`, admin)
    expect(await rolesOf(other)).toEqual([['reader', null]])
  })

  test('gives nobody more than a grant would: to oneself, wider, out of reach, and two persons where it weighs', async () => {
    const { ids, postId, admin } = await aPair()
    const hand = (as: string, body: Record<string, string>, of = postId) =>
      post(`/posts/${of}/hand-over`, as, { kind: 'successor', validFrom: '2031-03-10', ...body })
    const me = String(((await get('/session', admin)).body.person as { id: string }).id)
    expect((await hand(admin, { personId: me })).status).toBe(403)
    expect((await hand(admin, { personId: ids.holder })).body.code).toBe('access.hand-over-to-oneself')
    expect((await hand(await world.enter('nam'), { personId: ids.other })).status).toBe(404)
    const signer = await world.enrol(`ky-giao-${++people}`, [{ body: 'n1-committee', role: 'approver' }])
    const { id } = await asProduct(world.ground, (db) =>
      db.selectFrom('access.post').select('id').where('personId', '=', signer).executeTakeFirstOrThrow(),
    )
    const handed = await hand(admin, { personId: ids.other }, id)
    expect(handed.body.posts).toContainEqual(expect.objectContaining({ role: 'approver', state: 'unconfirmed' }))
  })
})
