import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#platform'
import { aPlanWorld, bodyId, type BodyName, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, obligationsOf, type ReportRound } from '../../../test/kit/report-round.ts'
import { landObligations } from './commands/land-obligations.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

/** In the spring of 2032 Askog still is; on 1 July it is merged into Havn. */
const before = new Date('2032-03-04T03:00:00Z')
const after = new Date('2032-07-02T03:00:00Z')
const period = 'tl-report:2032-S1'
const land = () => world.asProduct((ctx) => landObligations(ctx, 'children'))

describe('a reform in mid-period', () => {
  let round: ReportRound
  beforeEach(async () => {
    world.clock.now = before
    round = await aReportRound(world, { period })
  })

  const now = async (name: BodyName) =>
    (await obligationsOf(world, round.roundId)).find(({ addressedId }) => addressedId === bodyId(name))
  const send = (name: BodyName) =>
    world.asProduct(async ({ db }) => {
      const { id, agencyId } = round.of(name)
      const sent = { state: 'submitted' as const, number: 1, firstSubmittedAt: '2032-05-01T00:00:00Z' }
      await db
        .insertInto('reporting.report')
        .values({ id: newId(), obligationId: id, agencyId, ...sent })
        .execute()
    })

  test('merges what a body that ended had not sent into that of the body that took over', async () => {
    world.clock.now = after
    expect(await land()).toBe(1)
    const askog = await now('askog')
    expect(askog).toMatchObject({ state: 'merged', mergedIntoId: round.of('havn').id, agencyId: bodyId('havn') })
    expect(await now('havn')).toMatchObject({ state: 'owed', agencyId: bodyId('havn') })
    const changes = await world.rows(
      sql<{
        kind: string
        reason: string
      }>`select kind, reason from reporting.obligation_change where obligation_id = ${askog?.id}::uuid`,
    )
    expect(changes).toEqual([{ kind: 'merged', reason: 'reporting.reason-body-ended' }])
  })

  test('leaves what was sent where it is, and whoever took over answers for it', async () => {
    await send('askog')
    world.clock.now = after
    await land()
    expect(await now('askog')).toMatchObject({ state: 'owed', mergedIntoId: null, agencyId: bodyId('havn') })
    expect(await now('havn')).toMatchObject({ state: 'owed', agencyId: bodyId('havn') })
    const held = await world.rows(
      sql<{
        agencyId: string
      }>`select agency_id from reporting.report where obligation_id = ${round.of('askog').id}::uuid`,
    )
    expect(held).toEqual([{ agencyId: bodyId('havn') }])
  })

  test('moves nothing a second time', async () => {
    world.clock.now = after
    await land()
    const once = await obligationsOf(world, round.roundId)
    expect(await land()).toBe(0)
    expect(await obligationsOf(world, round.roundId)).toEqual(once)
  })

  test('that is past when the round is opened is laid the same way', async () => {
    world.clock.now = after
    const late = await aReportRound(world, { period })
    expect(late.of('askog')).toMatchObject({ state: 'merged', mergedIntoId: late.of('havn').id })
  })
})
