import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { acceptFigures, aTotalsServer, standOverAll, type TotalsServer } from '../../../test/kit/totals-server.ts'
import { measureId } from '../load.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await standOverAll(world)
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

const unit = (key: string) => idOfKey(`u:${key}`)
const accept = (body: string, ...figures: [key: string, numerator: number, over?: object][]) =>
  acceptFigures(world, body, ...figures)
const aServer = () => aTotalsServer(world)

const questions = [{}, { period: '2028' }, { period: '2028', view: 'as-was' }, { period: '2028', level: 'commune' }]
const told = async ({ asked }: TotalsServer) => Promise.all(questions.map(asked))
/** What somebody gets of whom nothing is in memory: the rows. */
const fromRows = async () => told(await aServer())
const owner = (query: ReturnType<typeof sql>) =>
  world.land.owner.transaction().execute(async (db) => {
    await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
    return (await query.execute(db)).rows
  })

/** Writes what no policy lets anybody write, as who owns the tables could. */
async function pastTheWall(query: ReturnType<typeof sql>): Promise<void> {
  const tables = ['observation', 'cell', 'decision'].map((name) => sql.table(`indicators.${name}`))
  for (const table of tables) await owner(sql`alter table ${table} no force row level security`)
  await owner(query)
  for (const table of tables) await owner(sql`alter table ${table} force row level security`)
}

describe('figures packed for the next start', { timeout: 60_000 }, () => {
  test('are read in instead of rows, and every total is what the rows give', async () => {
    const before = { period: '2028' }
    await accept('lunda', ['2030:01101', 7], ['2020:01101', 1, before], ['2020:01102', 2, before])
    await accept('havn', ['2020:01103', 4, before], ['2020:01201', 8, before])
    const first = await aServer()
    expect(await first.fill()).toMatchObject({ lanes: 2, figures: 5, packed: 0 })
    expect(await first.pack()).toBe(2)
    expect(await first.pack()).toBe(0)
    const next = await aServer()
    expect(await next.fill()).toMatchObject({ lanes: 2, figures: 5, packed: 5, damaged: 0 })
    expect(await told(next)).toEqual(await fromRows())
    expect((await next.asked()).total).toMatchObject({ reported: 1, numerator: 7 })
    expect(await next.prove()).toMatchObject({ compared: 2, differing: 0 })
    expect(await next.pack()).toBe(0)
  })

  test('are brought up to date by the figures accepted since, also of a unit that had none', async () => {
    await accept('havn', ['2030:01103', 3])
    await accept('lunda', ['2030:01101', 9, { seen: 1 }])
    const server = await aServer()
    expect(await server.fill()).toMatchObject({ figures: 5, packed: 5 })
    expect((await server.asked()).total).toMatchObject({ reported: 2, numerator: 12 })
    expect(await told(server)).toEqual(await fromRows())
    expect(await server.prove()).toMatchObject({ compared: 2, differing: 0 })
    expect(await server.pack()).toBe(1)
  })

  test('do not hide what another server took in: both tell the same at once', async () => {
    const [one, other] = [await aServer(), await aServer()]
    await one.fill()
    await other.fill()
    await accept('havn', ['2030:01103', 4, { seen: 1 }])
    for (const server of [one, other, one]) {
      expect((await server.asked()).total).toMatchObject({ reported: 2, numerator: 13 })
      await expect(server.prove()).resolves.toMatchObject({ compared: 2, differing: 0 })
    }
    expect(await one.pack()).toBe(1)
    expect(await other.pack()).toBe(1)
    expect(await (await aServer()).fill()).toMatchObject({ packed: 6, damaged: 0 })
  })

  test('are not used where a bit of them was changed: the rows are read, and packed anew', async () => {
    const right = await fromRows()
    await owner(
      sql`update indicators.lane_block set figures = set_byte(figures, octet_length(figures) - 5, 1 + get_byte(figures, octet_length(figures) - 5))
        where period = '2030'`,
    )
    const server = await aServer()
    expect(await server.fill()).toMatchObject({ figures: 6, packed: 4, damaged: 1 })
    expect(await told(server)).toEqual(right)
    expect(await server.pack()).toBe(1)
    expect(await (await aServer()).fill()).toMatchObject({ packed: 6, damaged: 0 })
  })

  test('are not used for another lane, nor for another state, than those they were packed of', async () => {
    const right = await fromRows()
    await owner(sql`update indicators.lane_block b set figures = o.figures, state = o.state, checksum = o.checksum
      from indicators.lane_block o where b.period = '2030' and o.period = '2028'`)
    const server = await aServer()
    expect(await server.fill()).toMatchObject({ packed: 4, damaged: 1 })
    expect(await told(server)).toEqual(right)
    await server.pack()
    await owner(sql`update indicators.lane_block set state = '{}' where period = '2030'`)
    expect(await (await aServer()).fill()).toMatchObject({ packed: 4, damaged: 1 })
    await owner(sql`delete from indicators.lane_block where period = '2030'`)
  })

  test('are not used where rows were changed under them by whoever owns the tables', async () => {
    const server = await aServer()
    await server.fill()
    await server.pack()
    await pastTheWall(sql`update indicators.observation set numerator = 40 where numerator = 4 and measure_id = ${measureId('lov-1')}
      and cell_id in (select id from indicators.cell where period = '2030' and accepted_vintage = 2)`)
    const next = await aServer()
    expect(await next.fill()).toMatchObject({ figures: 6, packed: 0, damaged: 0 })
    expect((await next.asked()).total).toMatchObject({ reported: 2, numerator: 49 })
    expect((await server.asked()).total).toMatchObject({ reported: 2, numerator: 49 })
    await pastTheWall(sql`update indicators.cell set accepted_vintage = null where unit_id = ${unit('2030:01103')}`)
    for (const each of [server, next, await aServer()])
      expect((await each.asked()).total).toMatchObject({ reported: 1, numerator: 9 })
  })

  test('are written anew where the days by which figures are due became others', async () => {
    const server = await aServer()
    await server.fill()
    await server.pack()
    await owner(sql`update indicators.measure set due_days = due_days + 1 where id = ${measureId('lov-1')}`)
    const next = await aServer()
    expect(await next.fill()).toMatchObject({ packed: 0, damaged: 0 })
    expect(await told(next)).toEqual(await fromRows())
    expect(await next.pack()).toBe(2)
  })

  test('are thrown away with what is in memory where a proof finds them wrong', async () => {
    // A number that was written past every trigger: nothing at a start tells of it, the proof does.
    await owner(sql`alter table indicators.observation disable trigger user`)
    await pastTheWall(sql`update indicators.observation set numerator = 11 where numerator = 9`)
    await owner(sql`alter table indicators.observation enable trigger user`)
    const server = await aServer()
    expect(await server.fill()).toMatchObject({ packed: 5 })
    expect((await server.asked()).total).toMatchObject({ numerator: 9 })
    expect(await server.prove()).toMatchObject({ compared: 2, differing: 1 })
    expect((await server.asked()).total).toMatchObject({ numerator: 11 })
    const next = await aServer()
    expect(await next.fill()).toMatchObject({ figures: 5, packed: 4 })
    expect((await next.asked()).total).toMatchObject({ numerator: 11 })
  })
})
