import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { z } from 'zod'
import { route } from '#platform'
import { asProduct, aWorld, type World } from '../kit/access-world.ts'
import { aPlanWorld, aTask, type PlanWorld } from '../kit/plan-world.ts'

// What a rebuilt flaw of `test/graveyard` would have let through and no other test caught.

const secret = 'mật khẩu của kho: /srv/kho'
let world: World
beforeAll(async () => {
  world = await aWorld({
    provider: {
      name: 'x',
      issuer: 'http://provider.example',
      level: 1,
      begin: (redirect) => Promise.resolve(redirect),
      end: () => Promise.resolve(undefined),
    },
    routes: () => [
      route({
        ...{ method: 'get', path: '/fault', summary: 'x', allow: 'signed-in' },
        run: () => Promise.reject(new Error(secret)),
      }),
      route({
        ...{
          method: 'get',
          path: '/more-than-declared',
          summary: 'x',
          allow: 'signed-in',
          returns: z.object({ id: z.string() }),
        },
        run: () => Promise.resolve({ ...{ id: 'x' }, ...{ secret } }),
      }),
      route({
        ...{ method: 'get', path: '/database-fault', summary: 'x', allow: 'signed-in' },
        run: async (ctx) => void (await sql`select ${secret}::integer`.execute(ctx.db)),
      }),
    ],
  })
  await world.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
  await world.enrol('kiem', [{ body: 'centre', role: 'auditor', unit: 'country' }])
})
afterAll(() => world.close())

describe('signing in', () => {
  test('a session of a disabled account is dead, though nobody ended it', async () => {
    const id = await world.enrol('minh', [{ body: 'n1-committee', role: 'officer' }])
    const cookie = await world.enter('minh')
    const ask = async () => (await world.ask({ method: 'GET', path: '/notices', cookie })).status
    expect(await ask()).toBe(200)
    await asProduct(world.ground, (db) =>
      db.updateTable('access.person').set({ state: 'disabled' }).where('id', '=', id).execute(),
    )
    expect(await ask()).toBe(401)
  })

  test('the way back from a provider is the set address, whatever host the request names', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', 'localhost:1']) {
      const headers = { host, 'x-forwarded-host': host }
      const { body } = await world.ask({ method: 'POST', path: '/session/federated/begin', body: {}, headers })
      expect(body.address).toBe('http://localhost/dang-nhap/tro-ve')
    }
  })
})

test('one account has one count, however it is spelt', async () => {
  const limited = await aWorld({ limits: { signInPerAccount: 3 } })
  try {
    await limited.enrol('minh', [{ body: 'n1-committee', role: 'officer' }])
    const statuses: number[] = []
    for (const login of ['minh', 'MINH', ' minh', 'Minh ', 'mINH'])
      statuses.push((await limited.ask({ method: 'POST', path: '/session', body: { login, password: 'sai' } })).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  } finally {
    await limited.close()
  }
})

describe('what goes out', () => {
  test('an answer holds only the fields its route declares', async () => {
    const { body } = await world.ask({ method: 'GET', path: '/more-than-declared', cookie: await world.enter('lan') })
    expect(body).toEqual({ id: 'x' })
  })

  test('pages run scripts of their own only', async () => {
    const { headers } = await world.ask({ method: 'GET', path: '/session/federated' })
    const policy = String(headers['content-security-policy']).split('; ')
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "base-uri 'none'"]))
    expect(policy.join()).not.toMatch(/unsafe|\*|https?:|data:/)
  })

  test.each(['/fault', '/database-fault'])('a fault of the inside says nothing of it (%s)', async (path) => {
    const answer = await world.ask({ method: 'GET', path, cookie: await world.enter('lan') })
    expect([answer.status, answer.body.code]).toEqual([500, 'platform.unexpected'])
    expect(JSON.stringify([answer.body, answer.headers])).not.toMatch(/kho|integer|22P02|syntax/)
  })

  test('the log holds the code of a fault of the database, never its words', async () => {
    const before = world.log.length
    await world.ask({ method: 'GET', path: '/database-fault', cookie: await world.enter('lan') })
    const said = world.log.slice(before).join('')
    expect(said).toContain('22P02')
    expect(said).not.toContain(secret)
  })

  test('the name of an act holds no sign of a pattern', async () => {
    const cookie = await world.enter('kiem')
    const total = async (action: string) =>
      (await world.ask({ method: 'GET', path: `/audit?action=${encodeURIComponent(action)}`, cookie })).body.total
    expect(await total('access.')).toBeGreaterThan(0)
    for (const action of ['%', '_ccess', 'access_', '\\', '%sign', "a' or 1=1"])
      expect([action, await total(action)]).toEqual([action, undefined])
  })
})

describe('plans', () => {
  let plans: PlanWorld
  beforeAll(async () => {
    plans = await aPlanWorld()
  })
  afterAll(() => plans.close())

  test.each(["a' or 1=1 --", "x'; select 1; --", '%', 'a%', '_', '\\', "o''o"])(
    'a search is words, whatever signs stand in it: %s',
    async (search) => {
      const at = '/documents/imports?fileName=kh.txt'
      await plans.done('south officer', 'POST', at, Buffer.from(`KẾ HOẠCH ${search}\n`.repeat(3)))
      const answer = await plans.ask('south officer', 'GET', `/search?search=${encodeURIComponent(search)}`)
      expect(answer.status).toBe(200)
      expect((answer.body as unknown as { kind: string }[]).filter((hit) => hit.kind === 'document')).toEqual([])
    },
  )

  test.each([
    ['../../../etc/passwd', 'passwd'],
    ['..\\..\\kh.pdf', 'kh.pdf'],
    ['/kh.pdf', 'kh.pdf'],
    ['kh.pdf\r\nx-injected: 1', 'kh.pdfx-injected 1'],
    ['a\u202efdp.exe', 'afdp.exe'],
    ['"; filename="x.html', '; filename=x.html'],
    ['..', '..'],
  ])('the name of a file is only a name: %j', async (given, kept) => {
    const id = await plans.draft('south', [aTask()])
    const at = `/plans/${id}/files`
    const { id: file } = await plans.done(
      'south officer',
      'POST',
      `${at}?fileName=${encodeURIComponent(given)}`,
      Buffer.from('%PDF'),
    )
    const { headers } = await plans.ask('south officer', 'GET', `${at}/${String(file)}`)
    const name = encodeURIComponent(kept).replace(
      /['()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    expect(headers['content-disposition']).toBe(`attachment; filename="file"; filename*=UTF-8''${name}`)
    expect(headers['x-injected']).toBeUndefined()
  })
})
