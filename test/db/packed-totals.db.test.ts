import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyDueReforms } from '#agencies'
import type { Picture } from '#indicators/model'
import { idOfKey } from '#platform'
import { country } from '../../countries/testland/index.ts'
import { applyParts } from '../../src/app.ts'
import { measureId } from '../../src/indicators/load.ts'
import { aPlanWorld, type PlanWorld } from '../kit/plan-world.ts'
import { acceptFigures, aTotalsServer, standOverAll, type TotalsServer } from '../kit/totals-server.ts'

let world: PlanWorld
/** A server that was there before the reform and goes on. */
let running: TotalsServer
beforeAll(async () => {
  world = await aPlanWorld()
  on('2032-12-01')
  await standOverAll(world)
})
afterAll(() => world.close())

const on = (date: string) => {
  world.clock.now = new Date(`${date}T03:00:00Z`)
}
const unit = (key: string) => ({ unitId: idOfKey(`u:${key}`) })
const reformed = '2033-01-01'
const asIs = { period: '2031', asOf: reformed }

/** The same questions of every server: the country, provinces and communes, old and new, by both views. */
const questions = [
  ...[asIs, { period: '2031', view: 'as-was' }, { period: '2028', asOf: reformed }, { period: '2028', view: 'as-was' }],
  ...[asIs, { period: '2031', view: 'as-was' }, { period: '2028', asOf: reformed }].map((of) => ({
    ...of,
    level: 'commune',
  })),
  ...[
    { ...asIs, ...unit('2033:01101') },
    { ...asIs, ...unit('2033:01188') },
    { ...asIs, ...unit('2030:03') },
  ],
]
async function told({ asked }: TotalsServer): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (const question of questions) pictures.push(await asked(question))
  return pictures
}
/** Each question of a server that has nothing in memory: it is answered from the rows. */
async function fromRows(): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (const question of questions) pictures.push(await (await aTotalsServer(world)).asked(question))
  return pictures
}

/** Lunda and Foss become one; Estra is parted, and nobody knows how much lies in which part. */
async function reform(): Promise<void> {
  const north = 'u:2030:03'
  const made = (code: string, name: string) => ({ code, name, type: 'osel', parent: north })
  const whole = (key: string) => ({ unit: `u:${key}`, extent: 'whole' })
  const draft = await world.done('crown administrator', 'POST', '/reforms', {
    ...{ title: 'Sammenslåing', legalBasis: 'Lov 1/2033', date: reformed, bodyChanges: [] },
    unitChanges: [
      { kind: 'merge', from: [whole('2030:01101'), whole('2020:03103')], into: made('01101', 'Ösel Łundføss') },
      { kind: 'split', unit: 'u:2030:03101', into: [made('01188', 'Ösel Ëst'), made('01189', 'Ösel Vëst')] },
    ],
  })
  for (const [who, step] of [
    ['crown administrator', 'submission'],
    ['crown administrator 2', 'approval'],
  ] as const) {
    const { version } = (await world.done('crown administrator', 'GET', `/reforms/${String(draft.id)}`)) as {
      version: number
    }
    const { status } = await world.ask(who, 'POST', `/reforms/${String(draft.id)}/${step}`, { version })
    expect(status).toBe(204)
  }
  on(reformed)
  expect(await applyDueReforms(applyParts(world.ground, world.land.owner, country))).toEqual({ applied: 1, blocked: 0 })
  await standOverAll(world)
}

describe('figures packed before a reform, read by a server that starts after it', { timeout: 120_000 }, () => {
  test('give every total of the new units and of the old as the rows do', async () => {
    const now = { period: '2031' }
    const before = { period: '2028' }
    await acceptFigures(world, 'lunda', ['2030:01101', 7, now], ['2020:01101', 1, before], ['2020:01102', 2, before])
    await acceptFigures(world, 'foss', ['2020:03103', 5, now], ['2020:03103', 6, before])
    await acceptFigures(world, 'estra', ['2030:03101', 20, now], ['2020:03101', 8, before])
    await acceptFigures(world, 'solheim', ['2020:02101', 30, now])
    running = await aTotalsServer(world)
    await running.fill()
    expect(await running.pack()).toBe(2)
    expect((await running.asked(now)).total).toMatchObject({ numerator: 62, reported: 4 })

    await reform()
    const right = await fromRows()
    const server = await aTotalsServer(world)
    expect(await server.fill()).toMatchObject({ lanes: 2, figures: 8, packed: 8, damaged: 0 })
    expect(await told(server)).toEqual(right)
    const ofNew = await server.asked({ ...asIs, ...unit('2033:01101') })
    expect(ofNew.total).toMatchObject({ numerator: 12, denominator: 100 })
    const ofPart = await server.asked({ ...asIs, ...unit('2033:01188') })
    expect(ofPart.total).toMatchObject({ value: null, reason: 'part-without-weight' })
    expect((await server.asked(asIs)).total).toMatchObject({ numerator: 62 })
    expect(await server.prove()).toMatchObject({ compared: 2, differing: 0 })
    // The server that was there before tells the same, from the same rows.
    expect(await told(running)).toEqual(right)
    expect(await running.prove()).toMatchObject({ differing: 0 })
  })

  test('take in what was corrected between, and are packed anew in the order of the units there now are', async () => {
    const orders = () => world.rows(sql<{ id: string }>`select id from indicators.unit_order`)
    const [before, ...others] = await orders()
    expect(others).toEqual([])
    await acceptFigures(world, 'solheim', ['2020:02101', 31, { period: '2031', seen: 1 }])
    const server = await aTotalsServer(world)
    expect(await server.fill()).toMatchObject({ figures: 8, packed: 8, damaged: 0 })
    expect((await server.asked(asIs)).total).toMatchObject({ numerator: 63 })
    expect(await told(server)).toEqual(await fromRows())
    expect(await server.prove()).toMatchObject({ compared: 2, differing: 0 })
    // Only the lane that changed; the other one's order is still needed.
    expect(await server.pack()).toBe(1)
    expect((await orders()).map(({ id }) => id)).toContain(before?.id)
    expect(await orders()).toHaveLength(2)
    expect(await (await aTotalsServer(world)).fill()).toMatchObject({ figures: 8, packed: 8, damaged: 0 })
  })

  test('are thrown away where their units cannot be told any more: the rows are read, and packed anew', async () => {
    const right = await fromRows()
    // The order the lane of 2028 was packed in becomes another than its name says.
    await world.land.owner.transaction().execute(async (db) => {
      await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
      await sql`update indicators.unit_order o set unit_ids = array(select id from unnest(unit_ids) as id order by id desc)
        where o.id = (select order_id from indicators.lane_block where period = '2028' and measure_id = ${measureId('lov-1')})`.execute(
        db,
      )
    })
    const server = await aTotalsServer(world)
    expect(await server.fill()).toMatchObject({ figures: 8, packed: 4, damaged: 1 })
    expect(await told(server)).toEqual(right)
    expect(await server.pack()).toBe(1)
    expect(await (await aTotalsServer(world)).fill()).toMatchObject({ figures: 8, packed: 8, damaged: 0 })
  })
})
