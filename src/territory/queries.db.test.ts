import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOfKey } from '#platform'
import { country } from '../../countries/testland/index.ts'
import { aCountry, type TestCountry } from '../../test/kit/country.ts'
import { counting } from '../../test/kit/statements.ts'
import type { UnitSummary } from './model.ts'
import { getUnit, listChildren, listUnits, whatBecame, type UnitFilter } from './queries.ts'

let land: TestCountry
beforeAll(async () => {
  land = await aCountry(country)
})
afterAll(() => land.drop())

const id = (key: string) => idOfKey(`u:${key}`)
const today = '2033-01-01'
const list = (filter: Partial<UnitFilter>) =>
  land.on(today, (ctx) => listUnits(ctx, { asOf: today, page: 1, size: 50, ...filter }))
const found = async (search: string, filter: Partial<UnitFilter> = {}) =>
  (await list({ search, ...filter })).items.map(said)

/** `Ösel Skøg (01202) until 2030-01-01, now part of Tørg Hávn-Miðe` */
function said(unit: UnitSummary): string {
  const end = unit.validTo === null ? '' : ` until ${unit.validTo}`
  const now = unit.now.map((fate) => `${fate.extent} in ${fate.unit.name}`).join(', ')
  return `${unit.name} (${unit.code})${end}${now === '' ? '' : `, ${now}`}`
}

describe('the units of a date', () => {
  test('are those that were in being then', async () => {
    expect((await list({ asOf: '2029-12-31', level: 'commune' })).total).toBe(12)
    expect((await list({ asOf: '2030-01-01', level: 'commune' })).total).toBe(7)
    expect((await list({ asOf: '2030-01-01', level: 'district' })).total).toBe(0)
    expect((await list({ level: 'province' })).items.map((unit) => unit.name)).toEqual(['Vård Sóla', 'Vård Nørdëst'])
  })

  test('stand with the units above them, nearest first', async () => {
    const [skog] = (await list({ search: 'Skøg', asOf: '2025-01-01' })).items
    expect(skog?.path.map((unit) => unit.name)).toEqual(['Kråj Miðe', 'Vård Nørda'])
    expect(skog).toMatchObject({ isInBeing: true, typeName: 'Parish', now: [] })
  })

  test('are read in five statements, whatever the page holds', async () => {
    const count = (filter: Partial<UnitFilter>) =>
      land.on(today, async (ctx) => {
        const counted = counting(ctx)
        await listUnits(counted.ctx, { asOf: today, page: 1, size: 50, ...filter })
        return counted.count()
      })
    expect(await count({})).toBe(5)
    expect(await count({ search: 'Łunda' })).toBe(5)
    expect(await count({ search: 'nothing at all' })).toBe(5)
    expect(await count({ asOf: '2025-01-01', size: 2 })).toBe(5)
  })

  test('page on the server', async () => {
    const second = await list({ level: 'commune', size: 3, page: 2 })
    expect(second).toMatchObject({ total: 6, page: 2, size: 3 })
    expect(second.items).toHaveLength(3)
    expect(await list({ level: 'commune', size: 3, page: 9 })).toMatchObject({ total: 6, items: [] })
  })
})

describe('a search', () => {
  test('forgives marks, case and the word for the kind, in either order of marks', async () => {
    const answers = [
      'Ösel Łunda (01101)',
      'Ösel Łunda (01101) until 2030-01-01, whole in Ösel Łunda',
      'Kråj Łunda (011) until 2030-01-01, part in Ösel Łunda, part in Tørg Hávn-Miðe',
    ]
    for (const typed of ['Łunda', 'lunda', 'ŁUNDA', 'łunda'.normalize('NFD')])
      expect((await found(typed)).sort()).toEqual(answers.toSorted())
  })

  test('puts the kind that was typed first', async () => {
    expect((await found('kraj lunda'))[0]).toContain('Kråj Łunda')
    expect((await found('osel lunda'))[0]).toBe('Ösel Łunda (01101)')
  })

  test('puts names with the very marks first, then those that are the same without', async () => {
    expect((await found('Ås'))[0]).toContain('Ösel Ås (01203)')
    expect((await found('as'))[0]).toContain('Ösel Ås (01203)')
    expect((await found('as')).at(-1)).toContain('Åskøg')
  })

  test('finds the beginning of a name, a word within it, and a confused spelling', async () => {
    expect(await found('solh')).toEqual(['Tørg Sólheim (02101)'])
    expect(await found('mide', { inBeing: true })).toEqual(['Tørg Hávn-Miðe (01103)'])
    expect(await found('hafn mide')).toEqual(['Tørg Hávn-Miðe (01103)'])
    expect((await found('Torg Hafn'))[0]).toBe('Tørg Hávn (01103) until 2030-01-01, whole in Tørg Hávn-Miðe')
  })

  test('finds a code at all times, and the second code of a unit', async () => {
    expect(await found('03')).toEqual(['Vård Nørdëst (03)', 'Vård Ëstra (03) until 2030-01-01, whole in Vård Nørdëst'])
    expect(await found('01199')).toEqual(['Tørg Hávn-Miðe (01103)'])
  })

  test('finds the former name of a unit that goes on', async () => {
    expect(await found('Tørg Sóla')).toContain('Tørg Sólheim (02101)')
  })

  test('of signs or operators finds nothing and breaks nothing', async () => {
    for (const typed of ["' or 1=1", '%', '_', 'a & | ! b', ':*', '()', '…']) expect(await found(typed)).toEqual([])
  })
})

describe('what became of a unit', () => {
  const became = (wanted: string, on: string | null, asOf = today) =>
    land.on(today, (ctx) => whatBecame(ctx, { wanted, on, asOf }))

  test('is told through several reforms, whole and part', async () => {
    const skog = (await became('Skøg', '2025-01-01')).units[0]
    expect(
      skog?.steps.map((step) =>
        `${step.onDate} ${step.from.name} ${step.kind} ${step.to.name} ${step.note ?? ''}`.trim(),
      ),
    ).toEqual(
      expect.arrayContaining([
        '2030-01-01 Ösel Skøg part Tørg Hávn-Miðe Vestre halvdel',
        '2030-01-01 Ösel Skøg part Ösel Åskøg Østre halvdel',
        '2032-07-01 Ösel Åskøg whole Tørg Hávn-Miðe',
      ]),
    )
    expect(skog?.now.map((fate) => `${fate.extent} ${fate.unit.name}`)).toEqual(['part Tørg Hávn-Miðe'])
    const before = (await became('Skøg', '2025-01-01', '2031-01-01')).units[0]
    expect(before?.now.map((fate) => fate.unit.name).sort()).toEqual(['Tørg Hávn-Miðe', 'Ösel Åskøg'])
  })

  test('depends on the day the code was read: 01101 is other ground since the reform', async () => {
    expect((await became('01101', '2025-01-01')).units.map((unit) => unit.id)).toEqual([id('2020:01101')])
    expect((await became('01101', '2031-01-01')).units.map((unit) => unit.id)).toEqual([id('2030:01101')])
    expect((await became('01101', null)).units).toHaveLength(2)
  })

  test('is the unit itself while it goes on, and nothing for a name nobody bore', async () => {
    expect((await became('Føss', '2025-01-01')).units.map(said)).toEqual([
      'Kråj Føss (031) until 2030-01-01, part in Tørg Ëstra, part in Ösel Føss',
      'Ösel Føss (03103)',
    ])
    expect((await became('Nowhere', null)).units).toEqual([])
  })
})

describe('one unit', () => {
  const unit = (key: string, asOf = today) => land.on(today, (ctx) => getUnit(ctx, id(key), asOf))

  test('tells its stretches with the parents and the legal basis of each', async () => {
    const foss = await unit('2020:03103')
    expect(foss.stretches.map((stretch) => [stretch.validFrom, stretch.parent?.name, stretch.legalBasis])).toEqual([
      [null, 'Kråj Føss', null],
      ['2030-01-01', 'Vård Nørdëst', 'Lov 7/2029'],
    ])
    expect(foss.events.map((event) => event.kind)).toEqual(['moved', 'received'])
  })

  test('is shown under the name of the date', async () => {
    expect((await unit('2020:02101', '2029-06-01')).name).toBe('Tørg Sóla')
    expect((await unit('2020:02101')).name).toBe('Tørg Sólheim')
    expect((await unit('2020:01202')).name).toBe('Ösel Skøg')
  })

  test('tells where it came from, and its other names, codes and remarks', async () => {
    const havn = await unit('2030:01103')
    expect(havn.cameFrom.map((step) => `${step.kind} ${step.from.name}`)).toEqual(
      expect.arrayContaining(['whole Tørg Hávn', 'whole Ösel Miðe', 'part Ösel Skøg', 'whole Ösel Åskøg']),
    )
    expect(havn.aliases).toMatchObject([{ field: 'code', value: '01199', source: 'Trykt vedlegg' }])
    expect((await unit('2020:01202')).remarks).toEqual([{ onDate: '2030-01-01', text: 'Delt langs elva' }])
  })

  test('counts what lies below it on the date, by kind', async () => {
    const counts = async (key: string, asOf: string) =>
      (await unit(key, asOf)).below.map((each) => `${each.count} ${each.type}`)
    expect(await counts('TL', '2029-12-31')).toEqual(['3 vard', '4 kraj', '2 torg', '10 osel'])
    expect(await counts('TL', '2030-01-01')).toEqual(['2 vard', '3 torg', '4 osel'])
    expect(await counts('2020:01', today)).toEqual(['2 kraj', '1 torg', '5 osel'])
  })

  test('that does not exist is not found', async () => {
    await expect(unit('2020:99')).rejects.toMatchObject({ kind: 'notFound' })
  })
})

test('the units under one are those of the date, with how many lie under each', async () => {
  const children = (key: string, asOf: string) =>
    land.on(today, async (ctx) =>
      (await listChildren(ctx, id(key), asOf)).children.map((child) => `${child.name} ${child.childCount}`),
    )
  expect(await children('TL', '2029-12-31')).toEqual(['Vård Nørda 2', 'Vård Sóla 1', 'Vård Ëstra 1'])
  expect(await children('2030:03', '2031-01-01')).toEqual([
    'Ösel Łunda 0',
    'Tørg Hávn-Miðe 0',
    'Ösel Åskøg 0',
    'Tørg Ëstra 0',
    'Ösel Føss 0',
  ])
  expect(await children('2020:01', today)).toEqual(['Kråj Łunda 3', 'Kråj Miðe 3'])
})
