import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shown } from '../model.ts'
import { apartOf, rankUnits, shareInterval, stepOf, stepsOf } from './ranking.ts'

const unit = (code: string) => ({ id: code, code, name: code, type: 'p', typeName: 'P', level: 'province' as const })
const shown = (over: Partial<Shown> = {}): Shown => ({
  ...{ value: 50, numerator: 500, denominator: 1000, reason: null },
  ...{ isEstimate: false, isHidden: false, expected: 10, reported: 10, ...over },
})
const of = (code: string, numerator: number, denominator: number, over: Partial<Shown> = {}) => ({
  ...shown({ value: (numerator / denominator) * 100, numerator, denominator, ...over }),
  unit: unit(code),
})
const share = { direction: 'up' as const, isShare: true, factor: 100 }

describe('the interval of a share', () => {
  test('is Wilson’s: 81 of 263 is 25.5 to 36.6 percent', () => {
    const found = shareInterval(81, 263, 100)
    expect(found?.low).toBeCloseTo(25.53, 2)
    expect(found?.high).toBeCloseTo(36.62, 2)
  })

  test('holds the share, lies between none and all, and narrows as the denominator grows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (size, part) => {
        const count = Math.round(size * part)
        const one = shareInterval(count, size, 1)
        const ten = shareInterval(count * 10, size * 10, 1)
        if (one === null || ten === null) throw new Error('no interval')
        expect(one.low).toBeLessThanOrEqual(count / size + 1e-12)
        expect(one.high).toBeGreaterThanOrEqual(count / size - 1e-12)
        expect(ten.high - ten.low).toBeLessThan(one.high - one.low)
        expect([one.low >= 0, one.high <= 1]).toEqual([true, true])
      }),
    )
  })

  test('there is none of nothing', () => {
    expect(shareInterval(0, 0, 100)).toBeNull()
    expect(shareInterval(5, 4, 100)).toBeNull()
  })
})

describe('the order of units', () => {
  test('a unit of low coverage, one that is missing, one not comparable and one hidden are set apart', () => {
    const rows = rankUnits(
      [
        of('01', 90, 100, { reported: 7 }),
        of('02', 50, 100),
        { ...shown({ value: null, reported: 0 }), unit: unit('03') },
        { ...shown({ value: null, reason: 'part-without-weight' }), unit: unit('04') },
        { ...shown({ value: null, isHidden: true }), unit: unit('05') },
        of('06', 60, 100, { reported: 8 }),
      ],
      share,
    )
    expect(rows.map((row) => [row.unit.code, row.rank?.place ?? row.apart])).toEqual([
      ['06', 1],
      ['02', 2],
      ['01', 'low-coverage'],
      ['03', 'missing'],
      ['04', 'not-comparable'],
      ['05', 'hidden'],
    ])
    expect(rows.slice(2).map((row) => row.interval)).toEqual([null, null, null, null])
  })

  test('small units whose intervals overlap may change places, a large one surely behind may not', () => {
    const rows = rankUnits([of('a', 9, 10), of('b', 8, 10), of('c', 2000, 10000)], share)
    expect(rows.map((row) => row.rank)).toEqual([
      { place: 1, from: 1, to: 2 },
      { place: 2, from: 1, to: 2 },
      { place: 3, from: 3, to: 3 },
    ])
  })

  test('where less is better the least comes first, and equal values share a place', () => {
    const rows = rankUnits([of('a', 30, 100), of('b', 10, 100), of('c', 10, 100)], {
      ...{ direction: 'down', isShare: false, factor: 100 },
    })
    expect(rows.map((row) => [row.unit.code, row.rank?.place, row.rank?.from, row.rank?.to])).toEqual([
      ['b', 1, 1, 2],
      ['c', 1, 1, 2],
      ['a', 3, 3, 3],
    ])
  })

  test('every place lies in what is left open, whatever the figures', () => {
    const figure = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(fc.array(figure, { maxLength: 40 }), fc.constantFrom('up', 'down'), (figures, direction) => {
        const rows = rankUnits(
          figures.map(([size, part], at) => of(String(at), Math.round(size * part), size)),
          { ...share, direction },
        )
        for (const { rank } of rows) {
          expect(rank?.from).toBeLessThanOrEqual(rank?.place ?? 0)
          expect(rank?.to).toBeGreaterThanOrEqual(rank?.place ?? Infinity)
          expect(rank?.to).toBeLessThanOrEqual(rows.length)
        }
      }),
    )
  })

  test('who owes nothing is not of low coverage', () => {
    expect(apartOf(shown({ expected: 0, reported: 0 }))).toBeNull()
  })
})

describe('classes of a map', () => {
  test('hold as many units each', () => {
    const values = Array.from({ length: 100 }, (_, at) => at)
    const steps = stepsOf(values)
    expect(steps).toEqual([0, 20, 40, 60, 80, 99])
    const counts = Map.groupBy(values, (value) => stepOf(value, steps))
    expect([...counts].map(([step, of_]) => [step, of_.length])).toEqual([1, 2, 3, 4, 5].map((step) => [step, 20]))
  })

  test('are fewer where values repeat, one where all are the same, none without values', () => {
    expect(stepsOf([])).toEqual([])
    expect(stepsOf([3, 3, 3])).toEqual([3, 3])
    expect(stepOf(3, [3, 3])).toBe(1)
    expect(stepsOf([0, 0, 0, 0, 1])).toEqual([0, 1])
    expect([0, 1].map((value) => stepOf(value, [0, 1]))).toEqual([1, 1])
  })

  test('every value lies in a class that is there, a greater one in none lower', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1 }), (values) => {
        const steps = stepsOf(values)
        let before = 1
        for (const value of values.toSorted((one, other) => one - other)) {
          const step = stepOf(value, steps)
          expect(step).toBeGreaterThanOrEqual(before)
          expect(step).toBeLessThan(steps.length)
          before = step
        }
      }),
    )
  })
})
