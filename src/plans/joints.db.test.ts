import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  aDuty,
  aHeader,
  aPlanWorld,
  aTask,
  bodyId,
  by,
  type BodyName,
  type PlanWorld,
} from '../../test/kit/plan-world.ts'
import { every, jointSteps, lead } from '../../test/kit/joint-steps.ts'
import { followSuccession } from './commands/follow-succession.ts'
import { extendOccurrences } from './jobs.ts'
import { totalOf, type MyWork, type Occurrence } from './model.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())
const { tasks, task, aPlan, join, report, accept } = jointSteps(() => world)

describe('one piece of work for two plans', () => {
  test('is entered once, shown in both with its evidence, and done in both', async () => {
    const [a, b] = [await aPlan({ time: by('2031-02-28') }), await aPlan({ time: by('2031-06-30') })]
    expect((await join(a, b)).status).toBe(200)
    expect((await report(b.work, 'completed')).status).toBe(409)
    const { id } = await report(a.work, 'completed')
    const file = (await world.done(lead, 'POST', `/progress/${id}/evidence?fileName=x.pdf`, Buffer.from('%PDF'))).id
    await world.done(lead, 'POST', `/progress/${id}/submission`, { version: 1 })
    const waiting = await task('south approver', b.work)
    expect(waiting.progress.map((one) => [one.id, one.state, one.files.map((one) => one.id)])).toEqual([
      [id, 'submitted', [file]],
    ])
    await world.done('south approver', 'POST', `/progress/${id}/acceptance`, { version: 2 })
    for (const [of, standing] of [
      [a, 'done-late'],
      [b, 'done-on-time'],
    ] as const) {
      const seen = await task('south officer', of.work)
      expect([seen.standing, seen.doneOn, seen.status]).toEqual([standing, '2031-03-04', 'completed'])
      expect(seen.serving.places.map((place) => [place.planId, place.dueOn, place.standing, place.isHome])).toEqual([
        [a.plan, '2031-02-28', 'done-late', true],
        [b.plan, '2031-06-30', 'done-on-time', false],
      ])
      expect(seen.serving.strictestDueOn).toBe('2031-02-28')
      expect(seen.sent).toHaveLength(1)
    }
  })

  test('counts under each plan, once in every total, by the strictest due date, and each number opens to its list', async () => {
    const before = { all: await tasks(lead), work: (await world.done(lead, 'GET', '/work')) as unknown as MyWork }
    const [a, b] = [await aPlan({ time: by('2031-02-28') }), await aPlan({ time: by('2031-03-20') })]
    await join(b, a)
    expect((await tasks(lead, `&planId=${a.plan}`)).numbers).toMatchObject({ overdue: 1, pendingInTime: 0 })
    expect((await tasks(lead, `&planId=${b.plan}`)).numbers).toMatchObject({ overdue: 0, pendingInTime: 1 })
    const after = await tasks(lead)
    expect(totalOf(after.numbers)).toBe(totalOf(before.all.numbers) + 1)
    expect(after.numbers.overdue).toBe(before.all.numbers.overdue + 1)
    const overdue = await tasks(lead, '&standing=overdue')
    expect(overdue.total).toBe(after.numbers.overdue)
    const row = overdue.items.find((item) => item.id === a.work)
    expect(row?.alsoServes.map((other) => [other.planId, other.dueOn])).toEqual([[b.plan, '2031-03-20']])
    const pending = await tasks(lead, '&standing=pending-in-time')
    expect(pending.items.map((item) => item.id)).not.toContain(b.work)
    const work = (await world.done(lead, 'GET', '/work')) as unknown as MyWork
    expect(work.overdue.total).toBe(before.work.overdue.total + 1)
    expect(work.due.total).toBe(before.work.due.total)
    expect(work.numbers).toEqual(after.numbers)
  })

  test('a joined task says on its plan which other plan it serves', async () => {
    const [a, b] = [await aPlan(), await aPlan()]
    await join(a, b)
    const { nodes } = await world.plan('south officer', a.plan)
    expect(nodes[0]?.joinedPlans.map((other) => [other.planId, other.occurrenceId])).toEqual([[b.plan, b.work]])
  })

  test('one more task joins the home of the one it is joined with', async () => {
    const [a, b, c] = [await aPlan(), await aPlan(), await aPlan()]
    await join(a, b)
    expect((await join(b, c)).status).toBe(200)
    const seen = await task(lead, c.work)
    expect(seen.serving.places.map((place) => [place.planId, place.isHome])).toEqual(
      expect.arrayContaining([
        [a.plan, true],
        [b.plan, false],
        [c.plan, false],
      ]),
    )
    expect((await join(b, c)).body.code).toBe('plans.joint-already')
  })

  test('is refused with its reason: the same plan, an update underway, work done, a stranger’s task', async () => {
    const plan = await world.issued('south', [aTask({ path: '1' }), aTask({ path: '2' })])
    const [one, two] = (await world.plan('south officer', plan)).nodes
    const work = (await tasks(lead, `&nodeId=${one?.id}`)).items[0]?.id ?? ''
    expect((await join({ work }, { node: two?.id ?? '' })).body.code).toBe('plans.joint-same-plan')
    const [a, b] = [await aPlan(), await aPlan()]
    await report(b.work, 'in-progress')
    expect((await join(a, b)).body.code).toBe('plans.joint-update-open')
    expect((await join(b, a)).status).toBe(200)
    const [c, d] = [await aPlan(), await aPlan()]
    await accept(c.work)
    expect((await join(c, d)).body.code).toBe('plans.joint-nothing-open')
    const foreign = await world.issued('north', [aTask({ lead: 'northHealth' })])
    const theirs = (await world.plan('north officer', foreign)).nodes[0]?.id ?? ''
    expect((await join(d, { node: theirs })).status).toBe(404)
    const supported = await world.issued('south', [
      aTask({ duties: [aDuty('lead', 'southSchools'), aDuty('support', 'southHealth')] }),
    ])
    const beside = (await world.plan('south officer', supported)).nodes[0]?.id ?? ''
    expect((await join(d, { node: beside })).status).toBe(404)
    expect((await world.ask('south officer', 'POST', `/tasks/${d.work}/joints`, { nodeId: a.node, enterAt: 'here', reason: 'x' })).status).toBe(404) // prettier-ignore
  })

  test('a longer period is served by the last of the shorter ones', async () => {
    world.clock.now = new Date('2031-03-04T03:00:00Z')
    const [month, quarter] = [await aPlan({ time: every('month') }), await aPlan({ time: every('quarter') })]
    expect((await join(quarter, month)).body.code).toBe('plans.joint-home-coarser')
    expect((await join(month, quarter)).status).toBe(200)
    const joined = async () =>
      (
        await world.rows(
          sql<{
            period: string
            home: string
          }>`select s.period, h.period as home from plans.occurrence s join plans.occurrence h on h.id = s.joined_id
            where s.node_id = ${quarter.node} and h.node_id = ${month.node} order by 1`,
        )
      ).map((row) => `${row.period} ← ${row.home}`)
    expect(await joined()).toEqual(['2031-Q1 ← 2031-03'])
    world.clock.now = new Date('2031-06-02T03:00:00Z')
    await world.asProduct(extendOccurrences)
    await world.asProduct(extendOccurrences)
    expect(await joined()).toEqual(['2031-Q1 ← 2031-03', '2031-Q2 ← 2031-06'])
    const all = await tasks(lead, `&agencyId=${bodyId('southHealth')}&search=bårn`)
    const ours = all.items.filter((item) => [month.plan, quarter.plan].includes(item.planId))
    expect(ours).toHaveLength(6) // six months; the two quarters are two of them
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })
})

describe('parting', () => {
  const next = { number: '13/KH-R', issuedOn: '2031-03-01' }
  const jointOf = async (work: string) => (await task(lead, work)).serving.joints.find((joint) => joint.ended === null)

  test('gives each its own progress from then on; what was counted stays', async () => {
    const [a, b] = [await aPlan({ time: every('month') }), await aPlan({ time: every('month') })]
    await join(a, b)
    await accept(a.work)
    const joint = await jointOf(b.work)
    const part = { version: 1, reason: 'Ikke likevel' }
    expect((await world.ask(lead, 'POST', `/joints/${joint?.id}/parting`, { ...part, version: 2 })).body.code).toBe(
      'platform.stale-version',
    )
    const before = totalOf((await tasks(lead)).numbers)
    await world.done(lead, 'POST', `/joints/${joint?.id}/parting`, part)
    const rows = await world.rows(
      sql<{
        doneOn: string | null
        isJoined: boolean
      }>`select done_on, joined_id is not null as is_joined from plans.occurrence where node_id = ${b.node} order by period`,
    )
    expect(rows).toEqual([
      { doneOn: '2031-03-04', isJoined: true },
      { doneOn: null, isJoined: false },
      { doneOn: null, isJoined: false },
    ])
    expect(totalOf((await tasks(lead)).numbers)).toBe(before + 2)
    const open = (await tasks(lead, `&planId=${b.plan}&standing=overdue`)).items[0]?.id ?? ''
    expect((await report(open, 'in-progress')).status).toBe(200)
    expect((await world.ask(lead, 'POST', `/joints/${joint?.id}/parting`, { ...part, version: 2 })).status).toBe(404)
    expect((await task(lead, b.work)).serving.joints[0]?.ended).toMatchObject({
      cause: 'parted',
      reason: 'Ikke likevel',
    })
  })

  test('is undone by joining again', async () => {
    const [a, b] = [await aPlan(), await aPlan()]
    await join(a, b)
    const joint = await jointOf(b.work)
    await world.done(lead, 'POST', `/joints/${joint?.id}/parting`, { version: 1, reason: 'x' })
    expect((await task(lead, b.work)).serving.places).toHaveLength(1)
    expect((await join(a, b)).status).toBe(200)
    expect((await task(lead, b.work)).serving.places).toHaveLength(2)
    const actions = (await world.audit()).map((entry) => entry.action)
    expect(actions.filter((action) => action.startsWith('plans.tasks-')).slice(-3)).toEqual([
      'plans.tasks-joined',
      'plans.tasks-parted',
      'plans.tasks-joined',
    ])
  })

  test('comes of itself when a document no longer has a task; the others go on together', async () => {
    const [a, b, c] = [await aPlan(), await aPlan(), await aPlan()]
    await join(a, b)
    await join(a, c)
    await world.done('south officer', 'POST', `/plans/${a.plan}/amendment`, { act: 'annulling', reason: 'x' })
    const draft = await world.draftOf('south officer', a.plan)
    await world.done('south officer', 'PUT', `/plans/${a.plan}/draft`, {
      ...draft,
      header: { ...draft.header, ...next },
    })
    await world.issue('south', a.plan)
    const joints = (await task(lead, b.work)).serving.joints
    expect(joints.map((joint) => [joint.other.planId, joint.ended?.cause])).toEqual([
      [c.plan, undefined],
      [a.plan, 'plan-changed'],
    ])
    expect((await task(lead, c.work)).serving.places.map((place) => [place.planId, place.isHome])).toEqual([
      [b.plan, true],
      [c.plan, false],
    ])
    expect((await report(b.work, 'in-progress')).status).toBe(200)
  })

  test('an amendment that leaves the task leaves the joint, and takes its new due date', async () => {
    const [a, b] = [await aPlan({ time: by('2031-05-01') }), await aPlan({ time: by('2031-06-30') })]
    await join(a, b)
    await world.done('south officer', 'POST', `/plans/${b.plan}/amendment`, { act: 'amending', reason: 'x' })
    const draft = await world.draftOf('south officer', b.plan)
    const nodes = draft.nodes.map((node) => ({ ...node, time: by('2031-04-01') }))
    await world.done('south officer', 'PUT', `/plans/${b.plan}/draft`, {
      ...draft,
      header: { ...draft.header, ...next },
      nodes,
    })
    await world.issue('south', b.plan)
    const { serving } = await task(lead, a.work)
    expect([serving.places.length, serving.strictestDueOn]).toEqual([2, '2031-04-01'])
  })
})

describe('after a reform', () => {
  const reform = new Date('2032-07-01T03:00:00Z')
  const follow = () => world.asProduct((ctx) => followSuccession(ctx))
  afterEach(() => {
    world.clock.now = new Date('2031-03-04T03:00:00Z')
  })
  /** Two plans of an owner, of the functions given, on whose tasks one body leads and which it joins; ids of the work. */
  async function joined(owner: BodyName, of: BodyName, functions: [string, string], issuedOn: string) {
    const works: Occurrence[] = []
    for (const functionCode of functions) {
      const nodes = [aTask({ time: by('2033-06-30'), duties: [aDuty('lead', of)] })]
      const body = { issuerId: bodyId(owner), header: aHeader({ issuedOn }), nodes, parentPlanIds: [], functionCode }
      const { planId } = await world.done(`${owner} officer`, 'POST', '/plans', body)
      await world.issue(owner, String(planId))
      works.push(...(await tasks(`${of} officer`, `&planId=${String(planId)}`)).items)
    }
    const [home, served] = works
    const body = { nodeId: served?.nodeId, enterAt: 'here', reason: 'Ett' }
    await world.done(`${of} officer`, 'POST', `/tasks/${home?.id}/joints`, body)
    return { home: home?.id ?? '', served: served?.id ?? '' }
  }

  test('the successor goes on with both as one piece of work', async () => {
    const { home, served } = await joined('north', 'askog', ['children', 'children'], '2031-02-10')
    world.clock.now = reform
    await follow()
    await follow()
    const seen = await task('havn officer', served)
    expect(seen.serving.places.map((place) => [place.occurrenceId, place.isHome])).toEqual([
      [home, true],
      [served, false],
    ])
    expect(seen.serving.joints.map((joint) => [joint.reason, joint.ended])).toEqual([['Ett', null]])
    expect(seen.may).toEqual({ report: false, join: true, keepMilestones: true, answer: false })
    expect((await task('havn officer', home)).may.report).toBe(true)
  })

  test('and where the work of one goes elsewhere than that of the other, each goes its own way', async () => {
    world.clock.now = new Date('2029-05-10T03:00:00Z')
    const { home, served } = await joined('crown', 'dissolved', ['children', 'vocational'], '2029-05-02')
    world.clock.now = reform
    await follow()
    for (const [who, work] of [
      ['ministry officer', home],
      ['schools officer', served],
    ] as const) {
      const { serving, may } = await task(who, work)
      expect([who, serving.places.map((place) => place.occurrenceId), may.report]).toEqual([who, [work], true])
    }
    const ended = await world.rows(
      sql<{ cause: string }>`select cause from plans.joint where agency_id = ${bodyId('dissolved')}`,
    )
    expect(ended).toEqual([{ cause: 'succession' }])
  })
})
