import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { messageFolders, readMessages } from '#platform'
import type { HistoryEntry } from '../../src/notifications/model.ts'
import { allSubjects } from '../../src/app-routes.ts'
import { sayer } from '../../web/kit/catalogue.ts'
import { formatter } from '../../web/kit/format.ts'
import { historySentence } from '../../web/notifications/history-words.ts'
import { enrolAll } from '../kit/enrolled.ts'
import { aDuty, aPlanWorld, aTask, bodyId, by, type PlanWorld, type Who } from '../kit/plan-world.ts'

const root = new URL('../../', import.meta.url).pathname
const server = readMessages(messageFolders(`${root}src`))
const browser = readMessages([
  `${root}web/notifications/messages`,
  `${root}web/access/messages`,
  `${root}web/kit/messages`,
  `${root}web/plans/messages`,
  `${root}web/agencies/messages`,
  `${root}web/reporting/reports/messages`,
])
/** What the product does by itself: told without a name before it. */
const bySystem = ['plans.owner-followed', 'plans.work-followed']

/** The acts that keep what a field was. */
const changing = [
  'plans.draft-saved',
  'plans.derivation-decided',
  'plans.progress-saved',
  'plans.progress-accepted',
  'plans.milestone-passed',
  'plans.milestone-changed',
  'agencies.reform-saved',
  'reporting.paper-given',
]

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

  test('says of each field that may be told what it was and is, and nothing of the others', async () => {
    const who = 'south officer'
    const id = await world.draft('south', [aTask({})], { header: { number: null } })
    const { version, header, nodes } = await world.draftOf(who, id)
    const changed = { ...header, number: '21/KH-R', issuedOn: '2031-03-01', title: 'Lời mới', place: 'Vik' }
    await world.done(who, 'PUT', `/plans/${id}/draft`, { version, header: changed, nodes: [...nodes, aTask({})] })
    const [saved] = await history(who, 'plans.plan', id)
    expect(saved?.changes).toEqual([
      { field: 'number', was: null, is: '21/KH-R' },
      { field: 'issuedOn', was: '2031-02-10', is: '2031-03-01' },
      { field: 'nodes', was: 1, is: 2 },
    ])
    if (!saved) throw new Error('no entry')
    expect(languages.map((language) => /\(([^()]*)\)\.$/.exec(inWords(language)(saved))?.[1])).toEqual([
      'số, ký hiệu: để trống → 21/KH-R; ngày ban hành: 10/2/2031 → 1/3/2031; số nhóm, nhiệm vụ: 1 → 2',
      'number: empty → 21/KH-R; date of issue: 2/10/2031 → 3/1/2031; groups and tasks: 1 → 2',
      'numéro : vide → 21/KH-R; date d’émission : 10/02/2031 → 01/03/2031; groupes et tâches : 1 → 2',
    ])
    // What an entry holds beside the allowed fields stays there, whoever put it in.
    const entry = { kind: 'plans.plan', id, agencyId: bodyId('south') }
    await world.as(who, (ctx) => ctx.record('plans.draft-saved', entry, { title: 'Mới', 'title.was': 'Cũ' }))
    const [other] = await history(who, 'plans.plan', id)
    expect([other?.action, other?.params, other?.changes]).toEqual(['plans.draft-saved', {}, []])
    await world.done(who, 'PUT', `/plans/${id}/draft`, { ...(await world.draftOf(who, id)) })
    expect((await history(who, 'plans.plan', id))[0]?.changes).toEqual([])
  })

  test('says how the state of work moved on, and its milestones', async () => {
    const who = 'southHealth officer'
    const said = { status: 'completed', narrative: 'Đã mở hai lớp', evidenceNote: null }
    const { id } = await world.done(who, 'PUT', `/tasks/${work}/progress`, { ...said, version: 3 })
    await world.done(who, 'POST', `/progress/${String(id)}/submission`, { version: 4 })
    await world.done('south approver', 'POST', `/progress/${String(id)}/acceptance`, { version: 5 })
    const entries = await history(who, 'plans.occurrence', work)
    const sentence = (action: string) => inWords('vi')(entries.find((entry) => entry.action === action) as HistoryEntry)
    expect(sentence('plans.progress-accepted')).toContain('(tình hình: Chưa thực hiện → Đã hoàn thành)')
    expect(sentence('plans.progress-saved')).toContain('(tình hình: Đang thực hiện → Đã hoàn thành)')
    const other = await world.issued('south', [aTask({ time: by('2031-06-30') })])
    const [piece] = (await world.done(who, 'GET', `/tasks?planId=${other}`)).items as { id: string }[]
    const milestone = { name: 'Tên mốc', dueOn: '2031-05-01' }
    const set = await world.done(who, 'POST', `/tasks/${piece?.id}/milestones`, milestone)
    const moved = { ...milestone, dueOn: '2031-05-20', doneOn: null, proof: null, version: 1 }
    await world.done(who, 'PUT', `/milestones/${String(set.id)}`, moved)
    const [changed] = await history(who, 'plans.occurrence', piece?.id ?? '')
    expect(inWords('vi')(changed as HistoryEntry)).toMatch(/sửa mốc \(ngày của mốc: 1\/5\/2031 → 20\/5\/2031\)\.$/)
    expect(JSON.stringify(changed)).not.toContain('Tên mốc')
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
          changes: changing.includes(action) ? fields.map((field) => ({ field, was: null, is: '2031-01-02' })) : [],
          personName: 'Lê Bình',
          agencyName: 'Sở Y tế',
          subjectName: 'Nguyễn An',
          reason: null,
        })
        expect(sentence).not.toContain(action)
        // A field that may be told has its word: no key of ours stands in a sentence.
        expect(sentence).not.toMatch(/history-field|-is\b|[a-z][A-Z]/)
        if (bySystem.includes(action)) continue
        expect(sentence).toMatch(/Lê Bình \(Sở Y tế\) \p{Ll}.*\.$/u)
        if (language === 'fr') expect(sentence, 'a verb stands after the name').toMatch(/\) (a|s’est|n’a) /)
      }
  })
})
