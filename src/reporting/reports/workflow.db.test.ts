import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { idOfKey, newId } from '#platform'
import type { ReportDetail } from '#reporting/model'
import { aPlanWorld, bodyId, type Method, type PlanWorld } from '../../../test/kit/plan-world.ts'
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

const at = (id: string, act = '') => `/reporting/reports/${id}${act}`
const read = async (who: string, id: string) => (await world.done(who, 'GET', at(id))) as unknown as ReportDetail
const versionsOf = async (who: string, id: string) =>
  Object.fromEntries((await read(who, id)).sections.map(({ key, version }) => [key, version]))
const tried = async (who: string, method: Method, path: string, body: unknown) => {
  const answer = await world.ask(who, method, path, body)
  return [answer.status, answer.body.code]
}

describe('signing', () => {
  test('is the head’s, and not of whoever wrote it', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    const body = { versions: await versionsOf('lunda officer', id), isNil: false }
    expect(await tried('lunda officer 2', 'POST', at(id, '/submission'), body)).toEqual([403, 'reporting.may-not-sign'])
    const head = 'lunda approver'
    const [situation] = (await read(head, id)).sections
    await world.done(head, 'PUT', at(id, `/sections/${situation?.key}`), {
      version: situation?.version,
      content: situation?.content,
    })
    const again = { ...body, versions: await versionsOf(head, id) }
    expect(await tried(head, 'POST', at(id, '/submission'), again)).toEqual([403, 'access.second-person-needed'])
    expect((await world.ask('lunda approver 2', 'POST', at(id, '/submission'), again)).status).toBe(200)
  })

  test('is not of one whose words another saved over, nor does it wait for him', async () => {
    const id = await aReport(world, round, 'lunda')
    const head = 'lunda approver'
    const words = { kind: 'narrative', paragraphs: [{ key: 'p0', text: 'Av lederen', origins: [] }] }
    await world.done(head, 'PUT', at(id, '/sections/situation'), { version: 1, content: words })
    await written(world, id, 'lunda')
    const body = { versions: await versionsOf(head, id), isNil: false }
    const waiting = async (who: string) =>
      ((await world.done(who, 'GET', '/reporting/work')).toSign as { items: { reportId: string }[] }).items.map(
        ({ reportId }) => reportId,
      )
    expect(await waiting(head)).not.toContain(id)
    expect(await waiting('lunda approver 2')).toContain(id)
    expect(await tried(head, 'POST', at(id, '/submission'), body)).toEqual([403, 'access.second-person-needed'])
    expect((await world.ask('lunda approver 2', 'POST', at(id, '/submission'), body)).status).toBe(200)
    // Returned, it still holds what he wrote: a later saving by another changes nothing of that.
    await world.done('north officer', 'PUT', at(id, '/marks'), { number: 1, line: 'situation/*', reason: 'Kort' })
    await world.done('north approver', 'POST', at(id, '/return'), { number: 1, dueOn: '2031-03-10', reason: null })
    const again = { versions: await versionsOf(head, id), isNil: false }
    expect(await tried(head, 'POST', at(id, '/submission'), again)).toEqual([403, 'access.second-person-needed'])
  })

  test('is a delegate’s as long as the recorded order holds, for the regime it names', async () => {
    const id = await aReport(world, round, 'havn')
    await written(world, id, 'havn')
    const person = idOfKey('person havn officer 7')
    await world.asProduct(async ({ db }) => {
      await sql`insert into access.person (id, name, search_key, login, state, language, created_at) values (${person}, 'Nils Hav', 'nils hav', 'nils', 'active', 'vi', now())`.execute(
        db,
      )
      await sql`insert into access.post (id, person_id, agency_id, role, valid_from, created_at) values (${newId()}, ${person}, ${bodyId('havn')}, 'officer', '2030-01-01', now())`.execute(
        db,
      )
    })
    const order = {
      toPersonId: person,
      orderNumber: '7/QD',
      orderOn: '2031-03-01',
      validFrom: '2031-03-05',
      validTo: '2031-03-07',
    }
    const body = async () => ({ versions: await versionsOf('havn officer', id), isNil: false })
    const sign = async () => tried('havn officer 7', 'POST', at(id, '/submission'), await body())
    expect(await tried('havn officer', 'POST', '/reporting/delegations', { ...order, regimeId: null })).toEqual([
      403,
      'access.not-permitted',
    ])
    const { id: delegationId } = await world.done('havn approver', 'POST', '/reporting/delegations', {
      ...order,
      ...{ regimeId: round.regimeId, powers: 'KT. CHỦ TỊCH', post: 'PHÓ CHỦ TỊCH' },
    })
    const again = { ...order, regimeId: round.regimeId }
    expect(await tried('havn approver', 'POST', '/reporting/delegations', again)).toEqual([
      409,
      'reporting.delegated-already',
    ])
    expect(await sign()).toEqual([403, 'reporting.may-not-sign'])
    world.clock.now = new Date('2031-03-07T03:00:00Z')
    expect(await sign()).toEqual([403, 'reporting.may-not-sign'])
    world.clock.now = new Date('2031-03-06T03:00:00Z')
    expect((await sign())[0]).toBe(200)
    const { submissions } = await read('havn officer', id)
    expect(submissions[0]).toMatchObject({ signedAs: 'delegate', delegationOrder: '7/QD', signedByName: 'Nils Hav' })
    const paper = await world.ask('havn approver', 'GET', at(id, '/submissions/1/document?format=docx'))
    const printed = strFromU8(unzipSync(paper.raw)['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, '')
    for (const words of ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH', 'Nils Hav'])
      expect(printed).toContain(words)
    await world.done('havn approver', 'POST', `/reporting/delegations/${String(delegationId)}/end`)
    await world.done('havn approver', 'POST', at(id, '/withdrawal'), { number: 1 })
    expect(await sign()).toEqual([403, 'reporting.may-not-sign'])
  })

  test('is refused of a section that is not as it was read', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    const versions = { ...(await versionsOf('lunda officer', id)), figures: 1 }
    expect(await tried('lunda approver', 'POST', at(id, '/submission'), { versions, isNil: false })).toEqual([
      ...[409, 'platform.stale-version'],
    ])
  })
})

describe('a report', () => {
  test('says what is missing, and is not sent without it', async () => {
    const id = await aReport(world, round, 'lunda')
    await world.done('lunda officer', 'PUT', at(id, '/sections/situation'), {
      ...{
        version: 1,
        content: { kind: 'narrative', paragraphs: [{ key: 'p', text: 'x '.repeat(501), origins: [] }] },
      },
    })
    const figures = (numerator: number | null, absence: string | null) => ({
      kind: 'figures',
      lines: [
        {
          key: 'vaccinated',
          mode: 'typed',
          status: absence === null ? 'E' : null,
          numerator,
          denominator: absence === null ? 40 : null,
          absence,
          comment: '',
          explanation: '',
        },
      ],
    })
    const found = async () => {
      const list = (await world.done('lunda officer', 'GET', at(id, '/findings'))) as unknown as {
        line: string
        code: string
      }[]
      return list.map(({ line, code }) => [line, code])
    }
    expect(await found()).toEqual([
      ['situation/*', 'reporting.too-many-words'],
      ['figures/*', 'reporting.section-empty'],
    ])
    await world.done('lunda officer', 'PUT', at(id, '/sections/figures'), { version: 1, content: figures(50, null) })
    expect((await found())[1]).toEqual(['figures/vaccinated', 'indicators.part-above-whole'])
    await world.done('lunda officer', 'PUT', at(id, '/sections/figures'), {
      version: 2,
      content: figures(null, 'not-yet-known'),
    })
    expect((await found()).length).toBe(1)
    const body = { versions: await versionsOf('lunda officer', id), isNil: false }
    expect(await tried('lunda approver', 'POST', at(id, '/submission'), body)).toEqual([422, 'reporting.not-ready'])
  })

  test('refuses what its form does not ask, and a save over what a colleague saved', async () => {
    const id = await aReport(world, round, 'lunda')
    const save = (version: number, content: unknown, section = 'obstacles') =>
      tried('lunda officer', 'PUT', at(id, `/sections/${section}`), { version, content })
    const obstacle = { key: 'a', theme: 'nothing', text: 'x', proposal: '', obstacleId: null, origins: [] }
    expect(await save(1, { kind: 'obstacles', lines: [obstacle] })).toEqual([422, 'reporting.not-of-this-form'])
    expect(await save(1, { kind: 'narrative', paragraphs: [] })).toEqual([422, 'reporting.not-of-this-form'])
    expect(await save(1, { kind: 'attachments', fileIds: [newId()] }, 'papers')).toEqual([
      422,
      'reporting.not-of-this-form',
    ])
    const good = { kind: 'obstacles', lines: [{ ...obstacle, theme: 'people' }] }
    expect(await save(1, good)).toEqual([200, undefined])
    expect(await save(1, good)).toEqual([409, 'platform.stale-version'])
  })

  test('of nothing says so, enters no figure and is open as a whole when it comes back', async () => {
    const id = await aReport(world, round, 'lunda')
    await sent(world, id, 'lunda', true)
    await world.done('north officer', 'PUT', at(id, '/marks'), { number: 1, line: 'situation/*', reason: 'Skriv noe' })
    await world.done('north approver', 'POST', at(id, '/return'), { number: 1, dueOn: '2031-03-10', reason: null })
    const { owed } = await read('lunda officer', id)
    expect([owed.state, owed.openLines, owed.isNil]).toEqual(['returned', null, false])
    const cells = await world.rows(
      sql<{
        count: number
      }>`select count(*)::integer as count from indicators.observation where source = 'report' and entered_by = ${idOfKey('person lunda approver')}::uuid`,
    )
    expect(cells).toEqual([{ count: 0 }])
  })

  test('taken back before review is written again; its figures of then never count', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    await sent(world, id, 'lunda')
    await world.done('lunda approver', 'POST', at(id, '/withdrawal'), { number: 1 })
    expect((await read('lunda officer', id)).owed).toMatchObject({ state: 'draft', number: 1 })
    expect(await tried('north approver', 'POST', at(id, '/acceptance'), { number: 1 })).toEqual([
      409,
      'reporting.not-in-that-state',
    ])
    const { number } = await sent(world, id, 'lunda')
    expect(number).toBe(2)
    await world.done('north officer', 'POST', at(id, '/review'), { number })
    expect(await tried('lunda approver', 'POST', at(id, '/withdrawal'), { number })).toEqual([
      409,
      'reporting.not-in-that-state',
    ])
    await world.done('north approver', 'POST', at(id, '/acceptance'), { number })
    const vintages = await world.rows(sql<{ outcome: string; vintage: number }>`
      select d.outcome, d.vintage from indicators.decision d join indicators.cell c on c.id = d.cell_id
      where c.agency_id = ${bodyId('lunda')}::uuid order by d.vintage desc limit 2`)
    expect(vintages.map(({ outcome }) => outcome)).toEqual(['accepted', 'returned'])
  })

  test('sent twice by one key is one submission; by another it is refused', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    const body = { versions: await versionsOf('lunda officer', id), isNil: false }
    const key = { 'idempotency-key': newId() }
    const twice = await Promise.all(
      [1, 2].map(() => world.ask('lunda approver', 'POST', at(id, '/submission'), body, key)),
    )
    expect(twice.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    const after = await world.ask('lunda approver', 'POST', at(id, '/submission'), body, key)
    expect([after.status, after.body.number]).toEqual([200, 1])
    expect(await tried('lunda approver', 'POST', at(id, '/submission'), body)).toEqual([
      409,
      'reporting.not-in-that-state',
    ])
    expect((await read('lunda officer', id)).submissions.length).toBe(1)
  })

  test('sent at 23:59 of its due day in the country’s time is in time, a minute later it is late', async () => {
    const late = async (body: 'lunda' | 'havn', instant: string) => {
      const id = await aReport(world, round, body)
      await written(world, id, body)
      world.clock.now = new Date(instant)
      await sent(world, id, body)
      return (await read(`${body} officer`, id)).owed.isLate
    }
    expect(await late('lunda', '2031-05-10T16:59:00Z')).toBe(false)
    expect(await late('havn', '2031-05-10T17:00:00Z')).toBe(true)
  })
})

describe('64 at once', () => {
  test('leave a report in one state with one story: sent, withdrawn, reviewed, returned, accepted in an order that holds', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    const body = { versions: await versionsOf('lunda officer', id), isNil: false }
    const acts = [
      () => world.ask('lunda approver', 'POST', at(id, '/submission'), body),
      () => world.ask('lunda approver', 'POST', at(id, '/withdrawal'), { number: 1 }),
      () => world.ask('north officer', 'POST', at(id, '/review'), { number: 1 }),
      () => world.ask('north officer', 'PUT', at(id, '/marks'), { number: 1, line: 'figures/vaccinated', reason: 'x' }),
      () => world.ask('north approver', 'POST', at(id, '/return'), { number: 1, dueOn: '2031-04-01', reason: null }),
      () => world.ask('north approver', 'POST', at(id, '/acceptance'), { number: 1 }),
      () => world.ask('north approver', 'POST', '/reporting/reports/acceptances', { reports: [{ id, number: 1 }] }),
      () =>
        world.ask('lunda officer', 'PUT', at(id, '/sections/situation'), {
          version: body.versions.situation,
          content: { kind: 'narrative', paragraphs: [{ key: 'p1', text: 'Annet', origins: [] }] },
        }),
    ]
    const answers = await Promise.all(Array.from({ length: 64 }, (_, one) => (acts[one % acts.length] ?? acts[0])?.()))
    for (const answer of answers) expect([200, 204, 404, 409, 422]).toContain(answer?.status)
    const { owed, steps, submissions } = await read('lunda officer', id)
    const story = steps.toReversed().map(({ kind }) => kind)
    expect(follows(story)).toBe(owed.state)
    expect(submissions.length).toBe(story.filter((kind) => kind === 'submitted').length)
    const cells = await world.rows(sql<{ accepted: number; said: number }>`
      select count(*) filter (where d.outcome = 'accepted')::integer as accepted, count(*)::integer as said from indicators.observation o
      left join indicators.decision d on d.cell_id = o.cell_id and d.vintage = o.vintage
      where o.source = 'report' and o.entered_at = ${world.clock.now.toISOString()}::timestamptz and o.entered_by = ${idOfKey('person lunda approver')}::uuid
        and o.cell_id in (select (l->>'cellId')::uuid from reporting.submission s, jsonb_path_query(s.content, '$.sections[*].content.lines[*]') l where s.report_id = ${id}::uuid and l->>'cellId' is not null)`)
    expect(cells[0]?.accepted ?? 0).toBeLessThanOrEqual(1)
    if (owed.state === 'accepted') expect(cells[0]?.accepted).toBe(1)
  })
})

/** Where a report stands after what happened to it; `impossible` where one could not follow the other. */
function follows(story: readonly string[]): string {
  let state = 'draft'
  const moves: Record<string, Record<string, string>> = {
    draft: { submitted: 'submitted' },
    returned: { submitted: 'submitted' },
    submitted: { withdrawn: 'draft', 'review-begun': 'in-review', returned: 'returned', accepted: 'accepted' },
    'in-review': { returned: 'returned', accepted: 'accepted' },
  }
  for (const kind of story) state = moves[state]?.[kind] ?? 'impossible'
  return state
}

describe('the walls', () => {
  test('a draft is its body’s alone, a submission its receivers’, and neither anybody else’s', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    expect((await read('north officer', id)).sections).toEqual([])
    expect((await world.ask('south officer', 'GET', at(id))).status).toBe(404)
    expect((await world.ask('north officer', 'GET', at(id, '/findings'))).status).toBe(404)
    await sent(world, id, 'lunda')
    const seen = async (who: string) => (await world.ask(who, 'GET', at(id, '/submissions/1'))).status
    expect(await Promise.all(['north officer', 'lunda officer', 'south officer', 'havn officer'].map(seen))).toEqual([
      ...[200, 200, 404, 404],
    ])
    for (const [act, body] of [
      ['/acceptance', { number: 1 }],
      ['/return', { number: 1, dueOn: '2031-04-01', reason: null }],
      ['/withdrawal', { number: 1 }],
    ] as const)
      expect((await world.ask('south approver', 'POST', at(id, act), body)).status).toBe(404)
    // Whoever stands over the receiver does not decide in its place.
    expect((await world.ask('ministry approver', 'POST', at(id, '/acceptance'), { number: 1 })).status).toBe(404)
  })

  test('the court is requested, not ordered: who receives its report reads and accepts it all the same', async () => {
    const id = await aReport(world, round, 'northCourt')
    await written(world, id, 'northCourt', null)
    await sent(world, id, 'northCourt')
    await world.done('north approver', 'POST', at(id, '/acceptance'), { number: 1 })
    expect((await read('north officer', id)).owed).toMatchObject({
      state: 'accepted',
      isRequested: true,
      isLate: false,
    })
  })

  test('many are accepted at once, each for itself; those with something to read are left', async () => {
    const ids = []
    for (const body of ['lunda', 'havn'] as const) {
      const id = await aReport(world, round, body)
      await written(world, id, body)
      await sent(world, id, body)
      ids.push(id)
    }
    await world.done('north officer', 'PUT', at(ids[1] ?? '', '/marks'), {
      number: 1,
      line: 'situation/*',
      reason: 'x',
    })
    const done = await world.done('north approver', 'POST', '/reporting/reports/acceptances', {
      reports: ids.map((id) => ({ id, number: 1 })),
    })
    expect(done).toMatchObject({ accepted: 1, rows: [{ ok: true }, { ok: false, code: 'reporting.lines-are-marked' }] })
  })
})
