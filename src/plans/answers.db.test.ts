import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FacetCounts } from '#platform/model'
import { recommendationList } from '#recommendations'
import { actorOf, aDuty, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'
import { bringIn } from '../../test/kit/recommendation-steps.ts'
import { answerConditions, answerFacets } from './lists/answers.ts'
import type { AnswerKind, AnswersOf, RecommendationCoverage } from './model.ts'
import { countCoverage } from './queries/answers.ts'

let world: PlanWorld
/** Recommendations by paragraph: 10 and 11 are the Committee's, whose keeper is the ministry, 20 is of the review. */
let asked: Record<string, string> = {}
/** Tasks of the crown's plan, of the ministry's, and of the south's, and their nodes. */
let [first, second, own, southern] = ['', '', '', '']
const keeper = 'ministry officer'

beforeAll(async () => {
  world = await aPlanWorld()
  const document = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' }
  asked = await bringIn(world, [
    { ...document, paragraph: '10', text: 'Stop beating children', clusters: 'E' },
    { ...document, paragraph: '11', text: 'Register every birth: (a) at sea; (b) on land', clusters: 'D' },
    { ...document, paragraph: '12', text: 'Spend more', clusters: 'A' },
    { mechanism: 'upr', published: '2030-05-07', cycle: '4', paragraph: '20', text: 'Ratify', position: 'supported' },
  ])
  const above = await world.issued('crown', [
    aTask({ path: '1', lead: 'ministry', time: by('2031-02-01'), text: 'End beating' }),
    aTask({ path: '2', duties: [aDuty('lead', 'south'), aDuty('lead', 'north')], time: by('2031-12-01') }),
  ])
  ;[first = '', second = ''] = (await world.plan('crown officer', above)).nodes.map(({ id }) => id)
  const mine = await world.issued('ministry', [aTask({ lead: 'ministry', time: by('2031-05-01') })])
  own = (await world.plan(keeper, mine)).nodes[0]?.id ?? ''
  const south = await world.issued('south', [aTask({ lead: 'southHealth' })])
  southern = (await world.plan('south officer', south)).nodes[0]?.id ?? ''
})
afterAll(() => world.close())
beforeEach(() => sql`truncate plans.answer`.execute(world.land.owner))

const link = (who: string, paragraph: string, nodeId: string, kind: AnswerKind = 'implements', more: object = {}) =>
  world.ask(who, 'POST', '/answers', {
    answers: [{ recommendationId: asked[paragraph], nodeId, kind, ...more }],
  })
const of = async (who: string, paragraph: string) =>
  (await world.done(who, 'GET', `/recommendations/${asked[paragraph]}/answers`)) as unknown as AnswersOf
const found = async (who: string, query: string) =>
  ((await world.done(who, 'GET', `/recommendations?reach=own&${query}`)).items as { paragraph: string }[])
    .map(({ paragraph }) => paragraph)
    .sort()
const counts = async (who: string, path: string, facet: string) =>
  Object.fromEntries(
    (((await world.done(who, 'GET', path)) as FacetCounts)[facet] ?? []).map(({ value, count }) => [value, count]),
  )

describe('tasks that answer recommendations', () => {
  test('are laid by the keeper to tasks of any plan he sees, by a body to its own; by nobody else', async () => {
    expect((await link(keeper, '10', first)).body).toEqual({ linked: 1, same: 0 })
    expect((await link('crown officer', '11', second)).body).toEqual({ linked: 1, same: 0 })
    expect((await link(keeper, '20', first)).body.code).toBe('plans.answer-not-yours')
    expect((await link('southHealth officer', '10', southern)).body.code).toBe('plans.answer-not-yours')
    expect((await link('south officer', '10', southern)).status).toBe(200)
    expect((await link('north officer', '10', southern)).status).toBe(404)
  })

  test('what holds already is said and laid once; another kind ends the earlier', async () => {
    await link(keeper, '10', first)
    expect((await link(keeper, '10', first)).body).toEqual({ linked: 0, same: 1 })
    await link(keeper, '10', first, 'monitors', { reason: 'Only watches' })
    expect((await of(keeper, '10')).answers.map(({ kind, nodeId }) => [kind, nodeId])).toEqual([['monitors', first]])
    expect(await world.rows(sql`select kind, end_reason from plans.answer order by linked_at, ended_at`)).toEqual([
      { kind: 'implements', endReason: 'Only watches' },
      { kind: 'monitors', endReason: null },
    ])
  })

  test('two who lay the same at once lay it once', async () => {
    const answers = await Promise.all([link(keeper, '10', first), link('crown officer', '10', first)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await of(keeper, '10')).answers).toHaveLength(1)
  })

  test('are taken back with a reason, once, and are no longer counted', async () => {
    await link(keeper, '10', first)
    const [answer] = (await of(keeper, '10')).answers
    const ending = { version: 1, reason: 'Wrong task' }
    const at = `/answers/${answer?.id}/ending`
    expect((await world.ask('south officer', 'POST', at, ending)).status).not.toBe(204)
    expect((await world.ask(keeper, 'POST', at, { ...ending, version: 3 })).status).toBe(409)
    expect((await world.ask(keeper, 'POST', at, ending)).status).toBe(204)
    expect((await world.ask(keeper, 'POST', at, ending)).status).toBe(404)
    expect((await of(keeper, '10')).answers).toEqual([])
    expect(await found(keeper, 'task=with')).toEqual([])
  })

  test('stand with the task in its plan, and with its work; who may lay more is said', async () => {
    await link('crown officer', '10', second)
    await link('crown officer', '20', second, 'contributes')
    const plan = await world.rows<{ planId: string }>(sql`select plan_id from plans.node where id = ${second}`)
    const { nodes } = await world.plan('crown officer', plan[0]?.planId ?? '')
    expect(nodes.map((node) => node.answers.map(({ paragraph, kind }) => [paragraph, kind]))).toEqual([
      [],
      [
        ['20', 'contributes'],
        ['10', 'implements'],
      ],
    ])
    const [work] = await world.rows<{ id: string }>(
      sql`select id from plans.occurrence where node_id = ${second} and agency_id = ${bodyId('south')}`,
    )
    for (const who of ['crown officer', 'south officer']) {
      const task = await world.done(who, 'GET', `/tasks/${work?.id}`)
      expect([who, (task.may as { answer: boolean }).answer]).toEqual([who, who === 'crown officer'])
    }
  })

  test('are seen by whoever sees their plan, and by nobody else', async () => {
    await link('south officer', '10', southern)
    expect((await of('south officer', '10')).answers).toHaveLength(1)
    expect(await of('north officer', '10')).toEqual({ implementation: null, measures: [], answers: [] })
    expect(await found('north officer', 'task=with')).toEqual([])
    expect(await world.as('north officer', ({ db }) => db.selectFrom('plans.answer').select('id').execute())).toEqual(
      [],
    )
  })

  test('row-level security by itself lets nobody else lay or end one', async () => {
    await link(keeper, '10', first)
    const laid = (who: string, nodeId: string, planOf: string) =>
      world.as(who, async ({ db, actor }) => {
        await sql`insert into plans.answer (id, recommendation_id, node_id, plan_id, kind, origin, agency_id, linked_by, linked_at)
          select gen_random_uuid(), ${asked[20]}, ${nodeId}, (select plan_id from plans.node where id = ${planOf}), 'implements', 'person', ${actor.agencyId}, ${actor.personId}, now()`.execute(
          db,
        )
      })
    await expect(laid(keeper, first, first)).rejects.toThrow(/row-level security|not-null|null value/)
    await expect(laid('north officer', southern, southern)).rejects.toThrow(/row-level security|null value/)
    await laid('crown officer', first, first)
    const ended = await world.as('south officer', ({ db }) =>
      sql`update plans.answer set ended_at = now(), ended_by = ${bodyId('south')}, end_reason = 'x'`.execute(db),
    )
    expect(ended.numAffectedRows).toBe(0n)
  })
})

describe('how far a recommendation is carried out', () => {
  const done = async (body: string, nodeId: string) => {
    const { items } = await world.done(
      `${body} officer`,
      'GET',
      `/tasks?nodeId=${nodeId}&agencyId=${bodyId(body as 'south')}`,
    )
    const work = (items as { id: string }[])[0]?.id
    const said = { version: null, status: 'completed', narrative: 'x', evidenceNote: 'x' }
    const { id } = await world.done(`${body} officer`, 'PUT', `/tasks/${work}/progress`, said)
    await world.done(`${body} officer`, 'POST', `/progress/${String(id)}/submission`, { version: 1 })
    await world.done('crown approver', 'POST', `/progress/${String(id)}/acceptance`, { version: 2 })
  }

  test('follows from the work of the tasks that implement it, else of those that contribute, and says so', async () => {
    expect((await of('crown officer', '10')).implementation).toBeNull()
    await link(keeper, '10', first, 'monitors')
    expect((await of('crown officer', '10')).implementation).toBeNull()
    await link(keeper, '10', second, 'contributes')
    const from = { tasks: 1, pieces: 2, done: 0, begun: 0, overdue: 0, recurring: 0, asOf: '2031-03-04' }
    expect((await of('crown officer', '10')).implementation).toEqual({
      ...from,
      ...{ status: 'planned', byTasks: 'planned', basis: 'contributes' },
    })
    await done('south', second)
    expect((await of('crown officer', '10')).implementation).toEqual({
      ...from,
      ...{ done: 1, status: 'under-way', byTasks: 'under-way', basis: 'contributes' },
    })
    await link(keeper, '10', first, 'implements')
    expect((await of('crown officer', '10')).implementation).toEqual({
      ...from,
      ...{ pieces: 1, overdue: 1, status: 'planned', byTasks: 'planned', basis: 'implements' },
    })
    await done('ministry', first)
    expect((await of('crown officer', '10')).implementation).toMatchObject({ status: 'done', overdue: 0, done: 1 })
  })

  test('coverage counts it by the values of a facet, and each number opens to its list', async () => {
    await link(keeper, '10', first)
    await link(keeper, '11', own)
    const coverage = async (query: string) =>
      ((await world.done('crown officer', 'GET', `/recommendations/coverage?${query}`)) as RecommendationCoverage).rows
    expect(await coverage('reach=own&by=mechanism')).toEqual([
      expect.objectContaining({ value: 'crc', total: 3, unanswered: 1, planned: 1, underWay: 0, done: 1 }),
      expect.objectContaining({ value: 'upr', total: 1, unanswered: 1, planned: 0, underWay: 0, done: 0 }),
    ])
    expect(await found('crown officer', 'mechanism=crc&implementation=none')).toEqual(['12'])
    expect(await found('crown officer', 'implementation=done')).toEqual(['10'])
    expect((await coverage('reach=own&by=lead&mechanism=crc')).map(({ value, total }) => [value, total])).toEqual(
      expect.arrayContaining([
        [bodyId('ministry'), 2],
        ['none', 1],
      ]),
    )
    expect((await coverage('reach=own&by=cluster')).reduce((sum, row) => sum + row.total, 0)).toBe(4)
  })

  test('coverage says when there are more than are counted', async () => {
    const registry = recommendationList({ facets: answerFacets, conditions: answerConditions })
    const isMore = (most: number) =>
      world.as('crown officer', async (ctx) => {
        const list = { ...registry, mostCounted: () => most }
        return (await countCoverage(ctx, list, { reach: ['own'] }, 'mechanism')).isMore
      })
    expect([await isMore(3), await isMore(4)]).toEqual([true, false])
  })

  test('recommendations are found by what answers them, and tasks by what they answer', async () => {
    await link(keeper, '10', first)
    await link(keeper, '11', first, 'monitors')
    expect(await found('crown officer', 'task=without')).toEqual(['12', '20'])
    expect(await found('crown officer', `lead=${bodyId('ministry')}`)).toEqual(['10', '11'])
    expect(await found('crown officer', `lead=${bodyId('south')}&lead=none&mechanism=crc`)).toEqual(['12'])
    expect(await found('crown officer', 'answer=monitors')).toEqual(['11'])
    expect(await found('crown officer', `nodeId=${first}`)).toEqual(['10', '11'])
    expect(await counts('crown officer', '/recommendations/facets?reach=own&of=task', 'task')).toEqual({
      with: 2,
      without: 2,
    })
    expect(await counts('crown officer', '/tasks/facets?of=mechanism', 'mechanism')).toMatchObject({ crc: 1 })
    const without = await world.done('crown officer', 'GET', '/tasks?recommendation=without&size=200')
    expect((without.items as { nodeId: string }[]).map(({ nodeId }) => nodeId)).not.toContain(first)
    const answering = await world.done('crown officer', 'GET', `/tasks?recommendationId=${asked[10]}`)
    const [work] = answering.items as { id: string; nodeId: string }[]
    expect(work?.nodeId).toBe(first)
    const seen = await world.ask('crown officer', 'GET', `/tasks/${work?.id}/recommendations`)
    expect(
      (seen.body as unknown as { paragraph: string; kind: string }[]).map((one) => [one.paragraph, one.kind]),
    ).toEqual([
      ['10', 'implements'],
      ['11', 'monitors'],
    ])
  })
})

test('a split paragraph is answered by its parts', async () => {
  const { version } = await world.done(keeper, 'GET', `/recommendations/${asked[11]}`)
  const parts = ['a', 'b'].map((part) => ({ part, text: `Register ${part}` }))
  const split = await world.done(keeper, 'POST', `/recommendations/${asked[11]}/parts`, { version, parts })
  expect((await link(keeper, '11', first)).body.code).toBe('plans.answer-of-split')
  const [a] = split.ids as string[]
  const answers = [{ recommendationId: a, nodeId: first, kind: 'implements' }]
  expect((await world.ask(keeper, 'POST', '/answers', { answers })).status).toBe(200)
})

test('tasks that answered a paragraph answer the parts chosen for them, others all parts, unseen ones too', async () => {
  await link(keeper, '10', first)
  await link(keeper, '10', own, 'contributes')
  await link('south officer', '10', southern)
  const before = await of(keeper, '10')
  const chosen = before.answers.find(({ nodeId }) => nodeId === first)
  const { version } = await world.done(keeper, 'GET', `/recommendations/${asked[10]}`)
  const split = (answers: object[], signs = ['a', 'b']) =>
    world.ask(keeper, 'POST', `/recommendations/${asked[10]}/parts`, {
      ...{ version, answers },
      parts: signs.map((part) => ({ part, text: `Stop ${part}` })),
    })
  expect((await split([{ id: bodyId('south'), parts: ['a'] }])).status).toBe(404)
  expect((await split([{ id: chosen?.id, parts: ['c'] }])).body.code).toBe('recommendations.no-such-part')
  const { body } = await split([{ id: chosen?.id, parts: ['b'] }])
  const [a = '', b = ''] = body.ids as string[]
  const nodes = async (who: string, id: string) =>
    ((await world.done(who, 'GET', `/recommendations/${id}/answers`)) as unknown as AnswersOf).answers.map(({ nodeId, kind }) => [nodeId, kind]) // prettier-ignore
  expect(await nodes(keeper, a)).toEqual([[own, 'contributes']])
  expect(await nodes(keeper, b)).toEqual([
    [first, 'implements'],
    [own, 'contributes'],
  ])
  expect(
    await world.ask(keeper, 'GET', `/recommendations/implementations?id=${a}&id=${b}&id=${asked[20]}`),
  ).toMatchObject({
    body: expect.arrayContaining([{ recommendationId: a, status: 'planned' }, { recommendationId: b, status: 'done' }]) as unknown, // prettier-ignore
  })
  expect(await nodes('south officer', a)).toContainEqual([southern, 'implements'])
  expect(await nodes(keeper, asked[10] ?? '')).toEqual([])
  expect(await found(keeper, 'task=with')).toEqual(['10', '10'])
  expect(await counts(keeper, '/recommendations/facets?reach=own&of=implementation', 'implementation')).toMatchObject({
    planned: 1,
    done: 1,
  })
  const said = await world.rows<{ linkedBy: string }>(
    sql`select distinct linked_by from plans.answer where node_id = ${southern} and ended_at is null`,
  )
  expect(said).toEqual([{ linkedBy: actorOf('south officer').personId }])
})

test('the history of a recommendation tells who laid, ended and kept what, and of a part what was said of its paragraph', async () => {
  const record = (id: string) => `/history?kind=recommendations.recommendation&id=${id}`
  const acts = async (who: string, id: string) =>
    ((await world.done(who, 'GET', record(id))).items as { action: string; reason: string | null }[]).map(
      ({ action, reason }) => [action, reason],
    )
  await link(keeper, '12', first)
  await link('south officer', '12', southern)
  const [answer] = (await of(keeper, '12')).answers
  await world.done(keeper, 'POST', `/answers/${answer?.id}/ending`, { version: 1, reason: 'Wrong task' })
  await world.done(keeper, 'PUT', `/recommendations/${asked[12]}/standpoint`, {
    ...{ position: 'noted', response: null, isUrgent: false, version: null },
  })
  const before = [
    ['recommendations.standpoint-saved', null],
    ['plans.answer-ended', 'Wrong task'],
    ['plans.answer-linked', null],
  ]
  expect((await acts(keeper, asked[12] ?? '')).slice(0, 2)).toEqual(before.slice(0, 2))
  const seen = async (who: string) => (await acts(who, asked[12] ?? '')).filter(([act]) => act === 'plans.answer-linked').length // prettier-ignore
  expect([await seen(keeper), await seen('south officer'), await seen('north officer')]).toEqual([1, 2, 1])
  const { version } = await world.done(keeper, 'GET', `/recommendations/${asked[12]}`)
  const parts = ['a', 'b'].map((part) => ({ part, text: `Spend ${part}` }))
  const { ids } = await world.done(keeper, 'POST', `/recommendations/${asked[12]}/parts`, { version, parts })
  const [ofPart] = ids as string[]
  expect((await acts(keeper, ofPart ?? '')).map(([act]) => act)).toEqual(
    expect.arrayContaining(['recommendations.paragraph-split', 'recommendations.standpoint-saved', 'plans.answers-moved']), // prettier-ignore
  )
})
