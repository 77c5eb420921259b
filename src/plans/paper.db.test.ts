import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDuty, aPlanWorld, aTask, bodyId, type Answer, type PlanWorld } from '../../test/kit/plan-world.ts'
import { aSummary, someMinutes } from '../../test/kit/papers.ts'

let world: PlanWorld
let plan = ''
beforeAll(async () => {
  world = await aPlanWorld()
  plan = await world.issued('south', [aTask({ text: 'Lære å lese', duties: [aDuty('lead', 'southSchools')] })])
})
afterAll(() => world.close())

async function textOf(answer: Answer): Promise<string> {
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf'])
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(answer.raw)), { mergePages: true })
  return text.replace(/\s+/gu, ' ')
}

const letterhead = {
  validFrom: '2031-01-01',
  parentLine: 'Fylket i Sør',
  nameLines: ['Rådet', 'for Vård Sóla'],
  place: 'Sólavik',
  abbreviation: 'RÅD',
  draftingSign: 'HEI',
  books: 'by-kind',
  capacities: ['TM. RÅDET\nKT. LEDER\nNESTLEDER'],
  addressLine: 'Gate 1, Sólavik',
}

describe('a document as PDF', () => {
  test('a plan, with its stamp of urgency', async () => {
    const text = await textOf(
      await world.ask('south officer', 'GET', `/plans/${plan}/document?format=pdf&urgency=urgent`),
    )
    expect(text).toContain('Lære å lese')
    expect(text).toContain('KHẨN')
  })

  test('an unknown file or stamp is refused', async () => {
    for (const query of ['format=odt', 'urgency=soon'])
      expect((await world.ask('south officer', 'GET', `/plans/${plan}/document?${query}`)).status).toBe(422)
  })

  test('minutes: what was said is in them, what was not is a blank; told in the audit, kept nowhere else', async () => {
    const text = await textOf(
      await world.ask('south officer', 'POST', `/plans/${plan}/minutes`, { ...someMinutes, urgency: 'immediate' }),
    )
    for (const words of ['BIÊN BẢN', 'Møte om plan', '08 giờ 00', 'Địa điểm: …', 'Ola Nørd', 'Gjøres', 'HỎA TỐC'])
      expect(text).toContain(words)
    const entries = (await world.audit()).filter((entry) => entry.action === 'plans.minutes-exported')
    expect(entries.map((entry) => entry.recordId)).toEqual([plan])
    expect(
      (await world.ask('north officer', 'POST', `/plans/${plan}/minutes`, { ...someMinutes, urgency: 'immediate' }))
        .status,
    ).toBe(404)
  })

  test('a summary in another language, never in one without words', async () => {
    const text = await textOf(await world.ask('south officer', 'POST', `/plans/${plan}/summary`, aSummary))
    for (const words of ['SUMMARY OF A PLAN', 'Plan for reading', 'Children learn to read.', 'Tasks: 1'])
      expect(text).toContain(words)
    const refused = await world.ask('south officer', 'POST', `/plans/${plan}/summary`, { ...aSummary, language: 'xx' })
    expect(refused.status).toBe(422)
  })
})

describe('the letterhead of a body', () => {
  test('is said by the body itself and by nobody else, and told in the audit', async () => {
    const own = `/agencies/${bodyId('south')}/letterhead`
    const first = { ...letterhead, seenId: null }
    expect((await world.ask('north officer', 'POST', own, first)).status).toBe(404)
    expect((await world.ask('south reader', 'POST', own, first)).status).toBe(403)
    const saved = await world.done('south officer', 'POST', own, first)
    expect(saved).toMatchObject({ current: letterhead, mayEdit: true })
    expect(await world.done('north officer', 'GET', own)).toMatchObject({ current: letterhead, mayEdit: false })
    expect((await world.audit()).filter((entry) => entry.action === 'agencies.letterhead-changed')).toHaveLength(1)
  })

  test('is not said over what a colleague said meanwhile', async () => {
    const own = `/agencies/${bodyId('south')}/letterhead`
    const stale = await world.ask('south approver', 'POST', own, { ...letterhead, place: 'Nordvik', seenId: null })
    expect(stale).toMatchObject({ status: 409, body: { code: 'platform.stale-version' } })
    const { newestId } = (await world.done('south officer', 'GET', own)) as { newestId: string }
    const body = { ...letterhead, seenId: newestId }
    expect(await world.done('south approver', 'POST', own, body)).not.toMatchObject({ newestId })
  })

  test('heads what is written from its day on; what was dated before keeps the head of its time', async () => {
    const draft = await world.draft('south', [aTask()], {
      header: { number: null, issuedOn: '2031-02-01', place: null },
    })
    const text = await textOf(await world.ask('south officer', 'GET', `/plans/${draft}/document?draft=true&format=pdf`))
    for (const words of ['FYLKET I SØR', 'RÅDET FOR VÅRD SÓLA', 'Sólavik, ngày 01 tháng 02 năm 2031', '/KH-RÅD'])
      expect(text).toContain(words)
    const before = await world.draft('south', [aTask()], { header: { number: null, issuedOn: '2030-12-31' } })
    const old = await textOf(await world.ask('south officer', 'GET', `/plans/${before}/document?draft=true&format=pdf`))
    expect(old).not.toContain('FYLKET I SØR')
  })
})

describe('the number that comes next', () => {
  test('follows the highest of the book of kind and year, and asking takes nothing', async () => {
    const header = { kind: 'KH', issuedOn: '2031-02-01' }
    await world.issued('south', [aTask()], { header: { ...header, number: '41/KH-RÅD' } })
    const draft = await world.draft('south', [aTask()], { header: { ...header, number: null } })
    const next = { number: '42/KH-RÅD', year: 2031, after: '41/KH-RÅD' }
    for (let asked = 0; asked < 2; asked++)
      expect(await world.done('south officer', 'GET', `/plans/${draft}/next-number`)).toEqual(next)
    const other = await world.draft('south', [aTask()], { header: { ...header, kind: 'QĐ', number: null } })
    expect(await world.done('south officer', 'GET', `/plans/${other}/next-number`)).toMatchObject({ number: '01/QĐ-RÅD', after: null }) // prettier-ignore
    expect((await world.ask('north officer', 'GET', `/plans/${draft}/next-number`)).status).toBe(404)
  })
})
