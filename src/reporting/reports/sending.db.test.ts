import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReportDetail } from '#reporting/model'
import { reporting } from '../../../countries/testland/reporting.ts'
import { actorOf, aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound } from '../../../test/kit/report-round.ts'
import { aReport, written } from '../../../test/kit/sent-report.ts'
import { counting } from '../../../test/kit/statements.ts'
import { submitReport } from './commands/submit.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

/** The deadline hour sends thousands: what each asks of the database is counted. */
const most = 26

test('a report is sent in few statements, its figures judged once', async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  const round = await aReportRound(world)
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  const { sections } = (await world.done(
    'lunda approver',
    'GET',
    `/reporting/reports/${id}`,
  )) as unknown as ReportDetail
  const versions = Object.fromEntries(sections.map(({ key, version }) => [key, version]))
  const calendars = world.country.calendars
  const sent = await world.asActor(actorOf('lunda approver'), async (plain) => {
    const { ctx, count } = counting(plain)
    const { number } = await submitReport(ctx, id, { versions, isNil: false, calendars, obstacles: reporting })
    return { number, statements: count() }
  })
  expect(sent.number).toBe(1)
  expect(sent.statements).toBeLessThanOrEqual(most)
})
