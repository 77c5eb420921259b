import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Role } from '#access/model'
import { idOfKey } from '#platform'
import type { Page } from '#platform/model'
import { loadRecommendationLists } from '#recommendations'
import type { TreatyReport, TreatyReportHead, TreatySource } from '#reporting/model'
import { country } from '../../../countries/testland/index.ts'
import { enrolAll } from '../../../test/kit/enrolled.ts'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import { treatyExamples } from '../../../test/kit/proof/treaty-examples.ts'
import { aReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'

const writer = 'ministry officer'
const all = '/reporting/treaty-reports'
let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
  await loadRecommendationLists(world.land.owner, country.ownState, world.clock.now.toISOString().slice(0, 10))
  await enrolAll(world, { 'ministry officer': { name: 'Ola' } })
})
afterAll(() => world.close())

let cycle = 0
async function begun(over: object = {}): Promise<string> {
  cycle += 1
  const asked = { kind: 'periodic', cycle: `cycle ${cycle}`, languages: ['vi', 'en'], ...over }
  return String((await world.done(writer, 'POST', all, asked)).id)
}
const read = async (id: string) => (await world.done(writer, 'GET', `${all}/${id}`)) as unknown as TreatyReport
const save = (id: string, cluster: string, body: object) =>
  world.ask(writer, 'PUT', `${all}/${id}/sections/${cluster}`, body)
const said = (key: string, vi: string, en?: string, origins: object[] = []) => ({
  ...{ key, text: { vi, ...(en !== undefined && { en }) }, origins },
})

describe('a report to a treaty body', () => {
  test('is begun once a cycle by who keeps the Convention, with all its clusters in their order and its own limit', async () => {
    const id = await begun({ cycle: 'seventh' })
    const report = await read(id)
    expect(report).toMatchObject({ mechanism: 'crc', kind: 'periodic', wordLimit: 21_200, languages: ['vi', 'en'] })
    expect(report.sections.map(({ cluster }) => cluster).slice(0, 4)).toEqual(['A', 'B', 'C', 'D'])
    expect((await read(await begun({ kind: 'replies', cycle: 'seventh' }))).wordLimit).toBe(10_700)
    const again = await world.ask(writer, 'POST', all, { kind: 'periodic', cycle: 'seventh', languages: ['en'] })
    expect([again.status, again.body.code]).toEqual([409, 'reporting.treaty-report-begun'])
    const other = await world.ask('south officer', 'POST', all, { kind: 'periodic', cycle: 'x', languages: ['en'] })
    expect([other.status, other.body.code]).toEqual([403, 'reporting.not-keeper-of-treaty'])
  })

  test('numbers paragraphs through the whole and counts words by language and cluster', async () => {
    const id = await begun()
    // The heading of a cluster counts once something stands under it.
    const before = (await read(id)).counts.map(({ total }) => total)
    expect((await save(id, 'A', { version: 1, paragraphs: [said('a', 'một hai ba', 'one two'), said('b', 'bốn')] })).status).toBe(200) // prettier-ignore
    expect((await save(id, 'C', { version: 1, paragraphs: [said('a', 'năm sáu', 'five')] })).status).toBe(200)
    const { sections, counts } = await read(id)
    expect(sections.slice(0, 4).map(({ number }) => number)).toEqual([1, 3, 3, 4])
    expect(counts.map(({ total }, at) => total - (before[at] ?? 0))).toEqual([16, 9])
    expect(counts.map(({ untranslated }) => untranslated)).toEqual([0, 1])
    expect(counts.every(({ total, left }) => total + left === 21_200)).toBe(true)
  })

  test('is not overwritten by who read an older state, nor saved with a key twice', async () => {
    const id = await begun()
    await save(id, 'A', { version: 1, paragraphs: [said('a', 'først')] })
    expect((await save(id, 'A', { version: 1, paragraphs: [] })).body.code).toBe('platform.stale-version')
    expect((await read(id)).sections[0]?.paragraphs).toMatchObject([{ text: { vi: 'først' } }])
    const history = (who: string) => world.ask(who, 'GET', `/history?kind=reporting.treaty-report&id=${id}`)
    expect((await history(writer)).body.items).toMatchObject([
      { action: 'reporting.treaty-section-saved', personName: 'Ola' },
      { action: 'reporting.treaty-report-begun-by', personName: 'Ola' },
    ])
    expect((await history('south officer')).status).toBe(404)
    const twice = await save(id, 'A', { version: 2, paragraphs: [said('a', 'x'), said('a', 'y')] })
    expect(twice.body.code).toBe('reporting.treaty-key-twice')
    expect((await save(id, 'Ø', { version: 1, paragraphs: [] })).status).toBe(404)
  })

  test('is there for its own body alone', async () => {
    const id = await begun()
    for (const who of ['south officer', 'north approver', 'havn officer']) {
      expect((await world.ask(who, 'GET', `${all}/${id}`)).status).toBe(404)
      const put = await world.ask(who, 'PUT', `${all}/${id}/sections/A`, { version: 1, paragraphs: [] })
      expect(put.status).toBe(404)
      expect(((await world.done(who, 'GET', all)) as unknown as Page<TreatyReportHead>).total).toBe(0)
    }
  })

  test('draws from accepted national reports with their origin, and from nothing else', async () => {
    const round = await aReportRound(world)
    const reportId = await aReport(world, round, 'ministry')
    await written(world, reportId, 'ministry', null)
    const sources = async (words: string) =>
      (await world.done(writer, 'GET', `/reporting/treaty-sources?words=${words}`)) as unknown as Page<TreatySource>
    const { number } = await sent(world, reportId, 'ministry')
    expect((await sources('')).total).toBe(0)
    const origin = { reportId, number, line: 'situation/p1' }
    const id = await begun()
    const drawn = { version: 1, paragraphs: [said('a', 'Bårn i ministry', undefined, [origin])] }
    expect((await save(id, 'A', drawn)).body.code).toBe('reporting.treaty-origin')
    await world.done('ministry approver 2', 'POST', `/reporting/reports/${reportId}/approval`, { number })
    expect((await sources('BARN')).items).toHaveLength(1)
    expect((await sources('bårn')).items).toMatchObject([
      { ...origin, text: 'Bårn i ministry', language: country.language },
    ])
    expect((await sources('nothing like it')).total).toBe(0)
    expect((await save(id, 'A', drawn)).status).toBe(200)
    expect((await read(id)).sections[0]?.paragraphs[0]?.origins).toEqual([origin])
    const other = { version: 2, paragraphs: [said('a', 'x', undefined, [{ ...origin, line: 'situation/p9' }])] }
    expect((await save(id, 'A', other)).body.code).toBe('reporting.treaty-origin')
    // What was accepted holds while the report is open again, until the corrected one is accepted.
    const order = { orderNumber: '9/V', orderOn: '2031-03-04', reason: 'Feil', until: '2031-03-10', lines: [] }
    await world.done('ministry approver 2', 'POST', `/reporting/reports/${reportId}/reopening`, { number, ...order })
    expect((await sources('bårn')).items).toMatchObject([origin])
  })

  test('is a Word file with its clusters, numbered paragraphs, and a word where a language is missing', async () => {
    const id = await begun()
    await save(id, 'B', { version: 1, paragraphs: [said('a', 'Trẻ em là', 'A child is'), said('b', 'chưa dịch')] })
    const { status, raw } = await world.ask(writer, 'GET', `${all}/${id}/document?language=en&format=docx`)
    expect(status).toBe(200)
    const xml = strFromU8(unzipSync(new Uint8Array(raw))['word/document.xml'] ?? new Uint8Array())
    const printed = xml.replace(/<[^>]+>/gu, ' ').replace(/\s+/gu, ' ')
    expect(printed).toContain('B. Definition of the child 1. A child is 2. [Not yet written in English]')
    expect((await world.ask(writer, 'GET', `${all}/${id}/document?language=fr&format=docx`)).status).toBe(404)
  })

  test('has what was recommended in the latest cycle and the figures of the country as annexes, unless they are left out', async () => {
    const document = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' }
    await bringIn(world, [
      { ...document, paragraph: '11', text: 'Register every birth', clusters: 'D' },
      { mechanism: 'upr', published: '2030-05-07', cycle: '4', paragraph: '20', text: 'Ratify', position: 'supported' },
    ])
    const id = await begun()
    await save(id, 'B', { version: 1, paragraphs: [said('a', 'Trẻ em là', 'A child is')] })
    const printed = async (query: string) => {
      const { raw } = await world.ask(writer, 'GET', `${all}/${id}/document?language=en&format=docx${query}`)
      const xml = strFromU8(unzipSync(new Uint8Array(raw))['word/document.xml'] ?? new Uint8Array())
      return xml.replace(/<[^>]+>/gu, ' ').replace(/\s+/gu, ' ')
    }
    const whole = await printed('')
    expect(whole).toContain('The words counted above are without the annexes.')
    expect(whole).toContain('Register every birth')
    expect(whole).not.toContain('Ratify')
    // Under the letters of the report itself, not under numbers of its own.
    expect(whole).toContain(' D Civil rights and freedoms ')
    expect(whole).toContain('Annex: Statistical data by cluster')
    expect(whole).toContain('no figure yet')
    const alone = await printed('&annexes=without')
    expect(alone).toContain('A child is')
    expect(alone).not.toContain('Annex')
  })
})

const everyone: readonly Role[] = Role.options
const writing: readonly Role[] = ['officer', 'approver', 'consolidator']
const exporting: readonly Role[] = [...writing, 'finance', 'inspector', 'auditor']
const matrix: [string, readonly Role[]][] = [
  [`GET ${all}`, everyone],
  [`POST ${all}`, writing],
  ['GET /reporting/treaty-sources', everyone],
  [`GET ${all}/{id}`, everyone],
  [`PUT ${all}/{id}/sections/{cluster}`, writing],
  [`GET ${all}/{id}/document`, exporting],
]

describe('role × route of reports to treaty bodies', () => {
  test('every route of the running router has a row, and every row a route', () => {
    const running = world.routes.filter(({ path }) => path.startsWith('/reporting/treaty'))
    const names = running.map((route) => `${route.method.toUpperCase()} ${route.path}`)
    expect(matrix.map(([route]) => route).sort()).toEqual(names.sort())
  })

  test.each(matrix)('%s', async (route, allowed) => {
    const [method, path = ''] = route.split(' ')
    const example = treatyExamples[route]
    const at =
      path.replace(/\{\w+\}/g, idOfKey('none').slice(0, 36)).replace(/sections\/.*/, 'sections/A') +
      (example?.query ?? '')
    for (const role of [...Role.options, 'none', 'system', 'nobody']) {
      const answer = await world.ask(`south ${role} 3`, method as 'GET', at, example?.body?.({} as never))
      const isDenied = answer.status === 403 && answer.body.code === 'access.not-permitted'
      const isAllowed = allowed.some((one) => one === role)
      expect([role, isDenied ? 'denied' : 'allowed']).toEqual([role, isAllowed ? 'allowed' : 'denied'])
      expect([role, answer.status < 500]).toEqual([role, true])
    }
  })
})
