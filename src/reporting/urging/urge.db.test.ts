import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { pino } from 'pino'
import { Role } from '#access/model'
import { idOfKey, startJobRunner } from '#platform'
import type { Page } from '#platform/model'
import type { AwaitedRound, ObligationRow, ReportUrging } from '#reporting/model'
import { urgingExamples } from '../../../test/kit/proof/urging-examples.ts'
import { enrolAll } from '../../../test/kit/enrolled.ts'
import { actorOf, aPlanWorld, bodyId, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'
import { urgingJobOf } from '../../../test/kit/urging.ts'

let world: PlanWorld
let round: ReportRound
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, { 'havn officer': { name: 'Ola' }, 'north consolidator': { name: 'Kari' } })
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  await world.rows(sql`update reporting.round set state = 'closed'`)
  round = await aReportRound(world)
  const lunda = await aReport(world, round, 'lunda')
  await written(world, lunda, 'lunda')
  await sent(world, lunda, 'lunda')
  await aReport(world, round, 'havn')
  world.clock.now = new Date('2031-05-15T03:00:00Z')
})

const letter = (filter: object = {}, over: object = {}) => ({
  ...{ roundId: round.roundId, filter, number: '12/UB', issuedOn: '2031-05-15', powers: null, post: 'Formann' },
  ...{ signer: 'Kari Nord', words: 'Svar på telefon.', reportBy: '2031-05-20' },
  ...over,
})
const urge = (who: string, filter?: object, over?: object) =>
  world.ask(who, 'POST', '/reporting/urgings', letter(filter, over))
const urgings = async (who: string) =>
  (await world.done(who, 'GET', `/reporting/rounds/${round.roundId}/urgings`)) as unknown as Page<ReportUrging>
const awaited = async (who: string) =>
  (await world.done(who, 'GET', '/reporting/awaited')) as unknown as { rounds: AwaitedRound[] }

describe('who has not reported', () => {
  test('is counted for who consolidates, by what reached it, and for nobody else', async () => {
    expect((await awaited('north consolidator')).rounds).toMatchObject([
      // Three communes, the department and the court, of which one commune has sent and the court is never late.
      { roundId: round.roundId, owed: 5, sent: 1, late: 3, notBegun: 3, awaited: 4, lastUrgedOn: null },
    ])
    expect((await awaited('ministry consolidator')).rounds).toMatchObject([{ owed: 6, sent: 1, late: 3, awaited: 5 }])
    expect((await awaited('havn consolidator')).rounds).toEqual([])
    expect((await awaited('south consolidator')).rounds).toEqual([])
  })

  test('is listed by tier, by place and by days late, page by page', async () => {
    const list = async (who: string, query: string) =>
      (await world.done(
        who,
        'GET',
        `/reporting/obligations?roundId=${round.roundId}&isAwaited=with${query}`,
      )) as unknown as Page<ObligationRow>
    const late = await list('north consolidator', '&lateDays=to-7&size=1')
    expect([late.total, late.items.length]).toEqual([2, 1])
    expect(late.items[0]).toMatchObject({ lateDays: 5, mayUrge: true })
    expect((await list('north consolidator', '&lateDays=to-3')).total).toBe(1)
    expect((await list('north consolidator', '&tier=commune')).total).toBe(2)
    const facets = await world.done(
      'ministry consolidator',
      'GET',
      `/reporting/obligations/facets?roundId=${round.roundId}`,
    )
    expect(facets).toMatchObject({
      lateDays: [{ value: 'to-3', count: 1 }, { value: 'to-7', count: 2 }, { value: 'none' }],
      place: [
        { name: 'Vård Nørdëst', count: 6 },
        { value: 'none', count: 1 },
      ],
    })
    const own = await list('askog officer', '')
    expect(own.items.map(({ addressedId, mayUrge }) => [addressedId, mayUrge])).toEqual([[bodyId('askog'), false]])
  })
})

describe('a letter that urges', () => {
  test('is one act for all that a filter keeps; each hears of it, and it is told once', async () => {
    const done = await urge('north consolidator', { isOverdue: ['with'] })
    expect([done.status, done.body.urged]).toEqual([200, 3])
    const told = await world.rows(
      sql<{
        id: string
      }>`select subject_id as id from notifications.notice where kind = 'report-urged' and read_at is null and agency_id = ${bodyId('havn')}::uuid and subject_id = ${round.of('havn').id}::uuid`,
    )
    expect(told).toHaveLength(1)
    expect((await awaited('north consolidator')).rounds[0]?.lastUrgedOn).toBe('2031-05-15')
    expect((await urgings('north officer')).items).toMatchObject([
      { number: '12/UB', urged: 3, sentSince: 0, mayExport: true, byName: 'Kari' },
    ])
  })

  test('is of those chosen, and never of whoever has sent', async () => {
    const [lunda, havn] = [round.of('lunda').id, round.of('havn').id]
    expect((await urge('north approver', { id: [lunda, havn] })).body.urged).toBe(1)
    const none = await urge('north approver', { id: [lunda] })
    expect([none.status, none.body.code]).toEqual([422, 'reporting.nobody-to-urge'])
  })

  test('counts who has sent since', async () => {
    await urge('north consolidator')
    const { items } = (await world.done('havn officer', 'GET', '/reporting/reports')) as unknown as {
      items: { roundId: string; reportId: string }[]
    }
    const id = items.find((one) => one.roundId === round.roundId)?.reportId ?? ''
    world.clock.now = new Date('2031-05-16T03:00:00Z')
    await written(world, id, 'havn')
    await sent(world, id, 'havn')
    expect((await urgings('north consolidator')).items[0]).toMatchObject({ urged: 4, sentSince: 1 })
  })

  test('is of whoever consolidates: not of those beside or below, who see none of the others', async () => {
    for (const who of ['havn approver', 'south approver', 'northHealth approver']) {
      const refused = await urge(who)
      expect([who, refused.status, refused.body.code]).toEqual([who, 422, 'reporting.nobody-to-urge'])
    }
    expect((await urge('north officer')).status).toBe(403)
    const { body } = await urge('north consolidator')
    const document = `/reporting/urgings/${String(body.id)}/document?format=docx`
    expect((await urgings('askog officer')).items).toMatchObject([{ urged: 1, mayExport: false }])
    expect((await urgings('lunda officer')).items).toEqual([])
    for (const who of ['askog officer', 'lunda officer', 'ministry officer'])
      expect([who, (await world.ask(who, 'GET', document)).status]).toEqual([who, 404])
    expect((await world.ask('north officer', 'GET', document)).status).toBe(200)
  })

  test('names the regime, its period, the due days and the bodies; with its number and signatory', async () => {
    const { body } = await urge('north consolidator')
    const path = `/reporting/urgings/${String(body.id)}/document?format=`
    const docx = await world.ask('north officer', 'GET', `${path}docx`)
    const said = wordsOf(docx.raw)
    for (const words of [
      'chế độ rapport om bårn',
      '10/5/2031',
      '5 ngày',
      '04',
      'Kari Nord',
      '20 tháng 5',
      'Svar på telefon.',
    ])
      expect([words, said.includes(words)]).toEqual([words, true])
    expect(said).not.toContain('Lunda')
    // A body that was only asked is never overdue; that its day is still to come would be untrue.
    expect([said.includes('Đề nghị'), said.includes('Chưa đến hạn')]).toEqual([true, false])
    const pdf = await world.ask('north officer', 'GET', `${path}pdf`)
    expect(pdf.raw.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('to very many is made by a job in steps, of the body that wrote it alone, as the same file', async () => {
    const { body } = await urge('north consolidator')
    const [path, own] = [`/reporting/urgings/${String(body.id)}`, 'north officer']
    const made = async (who: string) => {
      const { jobId, urged } = await world.done(who, 'POST', `${path}/files`, { format: 'docx' })
      const runner = startJobRunner({
        ...{ ground: world.ground, log: pino({ level: 'silent' }), pollMs: 10_000 },
        kinds: [urgingJobOf(world)],
        actorOf: () => Promise.resolve(actorOf(who)),
      })
      await runner.idle()
      await runner.close()
      const job = await world.done(who, 'GET', `/jobs/${String(jobId)}`)
      return { urged, job, file: await world.ask(who, 'GET', `/list-files/${String(jobId)}`) }
    }
    const few = await made(own)
    expect([few.urged, few.job.state, few.job.doneCount, few.job.totalCount]).toEqual([4, 'done', 4, 4])
    expect(wordsOf(few.file.raw)).toBe(wordsOf((await world.ask(own, 'GET', `${path}/document?format=docx`)).raw))
    expect((await world.ask('ministry officer', 'POST', `${path}/files`, { format: 'docx' })).status).toBe(404)

    await world.rows(sql`with copied as (
        insert into reporting.obligation select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'round_id', o.round_id,
          'tier', 'copy-' || n))).* from reporting.obligation o cross join generate_series(1, 600) n where o.id = ${round.of('askog').id}::uuid returning *)
      insert into reporting.urging_addressee select ${String(body.id)}::uuid, id, agency_id, ${bodyId('north')}::uuid, due_on, true from copied`)
    const refused = await world.ask(own, 'GET', `${path}/document?format=docx`)
    expect([refused.status, refused.body.code]).toEqual([422, 'reporting.urging-too-long'])
    const many = await made(own)
    expect([many.urged, many.job.doneCount, many.job.totalCount]).toEqual([604, 604, 604])
    expect(wordsOf(many.file.raw).length).toBeGreaterThan(604 * 20)
  })

  test('bears no day to come and asks for none gone by', async () => {
    for (const over of [{ issuedOn: '2031-05-16' }, { reportBy: '2031-05-14' }]) {
      const refused = await urge('north consolidator', {}, over)
      expect([refused.status, refused.body.code]).toEqual([422, 'reporting.urging-day'])
    }
  })
})

/** The text of the main part of a .docx. */
function wordsOf(file: Buffer): string {
  const name = Buffer.from('word/document.xml')
  for (let at = file.indexOf(name); at !== -1; at = file.indexOf(name, at + 1)) {
    const head = at - 46
    if (head < 0 || file.readUInt32LE(head) !== 0x02014b50) continue
    const [size, local] = [file.readUInt32LE(head + 20), file.readUInt32LE(head + 42)]
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    return inflateRawSync(file.subarray(from, from + size))
      .toString('utf8')
      .replace(/<[^>]+>/g, ' ')
  }
  throw new Error('the file has no main part')
}

const leading: readonly Role[] = ['approver', 'consolidator']
const exporting: readonly Role[] = ['officer', 'approver', 'consolidator', 'finance', 'inspector', 'auditor']
/** Role × route, written by hand: what is not named is denied. */
const matrix: [route: string, allowed: readonly Role[]][] = [
  ['GET /reporting/awaited', Role.options],
  ['GET /reporting/rounds/{id}/urgings', Role.options],
  ['POST /reporting/urgings', leading],
  ['GET /reporting/urgings/{id}/document', exporting],
  ['POST /reporting/urgings/{id}/files', exporting],
]

describe('role × route of urging', () => {
  test('every route has a row, and every row a route', () => {
    const running = world.routes
      .filter(({ path }) => /^\/reporting\/(awaited|urgings|rounds\/\{id\}\/urgings)/.test(path))
      .map((route) => `${route.method.toUpperCase()} ${route.path}`)
    expect(matrix.map(([route]) => route).sort()).toEqual(running.sort())
    expect(Object.keys(urgingExamples).sort()).toEqual(running.sort())
  })

  test.each(matrix)('%s', async (route, allowed) => {
    const [method, path = ''] = route.split(' ')
    const { query, body } = urgingExamples[route] ?? {}
    const at = path.replace(/\{\w+\}/g, idOfKey('no urging')) + (typeof query === 'string' ? query : '')
    for (const role of [...Role.options, 'none', 'system', 'nobody']) {
      const answer = await world.ask(`south ${role} 3`, method as 'GET', at, body?.({}))
      const isDenied = answer.status === 403 && answer.body.code === 'access.not-permitted'
      expect([role, isDenied ? 'denied' : 'allowed']).toEqual([
        role,
        allowed.some((one) => one === role) ? 'allowed' : 'denied',
      ])
      expect([role, answer.status < 500]).toEqual([role, true])
    }
    expect((await world.ask(null, method as 'GET', at)).status).toBe(401)
  })
})
