import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { measureId, quoteTotals } from '#indicators'
import { idOfKey } from '#platform'
import type { ReportDetail, SubmissionDetail } from '#reporting/model'
import { actorOf, aPlanWorld, bodyId, type BodyName, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aRegimeDefinition, aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  // The figure is of a field of work that the ministry has not: only its reports bring it there.
  await world.asProduct(({ db }) =>
    sql`update indicators.measure set function = 'finance' where id = ${measureId('lov-1')}`.execute(db),
  )
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

/** A round to which these provinces report, and the communes of the north. */
function roundOf(...provinces: readonly BodyName[]): Promise<ReportRound> {
  const tiers = aRegimeDefinition().tiers.map((tier) =>
    tier.code === 'province'
      ? { ...tier, who: { ...tier.who, agencies: provinces.map((name) => bodyId(name)) } }
      : tier,
  )
  return aReportRound(world, { regime: { tiers } })
}

async function accepted(round: ReportRound, body: BodyName, numerator: number): Promise<void> {
  const id = await aReport(world, round, body)
  await written(world, id, body, { numerator })
  const { number } = await sent(world, id, body)
  await world.done('north approver', 'POST', `/reporting/reports/${id}/acceptance`, { number })
}

const factsOf = async (who: string, id: string) =>
  ((await world.done(who, 'GET', `/reporting/reports/${id}`)) as unknown as ReportDetail).facts

const place = { unitId: idOfKey('u:TL'), period: 'tl-report:2031-S1' }
const rows = [{ measureId: measureId('lov-1'), breakdown: '' }]

describe('totals of a form', () => {
  test('are seen by whom all that is in them is owed, also outside its fields, and are sent with what they are made of', async () => {
    const round = await roundOf('north', 'south')
    await accepted(round, 'lunda', 30)
    await accepted(round, 'havn', 20)
    const id = await aReport(world, round, 'ministry')
    const [fact] = await factsOf('ministry officer', id)
    expect(fact).toMatchObject({ line: 'figures/vaccinated', mode: 'total' })
    expect(fact?.total).toMatchObject({
      numerator: 50,
      denominator: 80,
      value: 62.5,
      made: { reported: 2, expected: 3 },
    })
    await written(world, id, 'ministry', null)
    const { number } = await sent(world, id, 'ministry')
    const submission = (await world.done(
      'ministry officer',
      'GET',
      `/reporting/reports/${id}/submissions/${number}`,
    )) as unknown as SubmissionDetail
    const figures = submission.content.sections.find(({ key }) => key === 'figures')?.content
    const [line] = figures?.kind === 'quoted' ? figures.lines : []
    expect([line?.numerator, line?.made?.parts.length]).toEqual([50, 2])
    // Seven communes of the land answer for the figure; three of them owe in this round.
    expect(line?.made).toMatchObject({ reported: 2, expected: 3, late: 0 })
  })

  test('are hidden where any of it is owed to nobody of theirs, and from those to whom nothing is owed', async () => {
    const round = await roundOf('north')
    const id = await aReport(world, round, 'ministry')
    const [fact] = await factsOf('ministry officer', id)
    expect(fact?.total).toMatchObject({ value: null, made: null })
    const ask = (who: string, from: string[]) =>
      world.asActor(actorOf(who), (ctx) =>
        quoteTotals(ctx, { ...place, rows, from, owing: [], parts: true }, world.country.calendars),
      )
    expect(await ask('schools officer', [])).toEqual([undefined])
    expect(await ask('ministry officer', [bodyId('north')])).toEqual([undefined])
    const [total] = await ask('ministry officer', [bodyId('north'), bodyId('south')])
    expect([total?.numerator, total?.parts.length]).toEqual([50, 2])
  })

  test('are the same from what is kept and from the rows, and a figure accepted anew is in them at once', async () => {
    const round = await roundOf('north', 'south')
    const from = [bodyId('north'), bodyId('south')]
    const ask = (parts: boolean) =>
      world.asActor(actorOf('ministry officer'), (ctx) =>
        quoteTotals(ctx, { ...place, rows, from, owing: [], parts }, world.country.calendars),
      )
    const fromRows = await ask(true)
    // Nobody in particular owes them: all communes of the land are counted.
    expect(fromRows[0]).toMatchObject({ expected: 7, reported: 2 })
    expect((await ask(false)).map((one) => one && { ...one, parts: fromRows[0]?.parts })).toEqual(fromRows)
    await accepted(round, 'askog', 25)
    const after = [await ask(false), await ask(true)].map(([one]) => [one?.numerator, one?.reported])
    expect(after).toEqual([
      [75, 3],
      [75, 3],
    ])
  })
})
