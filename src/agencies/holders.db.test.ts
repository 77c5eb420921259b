import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { country } from '../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../test/kit/country.ts'
import { findClass, holdersOf, resolveClass, suggestAgencies } from './holders.ts'
import { getAgency, listAgencyNames } from './names.ts'

let land: TestCountry
beforeAll(async () => {
  land = await aCountry(country)
})
afterAll(() => land.drop())

const id = (unit: string, word: string) => idOfKey(`u:${unit}/${word}`)
const offices = (word: string) => id('TL', word)
const today = '2033-01-01'

/** Names of holders on today, of one body. */
async function holderNames(
  agencyId: string,
  query: { function?: string; since?: string; on?: string } = {},
): Promise<string[]> {
  return land.on(today, async (ctx) => {
    const on = query.on ?? today
    const ids = (await holdersOf(ctx, [agencyId], { ...query, on })).get(agencyId) ?? []
    return [...(await listAgencyNames(ctx, ids, on)).values()].map((each) => each.name).sort()
  })
}

describe('who holds the duties of a body', () => {
  test('loading the same country again changes nothing', async () => {
    expect(await land.reload()).toBe(false)
  })

  test('is the body itself while it is in being', async () => {
    expect(await holderNames(offices('arbeidamt'), { on: '2029-05-31', function: 'children' })).toEqual([
      'Åmt for Ârbeid og Bårn',
    ])
    expect(await holderNames(offices('heilamt'))).toEqual(['Åmt for Heil'])
  })

  test('is the one that took over the function, or took the rest', async () => {
    expect(await holderNames(offices('arbeidamt'), { function: 'children' })).toEqual(['Åmt for Heil'])
    expect(await holderNames(offices('arbeidamt'), { function: 'vocational' })).toEqual(['Åmt for Skøl'])
    expect(await holderNames(offices('arbeidamt'), { function: 'labour' })).toEqual(['Åmt for Inre'])
  })

  test('is found through two reforms, and several where the ground was parted', async () => {
    expect(await holderNames(id('2020:01203', 'rad'))).toEqual(['Råd i Tørg Hávn-Miðe'])
    expect(await holderNames(id('2020:01203', 'rad'), { on: '2031-01-01' })).toEqual(['Råd i Ösel Åskøg'])
    expect(await holderNames(id('2020:01202', 'rad'), { on: '2031-01-01' })).toEqual([
      'Råd i Tørg Hávn-Miðe',
      'Råd i Ösel Åskøg',
    ])
  })

  test('is found though the document addresses a body after its end', async () => {
    expect(await holderNames(offices('arbeidamt'), { function: 'children', since: '2030-05-01' })).toEqual([
      'Åmt for Heil',
    ])
  })

  test('keeps the old name for the body of the past', async () => {
    const ended = await land.on(today, (ctx) => getAgency(ctx, offices('arbeidamt'), today))
    expect(ended).toMatchObject({ name: 'Åmt for Ârbeid og Bårn', endedOn: '2029-06-01', level: 'central' })
    const renamed = id('2020:02101', 'rad')
    expect((await land.on(today, (ctx) => getAgency(ctx, renamed, '2029-01-01'))).name).toBe('Råd i Tørg Sóla')
    expect((await land.on(today, (ctx) => getAgency(ctx, renamed, today))).name).toBe('Råd i Tørg Sólheim')
  })
})

describe('the bodies behind a class', () => {
  const resolve = (code: string, issuerId: string, on: string) =>
    land.on(today, async (ctx) => {
      const resolved = await resolveClass(ctx, code, { issuerId, on, today })
      const names = await listAgencyNames(
        ctx,
        resolved.bodies.flatMap((body) => [body.addressedId, body.holderId]),
        today,
      )
      const nameOf = (agencyId: string) => names.get(agencyId)?.name ?? '?'
      return {
        ...resolved,
        bodies: resolved.bodies.map((body) => `${nameOf(body.addressedId)} → ${nameOf(body.holderId)}`).sort(),
      }
    })

  test('are those of the issuer on the day of the document', async () => {
    const { bodies, abolished } = await resolve('province-offices', id('2020:02', 'rad'), '2029-01-01')
    expect(bodies).toEqual([
      'Heilkontør i Vård Sóla → Heilkontør i Vård Sóla',
      'Skølkontør i Vård Sóla → Skølkontør i Vård Sóla',
    ])
    expect(abolished).toBe(false)
  })

  test('go over with their province', async () => {
    const { bodies } = await resolve('province-offices', id('2020:01', 'rad'), '2029-01-01')
    expect(bodies).toEqual([
      'Heilkontør i Vård Nørda → Heilkontør i Vård Nørdëst',
      'Skølkontør i Vård Nørda → Skølkontør i Vård Nørdëst',
    ])
  })

  test('are followed out of an abolished class, which says so', async () => {
    const { bodies, abolished, since } = await resolve('district-councils', id('2020:01', 'rad'), '2029-01-01')
    expect({ abolished, since }).toEqual({ abolished: true, since: '2030-01-01' })
    expect(bodies).toEqual([
      'Råd i Kråj Miðe → Råd i Tørg Hávn-Miðe',
      'Råd i Kråj Łunda → Råd i Tørg Hávn-Miðe',
      'Råd i Kråj Łunda → Råd i Ösel Łunda',
    ])
  })

  test('are those who stand in when a later document still uses the phrase', async () => {
    const { bodies } = await resolve('district-councils', id('2030:03', 'rad'), '2031-01-01')
    expect(bodies).toContain('Råd i Ösel Åskøg → Råd i Tørg Hávn-Miðe')
    expect(bodies).toHaveLength(5)
  })

  test('are only those of units of the kinds the phrase names', async () => {
    expect((await resolve('market-town-councils', id('2030:03', 'rad'), '2031-01-01')).bodies).toEqual([
      'Råd i Tørg Hávn-Miðe → Råd i Tørg Hávn-Miðe',
      'Råd i Tørg Ëstra → Råd i Tørg Ëstra',
    ])
  })

  test('depend on the level of the issuer', async () => {
    expect((await resolve('localities', offices('kronrad'), '2031-01-01')).bodies).toHaveLength(2)
    expect((await resolve('localities', id('2020:02', 'rad'), '2031-01-01')).bodies).toHaveLength(2)
  })

  test('are nobody while the class is open', async () => {
    expect(await resolve('concerned', offices('kronrad'), '2031-01-01')).toMatchObject({ bodies: [], isOpen: true })
  })

  test('a class or issuer that does not exist is not found', async () => {
    await expect(resolve('no-such', offices('kronrad'), '2031-01-01')).rejects.toMatchObject({ kind: 'notFound' })
    await expect(resolve('ministries', offices('nobody'), '2031-01-01')).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('a phrase is known for a class', async () => {
    expect(await land.on(today, (ctx) => findClass(ctx, 'Alle Åmter'))).toEqual({ code: 'ministries', isOpen: false })
    expect(await land.on(today, (ctx) => findClass(ctx, 'Alle Åmter som ångår'))).toEqual({
      code: 'ministries',
      isOpen: true,
    })
    expect(await land.on(today, (ctx) => findClass(ctx, 'Heilåmt'))).toBeUndefined()
  })
})

describe('suggestions for a printed name', () => {
  const suggest = (raw: string, issuerId: string | null, on: string) =>
    land.on(today, (ctx) => suggestAgencies(ctx, raw, { issuerId, on, function: 'children' }))

  test('find the body in the issuer’s own territory', async () => {
    const [best] = await suggest('Heilkontør', id('2020:02', 'rad'), '2031-01-01')
    expect(best).toMatchObject({ agencyId: id('2020:02', 'heilkontor'), name: 'Heilkontør i Vård Sóla', validTo: null })
    expect(best?.score).toBeGreaterThanOrEqual(0.9)
  })

  test('name the successor of a body that ended', async () => {
    const found = await suggest('Åmt for Ârbeid og Bårn', offices('kronrad'), '2031-01-01')
    expect(found[0]).toMatchObject({ name: 'Åmt for Heil', why: ['full-name', 'successor'] })
    expect(found.map((each) => each.name)).toContain('Åmt for Ârbeid og Bårn')
  })

  test('are empty for a name nobody bears', async () => {
    expect(await suggest('Selskap for Sjømat', null, today)).toEqual([])
  })
})
