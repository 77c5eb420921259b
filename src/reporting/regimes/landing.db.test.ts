import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#platform'
import { aPlanWorld, bodyId, type BodyName, type PlanWorld } from '../../../test/kit/plan-world.ts'
import {
  aFormDefinition,
  aRegimeDefinition,
  aReportRound,
  obligationsOf,
  type ReportRound,
} from '../../../test/kit/report-round.ts'
import { followOwners } from './commands/follow-owners.ts'
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

describe('the body of a regime that is merged into another', () => {
  test('leaves it to its successor, which opens, reads and reopens from then on', async () => {
    world.clock.now = before
    const [commune] = aRegimeDefinition().tiers
    const who = { classes: [], functions: [], agencies: [bodyId('lunda')], except: [] }
    const tiers = commune === undefined ? [] : [{ ...commune, to: 'owner', who }]
    const begun = { code: 'R-askog', definition: aRegimeDefinition({ tiers }), effectiveFrom: '2031-12-01' }
    const { id } = await world.done('askog officer', 'POST', '/reporting/regimes', begun)
    const at = `/reporting/regimes/${String(id)}`
    await world.done('askog approver', 'POST', `${at}/issue`, { version: 1 })
    await world.done('askog officer', 'PUT', `${at}/form`, { definition: aFormDefinition(), version: null })
    await world.done('askog approver', 'POST', `${at}/form/issue`, { version: 1 })
    const round = await world.done('askog approver', 'POST', `${at}/rounds`, { period })
    const follow = () =>
      world.asProduct(async (ctx) => {
        await landObligations(ctx, 'children')
        return followOwners(ctx, 'children')
      })
    expect(await follow()).toBe(0)
    expect(await world.done('havn approver', 'GET', at)).toMatchObject({ isOwn: false })
    world.clock.now = after
    expect(await follow()).toBe(1)
    expect(await follow()).toBe(0)
    expect(await world.done('havn approver', 'GET', at)).toMatchObject({ isOwn: true, agencyId: bodyId('havn') })
    const all = await obligationsOf(world, String(round.id))
    expect(all.map(({ tier, agencyId, receiverId }) => [tier, agencyId, receiverId])).toEqual([
      ['commune', bodyId('lunda'), bodyId('havn')],
      ['root', bodyId('havn'), null],
    ])
    const next = await world.done('havn approver', 'POST', `${at}/rounds`, { period: 'tl-report:2032-S2' })
    expect(next).toMatchObject({ obligations: 2 })
  })
})
