import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { messageFolders, readMessages } from '#platform'
import type { HistoryEntry } from '../../src/notifications/model.ts'
import { allSubjects } from '../../src/app-routes.ts'
import { sayer } from '../../web/kit/catalogue.ts'
import { formatter } from '../../web/kit/format.ts'
import { historySentence } from '../../web/notifications/history-words.ts'
import { enrolAll } from '../kit/enrolled.ts'
import { aDuty, aPlanWorld, aTask, by, type PlanWorld, type Who } from '../kit/plan-world.ts'

const root = new URL('../../', import.meta.url).pathname
const server = readMessages(messageFolders(`${root}src`))
const browser = readMessages([
  `${root}web/notifications/messages`,
  `${root}web/access/messages`,
  `${root}web/kit/messages`,
])
/** What the product does by itself: told without a name before it. */
const bySystem = ['plans.owner-followed', 'plans.work-followed']

const languages = ['vi', 'en', 'fr'] as const
const inWords = (language: (typeof languages)[number]) => (entry: HistoryEntry) =>
  historySentence(
    sayer({ ...server[language], ...browser[language] }, language, true),
    formatter(language, 'Asia/Ho_Chi_Minh'),
    language,
    entry,
  )

let world: PlanWorld
let plan = ''
let draft = ''
let work = ''
beforeAll(async () => {
  world = await aPlanWorld()
  await enrolAll(world, {
    'south officer': { name: 'Nguyễn An' },
    'south approver': { name: 'Lê Bình' },
    'southHealth officer': { name: 'Trần Cúc' },
  })
  plan = await world.issued('south', [
    aTask({ time: by('2031-06-30'), duties: [aDuty('lead', 'southHealth'), aDuty('support', 'solheim')] }),
  ])
  draft = await world.draft('south', [aTask({})])
  work = ((await world.done('south officer', 'GET', `/tasks?planId=${plan}`)).items as { id: string }[])[0]?.id ?? ''
  const { id } = await world.done('southHealth officer', 'PUT', `/tasks/${work}/progress`, {
    version: null,
    status: 'in-progress',
    narrative: 'Đã mở hai lớp',
    evidenceNote: null,
  })
  await world.done('southHealth officer', 'POST', `/progress/${String(id)}/submission`, { version: 1 })
  await world.done('south approver', 'POST', `/progress/${String(id)}/return`, {
    version: 2,
    reason: 'chưa nêu số trẻ.',
  })
})
afterAll(() => world.close())

const history = async (who: Who, kind: string, id: string): Promise<HistoryEntry[]> =>
  (await world.done(who, 'GET', `/history?kind=${kind}&id=${id}&size=100`)).items as HistoryEntry[]

describe('the history of a record', () => {
  test('is read as sentences: when, who of which body, what, and why', async () => {
    const [newest] = await history('southHealth officer', 'plans.occurrence', work)
    if (!newest) throw new Error('no entry')
    const body = newest.agencyName ?? ''
    expect(body).not.toBe('')
    expect(languages.map((language) => inWords(language)(newest))).toEqual([
      `Ngày 4/3/2031 lúc 10:00, Lê Bình (${body}) trả lại cập nhật tiến độ, lý do: chưa nêu số trẻ.`,
      `On 3/4/2031 at 10:00, Lê Bình (${body}) returned a progress update, because: chưa nêu số trẻ.`,
      `Le 04/03/2031 à 10:00, Lê Bình (${body}) a renvoyé une mise à jour, motif : chưa nêu số trẻ.`,
    ])
  })

  test('tells whoever sees the record what is open of it, and within reach also how it came about', async () => {
    const actions = async (who: Who, kind = 'plans.plan', id = plan) =>
      (await history(who, kind, id)).map((entry) => entry.action)
    expect(await actions('south officer')).toEqual(['plans.issued', 'plans.draft-begun'])
    expect(await actions('solheim officer')).toEqual(['plans.issued'])
    expect(await actions('ministry officer').catch(() => [])).not.toContain('plans.progress-saved')
    expect(await actions('south officer', 'plans.occurrence', work)).toEqual([
      'plans.progress-returned',
      'plans.progress-submitted',
      'plans.progress-begun',
    ])
    const [issued] = await history('solheim officer', 'plans.plan', plan)
    expect(issued?.params).toEqual({ act: 'original', number: '12/KH-R' })
  })

  test('is not there for whom the record is not there, in the same words', async () => {
    const never = '0190b0b0-0000-7000-8000-00000000000f'
    const told = async (id: string) => {
      const { status, body } = await world.ask('north officer', 'GET', `/history?kind=plans.plan&id=${id}`)
      return [status, body.code, body.title]
    }
    expect(await told(draft)).toEqual(await told(never))
    expect((await told(never))[0]).toBe(404)
    expect((await world.ask('ministry officer', 'GET', `/history?kind=plans.plan&id=${draft}`)).status).toBe(404)
    expect((await world.ask('south officer', 'GET', `/history?kind=plans.nothing&id=${never}`)).status).toBe(422)
  })

  test('of a body and of a place tells the reforms that named them; people’s is for those who oversee them', async () => {
    const { agencyId } = (
      await world.rows(sql<{ agencyId: string }>`select id as agency_id from agencies.agency limit 1`)
    )[0] ?? {
      agencyId: '',
    }
    expect(await history('south reader', 'agencies.agency', agencyId)).toEqual([])
    const { unitId } = (
      await world.rows(sql<{ unitId: string }>`select id as unit_id from territory.unit limit 1`)
    )[0] ?? {
      unitId: '',
    }
    expect(await history('south reader', 'territory.unit', unitId)).toEqual([])
    expect((await world.ask('south officer', 'GET', `/history?kind=access.person&id=${agencyId}`)).status).toBe(404)
  })

  test.each(languages)('has a whole sentence in %s for every act that any record tells', (language) => {
    const say = inWords(language)
    for (const { history: of } of allSubjects)
      for (const [action, fields] of Object.entries({ ...of.open, ...of.within })) {
        const params = Object.fromEntries(fields.map((field) => [field, field === 'role' ? 'officer' : '2031-01-02']))
        const sentence = say({
          id: draft,
          at: '2031-03-04T03:00:00Z',
          action,
          params,
          personName: 'Lê Bình',
          agencyName: 'Sở Y tế',
          subjectName: 'Nguyễn An',
          reason: null,
        })
        expect(sentence).not.toContain(action)
        if (bySystem.includes(action)) continue
        expect(sentence).toMatch(/Lê Bình \(Sở Y tế\) \p{Ll}.*\.$/u)
        if (language === 'fr') expect(sentence, 'a verb stands after the name').toMatch(/\) (a|s’est|n’a) /)
      }
  })
})
