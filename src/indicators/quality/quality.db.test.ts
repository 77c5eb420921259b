import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asEverywhere, idOfKey, startJobRunner } from '#platform'
import type { Finding, SavedFigures } from '#indicators/model'
import { actorOf, aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { indicatorJobs } from '../index.ts'
import { measureId } from '../load.ts'
import { heapingOf } from './checks.ts'
import { saveBodyFindings } from './store.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const share = measureId('lov-1')
const hurt = measureId('lov-2a')
const solheim = idOfKey('u:2020:02101')

/** Runs the jobs that wait, in the name of somebody who sees his own commune only. */
async function work(who = 'solheim officer'): Promise<void> {
  const { country, say, files, ground } = world
  const runner = startJobRunner({
    ...{ ground, log: pino({ level: 'silent' }), pollMs: 100_000 },
    actorOf: () => Promise.resolve(actorOf(who)),
    kinds: indicatorJobs({ files, calendars: country.calendars, say, smallCounts: 5 }),
  })
  await runner.idle()
  await runner.close()
}

type Cell = Record<string, unknown>
const aCell = (over: Cell = {}): Cell => ({
  ...{ measureId: share, unitId: solheim, period: '2030', breakdown: '', seen: null, status: 'A' },
  ...{ numerator: 30, denominator: 40, ...over },
})
async function enter(who: string, ...cells: Cell[]): Promise<{ cellId: string; vintage: number }[]> {
  const saved = (await world.done(who, 'PUT', '/figures', { cells })) as unknown as SavedFigures
  expect(saved.refused).toBe(0)
  return saved.rows.flatMap((row) => (row.ok ? [{ cellId: row.cellId, vintage: row.vintage }] : []))
}
async function accept(who: string, cells: { cellId: string; vintage: number }[]): Promise<void> {
  await world.done(who, 'POST', '/figures/decisions', { cells, outcome: 'accepted', reason: null })
}
const findings = async (who: string, query = '') =>
  (await world.done(who, 'GET', `/figures/findings?size=100${query}`)).items as Finding[]
const told = (list: readonly Finding[]) => list.map(({ kind, state, params }) => [kind, state, params])

describe('figures that do not agree', () => {
  test('with their parts, another measure or the period before are found once they are entered, by whoever sees them', async () => {
    await accept('solheim approver', await enter('solheim officer', aCell({ period: '2029', numerator: 12 })))
    await enter(
      'solheim officer',
      aCell(),
      aCell({ breakdown: 'sex=male', numerator: 10, denominator: 20 }),
      aCell({ breakdown: 'sex=female', numerator: 18, denominator: 20 }),
      aCell({ measureId: hurt, numerator: 41, denominator: null }),
    )
    await work()
    const own = await findings('solheim officer', '&period=2030')
    expect(told(own).toSorted()).toEqual([
      ['change', 'open', { now: 75, then: 30, percent: 150 }],
      ['compare', 'open', { own: 41, other: 40 }],
      ['parts', 'open', { side: 'numerator', sum: 28, whole: 30 }],
    ])
    expect(own.every(({ mayAnswer, unit }) => mayAnswer && unit.id === solheim)).toBe(true)
    expect(own.find(({ kind }) => kind === 'compare')?.ruleName).toBe('Không nhiều hơn số trẻ em')
    const above = await findings('south officer', '&period=2030')
    expect(above.map(({ mayAnswer }) => mayAnswer)).toEqual([false, false, false])
    for (const other of ['vikdal officer', 'north officer', 'havn approver']) expect(await findings(other)).toEqual([])
    const { body } = await world.ask('south reader', 'GET', '/figures/findings/facets?of=kind&period=2030')
    expect(JSON.stringify(body)).toContain('parts')
  })

  test('are answered by the body whose they are, with its reason; nobody else answers', async () => {
    const [one] = await findings('solheim officer', '&kind=change')
    const path = `/figures/findings/${one?.id}/confirmation`
    const explain = { explanation: 'Đã rà soát lại hồ sơ' }
    expect((await world.ask('south officer', 'POST', path, explain)).status).toBe(404)
    expect((await world.ask('vikdal officer', 'POST', path, explain)).status).toBe(404)
    await world.done('solheim officer', 'POST', path, explain)
    const [answered] = await findings('south officer', '&kind=change')
    expect(answered).toMatchObject({ state: 'confirmed', explanation: 'Đã rà soát lại hồ sơ', mayAnswer: false })
    expect((await world.ask('solheim officer', 'POST', path, explain)).body.code).toBe('indicators.finding-answered')
    const { jobId } = await world.done('south officer', 'POST', '/figures/checks', { period: '2030' })
    expect(jobId).toEqual(expect.any(String))
    await work('south officer')
    expect(told(await findings('south officer', '&kind=change'))).toEqual([
      ['change', 'confirmed', { now: 75, then: 30, percent: 150 }],
    ])
  })

  test('are corrected by another figure, and open anew where that one does not agree either', async () => {
    await enter('solheim officer', aCell({ seen: 1, numerator: 28 }))
    await work()
    const found = async () =>
      Object.fromEntries((await findings('south officer', '&period=2030')).map(({ kind, state }) => [kind, state]))
    // It is confirmed for the figure that was; of the next one somebody says so again.
    expect(await found()).toEqual({ change: 'open', compare: 'open', parts: 'corrected' })
    await enter('solheim officer', aCell({ seen: 2, numerator: 12 }))
    await work()
    expect(await found()).toMatchObject({ change: 'corrected', parts: 'open' })
    await enter('solheim officer', aCell({ measureId: hurt, seen: 1, numerator: 2, denominator: null }))
    await work()
    expect(await found()).toMatchObject({ compare: 'corrected' })
  })

  test('are looked at when a file is taken in, and copies of the year before are told', async () => {
    const csv = 'measure,unit,period,numerator,denominator\nlov-1,03103,2029,33,40\n'
    const bring = async (text: string) => {
      await world.done('foss officer', 'POST', '/figures/imports?fileName=x.csv&takes=good', Buffer.from(text))
      // The import, then the check it asks for.
      await work('foss officer')
      await work('foss officer')
    }
    await bring(csv)
    const { rows } = (await world.as('foss officer', (ctx) =>
      sql<{ id: string }>`select id from indicators.cell where unit_id = ${idOfKey('u:2020:03103')}`.execute(ctx.db),
    )) as { rows: { id: string }[] }
    await accept(
      'north approver',
      rows.map(({ id }) => ({ cellId: id, vintage: 1 })),
    )
    await bring(csv.replace('2029', '2030'))
    expect(told(await findings('foss officer'))).toEqual([['copied', 'open', { numerator: 33 }]])
    expect(await findings('solheim officer', '&kind=copied')).toEqual([])
  })

  test('by their last digits are of the body in a period, not of one figure', async () => {
    // One unit of testland gives too few numbers for its last digits to say anything: of a body they are counted over all its figures.
    const digits = async (who: string, numbers: number[]) =>
      world.as(`${who} officer`, async (ctx) => {
        await asEverywhere(ctx, () =>
          saveBodyFindings(ctx, {
            ...{ rule: 'heaping', period: '2030', agencyIds: [bodyId('foss')] },
            found: [heapingOf(numbers)].flatMap((params) =>
              params === null ? [] : [{ agencyId: bodyId('foss'), unitId: idOfKey('u:2020:03103'), params }],
            ),
          }),
        )
      })
    await digits(
      'foss',
      Array.from({ length: 20 }, (_, at) => 100 + at * 5),
    )
    expect(told(await findings('foss officer', '&kind=heaping'))).toEqual([['heaping', 'open', { round: 20, of: 20 }]])
    await digits('foss', [101, 102])
    expect(told(await findings('foss officer', '&kind=heaping'))).toEqual([
      ['heaping', 'corrected', { round: 20, of: 20 }],
    ])
  })

  test('of a period without figures there is nothing to check', async () => {
    const { body } = await world.ask('lunda officer', 'POST', '/figures/checks', { period: '2030' })
    expect(body.code).toBe('indicators.nothing-to-check')
    expect((await world.ask('lunda officer', 'POST', '/figures/checks', { period: '2030-Q9' })).status).toBe(422)
  })

  test('stay hidden from bodies outside reach also where the first wall is gone', async () => {
    const seen = (who: string) =>
      world.as(who, async ({ db }) =>
        (await sql<{ id: string }>`select id from indicators.finding`.execute(db)).rows.map(({ id }) => id),
      )
    expect((await seen('solheim reader')).length).toBeGreaterThan(0)
    expect(await seen('vikdal reader')).toEqual([])
    const written = world.as('vikdal officer', ({ db }) =>
      sql`update indicators.finding set explanation = 'x', answered_by = ${idOfKey('person vikdal officer')}`.execute(
        db,
      ),
    )
    expect((await written).numAffectedRows).toBe(0n)
  })
})
