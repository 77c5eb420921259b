import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPlanWorld, aTask, by, type PlanWorld } from '../../test/kit/plan-world.ts'
import { bringIn } from '../../test/kit/recommendation-steps.ts'
import type { AnswersOf } from './model.ts'

let world: PlanWorld
beforeAll(async () => {
  world = await aPlanWorld()
})
afterAll(() => world.close())

const keeper = 'ministry officer'
const paragraph = {
  ...{ mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' },
  ...{ paragraph: '11', text: 'Register every birth: (a) at sea; (b) on land' },
}
const nodesOf = async (id: string) =>
  ((await world.done(keeper, 'GET', `/recommendations/${id}/answers`)) as unknown as AnswersOf).answers
    .map(({ nodeId }) => nodeId)
    .sort()

test('tasks of a paragraph that an import split are laid to its parts in one act, beside those the parts have', async () => {
  const { 11: whole = '' } = await bringIn(world, [paragraph])
  const plan = await world.issued('ministry', [
    aTask({ path: '1', time: by('2031-05-01') }),
    aTask({ path: '2', time: by('2031-05-01') }),
  ])
  const [first = '', second = ''] = (await world.plan(keeper, plan)).nodes.map(({ id }) => id)
  const link = (recommendationId: string, nodeId: string) =>
    world.done(keeper, 'POST', '/answers', { answers: [{ recommendationId, nodeId, kind: 'implements' }] })
  await link(whole, first)
  await link(whole, second)
  const lay = (who = keeper) => world.ask(who, 'POST', `/recommendations/${whole}/parts/answers`)
  expect((await lay()).body.code).toBe('recommendations.not-split')

  await bringIn(world, [
    paragraph,
    { ...paragraph, part: 'a', text: 'Register births at sea' },
    { ...paragraph, part: 'b', text: 'Register births on land' },
  ])
  const { parts } = (await world.done(keeper, 'GET', `/recommendations/${whole}`)) as { parts: { id: string }[] }
  const [a = '', b = ''] = parts.map(({ id }) => id)
  expect(await nodesOf(whole)).toEqual([first, second].sort())
  await link(a, first)
  expect((await lay('south officer')).body.code).toBe('recommendations.not-keeper')
  expect((await lay()).status).toBe(204)
  expect([await nodesOf(whole), await nodesOf(a), await nodesOf(b)]).toEqual([
    [],
    [first, second].sort(),
    [first, second].sort(),
  ])
})
