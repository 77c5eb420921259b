import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aPlanWorld, type PlanWorld } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import type { ChangeSetDetail } from '../model.ts'

let world: PlanWorld
/** Recommendations by paragraph: 10 and 11 are the Committee's, which the ministry keeps; 20 is another's. */
let asked: Record<string, string> = {}
const keeper = 'ministry officer'
let [education, health] = [0, 0]

beforeAll(async () => {
  world = await aPlanWorld()
  const document = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' }
  asked = await bringIn(world, [
    { ...document, paragraph: '10', text: 'Build schools', themes: 'Right to education' },
    { ...document, paragraph: '11', text: 'Build clinics' },
    { mechanism: 'upr', published: '2030-05-07', cycle: '4', paragraph: '20', text: 'Ratify' },
  ])
  const { terms } = await world.done(keeper, 'GET', '/recommendations/terms')
  const themes = new Map((terms as { code: string; number: number }[]).map(({ code, number }) => [code, number]))
  education = themes.get('right-to-education') ?? 0
  health = themes.get('right-to-health') ?? 0
})
afterAll(() => world.close())
beforeEach(async () => {
  await sql`truncate recommendations.tag, plans.change, plans.change_set`.execute(world.land.owner)
  await sql`update recommendations.recommendation set terms = suggested`.execute(world.land.owner)
})

type Said = [paragraph: string, term: number, state: 'confirmed' | 'refused', origin?: 'likeness' | 'source']
const look = async (who: string, said: readonly Said[]) =>
  (await world.done(who, 'POST', '/recommendations/tags/changes', {
    decisions: said.map(([paragraph, term, state, origin = 'likeness']) => ({
      ...{ recommendationId: asked[paragraph], term, state, origin, reason: 'words' },
    })),
  })) as unknown as ChangeSetDetail
const apply = async (who: string, id: string, isPartial = false) =>
  (await world.done(who, 'POST', `/change-sets/${id}/application`, { isPartial })) as unknown as ChangeSetDetail
const undo = async (who: string, id: string) =>
  (await world.done(who, 'POST', `/change-sets/${id}/undoing`)) as unknown as ChangeSetDetail
const tags = async (paragraph: string) => {
  const one = await world.done(keeper, 'GET', `/recommendations/${asked[paragraph]}`)
  return {
    tags: (one.tags as { term: number; state: string; origin: string }[]).map(({ term, state, origin }) => [
      ...[term, state, origin],
    ]),
    terms: one.terms as number[],
  }
}

describe('terms of many recommendations decided at once', () => {
  test('are looked at first, hold when it is made, and are undecided again when it is taken back', async () => {
    const set = await look(keeper, [
      ['10', education, 'refused', 'source'],
      ['11', health, 'confirmed'],
    ])
    expect([set.about, set.state, set.counts.changing]).toEqual(['tags', 'previewed', 2])
    expect(set.changes.items.map(({ name }) => name)).toEqual([
      'CRC/C/TLD/CO/5-6, 10. Build schools',
      'CRC/C/TLD/CO/5-6, 11. Build clinics',
    ])
    expect((await tags('11')).tags).toEqual([])
    await apply(keeper, set.id)
    expect(await tags('10')).toEqual({ tags: [[education, 'refused', 'source']], terms: [] })
    expect(await tags('11')).toEqual({ tags: [[health, 'confirmed', 'likeness']], terms: [health] })
    const undone = await undo(keeper, set.id)
    expect([undone.counts.done, undone.counts.left]).toEqual([2, 0])
    expect(await tags('10')).toEqual({ tags: [], terms: [education] })
    expect(await tags('11')).toEqual({ tags: [], terms: [] })
  })

  test('what a colleague decided meanwhile is left, when it is made and when it is taken back', async () => {
    const set = await look(keeper, [
      ['10', health, 'confirmed'],
      ['11', health, 'confirmed'],
    ])
    const decide = (state: 'confirmed' | 'refused') =>
      world.done('ministry officer 2', 'POST', '/recommendations/tags', {
        decisions: [{ recommendationId: asked['10'], term: health, state, reason: null }],
      })
    await decide('refused')
    const made = await apply(keeper, set.id)
    expect(made.changes.items.map(({ outcome, reason }) => [outcome, reason?.code])).toEqual([
      ['left', 'plans.changed-since'],
      ['done', undefined],
    ])
    expect((await tags('10')).tags).toEqual([[health, 'refused', 'person']])
    const undone = await undo(keeper, set.id)
    expect([undone.counts.done, (await tags('10')).tags, (await tags('11')).tags]).toEqual([
      ...[1, [[health, 'refused', 'person']], []],
    ])
  })

  test('an earlier decision is restored with where it came from', async () => {
    await apply(keeper, (await look(keeper, [['11', health, 'refused']])).id)
    const set = await look(keeper, [['11', health, 'confirmed', 'source']])
    await apply(keeper, set.id)
    await undo(keeper, set.id)
    expect((await tags('11')).tags).toEqual([[health, 'refused', 'likeness']])
  })

  test('recommendations another body keeps are refused and said; the others can be made', async () => {
    const set = await look(keeper, [
      ['11', health, 'confirmed'],
      ['20', health, 'confirmed'],
    ])
    expect(set.refused.map(({ code }) => code)).toEqual(['recommendations.not-keeper'])
    expect(
      (await world.ask(keeper, 'POST', `/change-sets/${set.id}/application`, { isPartial: false })).body.code,
    ).toBe('plans.changes-refuse-rows')
    await apply(keeper, set.id, true)
    expect([(await tags('11')).tags.length, (await tags('20')).tags.length]).toEqual([1, 0])
    const none = await look('south officer', [['11', education, 'confirmed']])
    expect([none.counts.changing, none.refused.length]).toEqual([0, 1])
  })
})
