import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aRegime, aReportRound, obligationsOf, roundBodies } from '../../../test/kit/report-round.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

describe('a round', () => {
  test('lays one obligation on each body that owes, each to its receiver', async () => {
    const round = await aReportRound(world)
    const all = await obligationsOf(world, round.roundId)
    expect(all).toHaveLength(Object.values(roundBodies).flat().length + 1)
    const province = round.of('north')
    const root = round.of('ministry')
    for (const name of ['lunda', 'havn', 'askog', 'northHealth', 'northCourt'] as const) {
      const { receiverId, parentId, above, state } = round.of(name)
      expect([name, receiverId, parentId, above, state]).toEqual([
        ...[name, bodyId('north'), province.id],
        [bodyId('north'), bodyId('ministry')],
        'owed',
      ])
    }
    expect(province).toMatchObject({ receiverId: bodyId('ministry'), parentId: root.id, dueOn: '2031-05-18' })
    expect(root).toMatchObject({ receiverId: null, parentId: null, above: [], tier: 'root', dueOn: '2031-05-25' })
  })

  test('asks a court and orders the others', async () => {
    const round = await aReportRound(world)
    expect([round.of('northCourt').isRequested, round.of('northHealth').isRequested]).toEqual([true, false])
  })

  test('is opened once a period', async () => {
    const { regimeId } = await aReportRound(world)
    const again = await world.ask('ministry approver', 'POST', `/reporting/regimes/${regimeId}/rounds`, {
      period: 'tl-report:2031-S1',
    })
    expect([again.status, again.body.code]).toEqual([409, 'reporting.round-open-already'])
  })

  test('says before it is opened what it would lay on whom', async () => {
    const { regimeId } = await aRegime(world)
    const trial = await world.done(
      'ministry approver',
      'GET',
      `/reporting/regimes/${regimeId}/trial?period=tl-report:2031-S1`,
    )
    expect(trial).toMatchObject({
      ...{ periodFrom: '2030-12-10', periodTo: '2031-06-10', cutOffOn: '2031-06-09', owedOn: '2031-03-04' },
      ...{ obstacles: [], aboveNoneCount: 0, lockOn: '2031-07-24' },
      tiers: [
        { code: 'commune', dueOn: '2031-05-10', owed: 3, requested: 0 },
        { code: 'office', dueOn: '2031-05-12', owed: 2, requested: 1 },
        { code: 'province', dueOn: '2031-05-18', owed: 1 },
        { code: 'root', dueOn: '2031-05-25', owed: 1 },
      ],
    })
  })
})
