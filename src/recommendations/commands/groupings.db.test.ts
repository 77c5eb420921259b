import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPlanWorld, type PlanWorld, type Who } from '../../../test/kit/plan-world.ts'
import { bringIn } from '../../../test/kit/recommendation-steps.ts'
import type { Grouping } from '../model.ts'

const keeper = 'ministry officer'
let world: PlanWorld
let asked: Record<string, string>
beforeAll(async () => {
  world = await aPlanWorld()
  const document = { mechanism: 'crc', symbol: 'CRC/C/TLD/CO/5-6', published: '2030-10-21', cycle: '5-6' }
  asked = await bringIn(world, [
    { ...document, paragraph: '10', text: 'Fund schools' },
    { ...document, paragraph: '11', text: 'Train teachers' },
  ])
})
afterAll(() => world.close())

const to = '/recommendations/groupings'
const write = (method: 'POST' | 'PUT', at: string, body: object, who: Who = keeper) => world.ask(who, method, at, body)
async function all(): Promise<Grouping[]> {
  return (await world.done(keeper, 'GET', to)) as unknown as Grouping[]
}
async function make(names: Record<string, string>): Promise<Grouping> {
  const made = (await world.done(keeper, 'POST', to, { names })) as unknown as Grouping[]
  const [one] = made.filter((each) => Object.values(names).every((name) => Object.values(each.names).includes(name)))
  if (one === undefined) throw new Error('not made')
  return one
}
const found = async (query: string) => {
  const { items } = await world.done(keeper, 'GET', `/recommendations?reach=own&${query}`)
  return (items as { paragraph: string }[]).map(({ paragraph }) => paragraph).sort()
}
const tag = (paragraph: string, term: number) =>
  world.done(keeper, 'POST', '/recommendations/tags', {
    decisions: [{ recommendationId: asked[paragraph], term, state: 'confirmed' }],
  })

describe('groupings of a body of its own', () => {
  test('are tagged with like other terms; list, facet and file know them', async () => {
    const { number } = await make({ vi: 'Dự án trường bán trú', en: 'Boarding schools', fr: 'Internats' })
    await tag('10', number)
    expect(await found(`own=${number}`)).toEqual(['10'])
    expect(await found('own=none')).toEqual(['11'])
    const counts = (await world.done(keeper, 'GET', '/recommendations/facets?of=own&reach=own')) as { own?: unknown }
    expect(counts.own).toEqual([
      { value: 'none', count: 1, name: null },
      { value: String(number), count: 1, name: 'Dự án trường bán trú' },
    ])
    expect((await all()).find((one) => one.number === number)).toMatchObject({
      ...{ recommendations: 1, isMine: true, isRetired: false },
    })
  })

  test('keep what is tagged when they are renamed or retired; retired ones may be used again', async () => {
    const { number, version } = await make({ en: 'Donor round' })
    await tag('11', number)
    const at = `${to}/${number}`
    expect((await write('PUT', at, { names: { en: 'Round of donors', fr: 'Tour' }, version })).status).toBe(200)
    expect((await write('PUT', at, { names: { en: 'Late' }, version })).body.code).toBe('platform.stale-version')
    await write('PUT', `${at}/retirement`, { isRetired: true, version: version + 1 })
    const named = async () => {
      const { terms } = await world.done(keeper, 'GET', '/recommendations/terms')
      return (terms as { number: number }[]).find((term) => term.number === number)
    }
    expect(await named()).toMatchObject({ name: 'Round of donors', isRetired: true, scheme: 'own' })
    expect(await found(`own=${number}`)).toEqual(['11'])
    await write('PUT', `${at}/retirement`, { isRetired: false, version: version + 2 })
    expect(await named()).toMatchObject({ isRetired: false })
  })

  test('of one body have names of their own; a retired one leaves its name free', async () => {
    const { number, version } = await make({ vi: 'Ưu tiên', en: 'Priority' })
    const again = { names: { vi: 'uu tien' } }
    expect((await write('POST', to, again)).body.code).toBe('recommendations.grouping-exists')
    await write('PUT', `${to}/${number}/retirement`, { isRetired: true, version })
    expect((await write('POST', to, again)).status).toBe(200)
    const back = await write('PUT', `${to}/${number}/retirement`, { isRetired: false, version: version + 1 })
    expect(back.body.code).toBe('recommendations.grouping-exists')
  })

  test('are made by keepers alone, and changed by their body alone', async () => {
    const { number, version } = await make({ en: 'Ours' })
    expect((await write('POST', to, { names: { en: 'Theirs' } }, 'south officer')).body.code).toBe(
      'recommendations.not-keeper',
    )
    expect((await write('POST', to, { names: {} })).status).toBe(422)
    const other = 'money officer' // keeps other mechanisms
    for (const [at, body] of [
      [`${to}/${number}`, { names: { en: 'Taken' }, version }],
      [`${to}/${number}/retirement`, { isRetired: true, version }],
    ] as const)
      expect((await write('PUT', at, body, other)).status).toBe(404)
    expect((await world.ask(other, 'GET', to)).raw.toString()).toContain('"isMine":false')
    expect((await write('PUT', `${to}/101`, { names: { en: 'No theme' }, version: 1 })).status).toBe(404)
  })
})
