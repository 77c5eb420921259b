import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type {
  Below,
  FigureDrift,
  ReportDetail,
  SectionContent,
  Standing,
  SubmissionDetail,
  Trace,
} from '#reporting/model'
import { enrolAll } from '../../../test/kit/enrolled.ts'
import { aPlanWorld, type BodyName, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { aReportRound, type ReportRound } from '../../../test/kit/report-round.ts'
import { aReport, sent, written } from '../../../test/kit/sent-report.ts'
import { tendRounds } from './daily.ts'

let world: PlanWorld
let round: ReportRound
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, { 'lunda approver': { name: 'Liv' } })
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
  round = await aReportRound(world)
})

const at = '/reporting/reports'
const below = async (who: string, id: string) => (await world.done(who, 'GET', `${at}/${id}/below`)) as unknown as Below
const read = async (who: string, id: string) => (await world.done(who, 'GET', `${at}/${id}`)) as unknown as ReportDetail
const standing = async (who: string, id: string) =>
  (await world.done(who, 'GET', `${at}/${id}/standing`)) as unknown as Standing
const trace = async (who: string, id: string, number: number, line: string) =>
  (await world.done(who, 'GET', `${at}/${id}/submissions/${number}/trace?line=${line}`)) as unknown as Trace
const draw = (who: string, id: string, over: object) =>
  world.ask(who, 'POST', `${at}/${id}/drawing`, { all: false, take: [], leave: [], ...over })
async function save(who: string, id: string, key: string, content: SectionContent): Promise<void> {
  const { version } = (await read(who, id)).sections.find((one) => one.key === key) ?? { version: 0 }
  await world.done(who, 'PUT', `${at}/${id}/sections/${key}`, { version, content })
}
const sectionOf = async (who: string, id: string, key: string) =>
  (await read(who, id)).sections.find((one) => one.key === key)?.content

/** A report of a commune with words, a figure, money and an obstacle, accepted by the province. */
async function accepted(body: BodyName, over: { money?: string; stuck?: string; numerator?: number } = {}) {
  const id = await aReport(world, round, body)
  await written(world, id, body, { numerator: over.numerator ?? 30 })
  await save(`${body} officer`, id, 'money', {
    kind: 'money',
    lines: [{ key: 'care', source: 'aid', amount: over.money ?? '10', absence: null }],
  })
  const line = { key: 'o1', theme: 'people', text: over.stuck ?? 'Mangler folk', proposal: '', obstacleId: null }
  await save(`${body} officer`, id, 'obstacles', { kind: 'obstacles', lines: [{ ...line, origins: [] }] })
  const { number } = await sent(world, id, body)
  await world.done('north approver', 'POST', `${at}/${id}/acceptance`, { number })
  return { id, number }
}

/** The report of the province with everything of those below, sent and accepted by the ministry. */
async function ofProvince(): Promise<{ id: string; number: number }> {
  const id = await aReport(world, round, 'north')
  expect((await draw('north officer', id, { all: true })).status).toBe(200)
  const { number } = await sent(world, id, 'north')
  await world.done('ministry approver', 'POST', `${at}/${id}/acceptance`, { number })
  return { id, number }
}

describe('a report above', () => {
  test('draws words, money and obstacles with where they come from, and names who has not reported', async () => {
    const lunda = await accepted('lunda')
    await accepted('havn', { money: '32' })
    const id = await aReport(world, round, 'north')
    const seen = await below('north officer', id)
    expect(seen.missing).toBe(3)
    expect(seen.bodies.slice(0, 3).map(({ acceptedNumber }) => acceptedNumber)).toEqual([null, null, null])
    expect(seen.differences.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'new'))
    expect((await draw('north officer', id, { all: true })).body).toEqual({ taken: 6, left: 0 })
    expect(await sectionOf('north officer', id, 'situation')).toMatchObject({
      paragraphs: expect.arrayContaining([
        expect.objectContaining({ origins: [{ reportId: lunda.id, number: 1, line: 'situation/p1' }] }),
      ]) as unknown,
    })
    expect(await sectionOf('north officer', id, 'money')).toMatchObject({ lines: [{ amount: '42' }] })
    const stuck = await sectionOf('north officer', id, 'obstacles')
    expect(stuck?.kind === 'obstacles' && stuck.lines.map(({ origins }) => origins.length)).toEqual([2])
    expect((await below('north officer', id)).differences).toEqual([])
  })

  test('takes nothing silently: what is said anew below is a difference, taken or left with a reason', async () => {
    const lunda = await accepted('lunda')
    const id = await aReport(world, round, 'north')
    await draw('north officer', id, { all: true })
    const order = { orderNumber: '7/V', orderOn: '2031-03-04', reason: 'Feil', until: '2031-03-10', lines: [] }
    await world.done('north approver', 'POST', `${at}/${lunda.id}/reopening`, { number: 1, ...order })
    await save('lunda officer', lunda.id, 'situation', {
      kind: 'narrative',
      paragraphs: [{ key: 'p1', text: 'Nye ord', origins: [] }],
    })
    await sent(world, lunda.id, 'lunda')
    expect((await below('north officer', id)).differences).toEqual([])
    await world.done('north approver', 'POST', `${at}/${lunda.id}/acceptance`, { number: 2 })
    const [changed, ...others] = (await below('north officer', id)).differences
    expect([changed?.kind, changed?.words, changed?.knownNumber, others]).toEqual(['changed', 'Nye ord', 1, []])
    const picked = { reportId: lunda.id, number: 2, line: 'situation/p1' }
    const gone = await draw('north officer', id, { take: [{ ...picked, number: 1 }] })
    expect([gone.status, gone.body.code]).toEqual([409, 'reporting.difference-gone'])
    await draw('north officer', id, { leave: [{ ...picked, reason: 'Vi venter' }] })
    expect((await below('north officer', id)).differences).toEqual([])
    expect(await sectionOf('north officer', id, 'situation')).toMatchObject({ paragraphs: [{ text: 'Bårn i lunda' }] })
  })

  test('is drawn into by its own body alone, and not once it was sent', async () => {
    await accepted('lunda')
    const id = await aReport(world, round, 'north')
    expect((await draw('south officer', id, { all: true })).status).toBe(404)
    expect((await draw('ministry officer', id, { all: true })).status).toBe(404)
    await draw('north officer', id, { all: true })
    await sent(world, id, 'north')
    const late = await draw('north officer', id, { all: true })
    expect([late.status, late.body.code]).toEqual([409, 'reporting.not-in-that-state'])
  })
})

describe('every line of the last report', () => {
  test('is followed down to the commune, words and figures', async () => {
    const lunda = await accepted('lunda')
    await accepted('havn', { numerator: 10 })
    const north = await ofProvince()
    const root = await aReport(world, round, 'ministry')
    await draw('ministry officer', root, { all: true })
    const { number } = await sent(world, root, 'ministry')
    const content = await sectionOf('ministry officer', root, 'situation')
    const key = content?.kind === 'narrative' ? content.paragraphs.find(({ text }) => text.includes('lunda'))?.key : ''
    const first = await trace('ministry officer', root, number, `situation/${key ?? ''}`)
    expect(first.lines.map(({ reportId, words }) => [reportId, words])).toEqual([[north.id, 'Bårn i lunda']])
    const [next] = first.lines
    const second = await trace('ministry officer', north.id, north.number, next?.line ?? '')
    expect(second.lines.map(({ reportId, line }) => [reportId, line])).toEqual([[lunda.id, 'situation/p1']])
    expect((await trace('ministry officer', lunda.id, 1, 'situation/p1')).lines).toEqual([])
    const figure = await trace('north officer', north.id, north.number, 'figures/vaccinated')
    expect(figure.absent.map(({ kind }) => kind)).toContain('missing')
    expect(figure.figures.map(({ numerator }) => numerator).sort()).toEqual([10, 30])
    expect(figure.figures.find(({ numerator }) => numerator === 30)).toMatchObject({
      said: { reportId: lunda.id, number: 1, line: 'figures/vaccinated' },
      ...{ status: 'E', enteredBy: 'Liv' },
    })
    expect(
      (await world.ask('south officer', 'GET', `${at}/${north.id}/submissions/1/trace?line=situation/p1`)).status,
    ).toBe(404)
  })
})

describe('after a report was sent', () => {
  test('it is approved by a second person, the round locked, and opened again by an order', async () => {
    await accepted('lunda')
    await ofProvince()
    const root = await aReport(world, round, 'ministry')
    await draw('ministry officer', root, { all: true })
    const { number } = await sent(world, root, 'ministry')
    const same = await world.ask('ministry approver', 'POST', `${at}/${root}/approval`, { number })
    expect([same.status, same.body.code]).toEqual([403, 'access.second-person-needed'])
    const early = await world.ask('ministry consolidator', 'POST', `/reporting/rounds/${round.roundId}/locking`, {})
    expect([early.status, early.body.code]).toEqual([409, 'reporting.root-not-approved'])
    await world.done('ministry approver 2', 'POST', `${at}/${root}/approval`, { number })
    expect(await world.done('ministry consolidator', 'POST', `/reporting/rounds/${round.roundId}/locking`)).toEqual({
      locked: 3,
    })
    expect((await read('ministry officer', root)).owed.state).toBe('locked')
    const order = { orderNumber: '12/V', orderOn: '2031-03-04', reason: 'Feil i avsnitt', until: '2031-03-10' }
    const lines = { lines: ['situation/*'] }
    await world.done('ministry approver', 'POST', `${at}/${root}/reopening`, { number, ...order, ...lines })
    const [opened] = (await standing('ministry officer', root)).reopenings
    expect(opened).toMatchObject({ ...order, ...lines })
    await save('ministry officer', root, 'situation', {
      kind: 'narrative',
      paragraphs: [{ key: 'x', text: 'Rettet', origins: [] }],
    })
    await sent(world, root, 'ministry')
    await world.done('ministry approver 2', 'POST', `${at}/${root}/approval`, { number: 2 })
    await world.asProduct(tendRounds)
    const after = await read('ministry officer', root)
    expect([after.owed.state, after.submissions.map(({ kind }) => kind)]).toEqual(['locked', ['amended', 'first']])
    const first = (await world.done(
      'ministry officer',
      'GET',
      `${at}/${root}/submissions/1`,
    )) as unknown as SubmissionDetail
    expect(JSON.stringify(first.content)).not.toContain('Rettet')
  })

  test('an opening that nobody used ends: the draft is what was accepted', async () => {
    const lunda = await accepted('lunda')
    const order = { orderNumber: '7/V', orderOn: '2031-03-04', reason: 'Feil', until: '2031-03-10', lines: [] }
    await world.done('ministry approver', 'POST', `${at}/${lunda.id}/reopening`, { number: 1, ...order })
    await save('lunda officer', lunda.id, 'situation', { kind: 'narrative', paragraphs: [] })
    world.clock.now = new Date('2031-03-10T03:00:00Z')
    await world.asProduct(tendRounds)
    expect((await read('lunda officer', lunda.id)).owed.state).toBe('reopened')
    world.clock.now = new Date('2031-03-11T03:00:00Z')
    await world.asProduct(tendRounds)
    await world.asProduct(tendRounds)
    const after = await read('lunda officer', lunda.id)
    expect([after.owed.state, after.steps.filter(({ kind }) => kind === 'reopening-ended').length]).toEqual([
      'accepted',
      1,
    ])
    expect(await sectionOf('lunda officer', lunda.id, 'situation')).toMatchObject({
      paragraphs: [{ text: 'Bårn i lunda' }],
    })
  })

  test('the round is locked on its day', async () => {
    const lunda = await accepted('lunda')
    world.clock.now = new Date('2031-07-23T03:00:00Z')
    await world.asProduct(tendRounds)
    expect((await read('lunda officer', lunda.id)).owed.state).toBe('accepted')
    world.clock.now = new Date('2031-07-24T03:00:00Z')
    await world.asProduct(tendRounds)
    expect((await read('lunda officer', lunda.id)).owed.state).toBe('locked')
  })

  test('a round opened after its day to lock is locked by its owner alone', async () => {
    world.clock.now = new Date('2031-07-24T03:00:00Z')
    round = await aReportRound(world)
    const lunda = await accepted('lunda')
    world.clock.now = new Date('2031-08-24T03:00:00Z')
    await world.asProduct(tendRounds)
    expect((await read('lunda officer', lunda.id)).owed.state).toBe('accepted')
  })

  test('final figures stand beside the estimates that were sent', async () => {
    const lunda = await accepted('lunda')
    const { id, number } = await ofProvince()
    world.clock.now = new Date('2031-06-20T03:00:00Z')
    const order = { orderNumber: '8/V', orderOn: '2031-03-04', reason: 'Endelige tall', until: '2031-06-30', lines: [] }
    await world.done('north approver', 'POST', `${at}/${lunda.id}/reopening`, { number: 1, ...order })
    await written(world, lunda.id, 'lunda', { numerator: 36, status: 'A' })
    await sent(world, lunda.id, 'lunda')
    await world.done('north approver', 'POST', `${at}/${lunda.id}/acceptance`, { number: 2 })
    const drift = async (who: string, of: { id: string; number: number }) => {
      const said = await world.done(who, 'GET', `${at}/${of.id}/submissions/${of.number}/drift`)
      return (said.figures as FigureDrift[]).find(({ line }) => line === 'figures/vaccinated')
    }
    expect(await drift('north officer', lunda)).toMatchObject({
      ...{ sentStatus: 'E', sentValue: 75, nowStatus: 'A', nowValue: 90, drift: 15 },
      ...{ changes: 1, changedByName: 'Liv', changedAt: '2031-06-20T03:00:00.000Z' },
    })
    const ofProvinces = await drift('north officer', { id, number })
    expect(ofProvinces?.drift).toBeGreaterThan(0)
    expect(ofProvinces).toMatchObject({ changes: 1, changedByName: 'Liv' })
    expect(ofProvinces?.drift).toBeCloseTo((ofProvinces?.nowValue ?? 0) - (ofProvinces?.sentValue ?? 0))
  })
})

describe('a report as a paper', () => {
  test('says what was sent, in sections and annexes, and stays as it is when a figure changes', async () => {
    const lunda = await accepted('lunda')
    // Sent, and not accepted: nothing of it is in the report above, which says so.
    const waiting = await aReport(world, round, 'havn')
    await written(world, waiting, 'havn')
    await sent(world, waiting, 'havn')
    const { id, number } = await ofProvince()
    const { absent } = await trace('north officer', id, number, 'figures/vaccinated')
    expect(absent.map(({ kind }) => kind)).toEqual(['missing', 'missing', 'missing', 'missing'])
    const paper = async () => {
      const { raw } = await world.ask('north officer', 'GET', `${at}/${id}/submissions/${number}/document?format=docx`)
      return strFromU8(unzipSync(raw)['word/document.xml'] ?? new Uint8Array())
    }
    const before = await paper()
    for (const words of [
      'Bårn i lunda',
      'Phụ lục II',
      'Chưa có báo cáo được chấp nhận của: Råd i Tørg Hávn-Miðe',
      'Share of children vaccinated',
      '(ước)',
    ])
      expect(before.replace(/<[^>]+>/g, '')).toContain(words)
    const order = { orderNumber: '9/V', orderOn: '2031-03-04', reason: 'Feil', until: '2031-03-10', lines: [] }
    await world.done('north approver', 'POST', `${at}/${lunda.id}/reopening`, { number: 1, ...order })
    await written(world, lunda.id, 'lunda', { numerator: 4 })
    await sent(world, lunda.id, 'lunda')
    await world.done('north approver', 'POST', `${at}/${lunda.id}/acceptance`, { number: 2 })
    expect(await paper()).toBe(before)
    world.clock.now = new Date(world.clock.now.getTime() + 60_000)
    const missing = (await below('north officer', id)).bodies.find(({ reportId }) => reportId === null)
    await world.done('ministry approver', 'POST', `/reporting/obligations/${missing?.obligationId ?? ''}/exemption`, {
      ...{ reason: 'Fri', version: 1 },
    })
    expect(await paper()).toBe(before)
    const sheet = await world.ask('north officer', 'GET', `${at}/${id}/submissions/${number}/figures`)
    // Files of two rounds are told apart by their names.
    expect(decodeURIComponent(String(sheet.headers['content-disposition']))).toContain("''BC 2031-S1 ")
    expect(strFromU8(unzipSync(sheet.raw)['xl/workbook.xml'] ?? new Uint8Array())).toContain('Số liệu thực hiện')
    const pdf = await world.ask('north officer', 'GET', `${at}/${id}/submissions/${number}/document?format=pdf`)
    expect(pdf.raw.subarray(0, 5).toString()).toBe('%PDF-')
  })
})
