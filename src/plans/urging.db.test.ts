import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MyWork, UrgingState } from './model.ts'
import { aDuty, aPlanWorld, aTask, bodyId, by, type BodyName, type PlanWorld } from '../../test/kit/plan-world.ts'
import { reportSteps } from '../../test/kit/report-steps.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

const { work, detail, write, codeOf } = reportSteps(() => world)
const officer = 'southHealth officer'

describe('urging', () => {
  const urge = (who: string, over: object) =>
    world.ask(who, 'POST', '/urgings', {
      planId: null,
      text: 'Skynd dere',
      answerBy: '2031-03-20',
      agencyIds: [],
      occurrenceIds: [],
      ...over,
    })
  const listed = async (who: string, query = '') =>
    (await world.done(who, 'GET', `/urgings?size=200${query}`)).items as UrgingState[]
  const none = '0190b0b0-0000-7000-8000-000000000001'

  test('goes to one or many, each answers for itself, and each sees its own answer only', async () => {
    const id = await world.issued('south', [
      aTask({ time: by('2031-03-01'), duties: [aDuty('lead', 'southHealth'), aDuty('lead', 'southSchools')] }),
    ])
    const { items } = await world.done('south officer', 'GET', `/tasks?planId=${id}`)
    const sent = await urge('south approver', {
      planId: id,
      agencyIds: [bodyId('solheim')],
      occurrenceIds: (items as { id: string }[]).map((item) => item.id),
    })
    expect(sent.status).toBe(200)
    const urging = String(sent.body.id)
    await world.done('southHealth officer', 'POST', `/urgings/${urging}/answer`, { answer: 'I morgen', version: 1 })
    const [all] = (await listed('south officer')).filter((one) => one.id === urging)
    expect(all?.addressees.map((to) => [to.agency.id, to.answer, to.workCount]).sort()).toEqual(
      [
        [bodyId('southHealth'), 'I morgen', 1],
        [bodyId('southSchools'), null, 1],
        [bodyId('solheim'), null, 0],
      ].sort(),
    )
    const [own] = (await listed('southSchools officer', '&toMe=true')).filter((one) => one.id === urging)
    expect([own?.text, own?.planTitle, own?.addressees.map((to) => to.agency.id)]).toEqual([
      'Skynd dere',
      'Plan for bårn',
      [bodyId('southSchools')],
    ])
    expect((await listed('vikdal officer')).map((one) => one.id)).not.toContain(urging)
    expect((await listed('north officer')).map((one) => one.id)).not.toContain(urging)
    const task =
      (items as { id: string; agency: { id: string } }[]).find((item) => item.agency.id === bodyId('southHealth'))
        ?.id ?? ''
    expect((await detail(officer, task)).urgings.map((one) => one.text)).toEqual(['Skynd dere'])
  })

  test('an answer may be bettered until the day to answer by has passed', async () => {
    const urging = String((await urge('south approver', { agencyIds: [bodyId('southHealth')] })).body.id)
    const answer = (version: number) =>
      codeOf(officer, 'POST', `/urgings/${urging}/answer`, { answer: `Svar ${version}`, version })
    expect(await answer(1)).toEqual([204, null])
    expect(await answer(1)).toEqual([409, 'platform.stale-version'])
    expect(await answer(2)).toEqual([204, null])
    world.clock.now = new Date('2031-03-21T03:00:00Z')
    expect(await answer(3)).toEqual([409, 'plans.urging-answer-closed'])
    const late = String(
      (await urge('south approver', { agencyIds: [bodyId('southHealth')], answerBy: '2031-03-05' })).body.id,
    )
    expect(await codeOf(officer, 'POST', `/urgings/${late}/answer`, { answer: 'Sent, men svar', version: 1 })).toEqual([
      204,
      null,
    ])
  })

  test('needs someone to urge', async () => {
    expect((await urge('south approver', {})).body.code).toBe('plans.urging-needs-addressees')
    expect((await urge('south approver', { agencyIds: [bodyId('south')] })).body.code).toBe(
      'plans.urging-needs-addressees',
    )
  })

  test.each([
    ['a body', () => ({ agencyIds: [bodyId('havn')] }), { agencyIds: [none] }],
    [
      'a piece of work',
      async () => ({ occurrenceIds: [await work('northHealth', '2031-03-31', 'north')] }),
      { occurrenceIds: [none] },
    ],
    [
      'a plan',
      async () => ({
        agencyIds: [bodyId('southHealth')],
        planId: await world.issued('north', [aTask({ lead: 'northHealth' })]),
      }),
      { agencyIds: [bodyId('southHealth')], planId: none },
    ],
    [
      'a draft',
      async () => ({ agencyIds: [bodyId('southHealth')], planId: await world.draft('solheim', []) }),
      { agencyIds: [bodyId('southHealth')], planId: none },
    ],
  ])('%s out of reach is as one that does not exist', async (_name, hidden, absent) => {
    const [one, other] = [await urge('south approver', await hidden()), await urge('south approver', absent)]
    expect([one.status, one.body.code]).toEqual([404, 'platform.not-found'])
    expect({ ...one.body, requestId: '' }).toEqual({ ...other.body, requestId: '' })
  })

  test('is answered only by whom it was sent to', async () => {
    const urging = String((await urge('south approver', { agencyIds: [bodyId('southHealth')] })).body.id)
    for (const who of ['southSchools officer', 'south officer', 'north officer'])
      expect(await codeOf(who, 'POST', `/urgings/${urging}/answer`, { answer: 'x', version: 1 })).toEqual([
        404,
        'platform.not-found',
      ])
  })
})

describe('my work', () => {
  const mine = async (who: string) => (await world.done(who, 'GET', '/work')) as unknown as MyWork
  const counts = ({ returned, due, waiting, overdue }: MyWork) =>
    [returned, due, waiting, overdue].map((column) => column.total)

  test('shows what is returned, soon due, waiting and overdue, each in its own column', async () => {
    const body: BodyName = 'foss'
    expect(counts(await mine('foss officer'))).toEqual([0, 0, 0, 0])
    const [late, soon, far] = [
      await work(body, '2031-03-01', 'north'),
      await work(body, '2031-04-03', 'north'),
      await work(body, '2031-04-04', 'north'),
    ]
    expect(counts(await mine('foss officer'))).toEqual([0, 1, 0, 1])
    const start = await mine('foss officer')
    expect([start.overdue.cards[0]?.occurrenceId, start.due.cards[0]?.occurrenceId, start.next?.occurrenceId]).toEqual([
      late,
      soon,
      far,
    ])
    expect(start.numbers).toMatchObject({ overdue: 1, pendingInTime: 2 })

    const { id } = await write('foss officer', late)
    await world.done('foss officer', 'POST', `/progress/${id}/submission`, { version: 1 })
    expect((await mine('north approver')).waiting.cards.filter((card) => card.progressId === id)).toHaveLength(1)
    expect((await mine('north reader')).waiting.cards.filter((card) => card.want === 'check')).toEqual([])
    await world.done('north approver', 'POST', `/progress/${id}/return`, { version: 2, reason: 'Mangler' })
    expect((await mine('foss officer')).returned.cards.map((card) => [card.progressId, card.reason])).toEqual([
      [id, 'Mangler'],
    ])
    await write('foss officer', late, { version: 3 })
    expect((await mine('foss officer')).returned.cards.map((card) => card.reason)).toEqual(['Mangler'])
    await world.done('foss officer', 'POST', `/progress/${id}/submission`, { version: 4 })
    expect((await mine('foss officer')).returned.total).toBe(0)

    await world.done('north approver', 'POST', '/urgings', {
      planId: null,
      text: 'Skynd',
      answerBy: null,
      agencyIds: [bodyId('foss')],
      occurrenceIds: [],
    })
    await world.draft('foss', [])
    expect((await mine('foss officer')).waiting.cards.map((card) => card.want).sort()).toEqual(['answer', 'draft'])
    expect((await mine('foss reader')).waiting.total).toBe(0)
    await world.done('north approver', 'POST', `/progress/${id}/acceptance`, { version: 5 })
    expect(counts(await mine('foss officer'))).toEqual([0, 1, 2, 0])
  })

  test('a body’s work in its own plan waits for the check of its superior', async () => {
    const task = await work('estra', '2031-03-31', 'estra')
    const { id } = await write('estra officer', task)
    await world.done('estra officer', 'POST', `/progress/${id}/submission`, { version: 1 })
    expect((await mine('north approver')).waiting.cards.filter((card) => card.progressId === id)).toHaveLength(1)
    expect((await mine('south approver')).waiting.cards.filter((card) => card.progressId === id)).toEqual([])
    await world.done('north approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })
  })

  test('says nothing to someone without a post', async () => {
    expect((await world.ask('nowhere reader', 'GET', '/work')).body).toMatchObject({
      returned: { total: 0 },
      due: { total: 0 },
      waiting: { total: 0 },
      overdue: { total: 0 },
      next: null,
    })
  })
})
