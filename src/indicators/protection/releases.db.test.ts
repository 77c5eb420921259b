import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { idOfKey } from '#platform'
import type { ReleasedPicture, SavedFigures } from '#indicators/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { measureId } from '../load.ts'
import { makeRelease, tryRelease } from './commands.ts'

let world: PlanWorld
const hurt = measureId('lov-2a')
const unit = (key: string) => idOfKey(`u:${key}`)
const communes = {
  solheim: '2020:02101',
  vikdal: '2030:02102',
  lunda: '2030:01101',
  havn: '2030:01103',
  askog: '2030:01203',
  estra: '2030:03101',
  foss: '2020:03103',
} as const
type Commune = keyof typeof communes

/** Enters the figure of a commune and lets another person accept it. */
async function accepted(body: Commune, numerator: number, period = '2030', seen: number | null = null): Promise<void> {
  const cell = { measureId: hurt, unitId: unit(communes[body]), period, breakdown: '', seen, status: 'A', numerator }
  const saved = (await world.done(`${body} officer`, 'PUT', '/figures', { cells: [cell] })) as unknown as SavedFigures
  const cells = saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
  expect(cells.length).toBe(1)
  await world.done(`${body} approver`, 'POST', '/figures/decisions', { cells, outcome: 'accepted', reason: null })
}

const release = (period = '2030') =>
  world.as('crown approver', (ctx) =>
    makeRelease(ctx, { measureId: hurt, period }, { calendars: world.country.calendars, smallCounts: 5 }),
  )
const tried = (period = '2030', who = 'crown approver') =>
  world.as(who, (ctx) =>
    tryRelease(ctx, { measureId: hurt, period }, { calendars: world.country.calendars, smallCounts: 5 }),
  )
const told = async (who: string, level: string, period = '2030', at = 'TL') =>
  (await world.done(
    who,
    'GET',
    `/measures/${hurt}/released?unitId=${unit(at)}&period=${period}&level=${level}`,
  )) as unknown as ReleasedPicture
const numbers = (picture: ReleasedPicture) =>
  Object.fromEntries(picture.rows.map((row) => [row.unit.name, row.isHidden ? 'hidden' : row.numerator]))

beforeAll(async () => {
  world = await aPlanWorld()
  const counts = { solheim: 3, vikdal: 40, lunda: 12, havn: 60, askog: 30, estra: 25, foss: 0 }
  for (const [body, count] of Object.entries(counts)) await accepted(body as Commune, count)
})
afterAll(() => world.close())

describe('figures for everyone', () => {
  test('are told only once they are released, by whoever sees the whole country', async () => {
    const path = `/measures/${hurt}/releases`
    expect(
      (await world.ask('lunda reader', 'GET', `/measures/${hurt}/released?unitId=${unit('TL')}&period=2030`)).status,
    ).toBe(404)
    expect((await world.ask('south approver', 'POST', path, { period: '2030' })).status).toBe(404)
    expect((await world.ask('crown approver', 'POST', path, { period: '2031' })).body.code).toBe(
      'indicators.release-early',
    )
    expect((await world.ask('crown approver', 'POST', path, { period: '2030' })).status).toBe(200)
    await expect(release('2029')).rejects.toMatchObject({ code: 'indicators.release-empty' })
  })

  test('are tried first: how many would be told, how many hidden and why; the trial tells nothing', async () => {
    expect(await tried()).toEqual({
      ...{ cells: 10, bound: 5, hidden: 2, small: 1, beside: 1, kept: 0, unsafe: 0 },
      ...{ changed: 0, nowTold: 0, nowHidden: 0, before: null },
    })
    expect(await tried('2029')).toMatchObject({ cells: 0, hidden: 0 })
    await expect(tried('2030', 'south approver')).rejects.toMatchObject({ kind: 'notFound' })
    const path = `/measures/${hurt}/release-trials`
    expect((await world.ask('crown approver', 'POST', path, { period: '2030' })).status).toBe(200)
    expect(await world.done('lunda reader', 'GET', '/figures/releases')).toMatchObject({ items: [], total: 0 })
  })

  test('hide a small count and what would give it away, and tell the rest to people of any body', async () => {
    await release()
    const picture = await told('lunda reader', 'commune')
    expect(numbers(picture)).toEqual({
      ...{ 'Tørg Sólheim': 'hidden', 'Ösel Vík-Đal': 'hidden', 'Ösel Łunda': 12, 'Tørg Hávn-Miðe': 60 },
      ...{ 'Ösel Åskøg': 30, 'Tørg Ëstra': 25, 'Ösel Føss': 0 },
    })
    expect(picture.total).toMatchObject({ numerator: 170, expected: 7, reported: 7 })
    expect(picture.release).toMatchObject({ bound: 5, cellCount: 10, hiddenCount: 2 })
    expect(numbers(await told('solheim officer', 'province'))).toEqual({ 'Vård Sóla': 43, 'Vård Nørdëst': 127 })
    const stored = await world.rows(
      sql`select 1 from indicators.released_cell where is_hidden and (numerator is not null or value is not null)`,
    )
    expect(stored).toEqual([])
  })

  test('keep hidden what was hidden, also after a correction', async () => {
    await accepted('solheim', 13, '2030', 1)
    expect(await tried()).toMatchObject({ hidden: 2, small: 0, beside: 0, kept: 2, changed: 2, nowHidden: 0 })
    await release()
    const { items } = (await world.done('lunda reader', 'GET', `/figures/releases?measureId=${hurt}`)) as {
      items: { isNewest: boolean; hiddenCount: number }[]
    }
    expect(items.map(({ isNewest, hiddenCount }) => [isNewest, hiddenCount])).toEqual([
      [true, 2],
      [false, 2],
    ])
    expect(await world.done('lunda reader', 'GET', '/figures/releases?period=2029')).toMatchObject({ total: 0 })
    expect(numbers(await told('lunda reader', 'commune'))).toMatchObject({
      'Tørg Sólheim': 'hidden',
      'Ösel Vík-Đal': 'hidden',
    })
  })

  test('hide beside a count that became small only what was not told before', async () => {
    await accepted('lunda', 2, '2030', 1)
    await release()
    const communesNow = numbers(await told('lunda reader', 'commune'))
    const provinces = await told('lunda reader', 'province')
    // Its neighbours are known from the first release: hiding them would hide nothing, so the sums above are.
    expect(communesNow).toMatchObject({
      'Ösel Łunda': 'hidden',
      'Tørg Hávn-Miðe': 60,
      'Ösel Åskøg': 30,
      'Tørg Ëstra': 25,
    })
    expect(numbers(provinces)).toMatchObject({ 'Vård Nørdëst': 'hidden' })
  })

  test('of spans that share days are not both told', async () => {
    await expect(release('tl-report:2030-S2')).rejects.toMatchObject({ code: 'indicators.release-overlaps' })
  })
})
