import { Workbook, type Worksheet } from '@cj-tech-master/excelts'
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Role } from '#access/model'
import { idOfKey, startJobRunner } from '#platform'
import { forgetParts, jointJob } from '#reporting'
import type { JointReading, ReportDetail, WorkbookReading } from '#reporting/model'
import { country } from '../../../../countries/testland/index.ts'
import { enrolAll } from '../../../../test/kit/enrolled.ts'
import { actorOf, aPlanWorld, bodyId, type PlanWorld } from '../../../../test/kit/plan-world.ts'
import { jointExamples } from '../../../../test/kit/proof/joint-examples.ts'
import { aReportRound, type ReportRound } from '../../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../../test/kit/sent-report.ts'

const receiver = 'north officer'
let world: PlanWorld
let round: ReportRound
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, { 'lunda officer': { name: 'Per' } })
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  round = await aReportRound(world)
})

const at = () => `/reporting/rounds/${round.roundId}/joint-workbook`
async function runJobs(): Promise<void> {
  const runner = startJobRunner({
    ground: world.ground,
    kinds: [jointJob({ calendars: country.calendars, say: world.say })],
    log: pino({ level: 'silent' }),
    actorOf: () => Promise.resolve(actorOf(receiver)),
    pollMs: 10_000,
  })
  await runner.idle()
  await runner.close()
}
async function made(who = receiver): Promise<Buffer> {
  const { jobId } = await world.done(who, 'POST', at())
  await runJobs()
  const { status, raw } = await world.ask(who, 'GET', `/list-files/${String(jobId)}`)
  expect(status).toBe(200)
  return raw
}
const sheetOf = (book: Workbook, key: string): Worksheet => {
  const found = book.worksheets.find((sheet) => String(sheet.getCell('A4').value ?? '').startsWith(`${key}/`))
  if (found === undefined) throw new Error(`no sheet of ${key}`)
  return found
}
/** The rows of a sheet in which a body's lines stand. */
const rowsOf = (sheet: Worksheet, body: string): number[] => {
  const rows: number[] = []
  sheet.eachRow((row, number) => {
    if (String(row.getCell(2).value ?? '').includes(body)) rows.push(number)
  })
  return rows
}
async function altered(bytes: Uint8Array, change: (book: Workbook) => void): Promise<Buffer> {
  const book = new Workbook()
  await book.xlsx.load(bytes)
  change(book)
  return Buffer.from(await book.xlsx.writeBuffer())
}
const lookPath = () => `${at()}/reading?name=samlet.xlsx`
const look = async (file: Buffer, who = receiver) =>
  (await world.done(who, 'POST', lookPath(), file)) as unknown as JointReading
const hand = (partIds: readonly (string | null)[]) => world.ask(receiver, 'POST', `${at()}/handing`, { partIds })
const report = async (id: string, who: string) =>
  (await world.done(who, 'GET', `/reporting/reports/${id}`)) as unknown as ReportDetail
const partOf = async (id: string, who = 'lunda officer') =>
  (await world.done(who, 'GET', `/reporting/workbook-parts/${id}`)) as unknown as WorkbookReading

/** Fills in a figure and a paragraph of a body. */
const fill = (book: Workbook, body: string, figure: number) => {
  const figures = sheetOf(book, 'figures')
  const [row = 0] = rowsOf(figures, body)
  figures.getCell(row, 7).value = figure
  figures.getCell(row, 8).value = 40
  const situation = sheetOf(book, 'situation')
  situation.getCell(rowsOf(situation, body)[0] ?? 0, 4).value = `Bårn i ${body}`
}

describe('one workbook for many bodies', () => {
  test('goes from the receiver by each body into its own draft, and only there', async () => {
    const id = await aReport(world, round, 'lunda')
    const book = await made()
    const untouched = await look(book)
    expect(untouched).toEqual({ bodies: [], findings: [], more: 0 })
    const file = await altered(book, (one) => {
      fill(one, 'Łunda', 30)
      fill(one, 'Hávn', 12)
    })
    const seen = await look(file)
    expect(seen.findings).toEqual([])
    expect(seen.bodies.map(({ agencyName, cells, refusal }) => [agencyName, cells, refusal])).toEqual([
      [expect.stringContaining('Łunda'), 3, null],
      [expect.stringContaining('Hávn'), 3, null],
    ])
    // Nothing reaches a body before it is handed to it.
    expect((await report(id, 'lunda officer')).parts).toEqual([])
    const partIds = seen.bodies.map(({ partId }) => partId)
    expect((await hand(partIds)).body).toEqual({ handed: 2 })
    const { parts } = await report(id, 'lunda officer')
    expect(parts).toMatchObject([{ fileName: 'samlet.xlsx', cells: 3 }])
    expect((await report(id, receiver)).parts).toEqual([])

    const part = parts[0]?.id ?? ''
    const reading = await partOf(part)
    expect(
      reading.changes.map(({ line, field, becomes, kind }) => [line.replace(/m.*/, 'm'), field, becomes, kind]),
    ).toEqual([
      ['situation/m', 'text', 'Bårn i Łunda', 'good'],
      ['figures/vaccinated', 'numerator', '30', 'good'],
      ['figures/vaccinated', 'denominator', '40', 'good'],
    ])
    expect((await world.ask('havn officer', 'GET', `/reporting/workbook-parts/${part}`)).status).toBe(404)
    const take = (query: string) => world.ask('lunda officer', 'POST', `/reporting/workbook-parts/${part}?${query}`)
    expect((await take(`digest=${'0'.repeat(64)}`)).body.code).toBe('reporting.workbook-looked-otherwise')
    expect((await take(`digest=${reading.digest}&lines=1`)).body.taken).toBe(2)
    expect((await report(id, 'lunda officer')).parts).toHaveLength(1)
    const rest = await partOf(part)
    expect(rest.changes.map(({ field }) => field)).toEqual(['text'])
    expect((await take(`digest=${rest.digest}`)).body.taken).toBe(1)
    const now = await report(id, 'lunda officer')
    expect(now.parts).toEqual([])
    expect(now.sections.find(({ key }) => key === 'figures')?.content).toMatchObject({
      lines: [{ key: 'vaccinated', numerator: 30, denominator: 40, status: 'A' }],
    })
    expect(now.sections.find(({ key }) => key === 'situation')?.content).toMatchObject({
      paragraphs: [{ text: 'Bårn i Łunda' }],
    })
  })

  test('holds no draft, tells bodies what waits, and a conflict where the draft says otherwise meanwhile', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda', { numerator: 11 })
    const book = await made()
    const cells = new Workbook()
    await cells.xlsx.load(book)
    const row = rowsOf(sheetOf(cells, 'figures'), 'Łunda')[0] ?? 0
    expect(sheetOf(cells, 'figures').getCell(row, 7).value).toBeNull()
    const seen = await look(await altered(book, (one) => fill(one, 'Łunda', 30)))
    await hand(seen.bodies.map(({ partId }) => partId))
    const told = await world.rows(
      sql`select agency_id from notifications.notice where kind = 'report-part-handed' and subject_id = ${round.of('lunda').id}::uuid`,
    )
    expect(told).toEqual([{ agencyId: bodyId('lunda') }])
    const part = (await report(id, 'lunda officer')).parts[0]?.id ?? ''
    const { changes } = await partOf(part)
    expect(changes.find(({ field }) => field === 'numerator')).toMatchObject({
      now: '11',
      becomes: '30',
      kind: 'conflict',
    })
    await world.done('lunda officer', 'POST', `/reporting/workbook-parts/${part}/leaving`)
    expect((await report(id, 'lunda officer')).parts).toEqual([])
    expect((await world.ask('lunda officer', 'GET', `/reporting/workbook-parts/${part}`)).status).toBe(404)
  })

  test('names wrong cells by body, and hands over what is right; the newer hand-over takes the place of the older', async () => {
    const id = await aReport(world, round, 'lunda')
    const book = await made()
    const wrong = await look(
      await altered(book, (one) => {
        fill(one, 'Łunda', 30)
        const figures = sheetOf(one, 'figures')
        figures.getCell(rowsOf(figures, 'Hávn')[0] ?? 0, 7).value = 'mange'
      }),
    )
    expect(wrong.findings).toMatchObject([{ agencyName: expect.stringContaining('Hávn') as string, code: 'reporting.workbook-number-unreadable' }]) // prettier-ignore
    expect(wrong.bodies).toMatchObject([
      { cells: 3, findings: 0 },
      { partId: null, cells: 0, findings: 1 },
    ])
    await hand([wrong.bodies[0]?.partId ?? null])
    const again = await look(await altered(book, (one) => fill(one, 'Łunda', 31)))
    const partId = again.bodies[0]?.partId ?? null
    expect((await hand([partId])).status).toBe(200)
    expect((await report(id, 'lunda officer')).parts.map((one) => one.id)).toEqual([partId])
    // Twice: it was handed over already.
    expect((await hand([partId])).body.code).toBe('reporting.workbook-looked-otherwise')
  })

  test('leaves out who has sent, and says so where the workbook was made before', async () => {
    const book = await made()
    const file = await altered(book, (one) => fill(one, 'Łunda', 30))
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    await sent(world, id, 'lunda')
    expect(await look(file)).toMatchObject({
      bodies: [{ partId: null, cells: 3, agencyName: expect.stringContaining('Łunda') as string, refusal: expect.any(String) as string }], // prettier-ignore
    })
    const later = new Workbook()
    await later.xlsx.load(await made())
    expect(rowsOf(sheetOf(later, 'figures'), 'Łunda')).toEqual([])
    expect(rowsOf(sheetOf(later, 'figures'), 'Hávn')).toHaveLength(2)
  })

  test('is not handed to who sent the report after the workbook was looked at', async () => {
    const seen = await look(await altered(await made(), (one) => fill(one, 'Łunda', 30)))
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda')
    await sent(world, id, 'lunda')
    expect((await hand(seen.bodies.map(({ partId }) => partId))).body.code).toBe('reporting.workbook-looked-otherwise')
    expect((await report(id, 'lunda officer')).parts).toEqual([])
  })

  test('with lines returned holds these alone, with what was sent', async () => {
    const id = await aReport(world, round, 'lunda')
    await written(world, id, 'lunda', { numerator: 30 })
    const { number } = await sent(world, id, 'lunda')
    await world.done('north officer', 'PUT', `/reporting/reports/${id}/marks`, { number, line: 'figures/vaccinated', reason: 'For få' }) // prettier-ignore
    await world.done('north approver', 'POST', `/reporting/reports/${id}/return`, { number, dueOn: '2031-05-20', reason: null }) // prettier-ignore
    const book = new Workbook()
    await book.xlsx.load(await made())
    const figures = sheetOf(book, 'figures')
    const rows = rowsOf(figures, 'Łunda')
    expect(rows).toHaveLength(1)
    expect(figures.getCell(rows[0] ?? 0, 7).value).toBe(30)
    expect(rowsOf(sheetOf(book, 'situation'), 'Łunda')).toEqual([])
  })

  test('of another receiver, another round or a single report is refused with a sentence', async () => {
    const book = await made()
    const refusal = async (file: Buffer, who = receiver, path = lookPath()) => {
      const { status, body } = await world.ask(who, 'POST', path, file)
      return [status, body.code]
    }
    expect(await refusal(book, 'ministry officer')).toEqual([422, 'reporting.joint-other-receiver'])
    const first = lookPath()
    round = await aReportRound(world)
    expect(await refusal(book)).toEqual([422, 'reporting.joint-other-round'])
    const id = await aReport(world, round, 'lunda')
    const single = await world.ask('lunda officer', 'GET', `/reporting/reports/${id}/workbook`)
    expect(await refusal(single.raw, receiver, first)).toEqual([422, 'reporting.workbook-not-ours'])
    expect(await refusal(Buffer.from('a,b\n'))).toEqual([422, 'platform.sheet-unreadable'])
    expect((await world.ask('lunda officer', 'POST', at())).body.code).toBe('reporting.joint-nobody')
  })

  test('what was looked at and handed to nobody is forgotten after a week', async () => {
    const seen = await look(await altered(await made(), (one) => fill(one, 'Hávn', 3)))
    await world.asProduct((ctx) => forgetParts({ ...ctx, now: '2031-03-10T03:00:00Z' }))
    expect((await hand([seen.bodies[0]?.partId ?? null])).status).toBe(200)
    const later = await look(await altered(await made(), (one) => fill(one, 'Hávn', 4)))
    await world.asProduct((ctx) => forgetParts({ ...ctx, now: '2031-03-12T03:00:00Z' }))
    expect((await hand([later.bodies[0]?.partId ?? null])).body.code).toBe('reporting.workbook-looked-otherwise')
  })
})

const writing: readonly Role[] = ['officer', 'approver', 'consolidator']

describe('role × route of workbooks of many bodies', () => {
  test('every route of the running router has an example, and every example a route', () => {
    const running = world.routes
      .filter(({ path }) => /^\/reporting\/(workbook-parts|rounds\/\{id\}\/joint-workbook)/.test(path))
      .map((route) => `${route.method.toUpperCase()} ${route.path}`)
    expect(Object.keys(jointExamples).sort()).toEqual(running.sort())
  })

  test.each(Object.entries(jointExamples))('%s', async (route, { query, body, file }) => {
    const [method, path = ''] = route.split(' ')
    const url = path.replace(/\{\w+\}/g, idOfKey('no round')) + (typeof query === 'string' ? query : '')
    const sentBody = file === undefined ? body?.({}) : Buffer.from('x')
    for (const role of [...Role.options, 'none', 'system', 'nobody']) {
      const answer = await world.ask(`south ${role} 3`, method as 'GET', url, sentBody)
      const isDenied = answer.status === 403 && answer.body.code === 'access.not-permitted'
      const isAllowed = writing.some((one) => one === role)
      expect([role, isDenied ? 'denied' : 'allowed']).toEqual([role, isAllowed ? 'allowed' : 'denied'])
      expect([role, answer.status < 500]).toEqual([role, true])
    }
    expect((await world.ask(null, method as 'GET', url, sentBody)).status).toBe(401)
  })
})
