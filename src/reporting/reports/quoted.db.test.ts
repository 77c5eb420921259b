import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureId, quoteTotals } from '#indicators'
import { idOfKey, type Context } from '#platform'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

/** The context, with something done elsewhere after each statement it sends; `count`: how often. */
function disturbed(ctx: Context, disturb: () => Promise<void>): { ctx: Context; count: () => number } {
  let count = 0
  const db = ctx.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      count++
      await disturb()
      return result
    },
  })
  return { ctx: { ...ctx, db }, count: () => count }
}

test('a total and the vintages it is made of are of one moment, whatever is accepted while they are read', async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  const round = await aReportRound(world)
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda', { numerator: 30 })
  const { number } = await sent(world, id, 'lunda')
  await world.done('north approver', 'POST', `/reporting/reports/${id}/acceptance`, { number })

  const place = { measureId: measureId('lov-1'), unitId: idOfKey('u:TL'), period: 'tl-report:2031-S1', breakdown: '' }
  const ofLane = sql`c.measure_id = ${place.measureId}::uuid and c.period = ${place.period} and c.breakdown = ''`
  /** Another vintage of the commune's figure is accepted: each says one child more than the one before. */
  const acceptAnother = () =>
    world.asProduct(async ({ db }) => {
      await sql`insert into indicators.observation select (jsonb_populate_record(o, jsonb_build_object('vintage', o.vintage + 1, 'numerator', o.numerator + 1))).*
        from indicators.observation o join indicators.cell c on c.id = o.cell_id and c.vintage = o.vintage where ${ofLane}`.execute(
        db,
      )
      await sql`update indicators.cell c set vintage = vintage + 1, accepted_vintage = vintage + 1 where ${ofLane}`.execute(
        db,
      )
    })
  await world.asProduct(async (plain) => {
    const { ctx, count } = disturbed(plain, acceptAnother)
    const { unitId, period, ...row } = place
    const of = { unitId, period, rows: [row], from: [], owing: [], parts: true }
    const [total] = await quoteTotals(ctx, of, world.country.calendars)
    const [part] = total?.parts ?? []
    expect(total?.parts).toHaveLength(1)
    expect(total?.numerator).toBe(29 + (part?.vintage ?? 0))
    expect(count()).toBeGreaterThan(0)
  })
})
