import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#platform'
import { actorOf, aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport } from '../../../test/kit/sent-report.ts'

let world: PlanWorld
let round: ReportRound
let reports: Record<'lunda' | 'havn' | 'askog', string>
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  round = await aReportRound(world)
  const [lunda, havn, askog] = [
    await aReport(world, round, 'lunda'),
    await aReport(world, round, 'havn'),
    await aReport(world, round, 'askog'),
  ]
  reports = { lunda, havn, askog }
})

const bodies = ['lunda', 'havn', 'askog'] as const
const words = (text: string) => ({ kind: 'narrative', paragraphs: [{ key: 'p1', text, origins: [] }] })
const figures = (numerator: number) => ({
  kind: 'figures',
  lines: [
    {
      ...{ key: 'vaccinated', mode: 'typed', status: 'E', numerator, denominator: 40, absence: null },
      ...{ comment: '', explanation: '' },
    },
  ],
})
const noMoney = { kind: 'money', lines: [] }
const put = (who: string, report: string, section: string, body: unknown, key = newId()) =>
  world.ask(who, 'PUT', `/reporting/reports/${report}/sections/${section}`, body, { 'idempotency-key': key })
const drafts = () =>
  world.rows(sql<{
    reportId: string
    section: string
    content: unknown
    version: number
    savedBy: string
    writers: string[]
    tx: string
  }>`
    select report_id, section, content, version, saved_by, writers, xmin::text as tx from reporting.draft_section
    where report_id = any (${Object.values(reports)}::uuid[]) order by report_id, section`)
const draft = async (report: string, section: string) =>
  (await drafts()).find((one) => one.reportId === report && one.section === section)
type Entry = { personId: string; agencyId: string; outcome: string; params: unknown }
const entries = (report: string) =>
  world.rows(sql<Entry>`select person_id, agency_id, outcome, params from platform.audit_entry
    where record_id = ${report}::uuid and action = 'reporting.section-saved' order by sequence`)

describe('sections saved at the same moment', () => {
  test('are kept in fewer transactions than there are savings, each as its own person, each in the audit by his name', async () => {
    const answers = await Promise.all(
      bodies.flatMap((body) => [
        put(`${body} officer`, reports[body], 'situation', { version: 1, content: words(`Bårn i ${body}`) }),
        put(`${body} officer 2`, reports[body], 'figures', { version: 1, content: figures(30) }),
        put(`${body} approver`, reports[body], 'money', { version: 1, content: noMoney }),
      ]),
    )
    expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [200, { version: 2 }]))
    const saved = (await drafts()).filter(({ version }) => version === 2)
    expect(saved).toHaveLength(9)
    expect(new Set(saved.map(({ tx }) => tx)).size).toBeLessThan(5)
    for (const { writers, savedBy } of saved) expect(writers).toEqual([savedBy])
    for (const body of bodies) {
      const byOf = Object.fromEntries(
        saved.filter((one) => one.reportId === reports[body]).map((one) => [one.section, one.savedBy]),
      )
      expect(byOf).toEqual({
        situation: actorOf(`${body} officer`).personId,
        figures: actorOf(`${body} officer 2`).personId,
        money: actorOf(`${body} approver`).personId,
      })
      expect((await draft(reports[body], 'situation'))?.content).toEqual(words(`Bårn i ${body}`))
      const told = (await entries(reports[body])).map(({ personId, agencyId, params }) => [personId, agencyId, params])
      expect(told).toHaveLength(3)
      expect(told).toContainEqual([
        actorOf(`${body} officer 2`).personId,
        bodyId(body),
        { section: 'figures', version: 2 },
      ])
    }
  })

  test('leave each writer among those who may not sign, though another saved over him', async () => {
    const version = (number: number, text: string) => ({ version: number, content: words(text) })
    for (const [who, number] of [
      ['approver', 1],
      ['officer', 2],
      ['officer', 3],
    ] as const)
      await Promise.all(
        bodies.map((body) => put(`${body} ${who}`, reports[body], 'situation', version(number, `Bårn ${number}`))),
      )
    for (const body of bodies) {
      const by = [actorOf(`${body} approver`).personId, actorOf(`${body} officer`).personId]
      expect((await draft(reports[body], 'situation'))?.writers).toEqual(by)
    }
    const { sections } = (await world.done('lunda officer', 'GET', `/reporting/reports/${reports.lunda}`)) as {
      sections: { key: string; version: number }[]
    }
    const versions = Object.fromEntries(sections.map((one) => [one.key, one.version]))
    const signed = await world.ask('lunda approver', 'POST', `/reporting/reports/${reports.lunda}/submission`, {
      ...{ versions, isNil: false },
    })
    expect([signed.status, signed.body['code']]).toEqual([403, 'access.second-person-needed'])
  })

  test('fail by themselves: others’ reports, stale versions, forged content; the good ones are kept', async () => {
    const content = words('Sann')
    const [good, foreign, above, stale, forged, twice, closed, other] = await Promise.all([
      put('lunda officer', reports.lunda, 'situation', { version: 1, content }),
      put('lunda officer', reports.havn, 'situation', { version: 1, content: words('Falsk') }),
      put('north officer', reports.havn, 'situation', { version: 1, content: words('Falsk') }),
      put('askog officer', reports.askog, 'situation', { version: 7, content }),
      put('askog officer', reports.askog, 'figures', {
        version: 1,
        content: { ...figures(1), lines: figures(1).lines.map((line) => ({ ...line, key: 'unasked' })) },
      }),
      put('askog officer', reports.askog, 'money', {
        version: 1,
        content: {
          kind: 'money',
          lines: [1, 2].map(() => ({ key: 'care', source: 'aid', amount: '1', absence: null })),
        },
      }),
      put('askog officer', reports.askog, 'none', { version: 1, content }),
      put('havn officer', reports.havn, 'figures', { version: 1, content: figures(12) }),
    ])
    expect([good.status, other.status]).toEqual([200, 200])
    expect([foreign, above, closed].map(({ status }) => status)).toEqual([404, 404, 404])
    expect([stale.status, stale.body.code]).toEqual([409, 'platform.stale-version'])
    for (const one of [forged, twice]) expect([one.status, one.body.code]).toEqual([422, 'reporting.not-of-this-form'])
    expect(
      (await drafts()).filter(({ version }) => version > 1).map(({ reportId, section }) => [reportId, section]),
    ).toEqual(
      [
        [reports.lunda, 'situation'],
        [reports.havn, 'figures'],
      ].toSorted(),
    )
    const refused = await world.rows(sql<Entry>`select person_id from platform.audit_entry where outcome = 'refused'`)
    expect(refused.map(({ personId }) => personId)).toEqual(
      expect.arrayContaining([actorOf('lunda officer').personId, actorOf('north officer').personId]),
    )
  })

  test('have one effect and one answer for one key, and a key of another request refuses only its own', async () => {
    const [key, used] = [newId(), newId()]
    const body = { version: 1, content: words('En gang') }
    const same = await Promise.all([1, 2, 3].map(() => put('lunda officer', reports.lunda, 'situation', body, key)))
    expect(same.map((one) => [one.status, one.body])).toEqual(same.map(() => [200, { version: 2 }]))
    expect(await entries(reports.lunda)).toHaveLength(1)
    expect((await put('lunda officer', reports.lunda, 'situation', body, key)).body).toEqual({ version: 2 })

    await put('havn officer', reports.havn, 'situation', body, used)
    const [reused, beside] = await Promise.all([
      put('havn officer', reports.havn, 'figures', { version: 1, content: figures(3) }, used),
      put('askog officer', reports.askog, 'figures', { version: 1, content: figures(4) }),
    ])
    expect([reused.status, reused.body.code]).toEqual([409, 'platform.idempotency-key-reused'])
    expect([beside.status, (await draft(reports.askog, 'figures'))?.version]).toEqual([200, 2])
    expect((await draft(reports.havn, 'figures'))?.version).toBe(1)
  })

  test('of which two are of one section keep the first and tell the second', async () => {
    const answers = await Promise.all(
      ['lunda officer', 'lunda officer 2'].map((who) =>
        put(who, reports.lunda, 'situation', { version: 1, content: words(who) }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const held = await draft(reports.lunda, 'situation')
    expect([held?.version, await entries(reports.lunda)]).toEqual([
      2,
      [expect.objectContaining({ personId: held?.savedBy })],
    ])
  })
})

describe('the second wall stands for each of many in one transaction', () => {
  const row = (who: string, report: string, place: number) => {
    const { personId, viewers, agencyId } = actorOf(who)
    return {
      place,
      person: personId,
      viewers,
      agency: agencyId,
      report,
      section: 'situation',
      version: 1,
      content: words('Falsk'),
      at: '2031-03-04T03:00:00Z',
    }
  }

  test('the statements neither find nor write what the named person may not, and leave nobody behind', async () => {
    const waiting = JSON.stringify([
      row('lunda officer', reports.havn, 0),
      row('havn officer', reports.havn, 1),
      row('north officer', reports.lunda, 2),
      { ...row('lunda officer', reports.lunda, 3), agency: bodyId('havn') },
    ])
    const seen = await world.as('ministry officer', async ({ db }) => {
      const found = await sql<{
        place: number
      }>`select place from reporting.find_to_save(${waiting}::jsonb, '{}')`.execute(db)
      const saved = await sql<{
        place: number
      }>`select place from reporting.save_sections(${waiting}::jsonb) as place`.execute(db)
      const after = await sql<{ who: string; everywhere: string; rows: number }>`
        select current_setting('mangnon.person') as who, current_setting('mangnon.everywhere') as everywhere,
          (select count(*)::int from reporting.draft_section) as rows`.execute(db)
      return { found: found.rows, saved: saved.rows, after: after.rows }
    })
    expect(seen).toEqual({
      found: [{ place: 1 }],
      saved: [{ place: 1 }],
      after: [{ who: '', everywhere: '', rows: 0 }],
    })
    expect((await draft(reports.lunda, 'situation'))?.version).toBe(1)
  })

  test('nobody is answered or audited as another: what is kept is kept as the person it is of', async () => {
    const { personId, viewers, agencyId, postId } = actorOf('lunda officer')
    const kept = {
      ...{
        person: personId,
        viewers,
        agency: agencyId,
        key: newId(),
        route: 'put /x',
        hash: 'x',
        answer: {},
        entry_id: newId(),
      },
      ...{
        at: '2031-03-04T03:00:00Z',
        action: 'reporting.section-saved',
        post: postId,
        of_agency: agencyId,
        record_kind: 'reporting.report',
      },
      ...{ record_id: reports.lunda, params: {}, request_id: 'test-kept' },
    }
    // Even whoever acts as the product here does not write as everybody: inside, only the named person acts.
    await world.asProduct(({ db }) => sql`select platform.keep_together(${JSON.stringify([kept])}::jsonb)`.execute(db))
    expect((await entries(reports.lunda)).map((one) => one.personId)).toEqual([personId])
    await expect(
      world.asProduct(({ db }) =>
        sql`select platform.keep_together(${JSON.stringify([{ ...kept, entry_id: newId() }])}::jsonb)`.execute(db),
      ),
    ).rejects.toThrow(/idempotency_key_pkey/)
  })
})
