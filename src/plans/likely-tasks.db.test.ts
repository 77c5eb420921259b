import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aPlanWorld, aTask, by, type PlanWorld } from '../../test/kit/plan-world.ts'
import { bringIn } from '../../test/kit/recommendation-steps.ts'
import type { LikelyRecommendations, LikelyTasks } from './model.ts'

let world: PlanWorld
/** Recommendations by paragraph; the ministry keeps them. */
let asked: Record<string, string> = {}
/** Nodes: of the crown's plan, of the ministry's, of the south's. */
let [beating, spending, same, own, southern] = ['', '', '', '', '']
const keeper = 'ministry officer'

beforeAll(async () => {
  world = await aPlanWorld()
  const document = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' }
  asked = await bringIn(world, [
    { ...document, paragraph: '10', text: 'Forbid beating children in every setting' },
    { ...document, paragraph: '11', text: 'Forbid beating children in schools and every setting' },
    { ...document, paragraph: '12', text: 'Ratify the convention on the sea' },
  ])
  const above = await world.issued('crown', [
    aTask({ path: '1', lead: 'ministry', time: by('2031-02-01'), text: 'Draft a law against beating children' }),
    aTask({ path: '2', lead: 'ministry', time: by('2031-12-01'), text: 'Report public spending' }),
    aTask({ path: '3', lead: 'ministry', time: by('2031-12-01'), text: 'Draft a law against beating children' }),
  ])
  ;[beating = '', spending = '', same = ''] = (await world.plan('crown officer', above)).nodes.map(({ id }) => id)
  const mine = await world.issued('ministry', [aTask({ lead: 'ministry', text: 'Count roads' })])
  own = (await world.plan(keeper, mine)).nodes[0]?.id ?? ''
  const south = await world.issued('south', [aTask({ lead: 'southHealth', text: 'Talk about beating children' })])
  southern = (await world.plan('south officer', south)).nodes[0]?.id ?? ''
})
afterAll(() => world.close())
beforeEach(() => sql`truncate plans.answer, plans.answer_refusal`.execute(world.land.owner))

const told = async (who: string, paragraph: string) =>
  (await world.done(who, 'GET', `/recommendations/${asked[paragraph]}/answers/suggestions`)) as unknown as LikelyTasks
const suggested = async (who: string, paragraph: string) => (await told(who, paragraph)).suggested
const nodes = async (who: string, paragraph: string) => (await suggested(who, paragraph)).map(({ nodeId }) => nodeId)
const link = (paragraph: string, nodeId: string) =>
  world.done(keeper, 'POST', '/answers', {
    answers: [{ recommendationId: asked[paragraph], nodeId, kind: 'implements', origin: 'likeness' }],
  })

describe('tasks suggested for a recommendation', () => {
  test('share its words and say which, once for tasks of the same words; of plans one sees, until one of them answers it', async () => {
    const before = await suggested(keeper, '10')
    expect(before.filter(({ text }) => text === 'Draft a law against beating children').length).toBe(1)
    expect(before.find(({ text }) => text.startsWith('Draft'))).toMatchObject({
      words: ['beating children'],
      learnedFrom: [],
    })
    expect(before.map(({ nodeId }) => nodeId)).not.toContain(spending)
    await link('10', beating)
    expect(await nodes(keeper, '10')).not.toContain(beating)
    expect(await nodes('crown officer', '10')).toEqual([])
  })

  test('are those that answer a recommendation like it, whatever their words', async () => {
    await link('11', own)
    const [task] = (await suggested(keeper, '10')).filter(({ nodeId }) => nodeId === own)
    expect(task?.learnedFrom).toMatchObject([{ recommendationId: asked['11'], paragraph: '11' }])
    expect(await nodes(keeper, '12')).toEqual([])
  })

  test('are of its own plans for a body that keeps no recommendations, and of none it does not see', async () => {
    expect(await nodes('south officer', '10')).toEqual([southern])
    expect(await nodes('north officer', '10')).toEqual([])
  })

  test('are not found for a recommendation that is not there', async () => {
    const answer = await world.ask(keeper, 'GET', `/recommendations/${own}/answers/suggestions`)
    expect([answer.status, answer.body.code]).toEqual([404, 'platform.not-found'])
  })
})

describe('a suggestion that was refused', () => {
  const refuse = (who: string, paragraph: string, nodeId: string, reason: string | null = null) =>
    world.ask(who, 'POST', '/answers/refusals', {
      refusals: [{ recommendationId: asked[paragraph], nodeId, reason }],
    })
  const takeBack = (who: string, id: string | undefined) => world.ask(who, 'POST', `/answers/refusals/${id}/ending`)

  test('is not made again, nor in the same words elsewhere, is shown with who said so, and can be taken back once', async () => {
    expect((await refuse(keeper, '10', beating, 'beating children')).body).toEqual({ refused: 1, same: 0 })
    expect((await refuse(keeper, '10', beating)).body).toEqual({ refused: 0, same: 1 })
    const after = await told(keeper, '10')
    expect(after.suggested.map(({ text }) => text)).not.toContain('Draft a law against beating children')
    expect(after.refused).toMatchObject([{ nodeId: beating, reason: 'beating children', mayTakeBack: true, path: '1' }])
    expect((await nodes(keeper, '11')).length).toBeGreaterThan(0)
    const [one] = after.refused
    expect((await takeBack('south officer', one?.refusalId)).status).toBe(403)
    expect((await takeBack(keeper, one?.refusalId)).status).toBe(204)
    expect((await takeBack(keeper, one?.refusalId)).status).toBe(404)
    const again = await told(keeper, '10')
    expect([again.refused, again.suggested.some(({ text }) => text.startsWith('Draft a law'))]).toEqual([[], true])
    expect(await world.rows(sql`select reason, ended_at is not null as ended from plans.answer_refusal`)).toEqual([
      { reason: 'beating children', ended: true },
    ])
  })

  test('is a matter of the body whose plan it is and of the keeper; of what answers already of nobody', async () => {
    expect((await refuse('southHealth officer', '10', southern)).body.code).toBe('plans.answer-not-yours')
    expect((await refuse('north officer', '10', southern)).status).toBe(404)
    expect((await refuse('south officer', '10', southern)).status).toBe(200)
    await link('11', beating)
    expect((await refuse(keeper, '11', beating)).body.code).toBe('plans.answer-held')
  })

  test('ends where a person lays the task after all', async () => {
    await refuse(keeper, '10', beating)
    await link('10', beating)
    expect((await told(keeper, '10')).refused).toEqual([])
  })

  test('is kept by row-level security from whoever neither owns the plan nor keeps the recommendation', async () => {
    await refuse('south officer', '10', southern)
    const seen = (who: string) => world.as(who, ({ db }) => db.selectFrom('plans.answerRefusal').select('id').execute())
    expect([(await seen('south officer')).length, (await seen('north officer')).length]).toEqual([1, 0])
    const ended = await world.as('north officer', ({ db, actor }) =>
      sql`update plans.answer_refusal set ended_at = now(), ended_by = ${actor.personId}`.execute(db),
    )
    expect(ended.numAffectedRows).toBe(0n)
  })
})

describe('recommendations suggested for a task', () => {
  const workOf = async (who: string, nodeId: string) =>
    ((await world.done(who, 'GET', `/tasks?nodeId=${nodeId}`)).items as { id: string }[])[0]?.id ?? ''
  const of = async (who: string, nodeId: string) =>
    (await world.done(
      who,
      'GET',
      `/tasks/${await workOf(who, nodeId)}/recommendations/suggestions`,
    )) as unknown as LikelyRecommendations
  const paragraphs = async (who: string, nodeId: string) =>
    (await of(who, nodeId)).suggested.map(({ paragraph }) => paragraph)

  test('share its words and say which, until it answers them or a person refuses them', async () => {
    const { suggested: before } = await of(keeper, beating)
    expect(before.map(({ paragraph }) => paragraph).sort()).toEqual(['10', '11'])
    expect(before[0]?.words).toContain('beating children')
    await link('10', beating)
    expect(await paragraphs(keeper, beating)).toEqual(['11'])
    const refusals = [{ recommendationId: asked['11'], nodeId: beating, reason: 'Only schools' }]
    await world.done(keeper, 'POST', '/answers/refusals', { refusals })
    const after = await of(keeper, beating)
    expect(after.suggested).toEqual([])
    expect(after.refused).toMatchObject([{ paragraph: '11', reason: 'Only schools', mayTakeBack: true }])
  })

  test('are those that a task like it answers, whatever their words', async () => {
    await link('12', same)
    const { suggested: told } = await of(keeper, beating)
    expect(told.find(({ paragraph }) => paragraph === '12')?.learnedFrom.map(({ nodeId }) => nodeId)).toEqual([same])
  })

  test('are none for a body that neither has the plan nor keeps a mechanism', async () => {
    expect(await paragraphs('southHealth officer', southern)).toEqual([])
    expect((await paragraphs('south officer', southern)).length).toBeGreaterThan(0)
  })
})
