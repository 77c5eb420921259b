import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FourNumbers, MyWork } from '#plans/model'
import { actorOf, aPlanWorld, aTask, by, type PlanWorld } from '../kit/plan-world.ts'

let world: PlanWorld
let plan = ''
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask({ time: by('2031-03-31') })])
})
afterAll(() => world.close())

const kept = () => world.routes.filter((route) => route.kept)

describe('an answer that is kept', () => {
  test('is of routes that only read', () => {
    expect(kept().length).toBeGreaterThan(8)
    expect(kept().filter((route) => route.method !== 'get' || route.exports || route.download)).toEqual([])
  })

  test('is word for word and header for header the one first given, whoever of the same body and role asks', async () => {
    const first = await world.ask('south officer', 'GET', '/tasks')
    const second = await world.ask('south officer', 'GET', '/tasks')
    expect(second.raw.equals(first.raw)).toBe(true)
    expect([second.status, second.headers['content-type'], second.headers['cache-control']]).toEqual([
      200,
      'application/json; charset=utf-8',
      first.headers['cache-control'],
    ])
  })

  test('is given to nobody of another body', async () => {
    const south = await world.done('south officer', 'GET', '/tasks')
    const north = await world.done('north officer', 'GET', '/tasks')
    expect([south.total, north.total]).toEqual([1, 0])
  })

  test('is refused, not given, to nobody and to a role that may not ask', async () => {
    for (const path of ['/tasks', '/work', '/territory/units']) {
      await world.done('south officer', 'GET', path)
      expect((await world.ask(null, 'GET', path)).status).toBe(401)
      expect((await world.ask('south stranger', 'GET', path)).status).toBe(403)
    }
  })

  test('ends with the next write, its own or somebody else’s', async () => {
    const before = await world.done('south officer', 'GET', '/tasks')
    await world.issued('south', [aTask({ time: by('2031-04-30') })])
    const after = await world.done('south officer', 'GET', '/tasks')
    expect([before.total, after.total]).toEqual([1, 2])
  })

  test('of open data ends when that is written', async () => {
    const names = async () =>
      (await world.done('south officer', 'GET', '/territory/units')).items as { nameEn: string }[]
    const [before] = await names()
    await sql`update territory.unit_version set name_en = name_en || ' anew'`.execute(world.land.owner)
    const [after] = await names()
    expect(after?.nameEn).toBe(`${before?.nameEn ?? ''} anew`)
  })

  test('of one language, day, role and person is not that of another', async () => {
    const kindIn = async (language: string) =>
      (
        (await world.ask('south officer', 'GET', '/territory/units', undefined, { 'accept-language': language })).body
          .items as {
          typeName: string
        }[]
      )[0]?.typeName
    expect(await kindIn('en')).not.toBe(await kindIn('vi'))

    const overdue = async () => ((await world.done('south officer', 'GET', '/tasks')).numbers as FourNumbers).overdue
    const today = world.clock.now
    expect(await overdue()).toBe(0)
    world.clock.now = new Date('2031-04-02T03:00:00Z')
    expect(await overdue()).toBe(1)
    world.clock.now = today

    const [task] = (await world.done('southHealth officer', 'GET', `/tasks?planId=${plan}`)).items as { id: string }[]
    const said = { version: null, status: 'in-progress', narrative: 'Gjort', evidenceNote: null }
    const { id } = await world.done('southHealth officer', 'PUT', `/tasks/${task?.id ?? ''}/progress`, said)
    await world.done('southHealth officer', 'POST', `/progress/${String(id)}/submission`, { version: 1 })
    await world.rows(sql`update plans.progress set submitted_by = ${actorOf('south approver two').personId}`)
    const waiting = async (who: string) => ((await world.done(who, 'GET', '/work')) as unknown as MyWork).waiting.total
    expect([
      await waiting('south approver'),
      await waiting('south approver two'),
      await waiting('south finance'),
    ]).toEqual([1, 0, 0])
  })
})
