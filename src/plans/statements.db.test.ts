import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDuty, aPlanWorld, aTask, bodyId, by, type PlanWorld } from '../../test/kit/plan-world.ts'

let world: PlanWorld
let small = ''
let large = ''
beforeAll(async () => {
  world = await aPlanWorld()
  small = await world.issued('crown', [aTask({ duties: [aDuty('lead', 'ministry')] })])
  large = await world.issued(
    'crown',
    Array.from({ length: 60 }, (_none, rank) =>
      aTask({
        path: String(rank),
        time: by('2031-03-01'),
        bases: ['Lov 1'],
        duties: [aDuty('lead', 'commune-councils'), aDuty('lead', 'localities'), aDuty('support', 'ministries')],
      }),
    ),
  )
  for (let rank = 0; rank < 12; rank++) await world.issued('south', [aTask({ lead: 'southHealth' })])
  for (let rank = 0; rank < 12; rank++)
    await world.done('south approver', 'POST', '/urgings', {
      planId: null,
      text: `x${rank}`,
      answerBy: null,
      agencyIds: [bodyId('southHealth'), bodyId('solheim')],
      occurrenceIds: [],
    })
})
afterAll(() => world.close())

async function statementsOf(who: string, path: string): Promise<number> {
  await world.done(who, 'GET', path) // what is kept in memory is made first
  const before = world.statements.count
  await world.done(who, 'GET', path)
  return world.statements.count - before
}

describe('a request runs a fixed number of statements, however much there is', () => {
  test.each([
    ['/plans', 5],
    ['/tasks', 5],
    ['/tasks/timeline', 5],
    ['/urgings', 5],
  ])('%s', async (path, most) => {
    const [one, all] = [
      await statementsOf('crown officer', `${path}?size=1`),
      await statementsOf('crown officer', `${path}?size=200`),
    ]
    expect(one).toBe(all)
    expect(all).toBeLessThanOrEqual(most)
    expect(await statementsOf('south officer', `${path}?size=200`)).toBe(all)
  })

  test('/work', async () => {
    expect(await statementsOf('solheim officer', '/work')).toBe(await statementsOf('estra officer', '/work'))
    expect(await statementsOf('solheim officer', '/work')).toBeLessThanOrEqual(10)
  })

  test.each(['', '/coverage', '/coverage/bodies?size=200', '/derivation'])(
    'a plan of one task and one of sixty: /plans/…%s',
    async (at) => {
      const [few, many] = [
        await statementsOf('crown officer', `/plans/${small}${at}`),
        await statementsOf('crown officer', `/plans/${large}${at}`),
      ]
      expect(few).toBe(many)
      expect(many).toBeLessThanOrEqual(21)
    },
  )

  test('/search', async () => {
    expect(await statementsOf('crown officer', '/search?search=nothingofthekind')).toBe(
      await statementsOf('crown officer', '/search?search=plan'),
    )
  })
})
