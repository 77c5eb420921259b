import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aGeneratedLand, levels, type GeneratedLand } from '../../../test/kit/generated-land.ts'
import { areaTotals, commonAreas } from './common.ts'
import { levelOn, openGround, unitsOn, type Ground } from './ground.ts'
import { restateOn } from './restate.ts'
import { rollUp, type Cell, type Measuring, type RollUp, type Total } from './total.ts'

const counting: Measuring = { rule: 'sum', factor: 1, level: 'commune' }
const sum = (land: GeneratedLand, atoms: number[]) => atoms.reduce((total, atom) => total + (land.worth[atom] ?? 0), 0)
const dayAfter = (day: string) => `${day.slice(0, 8)}02`
const periodEnding = (day: string) => ({ from: `${day.slice(0, 4)}-01-01`, to: dayAfter(day) })

function cellsOf(land: GeneratedLand, ground: Ground, day: number): Cell[] {
  return unitsOn(ground, 'commune', land.days[day] ?? '').map((unit) => given(unit, sum(land, land.atomsOf(unit, day))))
}

function given(unit: string, numerator: number, denominator: number | null = null): Cell {
  return { unit, isLate: false, status: 'A', numerator, denominator, absence: null }
}

/** The figures of one day of a land, as the units of another day have them. */
function rolled(land: GeneratedLand, from: number, to: number): { ground: Ground; result: RollUp; cells: Cell[] } {
  const ground = openGround(land)
  const cells = cellsOf(land, ground, from)
  const period = periodEnding(land.days[from] ?? '')
  const result = rollUp(ground, { cells, period, measuring: counting, to: restateOn(ground, land.days[to] ?? '') })
  return { ground, result, cells }
}

/** What a unit of a later day holds, by its atoms: the plain slow way. */
function truth(land: GeneratedLand, from: number, to: number, unit: string) {
  const held = new Set(land.atomsOf(unit, to))
  const ground = openGround(land)
  const sources = unitsOn(ground, 'commune', land.days[from] ?? '').map((each) => land.atomsOf(each, from))
  const touching = sources.filter((atoms) => atoms.some((atom) => held.has(atom)))
  return {
    total: sum(land, [...held]),
    isExact: touching.every((atoms) => atoms.every((atom) => held.has(atom))),
    sources: touching.length,
  }
}

describe('totals over generated reforms', () => {
  test('without shares a total either is what its ground holds or is not comparable', () => {
    fc.assert(
      fc.property(aGeneratedLand({ weighted: false }), (land) => {
        const last = land.days.length - 1
        const { result } = rolled(land, 0, last)
        for (const [unit, total] of result.totals) {
          if (total.reason === null) expect([unit, total.value]).toEqual([unit, truth(land, 0, last, unit).total])
          else expect(total.reason).toBe('part-without-weight')
          expect(total.isEstimate && total.reason === null).toBe(false)
        }
      }),
    )
  })

  test('across one reform exactly the totals whose sources lie wholly within are comparable', () => {
    let refused = 0
    fc.assert(
      fc.property(aGeneratedLand({ weighted: false, reforms: 1 }), (land) => {
        const { ground, result } = rolled(land, 0, 1)
        for (const unit of [...ground.units.keys()].filter((key) => levelOn(ground, key, land.days[1] ?? ''))) {
          const real = truth(land, 0, 1, unit)
          const total = result.totals.get(unit)
          expect([unit, total?.reason ?? null]).toEqual([unit, real.isExact ? null : 'part-without-weight'])
          expect(total?.parts.length).toBe(real.sources)
          if (!real.isExact) refused += 1
        }
      }),
    )
    expect(refused).toBeGreaterThan(50)
  })

  test('with known shares every level keeps the whole, and what was divided is marked', () => {
    let divided = 0
    fc.assert(
      fc.property(aGeneratedLand({ weighted: true }), (land) => {
        const last = land.days.length - 1
        const { ground, result } = rolled(land, 0, last)
        for (const level of ['commune', 'province', 'country'] as const) {
          const units = unitsOn(ground, level, land.days[last] ?? '')
          const whole = units.reduce((total, unit) => total + (result.totals.get(unit)?.value ?? 0), 0)
          expect(whole).toBeCloseTo(sum(land, [...land.worth.keys()]), 6)
        }
        for (const [unit, total] of result.totals) {
          const isWhole = total.parts.every(({ share }) => share === 1)
          expect(total.isEstimate).toBe(!isWhole)
          if (isWhole) expect(total.value).toBe(truth(land, 0, last, unit).total)
          else divided += 1
        }
        expect(result.lost).toEqual([])
      }),
    )
    expect(divided).toBeGreaterThan(50)
  })

  test('as it was, every total is exact on every day', () => {
    fc.assert(
      fc.property(aGeneratedLand({ weighted: false }), (land) => {
        for (const day of land.days.keys())
          for (const [unit, total] of rolled(land, day, day).result.totals)
            expect([unit, total.value]).toEqual([unit, sum(land, land.atomsOf(unit, day))])
      }),
    )
  })

  test('areas common to two days hold the same ground on both, and none could be cut without breaking a unit', () => {
    fc.assert(
      fc.property(aGeneratedLand({ weighted: false }), fc.constantFrom('commune', 'province'), (land, level) => {
        const ground = openGround(land)
        const last = land.days.length - 1
        const areas = commonAreas(ground, {
          level,
          finest: 'commune',
          from: land.days[0] ?? '',
          to: land.days[last] ?? '',
        })
        const sorted = (atoms: number[]) => atoms.toSorted((one, other) => one - other)
        for (const { before, after } of areas)
          expect(sorted(before.flatMap((unit) => land.atomsOf(unit, 0)))).toEqual(
            sorted(after.flatMap((unit) => land.atomsOf(unit, last))),
          )
        const inArea = new Map(areas.flatMap(({ before }, at) => before.map((unit) => [unit, at])))
        expect(inArea.size).toBe(unitsOn(ground, level, land.days[0] ?? '').length)
        if (land.days.length === 2) expect(areas.length).toBe(componentsOf(land, ground, level))
      }),
    )
  })

  test('figures of any day in between come to what each common area holds, with no weights', () => {
    fc.assert(
      fc.property(aGeneratedLand({ weighted: false }), fc.constantFrom('commune', 'province'), (land, level) => {
        const ground = openGround(land)
        const last = land.days.length - 1
        const [from = '', to = ''] = [land.days[0], land.days[last]]
        const areas = commonAreas(ground, { level, finest: 'commune', from, to })
        for (const day of land.days.keys()) {
          const period = periodEnding(land.days[day] ?? '')
          const cells = cellsOf(land, ground, day)
          const totals = areaTotals(ground, { areas, cells, period, measuring: counting, to: restateOn(ground, to) })
          expect(totals.map((total) => total?.value)).toEqual(
            areas.map(({ after }) =>
              sum(
                land,
                after.flatMap((unit) => land.atomsOf(unit, last)),
              ),
            ),
          )
        }
      }),
    )
  })
})

/** How many areas two days have in common, counted by atoms: those that lie in one unit on either day hang together. */
function componentsOf(land: GeneratedLand, ground: Ground, level: 'commune' | 'province'): number {
  const groups = land.days.flatMap((day, at) => unitsOn(ground, level, day).map((unit) => land.atomsOf(unit, at)))
  const colour = land.worth.map((_, atom) => atom)
  for (let changed = true; changed;) {
    changed = false
    for (const group of groups) {
      const least = Math.min(...group.map((atom) => colour[atom] ?? atom))
      for (const atom of group)
        if (colour[atom] !== least) {
          colour[atom] = least
          changed = true
        }
    }
  }
  return new Set(colour).size
}

const version = (type: string, parent: string | null) => ({
  ...{ from: null, to: null, code: 'x', name: 'x', nameEn: 'x', legalBasis: null },
  ...{ type, parent },
})
const three = openGround({
  units: [
    { key: 'u:L', versions: [version('land', null)] },
    { key: 'u:P', versions: [version('shire', 'u:L')] },
    ...['a', 'b', 'c', 'd'].map((name) => ({ key: `u:${name}`, versions: [version('parish', 'u:P')] })),
  ],
  succession: [],
  levels,
})
const year = { from: '2030-01-01', to: '2031-01-01' }
const totalOf = (cells: Cell[], measuring: Measuring): Total | undefined =>
  rollUp(three, { cells, period: year, measuring, to: restateOn(three, '2030-12-31') }).totals.get('u:L')
const absent = (unit: string, absence: 'missing' | 'not-applicable' | 'not-yet-known'): Cell => ({
  ...{ unit, isLate: false, status: null, numerator: null, denominator: null },
  absence,
})

describe('one total', () => {
  test('a rate is made anew from numerators and denominators, never a mean of rates', () => {
    const total = totalOf([given('u:a', 1, 10), given('u:b', 30, 50)], { rule: 'ratio', factor: 100, level: 'commune' })
    expect(total?.value).toBeCloseTo(51.6667, 4)
    expect(total).toMatchObject({ numerator: 31, denominator: 60 })
  })

  test('a rate over nobody has no value and says so', () => {
    const total = totalOf([given('u:a', 0, 0)], { rule: 'ratio', factor: 100, level: 'commune' })
    expect(total).toMatchObject({ value: null, reason: 'no-denominator', reported: 1 })
  })

  test('missing, not applicable, not yet known and zero are four things', () => {
    const cells = [given('u:a', 0), absent('u:b', 'not-applicable'), absent('u:c', 'not-yet-known')]
    const total = totalOf(cells, counting)
    expect(total).toMatchObject({ value: 0, expected: 3, reported: 1 })
    expect(total?.absent).toEqual({ missing: 1, 'not-applicable': 1, 'not-yet-known': 1 })
    expect(totalOf([], counting)).toMatchObject({ value: null, reason: null, expected: 4, reported: 0 })
  })

  test('what is late or estimated is counted, and makes the total an estimate', () => {
    const late: Cell = { ...given('u:a', 5), isLate: true }
    const estimate: Cell = { unit: 'u:b', isLate: false, status: 'E', numerator: 2, denominator: null, absence: null }
    expect(totalOf([late, estimate], counting)).toMatchObject({ value: 7, late: 1, estimated: 1, isEstimate: true })
  })

  test('a weighted mean does not depend on the order of units', () => {
    const weighted: Measuring = { rule: 'weighted', factor: 1, level: 'commune' }
    expect(totalOf([given('u:a', 0.1, 3), given('u:b', 0.2, 1)], weighted)?.value).toBe(0.125)
  })

  test('figures that are not put together stand for their own unit only', () => {
    const none: Measuring = { rule: 'none', factor: 1, level: 'province' }
    const { totals } = rollUp(three, {
      ...{ cells: [given('u:P', 12.5), given('u:a', 3)], period: year, measuring: none },
      to: restateOn(three, '2030-12-31'),
    })
    expect(totals.get('u:P')?.value).toBe(12.5)
    expect(totals.get('u:a')?.value).toBe(3)
    expect(totals.has('u:L')).toBe(false)
  })

  test('a figure of a unit that did not answer for the period is named, not lost', () => {
    const { outside } = rollUp(three, {
      ...{ cells: [given('u:P', 5)], period: year, measuring: counting, to: restateOn(three, '2030-12-31') },
    })
    expect(outside.map(({ unit }) => unit)).toEqual(['u:P'])
  })
})

describe('a unit that gives ground and goes on', () => {
  const land = (weight: number | null) =>
    openGround({
      units: [
        { key: 'u:L', versions: [version('land', null)] },
        { key: 'u:P', versions: [version('shire', 'u:L')] },
        { key: 'u:Q', versions: [version('shire', 'u:L')] },
        { key: 'u:a', versions: [version('parish', 'u:P')] },
        { key: 'u:n', versions: [{ ...version('parish', 'u:Q'), from: '2031-01-01' }] },
      ],
      succession: [{ from: 'u:a', to: 'u:n', kind: 'part', share: 'part', date: '2031-01-01', weight, note: null }],
      levels,
    })
  const after = (weight: number | null) => {
    const ground = land(weight)
    const of = { cells: [given('u:a', 100)], period: year, measuring: counting, to: restateOn(ground, '2031-06-01') }
    return rollUp(ground, of).totals
  }

  test('keeps the rest of a known share', () => {
    const totals = after(0.25)
    expect(['u:a', 'u:n', 'u:P', 'u:Q', 'u:L'].map((unit) => totals.get(unit)?.value)).toEqual([75, 25, 75, 25, 100])
    expect(totals.get('u:L')?.isEstimate).toBe(false)
    expect(totals.get('u:P')?.isEstimate).toBe(true)
  })

  test('is not comparable without one, nor is who received it; the country is', () => {
    const totals = after(null)
    expect(['u:a', 'u:n', 'u:P', 'u:Q'].map((unit) => totals.get(unit)?.reason)).toEqual(
      Array.from({ length: 4 }, () => 'part-without-weight'),
    )
    expect(totals.get('u:L')?.value).toBe(100)
  })
})
