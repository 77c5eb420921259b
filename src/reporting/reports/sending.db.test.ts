import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReportDetail } from '#reporting/model'
import { reporting } from '../../../countries/testland/reporting.ts'
import { actorOf, aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'
import { counting } from '../../../test/kit/statements.ts'
import { submitReport } from './commands/submit.ts'

let world: PlanWorld
let round: ReportRound
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  round = await aReportRound(world)
})

/** The deadline hour sends thousands: what each asks of the database is counted. */
const most = 26

test('a report is sent in few statements, its figures judged once', async () => {
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  const { sections } = (await world.done(
    'lunda approver',
    'GET',
    `/reporting/reports/${id}`,
  )) as unknown as ReportDetail
  const versions = Object.fromEntries(sections.map(({ key, version }) => [key, version]))
  const calendars = world.country.calendars
  const done = await world.asActor(actorOf('lunda approver'), async (plain) => {
    const { ctx, count } = counting(plain)
    const { number } = await submitReport(ctx, id, { versions, isNil: false, calendars, obstacles: reporting })
    return { number, statements: count() }
  })
  expect(done.number).toBe(1)
  expect(done.statements).toBeLessThanOrEqual(most)
})

const at = (id: string, act = '') => `/reporting/reports/${id}${act}`
const read = async (who: string, id: string) => (await world.done(who, 'GET', at(id))) as unknown as ReportDetail

test('what the head signed is taken back by who may sign it, not by its writer', async () => {
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  const { number } = await sent(world, id, 'lunda')
  const writer = await world.ask('lunda officer', 'POST', at(id, '/withdrawal'), { number })
  expect([writer.status, writer.body.code]).toEqual([403, 'reporting.may-not-sign'])
  expect((await read('lunda officer', id)).owed.state).toBe('submitted')
  expect((await world.ask('lunda approver 2', 'POST', at(id, '/withdrawal'), { number })).status).toBe(204)
})

test('a nil report empties nothing that stands: neither lines that were not returned nor what was accepted', async () => {
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  const { number } = await sent(world, id, 'lunda')
  await world.done('north officer', 'PUT', at(id, '/marks'), { number, line: 'situation/p1', reason: 'Kort' })
  await world.done('north approver', 'POST', at(id, '/return'), { number, dueOn: '2031-05-20', reason: null })
  const asNil = async () => {
    const { sections } = await read('lunda approver', id)
    const versions = Object.fromEntries(sections.map(({ key, version }) => [key, version]))
    const answer = await world.ask('lunda approver', 'POST', at(id, '/submission'), { versions, isNil: true })
    return [answer.status, answer.body.code]
  }
  expect(await asNil()).toEqual([409, 'reporting.nil-not-now'])
  const again = await sent(world, id, 'lunda')
  await world.done('north approver', 'POST', at(id, '/acceptance'), { number: again.number })
  await world.done('north approver', 'POST', at(id, '/reopening'), {
    ...{ number: again.number, orderNumber: '9/V', orderOn: '2031-03-04', reason: 'Feil', until: '2031-03-20' },
    lines: [],
  })
  expect(await asNil()).toEqual([409, 'reporting.nil-not-now'])
})
