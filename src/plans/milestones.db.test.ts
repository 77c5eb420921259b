import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#platform'
import type { Milestone, MyWork, OccurrenceDetail } from './model.ts'
import { aPlanWorld, aTask, by, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = new Date('2031-03-04T03:00:00Z')
})

const officer = 'southHealth officer'
const workOf = async (plan: string) => {
  const { items } = await world.done('south officer', 'GET', `/tasks?planId=${plan}`)
  return (items as { id: string }[])[0]?.id ?? ''
}
const aWork = async (over: Parameters<typeof aTask>[0] = {}) =>
  workOf(await world.issued('south', [aTask({ time: by('2031-06-30'), ...over })]))
const detail = async (id: string, who = officer) =>
  (await world.done(who, 'GET', `/tasks/${id}`)) as unknown as OccurrenceDetail
const add = async (work: string, name: string, dueOn: string) =>
  String((await world.done(officer, 'POST', `/tasks/${work}/milestones`, { name, dueOn })).id)
const codeOf = async (...of: Parameters<PlanWorld['ask']>) => {
  const { status, body } = await world.ask(...of)
  return [status, body.code ?? null]
}
const passed = { name: 'Listen er sendt', dueOn: '2031-03-20', doneOn: '2031-03-03', proof: 'Brev 12' }

describe('a milestone of a piece of work', () => {
  test('is set by the body that leads it, in the order of the days, and seen by whoever stands over it', async () => {
    const work = await aWork()
    await add(work, 'Alle er sett', '2031-05-31')
    await add(work, 'Listen er sendt', '2031-03-20')
    for (const who of [officer, 'south approver', 'southHealth reader']) {
      const { milestones, may } = await detail(work, who)
      expect(milestones.map(({ name, dueOn, isOfPlan }) => [name, dueOn, isOfPlan])).toEqual([
        ['Listen er sendt', '2031-03-20', false],
        ['Alle er sett', '2031-05-31', false],
      ])
      expect([who, may.keepMilestones]).toEqual([who, who === officer])
    }
    const wish = { name: 'x', dueOn: '2031-05-01' }
    expect(await codeOf('south officer', 'POST', `/tasks/${work}/milestones`, wish)).toEqual([
      404,
      'platform.not-found',
    ])
    expect((await codeOf('southHealth reader', 'POST', `/tasks/${work}/milestones`, wish))[0]).toBe(403)
  })

  test('passing it changes none of the four numbers, nor where the work stands, nor its due date', async () => {
    const plan = await world.issued('south', [aTask({ time: by('2031-03-01') }), aTask({ time: by('2031-06-30') })])
    const work = await workOf(plan)
    const numbers = async () => (await world.done(officer, 'GET', `/tasks?planId=${plan}`)).numbers
    const before = await numbers()
    const stood = await detail(work)
    const id = await add(work, passed.name, passed.dueOn)
    expect(await numbers()).toEqual(before)
    await world.done(officer, 'PUT', `/milestones/${id}`, { ...passed, version: 1 })
    expect(await numbers()).toEqual(before)
    const { standing, dueOn, doneOn, status, milestones } = await detail(work)
    expect({ standing, dueOn, doneOn, status }).toEqual({
      standing: stood.standing,
      dueOn: stood.dueOn,
      doneOn: stood.doneOn,
      status: stood.status,
    })
    expect(milestones).toMatchObject([passed])
  })

  test('is passed with a day that has come and with what shows it, never over a newer version', async () => {
    const id = await add(await aWork(), passed.name, passed.dueOn)
    const at = `/milestones/${id}`
    expect((await codeOf(officer, 'PUT', at, { ...passed, proof: null, version: 1 }))[0]).toBe(422)
    expect(await codeOf(officer, 'PUT', at, { ...passed, doneOn: '2031-03-05', version: 1 })).toEqual([
      422,
      'plans.milestone-in-future',
    ])
    await world.done(officer, 'PUT', at, { ...passed, version: 1 })
    expect(await codeOf(officer, 'PUT', at, { ...passed, version: 1 })).toEqual([409, 'platform.stale-version'])
    expect((await codeOf('southSchools officer', 'PUT', at, { ...passed, version: 2 }))[0]).toBe(404)
    expect((await codeOf('south approver', 'POST', `${at}/cancellation`, { version: 2 }))[0]).toBe(404)
  })

  test('is taken back and no longer shown, but kept', async () => {
    const work = await aWork()
    const id = await add(work, 'Feil', '2031-04-01')
    await world.done(officer, 'POST', `/milestones/${id}/cancellation`, { version: 1 })
    expect((await detail(work)).milestones).toEqual([])
    expect(await world.rows(sql`select cancelled_on from plans.milestone where id = ${id}`)).toEqual([
      { cancelledOn: '2031-03-04' },
    ])
    expect((await codeOf(officer, 'POST', `/milestones/${id}/cancellation`, { version: 2 }))[0]).toBe(404)
  })

  test('stands in my work from fourteen days before its day until it is passed', async () => {
    const work = await aWork({ lead: 'southSchools' })
    const lead = 'southSchools officer'
    const mine = async () => ((await world.done(lead, 'GET', '/work')) as unknown as MyWork).milestones
    const days = ['2031-03-01', '2031-03-18', '2031-03-19']
    for (const dueOn of days) await world.done(lead, 'POST', `/tasks/${work}/milestones`, { name: dueOn, dueOn })
    const { total, cards } = await mine()
    expect([total, cards.map((card) => [card.want, card.text, card.occurrenceId])]).toEqual([
      2,
      [
        ['milestone', '2031-03-01', work],
        ['milestone', '2031-03-18', work],
      ],
    ])
    const [first] = ((await world.done(lead, 'GET', `/tasks/${work}`)) as unknown as OccurrenceDetail).milestones
    const said = { name: days[0], dueOn: days[0], doneOn: '2031-03-02', proof: 'Ja', version: 1 }
    await world.done(lead, 'PUT', `/milestones/${first?.id}`, said)
    expect((await mine()).cards.map((card) => card.text)).toEqual(['2031-03-18'])
  })

  test('set twice by one request is set once', async () => {
    const work = await aWork()
    const key = { 'idempotency-key': '0190b0b0-0000-7000-8000-0000000000aa' }
    const body = { name: 'Én gang', dueOn: '2031-04-01' }
    const answers = [1, 2].map(() => world.ask(officer, 'POST', `/tasks/${work}/milestones`, body, key))
    const [first, second] = [await answers[0], await answers[1]]
    expect(first?.body).toEqual(second?.body)
    expect((await detail(work)).milestones).toHaveLength(1)
  })
})

describe('milestones a plan names', () => {
  const named = [
    { text: 'xong danh sách trong quý I', dueOn: '2031-03-31' },
    { text: 'sơ kết giữa kỳ', dueOn: null },
  ]

  test('keep their words in the document, and those with a day are laid on the leads when it is issued', async () => {
    const plan = await world.issued('south', [aTask({ time: by('2031-06-30'), milestones: named })])
    expect((await world.plan('south officer', plan)).nodes[0]?.milestones).toEqual(named)
    const work = await workOf(plan)
    const { milestones } = await detail(work)
    expect(milestones).toMatchObject([{ name: named[0]?.text, dueOn: '2031-03-31', isOfPlan: true, doneOn: null }])
    const [first] = milestones as [Milestone]
    const said = { name: first.name, dueOn: first.dueOn, doneOn: null, proof: null, version: first.version }
    const at = `/milestones/${first.id}`
    expect(await codeOf(officer, 'PUT', at, { ...said, dueOn: '2031-12-31' })).toEqual([409, 'plans.milestone-of-plan'])
    expect(await codeOf(officer, 'POST', `${at}/cancellation`, { version: first.version })).toEqual([
      409,
      'plans.milestone-of-plan',
    ])
    await world.done(officer, 'PUT', at, { ...said, doneOn: '2031-03-04', proof: 'Công văn 5' })
    expect((await detail(work)).milestones).toMatchObject([{ doneOn: '2031-03-04', proof: 'Công văn 5' }])
  })

  test('follow the document that amends it: new ones come, those left out go, passed ones stay', async () => {
    const [first, second] = ['2031-03-10', '2031-05-10'].map((dueOn) => ({ text: `mốc ${dueOn}`, dueOn }))
    const third = { text: 'mốc mới', dueOn: '2031-04-20' }
    if (!first || !second) throw new Error('two milestones')
    const plan = await world.issued('south', [aTask({ time: by('2031-06-30'), milestones: [first, second] })])
    const work = await workOf(plan)
    const [passing] = (await detail(work)).milestones as [Milestone]
    const { name, dueOn, version } = passing
    await world.done(officer, 'PUT', `/milestones/${passing.id}`, {
      name,
      dueOn,
      doneOn: '2031-03-04',
      proof: 'Ja',
      version,
    })
    await world.done('south officer', 'POST', `/plans/${plan}/amendment`, { act: 'amending', reason: 'x' })
    const draft = await world.plan('south officer', plan, true)
    const [task] = draft.nodes
    const nodes = [{ ...aTask({ time: by('2031-06-30'), milestones: [third] }), key: task?.id ?? '' }]
    const header = { ...draft.header, number: '9/KH', issuedOn: '2031-03-04' }
    await world.done('south officer', 'PUT', `/plans/${plan}/draft`, { version: draft.version, header, nodes })
    await world.issue('south', plan)
    const after = (await detail(work)).milestones
    expect(after.map((one) => [one.name, one.doneOn])).toEqual([
      [first.text, '2031-03-04'],
      [third.text, null],
    ])
    const changes = await world.done(
      'south officer',
      'GET',
      `/plans/${plan}/versions/${(await world.plan('south officer', plan)).versions[0]?.id}/changes`,
    )
    expect(changes.changed).toMatchObject([{ parts: ['milestones'] }])
  })
})

describe('the second wall', () => {
  test('a body out of reach sees none, and nobody sets one on the work of another or in the name of another', async () => {
    const work = await aWork()
    const id = await add(work, 'Skjult', '2031-04-01')
    const rows = await world.as('north officer', ({ db }) =>
      sql`select id from plans.milestone where id = ${id}`.execute(db),
    )
    expect(rows.rows).toEqual([])
    const insert = (isOfPlan: boolean, person: unknown) =>
      sql`insert into plans.milestone (id, occurrence_id, node_id, plan_id, agency_id, owner_id, name, due_on, is_of_plan, recorded_by, recorded_at)
        select ${newId()}::uuid, o.id, o.node_id, o.plan_id, o.agency_id, o.owner_id, 'x', '2031-04-01', ${isOfPlan}, ${person}, now()
        from plans.occurrence o where o.id = ${work}`
    const tried = (who: string, statement: ReturnType<typeof insert>) =>
      world
        .as(who, ({ db }) => statement.execute(db))
        .then(
          () => 'done',
          (fault: Error) => fault.message,
        )
    const self = sql`platform.person()`
    expect(await tried('southHealth officer', insert(true, self))).toContain('row-level security')
    expect(await tried('south officer', insert(false, self))).toContain('row-level security')
    expect(await tried('southHealth officer', insert(false, sql`${newId()}::uuid`))).toContain('row-level security')
    const change = sql<unknown>`update plans.milestone set name = 'x' where id = ${id}`
    expect(await tried('south officer', change as ReturnType<typeof insert>)).toBe('done')
    expect(await world.rows(sql`select name from plans.milestone where id = ${id}`)).toEqual([{ name: 'Skjult' }])
  })
})
