import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ReportDetail } from '#reporting/model'
import { aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'

let world: PlanWorld
let round: ReportRound
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  round = await aReportRound(world)
})

const at = (id: string, act = '') => `/reporting/reports/${id}${act}`
const read = async (who: string, id: string) => (await world.done(who, 'GET', at(id))) as unknown as ReportDetail
const codes = (answers: { status: number; body: Record<string, unknown> }[]) =>
  answers.map(({ status, body }) => (status < 300 ? 'done' : body.code)).toSorted()
/** What was decided of the figures of a commune in this round. */
const decisions = (reportId: string) =>
  world.rows(sql<{
    outcome: string
  }>`select d.outcome from indicators.decision d join reporting.submission s on s.report_id = ${reportId}::uuid
    cross join jsonb_array_elements(s.content -> 'sections') section cross join jsonb_array_elements(coalesce(section -> 'content' -> 'lines', '[]'::jsonb)) said
    where said ->> 'cellId' = d.cell_id::text and (said ->> 'vintage')::integer = d.vintage`)

describe('at once', () => {
  test('a head presses twice: one submission, one vintage, one step; the other is told the state', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda', { numerator: 33 })
    const { sections } = await read('lunda officer', id)
    const versions = Object.fromEntries(sections.map(({ key, version }) => [key, version]))
    const twice = await Promise.all(
      [1, 2].map(() => world.ask('lunda approver', 'POST', at(id, '/submission'), { versions, isNil: false })),
    )
    expect(codes(twice)).toEqual(['done', 'reporting.not-in-that-state'])
    const { submissions, steps } = await read('lunda officer', id)
    expect([submissions.length, steps.map(({ kind }) => kind)]).toEqual([1, ['submitted']])
    const vintages = await world.rows(
      sql`select o.vintage from indicators.observation o where o.agency_id = ${bodyId('lunda')}::uuid and o.numerator = 33`,
    )
    expect(vintages.length).toBe(1)
    await world.done('north approver', 'POST', at(id, '/acceptance'), { number: 1 })
  })

  test('a body is freed of its report while it sends it: one of the two is done, never both', async () => {
    for (const body of ['lunda', 'havn', 'askog'] as const) {
      const id = await aReport(world, round, body)
      await written(world, id, body, { numerator: 32 })
      const { sections } = await read(`${body} officer`, id)
      const versions = Object.fromEntries(sections.map(({ key, version }) => [key, version]))
      const obligation = round.of(body).id
      const answers = await Promise.all([
        world.ask(`${body} approver`, 'POST', at(id, '/submission'), { versions, isNil: false }),
        world.ask('north approver', 'POST', `/reporting/obligations/${obligation}/exemption`, {
          ...{ reason: 'Fri', version: 1 },
        }),
      ])
      expect(codes(answers)).toContain('done')
      const { owed } = await read(`${body} officer`, id)
      expect([
        ['owed', 1],
        ['exempt', 0],
      ]).toContainEqual([owed.obligationState, owed.number])
    }
  })

  test('one reviewer accepts while another returns: one of the two is done, and the figures are decided once', async () => {
    for (const body of ['lunda', 'havn'] as const) {
      const id = await aReport(world, round, body)
      await written(world, id, body, { numerator: 31 })
      const { number } = await sent(world, id, body)
      await world.done('north officer', 'PUT', at(id, '/marks'), { number, line: 'situation/p1', reason: 'Uklart' })
      const unmark = { number, line: 'situation/p1', reason: null }
      const answers = await Promise.all([
        world.ask('north approver', 'POST', at(id, '/return'), { number, dueOn: '2031-05-20', reason: null }),
        world
          .ask('north approver 2', 'PUT', at(id, '/marks'), unmark)
          .then(() => world.ask('north approver 2', 'POST', at(id, '/acceptance'), { number })),
      ])
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
      const { owed, steps } = await read('north approver', id)
      const decided = steps.filter(({ kind }) => kind === 'accepted' || kind === 'returned')
      expect(decided.map(({ kind }) => kind)).toEqual([owed.state])
      expect((await decisions(id)).map(({ outcome }) => outcome)).toEqual(owed.state === 'accepted' ? ['accepted'] : [])
    }
  })

  test('two colleagues draw everything from below: every line is in the report once', async () => {
    const below = await aReport(world, round, 'lunda')
    await written(world, below, 'lunda', { numerator: 32 })
    await sent(world, below, 'lunda')
    await world.done('north approver', 'POST', at(below, '/acceptance'), { number: 1 })
    const id = await aReport(world, round, 'north')
    const all = { all: true, take: [], leave: [] }
    const answers = await Promise.all(
      ['north officer', 'north officer 2', 'north approver'].map((who) =>
        world.ask(who, 'POST', at(id, '/drawing'), all),
      ),
    )
    expect(answers.map(({ status, body }) => [status, body.taken]).toSorted()).toEqual(
      [0, 0, 1].map((taken) => [200, taken]),
    )
    const { sections, steps } = await read('north officer', id)
    const words = sections.find(({ key }) => key === 'situation')?.content
    expect(words?.kind === 'narrative' && words.paragraphs).toHaveLength(1)
    expect(steps.map(({ kind }) => kind)).toEqual(['consolidated'])
  })
})
