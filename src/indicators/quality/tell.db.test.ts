import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey, startJobRunner } from '#platform'
import type { Finding, SavedFigures } from '#indicators/model'
import { makeDigests } from '#notifications'
import type { Notice } from '#notifications/model'
import { enrolAll } from '../../../test/kit/enrolled.ts'
import { actorOf, allSubjects, aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { indicatorJobs } from '../index.ts'
import { measureId } from '../load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  const people = ['solheim officer', 'solheim approver', 'south officer', 'vikdal officer']
  await enrolAll(
    world,
    Object.fromEntries(
      people.map((who) => [who, { name: `Ola ${who}`, mail: `${who.replace(' ', '.')}@test.invalid` }]),
    ),
  )
})
afterAll(() => world.close())

const share = measureId('lov-1')
const solheim = idOfKey('u:2020:02101')
const officer = 'solheim officer'

async function work(): Promise<void> {
  const { country, say, files, ground } = world
  const runner = startJobRunner({
    ...{ ground, log: pino({ level: 'silent' }), pollMs: 100_000 },
    actorOf: () => Promise.resolve(actorOf(officer)),
    kinds: indicatorJobs({ files, calendars: country.calendars, say, smallCounts: 5 }),
  })
  await runner.idle()
  await runner.close()
}

/** Says figures of Solheim: of a year, the whole and both parts. */
async function enter(seen: number | null, year: string, [whole, male, female]: readonly [number, number, number]) {
  const cells = [
    { breakdown: '', numerator: whole, denominator: 40 },
    { breakdown: 'sex=male', numerator: male, denominator: 20 },
    { breakdown: 'sex=female', numerator: female, denominator: 20 },
  ].map((cell) => ({ measureId: share, unitId: solheim, period: year, seen, status: 'A', ...cell }))
  const saved = (await world.done(officer, 'PUT', '/figures', { cells })) as unknown as SavedFigures
  expect(saved.refused).toBe(0)
  await work()
}

const told = async (who: string) =>
  ((await world.done(who, 'GET', '/notices')).items as Notice[]).filter(({ kind }) => kind === 'findings-open')
const open = async () => (await world.done(officer, 'GET', '/figures/findings?state=open&size=100')).items as Finding[]

describe('what was found in figures', () => {
  test('is told to those who answer for them, also to whoever entered them, as one notice however much it is', async () => {
    await enter(null, '2029', [30, 10, 18])
    await enter(null, '2030', [30, 10, 18])
    const found = await open()
    expect(found.length).toBeGreaterThan(1)
    const notices = await told(officer)
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatchObject({
      ...{ params: { open: found.length }, byName: null, byAgencyName: null },
      record: { id: bodyId('solheim'), address: '/chi-tieu/kiem-tra?tinh-trang=open&cua-minh=true' },
    })
    expect(notices[0]?.record?.title).toEqual(expect.any(String))
    for (const other of ['solheim approver', 'south officer', 'vikdal officer']) expect(await told(other)).toEqual([])
  })

  test('is not told again while it is the same', async () => {
    const [before] = await told(officer)
    await world.done('south officer', 'POST', '/figures/checks', { period: '2030' })
    await work()
    expect(await told(officer)).toEqual([before])
  })

  test('is one line of the letter of the day', async () => {
    const [notice] = await told(officer)
    const pen = { say: world.say, timeZone: 'Asia/Ho_Chi_Minh', publicUrl: 'https://test.invalid' }
    world.clock.now = new Date(world.clock.now.getTime() + 3 * 86_400_000)
    expect(await makeDigests(world.ground, allSubjects, pen)).toBe(1)
    const [letter, ...others] = await world.rows(sql<{ text: string }>`select text from notifications.mail`)
    expect(others).toEqual([])
    expect(letter?.text).toContain(
      `Kiểm tra số liệu: ${String(notice?.params['open'])} điểm cần sửa số hoặc giải trình`,
    )
    expect(letter?.text).toContain('https://test.invalid/chi-tieu/kiem-tra?tinh-trang=open')
  })

  test('says how much is left once some is answered, and is settled with the last', async () => {
    const [first, ...rest] = await open()
    const answer = (id: string | undefined) =>
      world.done(officer, 'POST', `/figures/findings/${id}/confirmation`, { explanation: 'Reviewed' })
    const [before] = await told(officer)
    await answer(first?.id)
    expect(await told(officer)).toEqual([{ ...before, params: { open: rest.length } }])
    for (const { id } of rest) await answer(id)
    expect(await told(officer)).toEqual([])
  })

  test('anew in a later figure is told anew, and settled by one that is right', async () => {
    await enter(1, '2030', [29, 10, 18])
    const left = await open()
    expect(left.length).toBeGreaterThan(0)
    expect((await told(officer)).map(({ params, count }) => [params, count])).toEqual([[{ open: left.length }, 1]])
    await enter(2, '2030', [28, 10, 18])
    const still = await open()
    expect(still.map(({ kind }) => kind)).not.toContain('parts')
    for (const { id } of still)
      await world.done(officer, 'POST', `/figures/findings/${id}/confirmation`, { explanation: 'Reviewed' })
    expect(await told(officer)).toEqual([])
    const { length } = await world.rows(
      sql`select 1 from notifications.notice where kind = 'findings-open' and person_id = ${idOfKey(`person ${officer}`)}`,
    )
    expect(length).toBe(2)
  })
})
