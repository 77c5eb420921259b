import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import type { Dashboard, MapPicture, Picture, Ranking, SavedFigures, Trend } from '#indicators/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { counting } from '../../../test/kit/statements.ts'
import { measureId } from '../load.ts'
import { readDashboard } from './dashboard.ts'

let world: PlanWorld
const share = measureId('lov-1')
const count = measureId('lov-2a')
const unit = (key: string) => idOfKey(`u:${key}`)

type Entry = Record<string, unknown>
function anEntry(key: string, numerator: number, over: Entry = {}): Entry {
  const place = { measureId: share, unitId: unit(key), period: '2030', breakdown: '', seen: null }
  return { ...place, status: 'A', numerator, denominator: 100, ...over }
}

async function accepted(body: string, ...cells: Entry[]): Promise<void> {
  const saved = (await world.done(`${body} officer`, 'PUT', '/figures', { cells })) as unknown as SavedFigures
  expect(saved.rows.filter(({ ok }) => !ok)).toEqual([])
  const laid = saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
  const decided = { cells: laid, outcome: 'accepted', reason: null }
  expect((await world.done(`${body} approver`, 'POST', '/figures/decisions', decided)).refused).toBe(0)
}

async function asked<Answer>(who: string, path: string, query: Record<string, string>): Promise<Answer> {
  return (await world.done(who, 'GET', `${path}?${new URLSearchParams(query).toString()}`)) as unknown as Answer
}
const nation = { unitId: unit('TL') }

beforeAll(async () => {
  world = await aPlanWorld()
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  const then = (key: string, numerator: number, period: string) => anEntry(key, numerator, { period })
  await accepted('lunda', then('2020:01101', 40, '2028'), then('2030:01101', 10, '2030'))
  await accepted('havn', then('2020:01103', 50, '2028'), then('2030:01103', 60, '2030'))
  await accepted('solheim', then('2020:02101', 70, '2028'), then('2020:02101', 80, '2030'))
  await accepted('vikdal', then('2030:02102', 90, '2030'))
  await accepted('askog', anEntry('2030:01203', 33, { status: 'P' }))
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

describe('the dashboard of a unit', () => {
  test('has a row for every measure, with what its picture says', async () => {
    const { items, total, unit: own } = await asked<Dashboard>('crown officer', '/indicators/dashboard', nation)
    expect([total, own.name]).toEqual([3, 'Testłand'])
    const [row] = items
    const { total: whole } = await asked<Picture>('crown officer', `/measures/${share}/picture`, {
      ...nation,
      period: '2030',
    })
    expect(row).toMatchObject({ measureId: share, basis: 'accepted', period: { id: '2030' } })
    expect(row?.figure).toMatchObject({ value: whole.value, reported: whole.reported, expected: whole.expected })
    expect(row?.series.map(({ year }) => year)).toEqual([2028, 2030])
    expect(row?.target).toMatchObject({ year: 2033, value: 90, progress: { state: expect.any(String) as string } })
  })

  test('says nothing of a measure without figures, and never 0', async () => {
    const { items } = await asked<Dashboard>('crown officer', '/indicators/dashboard', nation)
    expect(items.find(({ measureId: id }) => id === count)).toMatchObject({ period: null, figure: null, series: [] })
  })

  test('is that of the acting body’s unit unless another is asked for, a page at a time, by field and kind', async () => {
    const own = await asked<Dashboard>('solheim officer', '/indicators/dashboard', {})
    expect(own.unit.name).toBe('Tørg Sólheim')
    expect(own.items[0]?.figure).toMatchObject({ value: 80, reported: 1, expected: 1 })
    const paged = await asked<Dashboard>('crown officer', '/indicators/dashboard', { ...nation, size: '2', page: '2' })
    expect([paged.items.length, paged.total]).toEqual([1, 3])
    const health = await asked<Dashboard>('crown officer', '/indicators/dashboard', { ...nation, field: 'health' })
    expect(health.items.map(({ measureId: id }) => id)).toEqual([measureId('lov-2b')])
    const process = await asked<Dashboard>('crown officer', '/indicators/dashboard', { ...nation, aspect: 'process' })
    expect(process.total).toBe(1)
  })

  test('tells nothing accepted to who does not see all that is in it', async () => {
    const { items } = await asked<Dashboard>('south officer', '/indicators/dashboard', nation)
    expect(items.map(({ basis, figure, series }) => [basis, figure, series])).toEqual(items.map(() => [null, null, []]))
    const own = await asked<Dashboard>('south officer', '/indicators/dashboard', { unitId: unit('2020:02') })
    expect(own.items[0]?.figure).toMatchObject({ numerator: 170, denominator: 200, value: 85 })
  })

  test('takes the same few statements however many measures it shows', async () => {
    const statements = (size: number) =>
      world.as('crown officer', async (ctx) => {
        const counted = counting(ctx)
        const page = { unitId: nation.unitId, field: undefined, aspect: undefined, page: 1, size }
        await readDashboard(counted.ctx, page, [])
        return counted.count()
      })
    await statements(1)
    expect(await statements(2)).toBe(await statements(1))
  })

  test('is the same for who stands over every body, from what is kept', async () => {
    const query = { unitId: nation.unitId, field: undefined, aspect: undefined, page: 1, size: 50 }
    const read = (reachesAll: boolean) =>
      world.as('crown officer', (ctx) => {
        expect(ctx.reachesAll).toBe(reachesAll)
        return readDashboard(ctx, query, [])
      })
    await sql`delete from platform.whole_reach`.execute(world.land.owner)
    const fromRows = await read(false)
    await world.as('crown officer', async ({ actor }) => {
      await sql`insert into platform.reach (agency_id, viewer_id) select id, ${actor.viewers[0]}::uuid from agencies.agency on conflict do nothing`.execute(
        world.land.owner,
      )
    })
    await sql`select platform.note_whole_reach()`.execute(world.land.owner)
    expect(await read(true)).toEqual(fromRows)
    expect(await read(true)).toEqual(fromRows)
  })
})

describe('a trend', () => {
  test('marks the day on which the unit’s ground became another, and leaves out years without figures', async () => {
    const of = { unitId: unit('2030:03') }
    const trend = await asked<Trend>('crown officer', `/measures/${share}/trend`, of)
    expect(trend.points.map(({ year }) => year)).toEqual([2028, 2030])
    expect(trend.breaks).toEqual(['2030-01-01'])
    expect(trend.reforms).toContain('2030-01-01')
    const whole = await asked<Trend>('crown officer', `/measures/${share}/trend`, nation)
    expect(whole.breaks).toEqual([])
  })

  test('as it was says of years before a unit’s beginning that it was not', async () => {
    const of = { unitId: unit('2030:03'), view: 'as-was' }
    const { points } = await asked<Trend>('crown officer', `/measures/${share}/trend`, of)
    expect(points.map(({ year, hasUnit, value }) => [year, hasUnit, value === null])).toEqual([
      [2028, false, true],
      [2030, true, false],
    ])
  })

  test('says what is not final, and what the total was before it was revised', async () => {
    const first = await asked<Trend>('crown officer', `/measures/${share}/trend`, nation)
    const before = first.points.find(({ year }) => year === 2030)
    expect(before).toMatchObject({ provisional: 1, revised: 0, first: null })
    await accepted('havn', anEntry('2030:01103', 90, { seen: 1 }))
    const { points } = await asked<Trend>('crown officer', `/measures/${share}/trend`, nation)
    const now = points.find(({ year }) => year === 2030)
    expect(now).toMatchObject({ revised: 1, first: before?.value, revisedAt: expect.any(String) as string })
    expect(now?.value).toBeCloseTo((before?.value ?? 0) + 30 / 5, 9)
    expect(points.find(({ year }) => year === 2028)).toMatchObject({ revised: 0, first: null })
  })

  test('is not found for who does not see all of it and to whom nothing was told', async () => {
    expect((await world.ask('south officer', 'GET', `/measures/${share}/trend?unitId=${nation.unitId}`)).status).toBe(
      404,
    )
  })
})

describe('units beside each other', () => {
  const of = { ...nation, period: '2030' }

  test('are ranked where enough have reported, and the rest is set apart with its reason', async () => {
    const ranking = await asked<Ranking>('crown officer', `/measures/${share}/ranking`, { ...of, level: 'province' })
    expect(ranking.items.map(({ unit: { name }, rank }) => [name, rank?.place])).toEqual([['Vård Sóla', 1]])
    expect(ranking).toMatchObject({ ranked: 1, levels: ['province', 'commune'], apart: { 'low-coverage': 1 } })
    const apart = await asked<Ranking>('crown officer', `/measures/${share}/ranking`, {
      ...of,
      ...{ level: 'province', show: 'apart' },
    })
    expect(apart.items.map(({ unit: { name }, apart: why }) => [name, why])).toEqual([['Vård Nørdëst', 'low-coverage']])
  })

  test('come with the interval of each share, and a page at a time', async () => {
    const ranking = await asked<Ranking>('crown officer', `/measures/${share}/ranking`, {
      ...of,
      ...{ level: 'commune', size: '2' },
    })
    expect([ranking.items.length, ranking.total, ranking.page]).toEqual([2, 5, 1])
    for (const { value, interval } of ranking.items) {
      expect(interval?.low).toBeLessThan(value ?? 0)
      expect(interval?.high).toBeGreaterThan(value ?? Infinity)
    }
  })

  test('on a map have the class of their value; a unit of low coverage says so', async () => {
    const map = await asked<MapPicture>('crown officer', `/measures/${share}/map`, { ...of, level: 'province' })
    expect(map.units.map(({ name, apart }) => [name, apart])).toEqual([
      ['Vård Sóla', null],
      ['Vård Nørdëst', 'low-coverage'],
    ])
    expect(map.steps).toEqual([85, 85])
  })

  test('are those told to everyone for who may not see the others, hidden ones without a number', async () => {
    const of2 = { measureId: count, denominator: null }
    await accepted('solheim', anEntry('2020:02101', 3, of2))
    await accepted('vikdal', anEntry('2030:02102', 40, of2))
    await accepted('lunda', anEntry('2030:01101', 30, of2))
    expect(
      (await world.ask('south officer', 'GET', `/measures/${count}/map?unitId=${of.unitId}&period=2030`)).status,
    ).toBe(404)
    const id = idOfKey('release of pictures')
    await world.rows(sql`insert into indicators.release (id, measure_id, period, period_from, period_to, agency_id, bound, cell_count, hidden_count, released_by, released_at)
      values (${id}, ${count}, '2030', '2030-01-01', '2031-01-01', ${idOfKey('u:TL/kronrad')}, 5, 2, 1, ${id}, '2031-02-01T00:00:00Z')`)
    await world.rows(sql`insert into indicators.released_cell (release_id, unit_id, breakdown, is_hidden, numerator, denominator, value, expected, reported)
      values (${id}, ${of.unitId}, '', false, 73, null, 73, 7, 3), (${id}, ${unit('2020:02')}, '', true, null, null, null, 2, 2)`)
    const map = await asked<MapPicture>('south officer', `/measures/${count}/map`, { ...of, level: 'province' })
    expect(map.basis).toBe('released')
    expect(map.units).toMatchObject([{ name: 'Vård Sóla', value: null, step: null, isHidden: true, apart: 'hidden' }])
    const trend = await asked<Trend>('south officer', `/measures/${count}/trend`, nation)
    expect(trend).toMatchObject({ basis: 'released', points: [{ year: 2030, value: 73, isHidden: false }] })
    const { items } = await asked<Dashboard>('south officer', '/indicators/dashboard', nation)
    expect(items.find(({ measureId: one }) => one === count)).toMatchObject({
      basis: 'released',
      figure: { value: 73 },
    })
    const own = await asked<MapPicture>('crown officer', `/measures/${count}/map`, { ...of, basis: 'released' })
    expect(own.units.map(({ value }) => value)).toEqual([null])
  })
})
