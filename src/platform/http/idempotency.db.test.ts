import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forgetOldAnswers, newId } from '../index.ts'
import { aHeader, aPlanWorld, aTask, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const officer = 'south officer'
const draft = (title = 'Plan') => ({
  issuerId: bodyId('south'),
  header: aHeader({ title }),
  nodes: [aTask({ key: 'a' })],
  parentPlanIds: [],
  functionCode: 'children',
})
const begin = (key: string, body: unknown = draft(), who = officer) =>
  world.ask(who, 'POST', '/plans', body, { 'idempotency-key': key })
const plansCalled = async (title: string) =>
  (await world.rows(sql`select 1 from plans.plan where title = ${title}`)).length

describe('a request with its key', () => {
  test('sent again has one effect, one audit entry and the same answer', async () => {
    const key = newId()
    const body = draft('Én gang')
    const [first, again] = [await begin(key, body), await begin(key, body)]
    expect([first.status, first.body]).toEqual([200, again.body])
    expect(await plansCalled('Én gang')).toBe(1)
    expect((await world.audit()).filter((entry) => entry.recordId === first.body.planId)).toHaveLength(1)
  })

  test('sent many times at once has one effect and the same answer', async () => {
    const key = newId()
    const body = draft('Samtidig')
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin(key, body)))
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1)
    expect(answers[0]?.status).toBe(200)
    expect(await plansCalled('Samtidig')).toBe(1)
  })

  test('cannot stand for another request: other body, other address, other file', async () => {
    const key = newId()
    const { body } = await begin(key)
    expect((await begin(key, draft('Annet'))).body.code).toBe('platform.idempotency-key-reused')
    const at = `/plans/${String(body.planId)}/files?fileName=`
    expect(
      (await world.ask(officer, 'POST', `${at}a.pdf`, Buffer.from('%PDF'), { 'idempotency-key': key })).body.code,
    ).toBe('platform.idempotency-key-reused')
    const fileKey = newId()
    const lay = (name: string, bytes: string) =>
      world.ask(officer, 'POST', at + name, Buffer.from(bytes), { 'idempotency-key': fileKey })
    const first = await lay('a.pdf', '%PDF 1')
    expect((await lay('a.pdf', '%PDF 1')).body).toEqual(first.body)
    expect([(await lay('b.pdf', '%PDF 1')).status, (await lay('a.pdf', '%PDF 2')).status]).toEqual([409, 409])
  })

  test('is one person’s: the same key of another is another request', async () => {
    const key = newId()
    const [one, other] = [await begin(key, draft('To')), await begin(key, draft('To'), 'south officer 2')]
    expect([one.status, other.status, one.body.planId === other.body.planId]).toEqual([200, 200, false])
  })

  test('that failed has no effect and may be tried again with the same key, put right', async () => {
    const key = newId()
    const bad = await begin(key, { ...draft('Rettet'), functionCode: 'dragons' })
    expect([bad.status, await plansCalled('Rettet')]).toEqual([422, 0])
    expect((await begin(key, draft('Rettet'))).status).toBe(200)
    expect(await plansCalled('Rettet')).toBe(1)
  })

  test('whose server fell before the answer was kept has had no effect, and is done on the next try', async () => {
    const key = newId()
    // The connection is cut in the midst of the transaction, as by a crash of the server.
    const cut = world.ground.subscribers
    cut.push({
      to: 'plans.draft-begun',
      run: async (ctx) => {
        cut.pop()
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(ctx.db)
      },
    })
    const fallen = await begin(key, draft('Falt'))
    expect([fallen.status === 503, await plansCalled('Falt')]).toEqual([true, 0])
    const again = await begin(key, draft('Falt'))
    expect([again.status, await plansCalled('Falt')]).toEqual([200, 1])
  })

  test('is needed on every unsafe route', async () => {
    for (const route of world.routes.filter((one) => one.method !== 'get' && one.allow.startsWith('plans.')))
      for (const key of ['', 'short', 'x'.repeat(101)]) {
        const who = route.allow === 'plans.report-progress' ? officer : 'south approver'
        const answer = await world.ask(
          who,
          route.method.toUpperCase() as 'POST',
          `${route.path.replace(/\{\w+\}/g, newId())}${route.upload ? '?fileName=x' : ''}`,
          route.upload ? Buffer.from('x') : {},
          { 'idempotency-key': key },
        )
        expect([route.path, [422, 404].includes(answer.status)]).toEqual([route.path, true])
      }
    expect((await begin('short')).body.code).toBe('platform.idempotency-key-missing')
  })

  test('is forgotten after some days', async () => {
    const key = newId()
    await begin(key)
    const kept = async () => (await world.rows(sql`select 1 from platform.idempotency_key where key = ${key}`)).length
    await forgetOldAnswers(world.ground)
    expect(await kept()).toBe(1)
    world.clock.now = new Date(world.clock.now.getTime() + 8 * 86_400_000)
    await forgetOldAnswers(world.ground)
    expect(await kept()).toBe(0)
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })
})
