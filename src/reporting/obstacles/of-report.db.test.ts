import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ObstacleDetail, ObstacleRow, ReportDetail, Trace } from '#reporting/model'
import { country } from '../../../countries/testland/index.ts'
import { enrolAll } from '../../../test/kit/enrolled.ts'
import { aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'
import { followBodies } from './follow.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, { 'lunda approver': { name: 'Liv' } })
})
afterAll(() => world.close())

let id: string
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  // Obstacles of other tests are closed: what is said in the same words of an open one is that one.
  await world.asProduct(({ db }) => sql`update reporting.obstacle set state = 'closed'`.execute(db))
  const round = await aReportRound(world)
  id = await aReport(world, round, 'lunda')
  await written(world, id, 'lunda')
})

const reports = '/reporting/reports'
const at = '/reporting/obstacles'
type Line = { key: string; text: string; theme?: string }

async function say(...lines: Line[]): Promise<void> {
  const { sections } = (await world.done('lunda officer', 'GET', `${reports}/${id}`)) as unknown as ReportDetail
  const { version } = sections.find(({ key }) => key === 'obstacles') ?? { version: 0 }
  const said = lines.map((line) => ({ theme: 'people', proposal: '', obstacleId: null, origins: [], ...line }))
  await world.done('lunda officer', 'PUT', `${reports}/${id}/sections/obstacles`, {
    ...{ version, content: { kind: 'obstacles', lines: said } },
  })
}
const send = () => sent(world, id, 'lunda')
const withdraw = (number: number) => world.done('lunda approver', 'POST', `${reports}/${id}/withdrawal`, { number })
async function records(): Promise<ObstacleDetail[]> {
  const { items } = await world.done('lunda officer', 'GET', `${at}?reportId=${id}`)
  const found: ObstacleDetail[] = []
  for (const row of (items as ObstacleRow[]).toSorted((a, b) => a.words.localeCompare(b.words)))
    found.push((await world.done('lunda officer', 'GET', `${at}/${row.id}`)) as unknown as ObstacleDetail)
  return found
}
const inShort = (all: readonly ObstacleDetail[]) => all.map(({ words, state }) => [words, state])

describe('an obstacle written in a report', () => {
  test('is a record once it is sent, routed by its theme, linked both ways', async () => {
    await say({ key: 'o1', text: 'Ingen folk' })
    expect(await records()).toEqual([])
    const { number } = await send()
    const [one, ...others] = await records()
    expect(others).toEqual([])
    expect(one).toMatchObject({
      ...{ words: 'Ingen folk', state: 'raised', by: { id: bodyId('lunda') }, routedTo: { id: bodyId('northHealth') } },
      saidIn: [{ reportId: id, line: 'obstacles/o1', number, isWithdrawn: false }],
    })
    const line = `${reports}/${id}/submissions/${number}/trace?line=obstacles/o1`
    const trace = (await world.done('lunda officer', 'GET', line)) as unknown as Trace
    expect(trace.obstacles.map((found) => found.id)).toEqual([one?.id])
    expect((await world.ask('south officer', 'GET', line)).status).toBe(404)
    expect((await world.ask('south officer', 'GET', `${at}/${one?.id ?? ''}`)).status).toBe(404)
  })

  test('is withdrawn with its report, and is the same record when it is sent again in other words', async () => {
    await say({ key: 'o1', text: 'Ingen folk' }, { key: 'o2', text: 'Ingen penger', theme: 'money' })
    await withdraw((await send()).number)
    expect(inShort(await records())).toEqual([
      ['Ingen folk', 'closed'],
      ['Ingen penger', 'closed'],
    ])
    await say({ key: 'o1', text: 'For få folk' })
    await send()
    const [again, gone] = await records()
    expect(inShort(again && gone ? [again, gone] : [])).toEqual([
      ['For få folk', 'raised'],
      ['Ingen penger', 'closed'],
    ])
    expect(again?.steps.map(({ kind }) => kind)).toEqual(['raised', 'withdrawn', 'raised'])
    expect((await records()).length).toBe(2)
  })

  test('that somebody worked on stays as it was answered when the report is withdrawn', async () => {
    await say({ key: 'o1', text: 'Ingen folk' })
    const { number } = await send()
    const [one] = await records()
    await world.done('northHealth officer', 'POST', `${at}/${one?.id ?? ''}/answer`, { words: 'Ja', version: 1 })
    await withdraw(number)
    expect(inShort(await records())).toEqual([['Ingen folk', 'answered']])
    await say({ key: 'o1', text: 'Andre ord' })
    await send()
    expect(inShort(await records())).toEqual([['Ingen folk', 'answered']])
  })

  test('said before in the same words and still open is that one', async () => {
    const raised = await world.done('lunda officer', 'POST', at, {
      ...{ theme: 'people', words: 'Ingen  folk', proposal: '', reportId: null },
    })
    await say({ key: 'o1', text: 'Ingen  folk' })
    await send()
    const list = await world.done('lunda officer', 'GET', `${at}?side=own&state=raised`)
    expect((list.items as ObstacleRow[]).map((row) => row.id)).toEqual([raised.id])
    const one = (await world.done('lunda officer', 'GET', `${at}/${String(raised.id)}`)) as unknown as ObstacleDetail
    expect(one.saidIn).toMatchObject([{ reportId: id, line: 'obstacles/o1' }])
  })
})

describe('a reform', () => {
  test('hands the obstacles of a body that ended over to the one that took over, once', async () => {
    world.clock.now = new Date('2032-03-04T03:00:00Z')
    const [raisedBy, routedTo] = [bodyId('askog'), bodyId('north')]
    const obstacle = await world.asProduct(async ({ db, actor, now }) => {
      const values = { id: crypto.randomUUID(), agencyId: raisedBy, routedToId: routedTo, heldIds: [routedTo] }
      const said = { theme: 'other', words: 'Ingen vei', state: 'raised' as const, answerDueOn: '2032-12-01' }
      await db
        .insertInto('reporting.obstacle')
        .values({ ...values, ...said, raisedBy: actor.personId, raisedAt: now })
        .execute()
      return values.id
    })
    const follow = () => world.asProduct((ctx) => followBodies(ctx, country.reporting, 'children'))
    expect(await follow()).toBe(0)
    world.clock.now = new Date('2032-07-02T03:00:00Z')
    expect(await follow()).toBe(1)
    expect(await follow()).toBe(0)
    expect(
      await world.rows(
        sql<{
          agencyId: string
          routedToId: string
        }>`select agency_id, routed_to_id from reporting.obstacle where id = ${obstacle}::uuid`,
      ),
    ).toEqual([{ agencyId: bodyId('havn'), routedToId: routedTo }])
    const steps = await world.rows(
      sql<{ kind: string }>`select kind from reporting.obstacle_step where obstacle_id = ${obstacle}::uuid`,
    )
    expect(steps).toEqual([{ kind: 'handed-over' }])
  })
})
