import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPlanWorld, aTask, by, type PlanWorld } from '../../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await world.issued('south', [aTask({ time: by('2031-03-31') })])
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

  test('is refused, not given, to whose role may not ask', async () => {
    await world.done('south officer', 'GET', '/tasks')
    expect((await world.ask(null, 'GET', '/tasks')).status).toBe(401)
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

  test('of one person is not another’s', async () => {
    const paths = kept().flatMap((route) => (route.kept === 'person' ? [route.path] : []))
    expect(paths).toEqual(['/work'])
  })
})
