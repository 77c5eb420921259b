import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { country } from '../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../test/kit/country.ts'
import { counting } from '../../test/kit/statements.ts'
import { getAgencyDetail } from './detail.ts'
import { listAgencies, listClassBodies, searchAgencies, suggest, type AgencyFilter } from './queries.ts'

let land: TestCountry
beforeAll(async () => {
  land = await aCountry(country)
})
afterAll(() => land.drop())

const today = '2033-01-01'
const id = (key: string) => idOfKey(`u:${key}`)
const list = (filter: Partial<AgencyFilter>) =>
  land.on(today, (ctx) => listAgencies(ctx, { asOf: today, page: 1, size: 50, ...filter }))
const names = async (filter: Partial<AgencyFilter>) => (await list(filter)).items.map((agency) => agency.name)

describe('the list of bodies', () => {
  test('puts those in being first, by level, in the country’s order', async () => {
    const { items, total } = await list({ size: 200 })
    expect(total).toBe(items.length)
    expect(items.slice(0, 3).map((agency) => agency.name)).toEqual(['Krønråd', 'Åmt for Heil', 'Åmt for Skøl'])
    expect(items.findIndex((agency) => !agency.isInBeing)).toBe(items.filter((agency) => agency.isInBeing).length)
  })

  test('is of a date', async () => {
    expect(await names({ kind: 'ministry', inBeing: true })).not.toContain('Åmt for Ârbeid og Bårn')
    expect(await names({ kind: 'ministry', inBeing: true, asOf: '2029-01-01' })).toContain('Åmt for Ârbeid og Bårn')
    expect(await names({ unitId: id('2020:02101') })).toEqual(['Råd i Tørg Sólheim'])
    expect(await names({ unitId: id('2020:02101'), asOf: '2029-01-01' })).toEqual(['Råd i Tørg Sóla'])
  })

  test('counts, for each facet, what fits the other choices', async () => {
    const { facets, total } = await list({ level: 'commune', inBeing: true })
    expect(total).toBe(6)
    expect(facets.kinds).toEqual([{ value: 'people-committee', count: 6 }])
    expect(facets.levels.find((facet) => facet.value === 'province')?.count).toBe(8)
    expect(facets.inBeing.toSorted((a, b) => a.count - b.count)).toEqual([
      { value: true, count: 6 },
      { value: false, count: 12 },
    ])
  })

  test('holds the bodies of a unit, or of everything below it', async () => {
    expect(await names({ unitId: id('2020:02'), inBeing: true })).toHaveLength(4)
    expect(await names({ unitId: id('2020:02'), below: true, inBeing: true })).toHaveLength(6)
    expect(await names({ superiorId: id('2020:02/rad') })).toEqual(
      expect.arrayContaining(['Heilkontør i Vård Sóla', 'Råd i Tørg Víkdal']),
    )
  })

  test('is found by name with or without marks, short name, abbreviation and former name', async () => {
    for (const typed of ['Åmt for Heil', 'amt for heil', 'heilåmt', 'ÅH'])
      expect((await names({ search: typed }))[0]).toBe('Åmt for Heil')
    expect((await list({ search: 'Tørg Sóla' })).items).toMatchObject([
      { name: 'Råd i Tørg Sólheim', formerName: 'Råd i Tørg Sóla' },
    ])
    expect(await names({ search: "' | !:*" })).toEqual([])
  })

  test('is read in two statements, whatever it holds', async () => {
    const count = (filter: Partial<AgencyFilter>) =>
      land.on(today, async (ctx) => {
        const counted = counting(ctx)
        await listAgencies(counted.ctx, { asOf: today, page: 1, size: 50, ...filter })
        return counted.count()
      })
    expect(await count({})).toBe(2)
    expect(await count({ search: 'rad', unitId: id('TL'), below: true, size: 3 })).toBe(2)
    expect(await count({ search: 'nothing at all' })).toBe(2)
  })

  test('of the search box names the unit', async () => {
    const found = await land.on(today, (ctx) => searchAgencies(ctx, 'heilkontor', { on: today, limit: 2 }))
    expect(found.map((agency) => [agency.name, agency.unitName, agency.endedOn])).toEqual([
      ['Heilkontør i Vård Sóla', 'Vård Sóla', null],
      ['Heilkontør i Vård Nørdëst', 'Vård Nørdëst', null],
    ])
  })
})

describe('one body', () => {
  const detail = (key: string, asOf = today) =>
    land.on(today, (ctx) => getAgencyDetail(ctx, id(key), asOf), { language: 'fr' })

  test('tells per function who took over, and who holds its duties now', async () => {
    const labour = await detail('TL/arbeidamt')
    expect(labour.becameOf.map((step) => [step.functionName, step.agency.name, step.onDate])).toEqual([
      ['Enfance', 'Åmt for Heil', '2029-06-01'],
      ['Formation professionnelle', 'Åmt for Skøl', '2029-06-01'],
      [null, 'Åmt for Inre', '2029-06-01'],
    ])
    expect(labour).toMatchObject({ isInBeing: false, validTo: '2029-06-01', isExecutive: true })
    expect((await detail('TL/heilamt')).cameFrom).toMatchObject([
      { agency: { name: 'Åmt for Ârbeid og Bårn', endedOn: '2029-06-01' }, function: 'children' },
    ])
  })

  test('tells its mandates over time, those of the date first', async () => {
    expect(
      (await detail('TL/heilamt', '2028-01-01')).mandates.map((mandate) => [mandate.functionName, mandate.validFrom]),
    ).toEqual([
      ['Santé', null],
      ['Enfance', '2029-06-01'],
    ])
  })

  test('that coordinates tells its seats by post, over time and with their basis', async () => {
    const { seats } = await detail('TL/barnarad')
    expect(seats.map((seat) => [seat.role, seat.post, seat.agency.name, seat.validTo])).toEqual([
      ['chair', 'Krønrådets forman', 'Krønråd', null],
      ['standing-vice-chair', 'Åmtmann', 'Åmt for Ârbeid og Bårn', '2029-06-01'],
      ['standing-vice-chair', 'Åmtmann', 'Åmt for Heil', null],
      ['member', 'Dommer', 'Høgting', null],
    ])
    expect(seats[0]?.legalBasis).toBe('Krøngebod 12/2021')
    expect((await detail('TL/hogting')).seatsElsewhere).toMatchObject([{ body: { name: 'Rikets Bårnaråd' } }])
  })

  test('tells its offices, superiors over time and how many stand under it', async () => {
    const foss = await detail('2020:03103/rad')
    expect(foss.offices).toMatchObject([{ name: 'Stue for Bårn', functionNames: ['Enfance'] }])
    expect(foss.superiors.map((each) => each.agency.name)).toEqual(['Råd i Kråj Føss', 'Råd i Vård Nørdëst'])
    expect((await detail('2030:03/rad')).subordinateCount).toBe(6)
  })

  test('that does not exist is not found', async () => {
    await expect(detail('TL/nobody')).rejects.toMatchObject({ kind: 'notFound' })
  })
})

test('a class is told with the names of then and of today', async () => {
  const bodies = await land.on(today, (ctx) =>
    listClassBodies(ctx, 'province-offices', { issuerId: id('2020:01/rad'), on: '2029-01-01' }),
  )
  expect(bodies).toMatchObject({ name: 'The offices of the vård', on: '2029-01-01', abolished: false })
  expect(bodies.bodies.map((body) => [body.addressed.name, body.holder.name])).toEqual([
    ['Heilkontør i Vård Nørda', 'Heilkontør i Vård Nørdëst'],
    ['Skølkontør i Vård Nørda', 'Skølkontør i Vård Nørdëst'],
  ])
})

test('a phrase may mean a class or bodies', async () => {
  const of = { issuerId: id('2020:02/rad'), on: today }
  expect((await land.on(today, (ctx) => suggest(ctx, 'Alle Kontører', of))).agencyClass).toEqual({
    code: 'province-offices',
    name: 'The offices of the vård',
    isOpen: false,
  })
  expect((await land.on(today, (ctx) => suggest(ctx, 'Heilkontør', of))).bodies[0]).toMatchObject({
    name: 'Heilkontør i Vård Sóla',
  })
})
