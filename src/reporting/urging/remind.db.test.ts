import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeDigests } from '#notifications'
import type { NoticePage } from '#notifications/model'
import { enrolAll } from '../../../test/kit/enrolled.ts'
import { allSubjects, aPlanWorld, bodyId, type BodyName, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'
import { remindOfReports } from './remind.ts'

let world: PlanWorld
let round: ReportRound
beforeAll(async () => {
  world = await aPlanWorld()
  const bodies = ['lunda', 'havn', 'askog', 'northHealth', 'northCourt', 'north', 'ministry']
  const person = (body: string) => ({ name: `Ola ${body}`, ...(body === 'lunda' ? { mail: 'ola@test.invalid' } : {}) })
  await enrolAll(world, Object.fromEntries(bodies.map((body) => [`${body} officer`, person(body)])))
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  // Only the round of the test goes on.
  await world.rows(sql`update reporting.round set state = 'closed'`)
  await world.rows(sql`update notifications.notice set read_at = now() where read_at is null`)
  round = await aReportRound(world)
})

/** A moment in Hà Nội, which is the country's zone here. */
const at = (moment: string) => (world.clock.now = new Date(`${moment}+07:00`))
const remind = () => world.asProduct(remindOfReports)
const told = async (body: BodyName, kind: string) =>
  (
    await world.rows(
      sql<{ count: number; params: { to?: string; late?: number } }>`select count, params from notifications.notice
        where agency_id = ${bodyId(body)}::uuid and kind = ${kind} and read_at is null`,
    )
  ).map(({ count, params }) => [count, params.to ?? params.late])

describe('reminders', () => {
  test('come 14 and 3 days before the due day and on it, once each, to those who owe', async () => {
    at('2031-04-25T23:59:00')
    expect(await remind()).toEqual({ reminded: 0, escalated: 0 })
    at('2031-04-26T00:01:00')
    expect(await remind()).toEqual({ reminded: 3, escalated: 0 })
    expect(await remind()).toEqual({ reminded: 0, escalated: 0 })
    expect(await told('lunda', 'report-due')).toEqual([[1, '2031-05-10']])
    expect(await told('north', 'report-due')).toEqual([])
    at('2031-05-07T08:00:00')
    await remind()
    expect(await told('lunda', 'report-due')).toEqual([[2, '2031-05-10']])
    expect(await told('north', 'report-due')).toEqual([[1, '2031-05-18']])
  })

  test('are settled when the report was sent', async () => {
    at('2031-05-07T08:00:00')
    await remind()
    expect(await told('lunda', 'report-due')).toEqual([[1, '2031-05-10']])
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    await sent(world, id, 'lunda')
    await remind()
    expect(await told('lunda', 'report-due')).toEqual([])
    expect(await told('havn', 'report-due')).toEqual([[1, '2031-05-10']])
  })

  test('at 23:59 of the due day in the country’s zone it is due, a minute later it is late', async () => {
    at('2031-05-10T23:59:00')
    await remind()
    expect(await told('lunda', 'report-due')).toEqual([[1, '2031-05-10']])
    at('2031-05-11T00:01:00')
    await remind()
    expect(await told('lunda', 'report-overdue')).toEqual([])
    at('2031-05-12T23:59:00')
    expect((await remind()).escalated).toBe(0)
    at('2031-05-13T00:00:00')
    expect((await remind()).escalated).toBe(3)
    expect(await told('lunda', 'report-overdue')).toEqual([[1, '2031-05-10']])
    expect(await told('north', 'report-escalated')).toEqual([[1, 3]])
    expect(await remind()).toEqual({ reminded: 0, escalated: 0 })
    expect(await told('north', 'report-escalated')).toEqual([[1, 3]])
  })

  test('after a week of downtime tell the nearest stage alone', async () => {
    at('2031-05-08T08:00:00')
    await remind()
    expect(await told('lunda', 'report-due')).toEqual([[1, '2031-05-10']])
    at('2031-05-15T08:00:00')
    await remind()
    await remind()
    expect(await told('lunda', 'report-due')).toEqual([[1, '2031-05-10']])
    expect(await told('lunda', 'report-overdue')).toEqual([[1, '2031-05-10']])
  })

  test('stand on a due day that a day off has moved', async () => {
    await world.rows(sql`update reporting.round set state = 'closed'`)
    // 25 May 2031 is a Sunday and the day after a holiday: the due day moves to the 27th, and its reminders with it.
    const day = (month: number, date: number) => ({ year: 0, month, day: date })
    const moved = { kind: 'days' as const, days: { S1: day(5, 25), S2: day(11, 23) } }
    const second = await aReportRound(world, { regime: { onHoliday: 'after', rootDue: moved } })
    const { dueOn } = second.of('ministry')
    expect(dueOn).toBe('2031-05-27')
    at('2031-05-12T08:00:00')
    await remind()
    expect(await told('ministry', 'report-due')).toEqual([])
    at('2031-05-13T08:00:00')
    await remind()
    expect(await told('ministry', 'report-due')).toEqual([[1, dueOn]])
  })

  test('never come for what was sent, exempted or withdrawn, and move with an extension', async () => {
    const lunda = await aReport(world, round, 'lunda')
    await written(world, lunda, 'lunda')
    await sent(world, lunda, 'lunda')
    const change = (body: BodyName, act: string, over: object = {}) =>
      world.done('north approver', 'POST', `/reporting/obligations/${round.of(body).id}/${act}`, {
        ...{ reason: 'Flom', version: 1 },
        ...over,
      })
    await change('havn', 'exemption')
    await change('askog', 'extension', { dueOn: '2031-05-20' })
    expect(await told('havn', 'report-exempted')).toHaveLength(1)
    expect(await told('askog', 'report-extended')).toEqual([[1, '2031-05-20']])
    at('2031-05-05T08:00:00')
    await remind()
    for (const body of ['lunda', 'havn', 'askog'] as const)
      expect([body, await told(body, 'report-due')]).toEqual([body, []])
    at('2031-05-06T08:00:00')
    await remind()
    expect(await told('askog', 'report-due')).toEqual([[1, '2031-05-20']])
    at('2031-05-19T08:00:00')
    expect((await remind()).escalated).toBe(1)
    await world.rows(
      sql`update reporting.obligation set state = 'withdrawn', reason = 'x' where id = ${round.of('askog').id}::uuid`,
    )
    at('2031-05-25T08:00:00')
    await remind()
    expect(await told('askog', 'report-overdue')).toEqual([])
  })

  test('a body that is only asked is reminded, and never told of above', async () => {
    at('2031-05-12T08:00:00')
    await remind()
    expect(await told('northCourt', 'report-due')).toHaveLength(1)
    at('2031-05-25T08:00:00')
    await remind()
    expect(await told('northCourt', 'report-overdue')).toEqual([])
    // Three communes and the department; not the court.
    expect(await told('north', 'report-escalated')).toEqual([[1, 4]])
  })
})

describe('news of reports', () => {
  test('a round that opens tells those who owe, and where to begin', async () => {
    const { items } = (await world.done('lunda officer', 'GET', '/notices')) as unknown as NoticePage
    expect(items[0]).toMatchObject({
      ...{ kind: 'report-round-opened', params: { to: '2031-05-10' } },
      record: { kind: 'reporting.obligation', id: round.of('lunda').id, address: '/bao-cao' },
    })
    expect(items[0]?.record?.title).toContain('Rapport om bårn (10/12/2030 – 09/06/2031)')
    expect(await told('ministry', 'report-round-opened')).toEqual([])
  })

  test('a report returned with a new day, accepted, withdrawn tells the other side', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    const { number } = await sent(world, id, 'lunda')
    await world.done('lunda approver', 'POST', `/reporting/reports/${id}/withdrawal`, { number })
    expect(await told('north', 'report-withdrawn')).toHaveLength(1)
    const again = await sent(world, id, 'lunda')
    const line = { number: again.number, line: 'situation/*', reason: 'Mer' }
    await world.done('north officer', 'PUT', `/reporting/reports/${id}/marks`, line)
    await world.done('north approver', 'POST', `/reporting/reports/${id}/return`, {
      ...{ number: again.number, reason: 'Mer', dueOn: '2031-05-16' },
    })
    expect(await told('lunda', 'report-returned')).toEqual([[1, '2031-05-16']])
    at('2031-05-13T08:00:00')
    await remind()
    expect(await told('lunda', 'report-due')).toEqual([[1, '2031-05-16']])
  })

  test('come in one letter a day, whatever their number, and not while they are put off', async () => {
    at('2031-05-07T07:30:00')
    await remind()
    const pen = { say: world.say, timeZone: 'Asia/Ho_Chi_Minh', publicUrl: undefined }
    const digests = () => makeDigests(world.ground, allSubjects, pen)
    at('2031-05-08T07:30:00')
    expect(await digests()).toBe(1)
    expect(await digests()).toBe(0)
    at('2031-05-10T06:00:00')
    await remind()
    const { items } = (await world.done('lunda officer', 'GET', '/notices')) as unknown as NoticePage
    for (const { id } of items)
      await world.done('lunda officer', 'POST', `/notices/${id}/snooze`, { until: '2031-05-20' })
    at('2031-05-12T08:00:00')
    expect(await digests()).toBe(0)
    at('2031-05-20T08:00:00')
    expect(await digests()).toBe(1)
    const letters = await world.rows(
      sql<{
        day: string
      }>`select m.day from notifications.mail m join access.person p on p.id = m.person_id where p.name = 'Ola lunda' order by m.day`,
    )
    expect(letters.map(({ day }) => day)).toEqual(['2031-05-08', '2031-05-20'])
  })
})
