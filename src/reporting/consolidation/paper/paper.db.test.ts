import { strFromU8, unzipSync } from 'fflate'
import { sql, type RawBuilder } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureId } from '#indicators'
import type { HistoryEntry } from '#notifications/model'
import { KeptWords, type FigureDrift, type GivePaper, type ReportDetail } from '#reporting/model'
import { enrolAll } from '../../../../test/kit/enrolled.ts'
import { aPlanWorld, type PlanWorld } from '../../../../test/kit/plan-world.ts'
import { aReportRound } from '../../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../../test/kit/sent-report.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, { 'north approver': { name: 'Nora Nord' } })
})
afterAll(() => world.close())

const at = '/reporting/reports'

/** Changes one row of a table that no screen changes, as the owner of the database with the second wall down. */
async function changed(table: string, statement: RawBuilder<unknown>): Promise<void> {
  await world.land.owner.transaction().execute(async (db) => {
    await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(db)
    await sql`alter table ${sql.table(table)} no force row level security`.execute(db)
    expect((await statement.execute(db)).numAffectedRows).toBe(1n)
    await sql`alter table ${sql.table(table)} force row level security`.execute(db)
  })
}
const plain = (xml: string) => xml.replace(/<[^>]+>/g, '')

/** The report of the province, with words and a figure of a commune and another that came without a figure. */
async function ofProvince(): Promise<{ id: string; number: number; communes: string[] }> {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  const round = await aReportRound(world)
  const communes: string[] = []
  for (const body of ['lunda', 'havn'] as const) {
    const id = await aReport(world, round, body)
    await written(world, id, body, { numerator: 30 })
    await sent(world, id, body)
    await world.done('north approver', 'POST', `${at}/${id}/acceptance`, { number: 1 })
    communes.push(id)
  }
  const id = await aReport(world, round, 'north')
  await world.done('north officer', 'POST', `${at}/${id}/drawing`, { all: true, take: [], leave: [] })
  return { id, ...(await sent(world, id, 'north')), communes }
}

async function paper(who: string, of: { id: string; number: number }, sources?: 'without'): Promise<string> {
  const path = `${at}/${of.id}/submissions/${of.number}/document?format=docx${sources === undefined ? '' : '&sources=without'}`
  const { raw, status } = await world.ask(who, 'GET', path)
  expect(status).toBe(200)
  return strFromU8(unzipSync(raw)['word/document.xml'] ?? new Uint8Array())
}

test('a paper says where its parts come from, and keeps its names when those of today change', async () => {
  const { communes, ...of } = await ofProvince()
  const [kept] = await world.rows(
    sql<{
      kept: unknown
    }>`select kept from reporting.submission where report_id = ${of.id}::uuid and number = ${of.number}`,
  )
  const words = KeptWords.parse(kept?.kept)
  expect(words.below.map(({ reportId, number, isLate }) => [reportId, number, isLate])).toEqual(
    expect.arrayContaining(communes.map((id) => [id, 1, false])),
  )
  expect(words.missing).toHaveLength(3)
  expect(words.figures['figures/vaccinated']).toEqual({ without: [], estimated: [0, 1] })
  const before = await paper('north officer', of)
  for (const said of [
    ...[
      'Phụ lục II',
      'Bårn i lunda\u2060[',
      'Share of children vaccinated\u00a0[3]',
      '2/3 đơn vị có số liệu',
      'Nora Nord',
    ],
    ...['lần 1, chấp nhận ngày', 'Chưa có báo cáo được chấp nhận', 'cộng tử số, cộng mẫu số rồi tính lại'],
  ])
    expect(plain(before)).toContain(said)
  expect(before).toContain('<w:vertAlign w:val="superscript"/>')
  expect(plain(await paper('north officer', of, 'without'))).not.toContain('[1]')
  await changed(
    'indicators.measure',
    sql`update indicators.measure set names = jsonb_set(names, '{en}', '"Renamed"') where id = ${measureId('lov-1')}::uuid`,
  )
  await changed(
    'access.person',
    sql`update access.person set name = 'Renamed signer' where id in (select signed_by from reporting.submission where report_id = ${of.id}::uuid)`,
  )
  expect(await paper('north officer', of)).toBe(before)
  // What was sent before words were kept says those of today.
  await changed(
    'reporting.submission',
    sql`update reporting.submission set kept = null where report_id = ${of.id}::uuid`,
  )
  const today = plain(await paper('north officer', of))
  expect(today).toContain('Renamed signer')
  expect(today).toContain('Renamed\u00a0[3]')
})

const submission = ({ id, number }: { id: string; number: number }) => `${at}/${id}/submissions/${number}`
const nothing: GivePaper = { version: 0, documentNumber: null, issuedOn: null, recipients: [] }

test('a clerk gives a paper its number, day and recipients; given again they are corrected, and the history tells of both', async () => {
  const { communes, ...of } = await ofProvince()
  world.clock.now = new Date('2031-03-06T03:00:00Z')
  const give = (who: string, over: Partial<GivePaper>, number = of.number) =>
    world.ask(who, 'PUT', `${submission({ ...of, number })}/paper`, { ...nothing, ...over })
  const first = { documentNumber: '12/BC-ND', issuedOn: '2031-03-05', recipients: ['Barneombudet', 'Barneombudet'] }
  expect((await give('north officer', first)).body).toEqual({ version: 1 })
  const printed = plain(await paper('north officer', of))
  for (const said of ['Số: 12/BC-ND', 'ngày 05 tháng 3 năm 2031', '- Barneombudet;']) expect(printed).toContain(said)
  expect(printed.split('Barneombudet')).toHaveLength(2)
  // Another who had read it before is told; days out of question are refused; nobody else gives it.
  expect((await give('north officer', { documentNumber: '13' })).body.code).toBe('platform.stale-version')
  for (const issuedOn of ['2031-03-03', '2031-03-07'])
    expect((await give('north officer', { version: 1, issuedOn })).body.code).toBe('reporting.paper-day')
  for (const [who, number] of [
    ['ministry officer', of.number],
    ['lunda officer', of.number],
    ['north officer', 7],
  ] as const)
    // prettier-ignore
    expect((await give(who, { version: 1 }, number)).status).toBe(404)
  expect((await give('north officer', { version: 1, documentNumber: '14' })).body).toEqual({ version: 2 })
  expect(plain(await paper('ministry officer', of))).toContain('Số: 14/BC-')
  const { submissions } = (await world.done('ministry officer', 'GET', `${at}/${of.id}`)) as unknown as ReportDetail
  expect(submissions[0]?.paper).toMatchObject({ version: 2, documentNumber: '14', issuedOn: null, recipients: [] })
  const { items } = await world.done('ministry officer', 'GET', `/history?kind=reporting.report&id=${of.id}`)
  const given = (items as HistoryEntry[]).filter(({ action }) => action === 'reporting.paper-given')
  expect(given.map(({ changes }) => changes.find(({ field }) => field === 'documentNumber'))).toEqual([
    { field: 'documentNumber', was: '12/BC-ND', is: '14' },
    { field: 'documentNumber', was: null, is: '12/BC-ND' },
  ])
  // What was taken back is no paper any more.
  const taken = await aReport(world, await aReportRound(world), 'lunda')
  await written(world, taken, 'lunda')
  const { number } = await sent(world, taken, 'lunda')
  await world.done('lunda approver', 'POST', `${at}/${taken}/withdrawal`, { number })
  const late = await world.ask('lunda officer', 'PUT', `${submission({ id: taken, number })}/paper`, nothing)
  expect([late.status, late.body.code]).toEqual([409, 'reporting.not-in-that-state'])
})

test('what moved since a report was sent leaves as a table, as its page shows it', async () => {
  const { communes, ...of } = await ofProvince()
  const [lunda = ''] = communes
  const order = { orderNumber: '9/V', orderOn: '2031-03-04', reason: 'Feil', until: '2031-03-10', lines: [] }
  await world.done('north approver', 'POST', `${at}/${lunda}/reopening`, { number: 1, ...order })
  await written(world, lunda, 'lunda', { numerator: 36 })
  await sent(world, lunda, 'lunda')
  await world.done('north approver', 'POST', `${at}/${lunda}/acceptance`, { number: 2 })
  const { figures } = (await world.done('north officer', 'GET', `${submission(of)}/drift`)) as unknown as {
    figures: FigureDrift[]
  }
  const file = async (format: string) => {
    const { raw, status } = await world.ask('north officer', 'GET', `${submission(of)}/drift/table?format=${format}`)
    expect(status).toBe(200)
    return raw
  }
  const lines = (await file('csv')).toString().replace('\uFEFF', '').trim().split('\r\n').map((line) => line.split(/[;,]/).map((cell) => cell.replaceAll('"', ''))) // prettier-ignore
  expect(lines.slice(-figures.length).map(([name, , , was]) => [name, was])).toEqual(
    figures.map(({ name, sentStatus }) => [name, sentStatus === null ? 'Chưa có số liệu' : 'Ước tính']),
  )
  const moved = figures.find(({ changes }) => changes > 0)
  expect(moved).toMatchObject({ changes: 1, sentStatus: 'E' })
  const book = unzipSync(await file('xlsx'))
  const sheet = strFromU8(book['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet).toContain(`<v>${Math.round((moved?.drift ?? 0) * 10_000) / 10_000}</v>`)
  expect((await world.audit()).at(-1)?.action).toBe('reporting.drift-exported')
})

test('who stands above reads the same paper', async () => {
  const { communes: _, ...of } = await ofProvince()
  expect(await paper('ministry officer', of)).toBe(await paper('north officer', of))
})
