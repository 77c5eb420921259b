import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Picture } from '#indicators/model'
import { measureId } from '#indicators'
import { idOfKey } from '#platform'
import type { OwedReport, ReportDetail, SubmissionDetail } from '#reporting/model'
import { aPlanWorld, bodyId, type BodyName, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'

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

const read = async (who: string, id: string) =>
  (await world.done(who, 'GET', `/reporting/reports/${id}`)) as unknown as ReportDetail
const submission = async (who: string, id: string, number: number) =>
  (await world.done(who, 'GET', `/reporting/reports/${id}/submissions/${number}`)) as unknown as SubmissionDetail
const nation = async () =>
  (await world.done(
    'crown officer',
    'GET',
    `/measures/${measureId('lov-1')}/picture?unitId=${idOfKey('u:TL')}&period=tl-report:2031-S1`,
  )) as unknown as Picture

describe('from a draft to a figure that counts', () => {
  test('a report is written, sent, returned by line, corrected, sent again and accepted', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    await sent(world, id, 'lunda')
    expect((await nation()).total.reported).toBe(0)
    const received = (await world.done('north officer', 'GET', `/reporting/reports/received?roundId=${round.roundId}`))
      .items as OwedReport[]
    expect(received.find(({ agencyId }) => agencyId === bodyId('lunda'))).toMatchObject({
      state: 'submitted',
      number: 1,
    })
    expect(received.map(({ state }) => state).slice(0, 2)).toEqual([null, null])

    const mark = { number: 1, line: 'figures/vaccinated', reason: 'Sjekk tallet' }
    await world.done('north officer', 'POST', `/reporting/reports/${id}/seen`, { number: 1 })
    await world.done('north officer', 'PUT', `/reporting/reports/${id}/marks`, mark)
    await world.done('north approver', 'POST', `/reporting/reports/${id}/return`, {
      ...{ number: 1, dueOn: '2031-03-20', reason: null },
    })
    const returned = await read('lunda officer', id)
    expect(returned.owed).toMatchObject({ state: 'returned', dueOn: '2031-03-20', openLines: ['figures/vaccinated'] })
    const [situation, figures] = ['situation', 'figures'].map((key) => returned.sections.find((one) => one.key === key))
    const refused = await world.ask('lunda officer', 'PUT', `/reporting/reports/${id}/sections/situation`, {
      version: situation?.version,
      content: { kind: 'narrative', paragraphs: [{ key: 'p1', text: 'Noe annet', origins: [] }] },
    })
    expect([refused.status, refused.body.code]).toEqual([422, 'reporting.line-is-closed'])
    const line = figures?.content.kind === 'figures' ? figures.content.lines[0] : undefined
    await world.done('lunda officer', 'PUT', `/reporting/reports/${id}/sections/figures`, {
      version: figures?.version,
      content: { kind: 'figures', lines: [{ ...line, numerator: 35 }] },
    })
    await sent(world, id, 'lunda')
    const second = await submission('north officer', id, 2)
    expect(second.changes).toEqual([{ line: 'figures/vaccinated', kind: 'changed' }])
    await world.done('north approver', 'POST', `/reporting/reports/${id}/acceptance`, { number: 2 })
    expect((await nation()).total).toMatchObject({ reported: 1, numerator: 35, denominator: 40, isEstimate: true })
    const first = await submission('lunda officer', id, 1)
    expect(JSON.stringify(first.content)).toContain('"numerator":30')
    const counts = await world.done('north officer', 'GET', `/reporting/reports/reviews?roundId=${round.roundId}`)
    expect(counts).toEqual({ submitted: 1, accepted: 1, firstPass: 0, linesReturned: 1, amendments: 0 })
    const steps = (await read('lunda officer', id)).steps.map(({ kind }) => kind)
    expect(steps).toEqual(['accepted', 'submitted', 'returned', 'review-begun', 'submitted'])
  })

  test('a figure that was sent is a vintage with the report as its source, waiting to be accepted', async () => {
    const id = await aReport(world, round, 'havn')
    await written(world, id, 'havn', { numerator: 12 })
    await sent(world, id, 'havn')
    const [quoted] = (await submission('havn officer', id, 1)).content.sections.flatMap(({ content }) =>
      content.kind === 'quoted' ? content.lines : [],
    )
    const rows = await world.rows(sql<{ source: string; numerator: number; accepted: number | null }>`
      select o.source, o.numerator::float8 as numerator, c.accepted_vintage as accepted from indicators.observation o
      join indicators.cell c on c.id = o.cell_id where o.cell_id = ${quoted?.cellId} and o.vintage = ${quoted?.vintage}`)
    expect(rows).toEqual([{ source: 'report', numerator: 12, accepted: null }])
    expect(quoted).toMatchObject({ value: 30, status: 'E' })
  })
})

describe('a total in a report', () => {
  test('quotes what it was made of, and stays when a figure below changes', async () => {
    for (const name of ['lunda', 'havn'] satisfies BodyName[]) {
      const below = await aReport(world, round, name)
      await written(world, below, name, { numerator: 20 })
      const { number } = await sent(world, below, name)
      await world.done('north approver', 'POST', `/reporting/reports/${below}/acceptance`, { number })
    }
    const id = await aReport(world, round, 'north')
    await written(world, id, 'north', null)
    await sent(world, id, 'north')
    const total = async () =>
      (await submission('north officer', id, 1)).content.sections.flatMap(({ content }) =>
        content.kind === 'quoted' ? content.lines : [],
      )[0]
    const then = await total()
    expect(then).toMatchObject({ mode: 'total', numerator: 40, denominator: 80, value: 50 })
    expect(then?.made).toMatchObject({ reported: 2, estimated: 2 })
    expect(then?.made?.parts.length).toBe(2)
  })
})
