import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aPlanWorld, aTask, by, type PlanWorld } from '../../test/kit/plan-world.ts'
import { bringIn } from '../../test/kit/recommendation-steps.ts'
import type { LikelyTasks } from './model.ts'

let world: PlanWorld
/** Recommendations by paragraph; the ministry keeps them. */
let asked: Record<string, string> = {}
/** Nodes: of the crown's plan, of the ministry's, of the south's. */
let [beating, spending, own, southern] = ['', '', '', '']
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
  ;[beating = '', spending = ''] = (await world.plan('crown officer', above)).nodes.map(({ id }) => id)
  const mine = await world.issued('ministry', [aTask({ lead: 'ministry', text: 'Count roads' })])
  own = (await world.plan(keeper, mine)).nodes[0]?.id ?? ''
  const south = await world.issued('south', [aTask({ lead: 'southHealth', text: 'Talk about beating children' })])
  southern = (await world.plan('south officer', south)).nodes[0]?.id ?? ''
})
afterAll(() => world.close())
beforeEach(() => sql`truncate plans.answer`.execute(world.land.owner))

const suggested = async (who: string, paragraph: string) =>
  (await world.done(who, 'GET', `/recommendations/${asked[paragraph]}/answers/suggestions`)) as unknown as LikelyTasks
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
