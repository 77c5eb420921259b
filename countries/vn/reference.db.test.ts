import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  findClass,
  getAgencyDetail,
  holdersOf,
  listAgencies,
  listAgencyNames,
  resolveClass,
  suggestAgencies,
} from '#agencies'
import { idOfKey } from '#platform'
import { getUnit, listChildren, listUnits, whatBecame } from '#territory'
import { aCountry, type TestCountry } from '../../test/kit/country.ts'
import { counting } from '../../test/kit/statements.ts'
import { country } from './index.ts'

let land: TestCountry
beforeAll(async () => {
  land = await aCountry(country)
})
afterAll(() => land.drop())

const today = '2026-11-22'
const id = (key: string) => idOfKey(`u:${key}`)
const became = (wanted: string, on: string | null, asOf = today) =>
  land.on(today, (ctx) => whatBecame(ctx, { wanted, on, asOf }))
const search = (typed: string, asOf = today) =>
  land.on(today, (ctx) => listUnits(ctx, { search: typed, asOf, page: 1, size: 100 }))

test('units and bodies are loaded, once', async () => {
  expect(await land.reload()).toBe(false)
  expect(
    (await land.on(today, (ctx) => listUnits(ctx, { asOf: today, level: 'commune', page: 1, size: 1 }))).total,
  ).toBe(3321)
  expect(
    (await land.on(today, (ctx) => listAgencies(ctx, { asOf: today, inBeing: true, page: 1, size: 1 }))).total,
  ).toBeGreaterThan(4000)
}, 60_000)

describe('what became of', () => {
  test('Bình Thuận: all of it is Lâm Đồng, and its districts are communes of Lâm Đồng', async () => {
    const [province] = (await became('Tỉnh Bình Thuận', '2025-04-15')).units
    expect(province?.now.map((fate) => `${fate.extent} ${fate.unit.name}`)).toEqual(['whole Tỉnh Lâm Đồng'])
    const districts = await land.on(today, (ctx) => listChildren(ctx, id('2024:60'), '2025-04-15'))
    expect(districts.children).toHaveLength(10)
    expect(districts.counts.map((count) => `${count.count} ${count.typeName}`)).toEqual([
      '1 Thành phố',
      '1 Thị xã',
      '8 Huyện',
      '16 Phường',
      '93 Xã',
      '12 Thị trấn',
    ])
    const provinces = new Set<string | undefined>()
    for (const district of districts.children) {
      const unit = await land.on(today, (ctx) => getUnit(ctx, district.id, today))
      expect(unit.isInBeing).toBe(false)
      expect(unit.now.length).toBeGreaterThan(0)
      for (const fate of unit.now)
        provinces.add((await land.on(today, (ctx) => getUnit(ctx, fate.unit.id, today))).path.at(-1)?.name)
    }
    expect([...provinces]).toEqual(['Tỉnh Lâm Đồng'])
  })

  test('every commune of Bình Thuận: ground of Lâm Đồng', async () => {
    const communes = (
      await land.on(today, (ctx) => listUnits(ctx, { search: 'Hòa Thắng', asOf: '2025-04-15', page: 1, size: 50 }))
    ).items
    const own = communes.find((unit) => unit.path.some((above) => above.name === 'Tỉnh Bình Thuận'))
    expect(own).toMatchObject({ name: 'Xã Hòa Thắng', code: '23053', isInBeing: true })
    const now = await land.on(today, (ctx) => getUnit(ctx, own?.id ?? '', today))
    expect(now.now.map((fate) => fate.extent)).toEqual(['whole'])
    expect(
      (await land.on(today, (ctx) => getUnit(ctx, now.now[0]?.unit.id ?? '', today))).path.map((unit) => unit.name),
    ).toEqual(['Tỉnh Lâm Đồng'])
  })

  test('code 15: Yên Bái before the reform, Lào Cai after it', async () => {
    const [before] = (await became('15', '2025-06-30')).units
    expect(before).toMatchObject({ name: 'Tỉnh Yên Bái', isInBeing: false })
    expect(before?.now.map((fate) => fate.unit.name)).toEqual(['Tỉnh Lào Cai'])
    const [after] = (await became('15', '2025-07-01')).units
    expect(after).toMatchObject({ name: 'Tỉnh Lào Cai', isInBeing: true })
    expect(
      (await land.on(today, (ctx) => getUnit(ctx, after?.id ?? '', today))).cameFrom
        .map((step) => step.from.name)
        .sort(),
    ).toEqual(['Tỉnh Lào Cai', 'Tỉnh Yên Bái'])
  })

  test('code 00004: the ward Trúc Bạch, which went into Ba Đình; the same code is Ba Đình since', async () => {
    expect((await became('00004', '2025-06-30')).units).toMatchObject([{ name: 'Phường Trúc Bạch', isInBeing: false }])
    expect((await became('00004', '2025-07-01')).units).toMatchObject([{ name: 'Phường Ba Đình', isInBeing: true }])
    const both = (await became('00004', null)).units
    expect(both.map((unit) => unit.name)).toEqual(['Phường Trúc Bạch', 'Phường Ba Đình'])
    expect(both[0]?.now.map((fate) => fate.unit.name)).toEqual(['Phường Ba Đình'])
  })

  test('Đồng Nai: still itself, a city since 30 April 2026', async () => {
    const [unit] = (await became('75', today)).units
    const detail = await land.on(today, (ctx) => getUnit(ctx, unit?.id ?? '', today))
    expect(detail.events.filter((event) => event.kind === 'retyped')).toMatchObject([
      { onDate: '2026-04-30', before: 'Tỉnh', after: 'Thành phố', legalBasis: '30/2026/QH16' },
    ])
  })
})

describe('a search', () => {
  test('gives the same answers for hoa thang, Hoà Thắng and Hòa Thắng', async () => {
    const ids = async (typed: string) => (await search(typed)).items.map((unit) => unit.id)
    const answers = await ids('Hòa Thắng')
    expect(answers.length).toBeGreaterThanOrEqual(5)
    expect(await ids('Hoà Thắng')).toEqual(answers)
    expect((await ids('hoa thang')).toSorted()).toEqual(answers.toSorted())
    expect((await ids('xã hoa thang')).toSorted()).toEqual(answers.toSorted())
  })

  test('finds by abbreviated kind and by old spelling', async () => {
    expect((await search('tp hồ chí minh')).items[0]?.name).toBe('Thành phố Hồ Chí Minh')
    expect((await search('huyện bắc bình')).items[0]?.name).toBe('Huyện Bắc Bình')
    expect((await search('Qui Nhơn')).items.map((unit) => unit.name)).toContain('Thành phố Quy Nhơn')
  })

  test('of one letter takes five statements', async () => {
    const counted = await land.on(today, async (ctx) => {
      const watched = counting(ctx)
      await listUnits(watched.ctx, { search: 'h', asOf: today, page: 1, size: 50 })
      return watched.count()
    })
    expect(counted).toBe(5)
  })
})

describe('the bodies', () => {
  const bodyOf = (word: string) => id(`VN/${word}`)
  const committee = id('2024:60/ubnd')
  const holderNames = (agencyId: string, fn: string, on = today) =>
    land.on(today, async (ctx) => {
      const ids = (await holdersOf(ctx, [agencyId], { on, function: fn })).get(agencyId) ?? []
      return [...(await listAgencyNames(ctx, ids, on)).values()].map((agency) => agency.name)
    })

  test('of children’s work: the Ministry of Labour until February 2025, the Ministry of Health since', async () => {
    const labour = bodyOf('bo-lao-dong-thuong-binh-va-xa-hoi')
    expect(await holderNames(labour, 'children', '2025-02-28')).toEqual(['Bộ Lao động - Thương binh và Xã hội'])
    expect(await holderNames(labour, 'children')).toEqual(['Bộ Y tế'])
    expect(await holderNames(labour, 'labour')).toEqual(['Bộ Nội vụ'])
    expect(await holderNames(committee, 'local-administration')).toEqual(['Ủy ban nhân dân tỉnh Lâm Đồng'])
  })

  test('behind "UBND các huyện" of Bình Thuận: its districts’ committees, whose work communes of Lâm Đồng hold', async () => {
    const found = await land.on(today, (ctx) => findClass(ctx, 'UBND các huyện, thị xã, thành phố'))
    expect(found).toEqual({ code: 'district-committees', isOpen: false })
    const resolved = await land.on(today, (ctx) =>
      resolveClass(ctx, 'district-committees', { issuerId: committee, on: '2025-04-15', today }),
    )
    expect(resolved).toMatchObject({ abolished: true, since: '2025-07-01' })
    expect(new Set(resolved.bodies.map((body) => body.addressedId)).size).toBe(10)
    const holders = await land.on(today, (ctx) =>
      listAgencyNames(
        ctx,
        resolved.bodies.map((body) => body.holderId),
        today,
      ),
    )
    expect(holders.size).toBeGreaterThan(30)
    expect(
      [...holders.values()].every(
        (agency) => agency.endedOn === null && /^Ủy ban nhân dân (xã|phường|đặc khu) /.test(agency.name),
      ),
    ).toBe(true)
  })

  test('behind the same phrase in a document after the reform: the communes’ committees', async () => {
    const resolved = await land.on(today, (ctx) =>
      resolveClass(ctx, 'district-committees', { issuerId: id('2025:68/ubnd'), on: '2025-11-01', today }),
    )
    expect(resolved.abolished).toBe(true)
    expect(resolved.bodies).toHaveLength(124)
  })

  test('named in a document of Bình Thuận are found and followed', async () => {
    const found = await land.on(today, (ctx) =>
      suggestAgencies(ctx, 'Sở Lao động - Thương binh và Xã hội', {
        issuerId: committee,
        on: '2025-02-01',
        function: 'children',
      }),
    )
    expect(found[0]).toMatchObject({ name: expect.stringContaining('Sở Lao động'), why: expect.any(Array) })
    const department = found[0]?.agencyId ?? ''
    expect((await holderNames(department, 'children')).join()).toBe('Sở Y tế tỉnh Lâm Đồng')
  })

  test('that coordinate children’s affairs are told by posts, with the decision', async () => {
    const { items } = await land.on(today, (ctx) =>
      listAgencies(ctx, { search: 'Ủy ban Quốc gia về trẻ em', asOf: today, page: 1, size: 5 }),
    )
    const committeeOfChildren = await land.on(today, (ctx) => getAgencyDetail(ctx, items[0]?.id ?? '', today))
    expect(committeeOfChildren.seats.length).toBeGreaterThan(15)
    expect(committeeOfChildren.seats[0]).toMatchObject({ role: 'chair' })
  })
})
