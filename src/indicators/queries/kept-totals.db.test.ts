import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey, type Context } from '#platform'
import type { Picture, SavedFigures } from '#indicators/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { counting } from '../../../test/kit/statements.ts'
import { measureId } from '../load.ts'
import { openLand } from '../land.ts'
import { fillTotals, proveKept } from './fill-totals.ts'
import { keepTotals, seesEverything } from './kept-totals.ts'
import { readLanes } from './read-lanes.ts'
import { readMeasures } from '../store.ts'
import { getPicture, listParts, readSeries } from './totals.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  // One who stands over every body there is.
  const viewer = await world.as('crown officer', ({ actor }) => Promise.resolve(actor.viewers[0]))
  await sql`insert into platform.reach (agency_id, viewer_id) select id, ${viewer}::uuid from agencies.agency on conflict do nothing`.execute(
    world.land.owner,
  )
  await sql`select platform.note_whole_reach()`.execute(world.land.owner)
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

const unit = (key: string) => idOfKey(`u:${key}`)
const question = (over: object = {}) => ({
  ...{ measureId: measureId('lov-1'), unitId: unit('TL'), period: '2030', breakdown: '' },
  ...{ view: 'as-is' as const, asOf: undefined, level: undefined, ...over },
})

async function accept(body: string, ...figures: [key: string, numerator: number, over?: object][]): Promise<void> {
  const cells = figures.map(([key, numerator, over]) => {
    const place = { measureId: measureId('lov-1'), unitId: unit(key), period: '2030', breakdown: '', seen: null }
    return { ...place, status: 'A', numerator, denominator: 50, ...over }
  })
  const saved = (await world.done(`${body} officer`, 'PUT', '/figures', { cells })) as unknown as SavedFigures
  const laid = saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
  expect(laid.length).toBe(figures.length)
  await world.done(`${body} approver`, 'POST', '/figures/decisions', { cells: laid, outcome: 'accepted', reason: null })
}

const whole = <Answer>(ask: (ctx: Context) => Promise<Answer>) => world.as('crown officer', ask)
async function asked(over: object = {}): Promise<{ picture: Picture; statements: number }> {
  return whole(async (ctx) => {
    expect(seesEverything(ctx)).toBe(true)
    const counted = counting(ctx)
    return { picture: await getPicture(counted.ctx, question(over), []), statements: counted.count() }
  })
}

test('asked again nothing is read but whether anything was accepted, and the picture is the same', async () => {
  await accept('lunda', ['2030:01101', 7])
  // The units are read by then, whichever world was asked before in this process.
  await asked({ period: '2029' })
  const first = await asked()
  const again = await asked()
  expect(first.picture.total).toMatchObject({ reported: 1, numerator: 7 })
  expect(again.picture).toEqual(first.picture)
  // What the units and measures are may be read anew when the server was at work elsewhere: counted is the least of three.
  const others = [await asked(), await asked()]
  expect(Math.min(again.statements, ...others.map(({ statements }) => statements))).toBeLessThan(first.statements)
})

test('what is accepted is in the next picture, also what was entered before and corrected', async () => {
  await accept('havn', ['2030:01103', 3])
  expect((await asked()).picture.total).toMatchObject({ reported: 2, numerator: 10, denominator: 100 })
  await accept('havn', ['2030:01103', 4, { seen: 1 }])
  expect((await asked()).picture.total).toMatchObject({ reported: 2, numerator: 11, denominator: 100 })
  const none = { status: null, numerator: null, denominator: null, absence: 'not-applicable', seen: 2 }
  await accept('havn', ['2030:01103', 0, none])
  const { total } = (await asked()).picture
  expect(total).toMatchObject({ reported: 1, numerator: 7, denominator: 50, absent: { 'not-applicable': 1 } })
})

test('on either side of a reform kept pictures are those the rows give', async () => {
  const before = { period: '2028' }
  const old = (key: string, numerator: number): [string, number, object] => [key, numerator, before]
  await accept('lunda', old('2020:01101', 1), old('2020:01102', 2))
  await accept('havn', old('2020:01103', 4), old('2020:01201', 8), old('2020:01202', 16))
  for (const of of [{ view: 'as-was' as const }, {}, { asOf: '2030-06-01' }]) {
    const first = await asked({ ...before, ...of })
    const again = await asked({ ...before, ...of })
    expect([of, again.picture]).toEqual([of, first.picture])
  }
  const sum = { reported: 5, numerator: 31 }
  expect((await asked(before)).picture.total).toMatchObject(sum)
  const { points } = await whole((ctx) => readSeries(ctx, question(), []))
  expect(points.find(({ year }) => year === 2028)?.total).toMatchObject(sum)
})

test('who does not see everything gets what the rows give him', async () => {
  await asked()
  await world.as('south officer', async (ctx) => {
    expect(seesEverything(ctx)).toBe(false)
    await expect(getPicture(ctx, question(), [])).rejects.toMatchObject({ kind: 'notFound' })
  })
})

describe('all that is accepted, read at the start', () => {
  const parts = () => ({ ground: world.ground, calendars: [] })

  test('is answered from memory by whoever asks first, with what the rows give', async () => {
    const { picture: fromRows } = await asked()
    await accept('lunda', ['2030:01101', 9, { seen: 1 }])
    const told = await fillTotals(parts())
    expect(told).toMatchObject({ lanes: 2, figures: 7, packed: 0 })
    const { picture, statements } = await asked()
    const again = await asked()
    expect(statements).toBe(again.statements)
    expect(picture.total).toMatchObject({ reported: 1, numerator: 9 })
    expect(picture.rows.length).toBe(fromRows.rows.length)
    expect(picture.leftOut).toEqual(fromRows.leftOut)
    const { totals } = await whole(async (ctx) => ({ totals: await listParts(ctx, allParts, []) }))
    expect(totals.items.filter(({ standing }) => standing === 'given').map(({ numerator }) => numerator)).toEqual([9])
  })

  test('is proven by adding all up anew; what was falsified is found, told and thrown away', async () => {
    await fillTotals(parts())
    expect(await proveKept(parts())).toMatchObject({ compared: 2, differing: 0 })
    const { picture } = await asked()
    await whole((ctx) => falsify(ctx))
    expect((await asked()).picture.total.numerator).toBe((picture.total.numerator ?? 0) + 1)
    expect(await proveKept(parts())).toMatchObject({ compared: 2, differing: 1 })
    const { rows } = await world.asProduct((ctx) =>
      sql<{
        params: object
      }>`select params from platform.audit_entry where action = 'indicators.totals-differed'`.execute(ctx.db),
    )
    expect(rows).toMatchObject([{ params: { compared: 2, differing: 1 } }])
    expect((await asked()).picture).toEqual(picture)
    expect(await proveKept(parts())).toMatchObject({ differing: 0 })
  })

  test('moves on with what is accepted later', async () => {
    await fillTotals(parts())
    await accept('havn', ['2030:01103', 21, { seen: 3 }])
    expect((await asked()).picture.total).toMatchObject({ reported: 2, numerator: 30 })
    expect(await proveKept(parts())).toMatchObject({ compared: 2, differing: 0 })
  })
})

const allParts = { ...question(), show: 'all' as const, page: 1, size: 100 }

/** Adds one to a figure in memory that no row has. */
async function falsify(ctx: Context): Promise<void> {
  const land = await openLand(ctx)
  const measure = (await readMeasures(ctx, [measureId('lov-1')])).get(measureId('lov-1'))
  if (measure === undefined) throw new Error('no such measure')
  const read = await readLanes(ctx, { measure, land, calendars: [] })
  const wrong = read.flatMap((lane) =>
    lane.asked.period.id === '2030'
      ? [{ ...lane, cells: lane.cells.map((cell) => (cell.numerator === 9 ? { ...cell, numerator: 10 } : cell)) }]
      : [],
  )
  expect(wrong.length).toBe(1)
  keepTotals(ctx, land, wrong)
}
