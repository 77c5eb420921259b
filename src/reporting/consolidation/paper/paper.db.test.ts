import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureId } from '#indicators'
import { KeptWords } from '#reporting/model'
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

async function paper(who: string, of: { id: string; number: number }, sources: 'with' | 'without'): Promise<string> {
  const path = `${at}/${of.id}/submissions/${of.number}/document?format=docx&sources=${sources}`
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
  const before = await paper('north officer', of, 'with')
  for (const said of [
    ...['Phụ lục II', 'Bårn i lunda[', 'Share of children vaccinated [3]', '2/5 đơn vị có số liệu', 'Nora Nord'],
    ...['lần 1, chấp nhận ngày', 'Chưa có báo cáo được chấp nhận', 'cộng tử số, cộng mẫu số rồi tính lại'],
  ])
    expect(plain(before)).toContain(said)
  expect(before).toContain('<w:vertAlign w:val="superscript"/>')
  expect(plain(await paper('north officer', of, 'without'))).not.toContain('[1]')
  await world.rows(
    sql`update indicators.measure set names = jsonb_set(names, '{en}', '"Renamed"') where id = ${measureId('lov-1')}::uuid returning id`,
  )
  await world.rows(
    sql`update access.person set name = 'Renamed signer' where id in (select signed_by from reporting.submission where report_id = ${of.id}::uuid) returning id`,
  )
  expect(await paper('north officer', of, 'with')).toBe(before)
  // What was sent before words were kept says those of today.
  await world.rows(
    sql`update reporting.submission set kept = null where report_id = ${of.id}::uuid returning report_id`,
  )
  const today = plain(await paper('north officer', of, 'with'))
  expect(today).toContain('Renamed signer')
  expect(today).toContain('Renamed [3]')
})

test('who stands above reads the same paper', async () => {
  const { communes: _, ...of } = await ofProvince()
  expect(await paper('ministry officer', of, 'with')).toBe(await paper('north officer', of, 'with'))
})
