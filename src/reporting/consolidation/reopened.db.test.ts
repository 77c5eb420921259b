import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Below, ReportDetail } from '#reporting/model'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aFormDefinition, aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'
import { tendRounds } from './daily.ts'

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

const at = (id: string, act = '') => `/reporting/reports/${id}${act}`
const read = async (who: string, id: string) => (await world.done(who, 'GET', at(id))) as unknown as ReportDetail
const column = async (who: string, name: 'returned' | 'toSign') => {
  const work = await world.done(who, 'GET', '/reporting/work')
  return (work[name] as { items: { reportId: string }[] }).items.map(({ reportId }) => reportId)
}
const returned = async (id: string, number: number, dueOn: string) => {
  await world.done('north officer', 'PUT', at(id, '/marks'), { number, line: 'figures/vaccinated', reason: 'Feil' })
  return world.ask('north approver', 'POST', at(id, '/return'), { number, dueOn, reason: null })
}

/** An accepted report of Lunda, its round closed, opened again by an order. */
async function reopenedAfterClosing(): Promise<string> {
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  await sent(world, id, 'lunda')
  await world.done('north approver', 'POST', at(id, '/acceptance'), { number: 1 })
  world.clock.now = new Date('2031-08-01T03:00:00Z')
  await world.asProduct(tendRounds)
  await world.done('north approver', 'POST', at(id, '/reopening'), {
    ...{ number: 1, orderNumber: '9/V', orderOn: '2031-08-01', reason: 'Feil', until: '2031-08-10', lines: [] },
  })
  return id
}

test('what was opened by an order after its round was closed waits for its writer, then for its signer', async () => {
  const id = await reopenedAfterClosing()
  expect(await column('lunda officer', 'returned')).toContain(id)
  await written(world, id, 'lunda', { numerator: 36 })
  expect(await column('lunda approver', 'toSign')).toContain(id)
  expect((await read('lunda approver', id)).owed).toMatchObject({ isOpen: true, mayBeSigned: true })
  world.clock.now = new Date('2031-08-11T03:00:00Z')
  expect(await column('lunda officer', 'returned')).not.toContain(id)
  expect((await read('lunda officer', id)).mayWrite).toBe(false)
})

test('an amended version that is returned can be corrected until its new due day, though the round is closed', async () => {
  const id = await reopenedAfterClosing()
  await written(world, id, 'lunda', { numerator: 36 })
  await sent(world, id, 'lunda')
  expect((await returned(id, 2, '2031-08-20')).status).toBe(204)
  world.clock.now = new Date('2031-08-15T03:00:00Z')
  expect((await read('lunda officer', id)).mayWrite).toBe(true)
  const section = (await read('lunda officer', id)).sections.find(({ key }) => key === 'figures')
  const line = { key: 'vaccinated', mode: 'typed', status: 'A', numerator: 35, denominator: 40, absence: null }
  await world.done('lunda officer', 'PUT', at(id, '/sections/figures'), {
    version: section?.version,
    content: { kind: 'figures', lines: [{ ...line, comment: '', explanation: '' }] },
  })
  expect((await sent(world, id, 'lunda')).number).toBe(3)
  await world.done('north approver', 'POST', at(id, '/acceptance'), { number: 3 })
  await world.asProduct(tendRounds)
  expect((await read('lunda officer', id)).owed).toMatchObject({ state: 'locked', acceptedNumber: 3 })
})

test('one that is not sent again by then is what was accepted, and nothing of the amended version is left waiting', async () => {
  const id = await reopenedAfterClosing()
  await written(world, id, 'lunda', { numerator: 36 })
  await sent(world, id, 'lunda')
  await world.done('north officer', 'PUT', at(id, '/marks'), { number: 2, line: 'situation/*', reason: 'Kort' })
  await world.done('north approver', 'POST', at(id, '/return'), { number: 2, dueOn: '2031-08-20', reason: null })
  world.clock.now = new Date('2031-08-21T03:00:00Z')
  await world.asProduct(tendRounds)
  const after = await read('lunda officer', id)
  // What stands is what was accepted: that is what is shown, and what an order opens again.
  expect(after.owed).toMatchObject({ state: 'locked', number: 1, acceptedNumber: 1 })
  expect(after.sections.find(({ key }) => key === 'figures')?.content).toMatchObject({ lines: [{ numerator: 30 }] })
  const decided = await world.rows(
    sql<{ outcome: string | null }>`
      select (select d.outcome from indicators.decision d where d.cell_id = o.cell_id and d.vintage = o.vintage) as outcome
      from indicators.observation o where o.numerator = 36 and o.entered_at >= '2031-08-01'`,
  )
  expect(decided.map(({ outcome }) => outcome)).not.toContain(null)
  expect(decided.length).toBeGreaterThan(0)
  const order = { orderNumber: '10/V', orderOn: '2031-08-21', reason: 'Feil', until: '2031-08-30', lines: [] }
  await world.done('north approver', 'POST', at(id, '/reopening'), { number: 1, ...order })
  await written(world, id, 'lunda', { numerator: 37 })
  expect((await sent(world, id, 'lunda')).number).toBe(3)
})

test('a nil report that was opened again and not sent is nil again: nothing is left in its draft', async () => {
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  await sent(world, id, 'lunda', true)
  await world.done('north approver', 'POST', at(id, '/acceptance'), { number: 1 })
  await world.done('north approver', 'POST', at(id, '/reopening'), {
    ...{ number: 1, orderNumber: '9/V', orderOn: '2031-03-04', reason: 'Feil', until: '2031-03-20', lines: [] },
  })
  await written(world, id, 'lunda', { numerator: 36 })
  await sent(world, id, 'lunda')
  await returned(id, 2, '2031-03-21')
  world.clock.now = new Date('2031-03-22T03:00:00Z')
  await world.asProduct(tendRounds)
  const after = await read('lunda officer', id)
  expect(after.owed).toMatchObject({ state: 'accepted', number: 1, isNil: true })
  expect(after.sections.find(({ key }) => key === 'figures')?.content).toEqual({ kind: 'figures', lines: [] })
})

test('more time is more time for a report that was returned, too', async () => {
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  await sent(world, id, 'lunda')
  await returned(id, 1, '2031-03-20')
  expect((await read('lunda officer', id)).owed.dueOn).toBe('2031-03-20')
  const more = { dueOn: '2031-05-20', reason: 'Flom', version: 1 }
  await world.done('ministry approver', 'POST', `/reporting/obligations/${round.of('lunda').id}/extension`, more)
  expect((await read('lunda officer', id)).owed.dueOn).toBe('2031-05-20')
})

test('what came late is called late also while it is returned with another day', async () => {
  world.clock.now = new Date('2031-05-11T03:00:00Z')
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  await sent(world, id, 'lunda')
  const province = await aReport(world, round, 'north')
  const late = async () => {
    const { bodies } = (await world.done('north officer', 'GET', at(province, '/below'))) as unknown as Below
    return bodies.find(({ reportId }) => reportId === id)?.isLate
  }
  expect(await late()).toBe(true)
  const more = (version: number) =>
    world.ask('ministry approver', 'POST', `/reporting/obligations/${round.of('lunda').id}/extension`, {
      ...{ dueOn: '2031-05-20', reason: 'Flom', version },
    })
  // No day given afterwards makes it have come in time.
  expect((await more(1)).body.code).toBe('reporting.no-time-after-sending')
  await returned(id, 1, '2031-05-16')
  expect(await late()).toBe(true)
  expect((await more(1)).status).toBe(204)
  expect((await read('lunda officer', id)).owed.dueOn).toBe('2031-05-20')
  expect(await late()).toBe(true)
})

test('a line that was returned and is as it was is told before it is sent again', async () => {
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  await sent(world, id, 'lunda')
  await returned(id, 1, '2031-03-20')
  const untouched = async () => {
    const answer = await world.ask('lunda officer', 'GET', at(id, '/findings'))
    const found = answer.body as unknown as { line: string; code: string }[]
    return found.filter(({ code }) => code === 'reporting.returned-untouched').map(({ line }) => line)
  }
  expect(await untouched()).toEqual(['figures/vaccinated'])
  await written(world, id, 'lunda', { numerator: 31 })
  expect(await untouched()).toEqual([])
})

test('what was never accepted is not returned in a closed round, where it could not be sent again', async () => {
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  await sent(world, id, 'lunda')
  world.clock.now = new Date('2031-08-01T03:00:00Z')
  await world.asProduct(tendRounds)
  const answer = await returned(id, 1, '2031-08-10')
  expect([answer.status, answer.body.code]).toEqual([409, 'reporting.round-closed'])
  expect((await read('lunda officer', id)).owed.state).toBe('in-review')
})

test('an amended version says what became of a figure that counts, and does not leave it out', async () => {
  const sections = aFormDefinition().sections.map((section) =>
    section.kind === 'figures'
      ? { ...section, isRequired: false, rows: section.rows.map((row) => ({ ...row, isRequired: false })) }
      : section,
  )
  round = await aReportRound(world, { form: { sections } })
  const id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
  const say = async (lines: Record<string, unknown>[]) => {
    const section = (await read('lunda officer', id)).sections.find(({ key }) => key === 'figures')
    const content = { kind: 'figures', lines }
    await world.done('lunda officer', 'PUT', at(id, '/sections/figures'), { version: section?.version, content })
  }
  const findings = async () => {
    const answer = await world.ask('lunda officer', 'GET', at(id, '/findings'))
    return (answer.body as unknown as { line: string; code: string }[]).map(({ line, code }) => `${line} ${code}`)
  }
  const missing = 'figures/vaccinated reporting.figure-missing'
  const line = { key: 'vaccinated', mode: 'typed', comment: '', explanation: '' }
  await say([])
  expect(await findings()).not.toContain(missing)
  await say([{ ...line, status: 'E', numerator: 30, denominator: 40, absence: null }])
  await sent(world, id, 'lunda')
  await world.done('north approver', 'POST', at(id, '/acceptance'), { number: 1 })
  await world.done('north approver', 'POST', at(id, '/reopening'), {
    ...{ number: 1, orderNumber: '9/V', orderOn: '2031-03-04', reason: 'Feil', until: '2031-03-20', lines: [] },
  })
  await say([])
  expect(await findings()).toContain(missing)
  await say([{ ...line, status: null, numerator: null, denominator: null, absence: 'not-yet-known' }])
  expect(await findings()).not.toContain(missing)
})
