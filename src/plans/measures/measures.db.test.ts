import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { measureId } from '#indicators'
import type { LikelyMeasure, LinkedMeasure } from '#indicators/model'
import { idOfKey } from '#platform'
import { aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import type { AnswersOf, MeasuredTask } from '../model.ts'

let world: PlanWorld
/** A task of the ministry, one of the south, and the pieces of work of each. */
let [own, southern, work, southernWork] = ['', '', '', '']
let asked: Record<string, string> = {}
const keeper = 'ministry officer'
const share = measureId('lov-1')
const indicator = idOfKey('indicator:lov-1')

beforeAll(async () => {
  world = await aPlanWorld()
  const mine = await world.issued('ministry', [
    aTask({ lead: 'ministry', time: by('2031-05-01'), text: 'Vaccinate children' }),
  ])
  own = (await world.plan(keeper, mine)).nodes[0]?.id ?? ''
  const south = await world.issued('south', [aTask({ lead: 'southHealth' })])
  southern = (await world.plan('south officer', south)).nodes[0]?.id ?? ''
  const workOf = async (node: string) =>
    (await world.rows<{ id: string }>(sql`select id from plans.occurrence where node_id = ${node}`))[0]?.id ?? ''
  work = await workOf(own)
  southernWork = await workOf(southern)
  asked = await bringIn(world, [{ mechanism: 'crc', paragraph: '10', text: 'Stop beating children', sdgs: '3.8' }])
})
afterAll(() => world.close())
beforeEach(() =>
  sql`truncate plans.task_measure, plans.answer, indicators.recommendation_measure`.execute(world.land.owner),
)

const link = (who: string, nodeId: string, measure = share) =>
  world.ask(who, 'POST', '/task-measures', { links: [{ nodeId, measureId: measure }] })
const linked = async (who: string, of: string) =>
  (await world.done(who, 'GET', `/tasks/${of}/measures`)) as unknown as LinkedMeasure[]
const tasks = async (who: string, query = '') =>
  ((await world.done(who, 'GET', `/indicators/${indicator}/tasks?${query}`)) as unknown as { items: MeasuredTask[] })
    .items

describe('measures by which tasks are followed', () => {
  test('are laid by the body whose plan it is, once; who does not see the plan finds no task', async () => {
    expect((await link(keeper, own)).body).toEqual({ linked: 1, same: 0 })
    expect((await link(keeper, own)).body).toEqual({ linked: 0, same: 1 })
    expect((await link('southHealth officer', southern)).body.code).toBe('plans.measure-not-yours')
    expect((await link('north officer', southern)).status).toBe(404)
    expect((await link(keeper, own, bodyId('south'))).status).toBe(404)
    expect(await linked(keeper, work)).toMatchObject([{ measureId: share, mayEnd: true }])
    expect((await world.ask('north officer', 'GET', `/tasks/${southernWork}/measures`)).status).toBe(404)
  })

  test('are taken off with a reason, once', async () => {
    await link(keeper, own)
    const [one] = await linked(keeper, work)
    const at = `/task-measures/${one?.id}/ending`
    expect((await world.ask(keeper, 'POST', at, { version: 9, reason: 'x' })).status).toBe(409)
    expect((await world.ask('north officer', 'POST', at, { version: 1, reason: 'x' })).status).not.toBe(204)
    expect((await world.ask(keeper, 'POST', at, { version: 1, reason: 'x' })).status).toBe(204)
    expect((await world.ask(keeper, 'POST', at, { version: 1, reason: 'x' })).status).toBe(404)
    expect(await linked(keeper, work)).toEqual([])
    const { items } = await world.done(keeper, 'GET', `/history?kind=plans.occurrence&id=${work}`)
    expect((items as { action: string; reason: string | null }[]).slice(0, 2)).toMatchObject([
      { action: 'plans.measure-unlinked', reason: 'x' },
      { action: 'plans.measure-linked' },
    ])
  })

  test('stand with their indicator, of the plans one sees alone', async () => {
    await link(keeper, own)
    await link('south officer', southern)
    expect((await tasks('south officer')).map(({ nodeId }) => nodeId)).toContain(southern)
    expect((await tasks('north officer')).map(({ nodeId }) => nodeId)).not.toContain(southern)
    expect(await tasks(keeper, 'search=vaccinate')).toMatchObject([
      { nodeId: own, mayEnd: true, numbers: { pendingInTime: 1 } },
    ])
    expect(await tasks(keeper, `measureId=${measureId('lov-2a')}`)).toEqual([])
  })

  test('are suggested by words, and by what tells of the recommendations it answers', async () => {
    const suggested = async (who: string, of: string) =>
      (await world.done(who, 'GET', `/tasks/${of}/measures/suggestions`)) as unknown as LikelyMeasure[]
    expect((await suggested(keeper, work)).map(({ measureId: id }) => id)).toContain(share)
    const count = measureId('lov-2a')
    await world.done(keeper, 'POST', '/answers', {
      answers: [{ recommendationId: asked['10'], nodeId: own, kind: 'implements' }],
    })
    await world.done(keeper, 'POST', '/recommendation-measures', {
      links: [{ recommendationId: asked['10'], measureId: count }],
    })
    const found = await suggested(keeper, work)
    expect(found.map(({ measureId: id }) => id)).toEqual(expect.arrayContaining([share, count]))
    expect(found.find(({ measureId: id }) => id === share)?.sdgTargets).toEqual(['3.8'])
    expect(await suggested('southHealth officer', southernWork)).toEqual([])
  })

  test('the database refuses them from another body', async () => {
    const insert = (who: string, agency: string) =>
      world
        .as(who, ({ db }) =>
          sql`insert into plans.task_measure (id, node_id, plan_id, measure_id, origin, agency_id, linked_by, linked_at)
            select gen_random_uuid(), n.id, n.plan_id, ${share}, 'person', ${agency}, platform.person(), now() from plans.node n where n.id = ${own}`.execute(
            db,
          ),
        )
        .then(
          () => 'done',
          (fault: Error) => fault.message,
        )
    expect(await insert('crown officer', bodyId('crown'))).toContain('row-level security')
    expect(await insert(keeper, bodyId('crown'))).toContain('row-level security')
    expect(await insert(keeper, bodyId('ministry'))).toBe('done')
    await link('south officer', southern)
    const seen = async (who: string) =>
      (await world.as(who, ({ db }) => db.selectFrom('plans.taskMeasure').select('nodeId').execute())).map(
        ({ nodeId }) => nodeId,
      )
    expect(await seen('south officer')).toContain(southern)
    expect(await seen('north officer')).not.toContain(southern)
  })
})

describe('how far a recommendation is carried out', () => {
  const of = async (who: string) =>
    (await world.done(who, 'GET', `/recommendations/${asked['10']}/answers`)) as unknown as AnswersOf

  test('is done by its tasks and held back by a measure whose target is not reached or not known to be', async () => {
    await world.done(keeper, 'POST', '/answers', {
      answers: [{ recommendationId: asked['10'], nodeId: own, kind: 'implements' }],
    })
    expect(await of('crown officer')).toMatchObject({ implementation: { status: 'planned', byTasks: 'planned' } })
    await world.rows(
      sql`update plans.occurrence set done_on = '2030-12-01', status = 'completed' where node_id = ${own}`,
    )
    expect(await of('crown officer')).toMatchObject({ implementation: { status: 'done' }, measures: [] })
    await world.done(keeper, 'POST', '/recommendation-measures', {
      links: [{ recommendationId: asked['10'], measureId: share }],
    })
    expect(await of('crown officer')).toMatchObject({
      implementation: { status: 'under-way', byTasks: 'done' },
      measures: [{ measureId: share, says: 'no-data', year: 2033, holdsBack: true }],
    })
    // Who does not see the national figure is told so, and it counts for nothing.
    expect(await of('solheim officer')).toMatchObject({ measures: [{ says: 'unseen', year: null, holdsBack: false }] })
  })

  test('is not said from measures alone', async () => {
    await world.done(keeper, 'POST', '/recommendation-measures', {
      links: [{ recommendationId: asked['10'], measureId: share }],
    })
    expect(await of('crown officer')).toMatchObject({ implementation: null, measures: [{ says: 'no-data' }] })
  })
})
