import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asProduct, aWorld, password, type World } from '../../test/kit/access-world.ts'
import { decideStage } from './rules.ts'

let world: World
const start = new Date('2031-03-04T03:00:00Z')
beforeAll(async () => {
  world = await aWorld({ secondFactor: 'required' })
  for (const login of ['quan', 'hai', 'ba-nguoi'])
    await world.enrol(login, [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
  await world.enrol('ky-mot', [{ body: 'n1-committee', role: 'approver' }])
  await world.enrol('lan', [{ body: 'n1-committee', role: 'officer' }])
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date(start.getTime() + 60_000 * ++minute)
})
let minute = 0

const post = (path: string, cookie: string, body?: unknown) =>
  world.ask({ method: 'POST', path, cookie, ...(body === undefined ? {} : { body }) })
const get = (path: string, cookie: string) => world.ask({ method: 'GET', path, cookie })
/** The code an authenticator app shows, so many half minutes from now. */
const codeOf = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(world.clock.now.getTime() / 1000) + 30 * steps })

/** Signs in, takes up an authenticator app, and comes back with its secret and the recovery codes. */
async function takeUp(login: string): Promise<{ cookie: string; secret: string; codes: string[] }> {
  const cookie = await world.enter(login)
  const { body } = await post('/account/totp', cookie)
  const secret = String(body.secret)
  const confirmed = await post('/account/totp/confirmation', cookie, { code: codeOf(secret) })
  expect(confirmed.status).toBe(200)
  world.clock.now = new Date(world.clock.now.getTime() + 120_000)
  return { cookie, secret, codes: confirmed.body.recoveryCodes as string[] }
}

describe('codes computed in the database', () => {
  test('are those of RFC 6238 and of other programs, for any secret and half minute', async () => {
    const rfc = Buffer.from('12345678901234567890')
    const codes = await sql<{ code: string }>`
      select access.totp_code(${rfc}, s) as code from unnest(array[1, 37037036, 41152263, 66666666, 666666666]::bigint[]) s`.execute(
      world.owner,
    )
    expect(codes.rows.map((row) => row.code)).toEqual(['287082', '081804', '005924', '279037', '353130'])
    for (const length of [1, 20, 55, 56, 63, 64, 65, 130]) {
      const secret = randomBytes(length)
      const step = 60_000_000 + length
      const counter = Buffer.alloc(8)
      counter.writeBigInt64BE(BigInt(step))
      const mac = createHmac('sha1', secret).update(counter).digest()
      const at = (mac.at(-1) ?? 0) & 15
      const expected = String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
      const { rows } = await sql<{ code: string }>`select access.totp_code(${secret}, ${step}::bigint) as code`.execute(
        world.owner,
      )
      expect(rows, `${length} bytes`).toEqual([{ code: expected }])
    }
  })

  test('and neither codes nor secrets are open to the application, nor another person’s answers', async () => {
    await expect(sql`select access.totp_code('\\x00', 1)`.execute(world.app)).rejects.toMatchObject({ code: '42501' })
    await expect(sql`table access.totp`.execute(world.app)).rejects.toMatchObject({ code: '42501' })
    await expect(sql`table access.recovery_code`.execute(world.app)).rejects.toMatchObject({ code: '42501' })
    const other = '00000000-0000-0000-0000-00000000000a'
    for (const call of [
      sql`select access.spend_totp(${other}, '000000', now())`,
      sql`select access.begin_totp(${other}, '\\x00', now())`,
      sql`select access.drop_totp(${other})`,
      sql`select access.lay_recovery_codes(${other}, '{}', now())`,
      sql`select access.spend_recovery_code(${other}, '', now())`,
    ])
      await expect(call.execute(world.app)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('who needs a second factor', () => {
  test('is let in by the password only as far as taking one up', async () => {
    const cookie = await world.enter('ky-mot')
    expect((await get('/session', cookie)).body).toMatchObject({
      stage: 'enrolment',
      posts: [],
      permissions: [],
      factors: [],
    })
    for (const route of world.routes.filter(
      (one) => !['public', 'known', 'entering', 'enrolling'].includes(one.allow),
    )) {
      const { status, body } = await world.ask({
        method: route.method.toUpperCase() as 'GET',
        path: route.path.replace('{id}', '0190b0b0-0000-7000-8000-000000000001'),
        cookie,
      })
      expect([route.path, status, body.code]).toEqual([route.path, 403, 'access.enrolment-needed'])
    }
  })

  test('takes up an authenticator app with its first code, and is in at once; the secret is nowhere in the open', async () => {
    const { cookie, secret, codes } = await takeUp('ky-mot')
    expect((await get('/session', cookie)).body).toMatchObject({ stage: 'whole', factors: ['totp', 'recovery'] })
    expect(codes).toHaveLength(10)
    const kept = await asProduct(world.ground, async (db) => ({
      keys: await db.selectFrom('platform.idempotencyKey').select('answer').execute(),
      audit: await db.selectFrom('platform.auditEntry').select('params').execute(),
    }))
    for (const word of [secret, ...codes]) expect(JSON.stringify(kept)).not.toContain(word)
  })

  test.each([
    [{ roles: ['officer'], hasFactor: false, isGiven: false, secondFactor: 'required' }, 'whole'],
    [{ roles: ['officer'], hasFactor: true, isGiven: false, secondFactor: 'postponed' }, 'factor'],
    [{ roles: ['officer', 'approver'], hasFactor: false, isGiven: false, secondFactor: 'required' }, 'enrolment'],
    [{ roles: ['administrator'], hasFactor: false, isGiven: false, secondFactor: 'postponed' }, 'whole'],
    [{ roles: ['administrator'], hasFactor: true, isGiven: true, secondFactor: 'required' }, 'whole'],
    [{ roles: [], hasFactor: false, isGiven: true, secondFactor: 'required' }, 'whole'],
  ] as const)('%j is %s', (of, stage) => {
    expect(decideStage(of)).toBe(stage)
  })
})

describe('who has a second factor', () => {
  test('must give it: with the password alone nothing opens, not even another factor', async () => {
    await takeUp('quan')
    const cookie = await world.enter('quan')
    expect((await get('/session', cookie)).body).toMatchObject({ stage: 'factor', posts: [], permissions: [] })
    for (const route of world.routes.filter((one) => !['public', 'known', 'entering'].includes(one.allow))) {
      const { status, body } = await world.ask({
        method: route.method.toUpperCase() as 'GET',
        path: route.path.replace('{id}', '0190b0b0-0000-7000-8000-000000000001'),
        cookie,
      })
      expect([route.path, status, body.code]).toEqual([route.path, 403, 'access.factor-needed'])
    }
  })

  test('gives a code of half a minute around, each once, and none older than one given', async () => {
    const { secret } = await takeUp('hai')
    const cookie = await world.enter('hai')
    const give = async (code: string) => (await post('/session/factor', cookie, { kind: 'totp', code })).status
    expect(await give(codeOf(secret, -2))).toBe(422)
    expect(await give(codeOf(secret, 2))).toBe(422)
    expect(await give(codeOf(secret, 0))).toBe(200)
    expect(await give(codeOf(secret, 0)), 'given before').toBe(422)
    expect(await give(codeOf(secret, -1)), 'older than one given').toBe(422)
    const another = await world.enter('hai')
    expect((await post('/session/factor', another, { kind: 'totp', code: codeOf(secret, 0) })).status).toBe(422)
    expect((await post('/session/factor', another, { kind: 'totp', code: codeOf(secret, 1) })).status).toBe(200)
    expect((await get('/people', another)).status).toBe(200)
  })

  test('comes in with a code kept on paper, once; new ones kill the old', async () => {
    const { cookie: whole, codes } = await takeUp('ba-nguoi')
    const cookie = await world.enter('ba-nguoi')
    const give = (code: string | undefined) => post('/session/factor', cookie, { kind: 'recovery', code: code ?? '' })
    expect((await give('AAAA-BBBB-CCCC-DDDD')).status).toBe(422)
    const tries = await Promise.all(Array.from({ length: 8 }, () => give(codes[0]?.toLowerCase())))
    expect(tries.map((one) => one.status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 422)])
    expect((await get('/account/factors', whole)).body).toMatchObject({ recoveryCodesLeft: 9, isNeeded: true })
    expect((await post('/account/recovery-codes', whole)).status).toBe(200)
    expect((await give(codes[1])).status).toBe(422)
  })

  test('gives it up only where no post asks for one', async () => {
    const { cookie } = await takeUp('lan')
    expect((await post('/account/totp/end', cookie)).status).toBe(204)
    expect((await get('/account/factors', cookie)).body, 'the codes on paper went with it').toMatchObject({
      recoveryCodesLeft: 0,
    })
    expect((await get('/session', await world.enter('lan'))).body).toMatchObject({ stage: 'whole', factors: [] })
    const signer = await world.enrol('ky-hai', [{ body: 'n1-committee', role: 'approver' }])
    expect(signer).toBeTruthy()
    const { cookie: held } = await takeUp('ky-hai')
    expect((await post('/account/totp/end', held)).body.code).toBe('access.last-factor')
  })

  test('and another is taken up only with the password given lately', async () => {
    const { cookie } = await takeUp('lan')
    world.clock.now = new Date(world.clock.now.getTime() + 11 * 60_000)
    expect((await post('/account/totp', cookie)).body.code).toBe('access.proof-needed')
    expect((await post('/session/proof', cookie, { password })).status).toBe(204)
    expect((await post('/account/totp', cookie)).status).toBe(200)
  })
})

test('guesses of the second factor are counted per account, and stand in the audit', async () => {
  const strict = await aWorld({ secondFactor: 'required', limits: { signInPerAccount: 5 } })
  try {
    const id = await strict.enrol('quan', [{ body: 'north-committee', role: 'administrator', unit: 'north' }])
    const cookie = await strict.enter('quan')
    const give = async (code: string) =>
      (await strict.ask({ method: 'POST', path: '/session/factor', cookie, body: { kind: 'totp', code } })).status
    const statuses = []
    for (let guess = 0; guess < 7; guess++) statuses.push(await give(`00000${guess}`))
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429])
    const entries = await asProduct(strict.ground, (db) =>
      db
        .selectFrom('platform.auditEntry')
        .select(['action', 'outcome'])
        .where('recordId', '=', id)
        .orderBy('sequence')
        .execute(),
    )
    expect(entries).toEqual([
      { action: 'access.signed-in', outcome: 'done' },
      { action: 'access.factor-refused', outcome: 'refused' },
      { action: 'access.limit-reached', outcome: 'refused' },
    ])
  } finally {
    await strict.close()
  }
})
