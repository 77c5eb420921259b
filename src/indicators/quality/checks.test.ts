import { describe, expect, test } from 'vitest'
import { findIn, heapingOf, robustZ, type Amounts, type Around, type Checked, type Rule } from './checks.ts'

const nothing: Around = {
  other: () => undefined,
  parts: () => undefined,
  before: () => undefined,
  siblings: () => [],
  isCount: false,
}
const none = { side: null, comparator: null, otherMeasureId: null, otherSide: null, dimension: null, threshold: null }
const aRule = (over: Partial<Rule> & Pick<Rule, 'kind'>): Rule => ({ code: 'r', measureId: 'm', ...none, ...over })
const amounts = (
  value: number | null,
  numerator: number | null = null,
  denominator: number | null = null,
): Amounts => ({
  ...{ value, numerator, denominator },
})
const figure = (of: Amounts, breakdown = ''): Checked => ({ ...of, cellId: 'c', unitId: 'u', breakdown })
const beside = (values: readonly number[]): Amounts[] => values.map((value) => amounts(value))
const params = (of: Amounts, rule: Rule, around: Partial<Around>) =>
  findIn([figure(of)], [rule], { ...nothing, ...around }).map((one) => one.params)

describe('a figure and another measure', () => {
  const rule = (comparator: '<=' | '>=' | '=') =>
    aRule({ kind: 'compare', side: 'value', comparator, otherMeasureId: 'o', otherSide: 'numerator' })
  test.each([
    ['<=', 5, 5, true],
    ['<=', 6, 5, false],
    ['>=', 4, 5, false],
    ['=', 5, 5, true],
    ['=', 5, 4, false],
  ] as const)('must hold: own %s other, %d and %d', (comparator, own, other, holds) => {
    const found = params(amounts(own), rule(comparator), { other: () => amounts(null, other) })
    expect(found).toEqual(holds ? [] : [{ own, other }])
  })
  test('says nothing where the other is missing, and of a part', () => {
    expect(params(amounts(9), rule('<='), {})).toEqual([])
    expect(params(amounts(9), rule('<='), { other: () => amounts(1) })).toEqual([])
    const part = figure(amounts(9), 'sex=male')
    expect(findIn([part], [rule('<=')], { ...nothing, other: () => amounts(null, 1) })).toEqual([])
  })
})

describe('parts', () => {
  const rule = aRule({ kind: 'parts', dimension: 'sex' })
  test('come to the whole, above and below the line', () => {
    const of = (...parts: Amounts[]) => ({ parts: () => parts })
    expect(params(amounts(50, 5, 10), rule, of(amounts(0, 2, 6), amounts(0, 3, 4)))).toEqual([])
    expect(params(amounts(50, 5, 10), rule, of(amounts(0, 2, 6), amounts(0, 2, 4)))).toEqual([
      { side: 'numerator', sum: 4, whole: 5 },
    ])
    expect(params(amounts(50, 5, 10), rule, of(amounts(0, 2, 6), amounts(0, 3, 5)))).toEqual([
      { side: 'denominator', sum: 11, whole: 10 },
    ])
  })
  test('are not added while one is missing', () => {
    expect(params(amounts(50, 5, 10), rule, {})).toEqual([])
    expect(params(amounts(50, 5, 10), rule, { parts: () => [amounts(null), amounts(0, 3, 4)] })).toEqual([])
  })
})

describe('the period before', () => {
  const change = aRule({ kind: 'change', threshold: 50 })
  test('is left by more than so many percent', () => {
    const before = { before: () => amounts(10) }
    expect(params(amounts(15), change, before)).toEqual([])
    expect(params(amounts(15.1), change, before)).toEqual([{ now: 15.1, then: 10, percent: 51 }])
    expect(params(amounts(2), change, before)).toEqual([{ now: 2, then: 10, percent: -80 }])
    expect(params(amounts(2), change, { before: () => amounts(0) })).toEqual([])
    // One of one became one of two: nothing is said of shares of so few.
    expect(params(amounts(50, 1, 2), change, { before: () => amounts(100, 1, 1) })).toEqual([])
  })
  test('jumps by chance where few are counted; a rate does not', () => {
    const rule = aRule({ kind: 'change', threshold: 50 })
    const before = (then: number) => ({ before: () => amounts(then), isCount: true })
    expect(params(amounts(0), rule, before(1))).toEqual([])
    expect(params(amounts(9), rule, before(19))).toEqual([])
    expect(params(amounts(9), rule, before(20))).toEqual([{ now: 9, then: 20, percent: -55 }])
    expect(params(amounts(9), rule, { ...before(19), isCount: false })).toHaveLength(1)
  })

  test('is not that of a unit beside it, number by number; small numbers and equal shares may be alike', () => {
    const rule = aRule({ kind: 'twin' })
    const other = [amounts(95, 380, 400), amounts(90, 360, 400)]
    expect(params(amounts(95, 380, 400), rule, { siblings: () => other })).toEqual([{ numerator: 380, count: 1 }])
    expect(params(amounts(95, 190, 200), rule, { siblings: () => other })).toEqual([])
    expect(params(amounts(95, 38, 40), rule, { siblings: () => [amounts(95, 38, 40)] })).toEqual([])
    // A count that stands alone must be large.
    expect(params(amounts(380, 380), rule, { siblings: () => [amounts(380, 380)] })).toEqual([])
    expect(params(amounts(3801, 3801), rule, { siblings: () => [amounts(3801, 3801)] })).toHaveLength(1)
  })

  test('is not copied number by number; small numbers may be alike', () => {
    const rule = aRule({ kind: 'copied' })
    const same = (numerator: number, denominator: number | null) =>
      params(amounts(1, numerator, denominator), rule, { before: () => amounts(1, numerator, denominator) })
    expect(same(30, 40)).toEqual([{ numerator: 30 }])
    expect(same(19, 40)).toEqual([])
    expect(params(amounts(1, 30, 41), rule, { before: () => amounts(1, 30, 40) })).toEqual([])
  })
})

describe('units beside one', () => {
  const rule = aRule({ kind: 'outlier', threshold: 3.5 })
  const others = [48, 49, 50, 50, 51, 51, 52, 53]
  test('tell one that lies far from them, how far, and nothing of what they gave', () => {
    expect(params(amounts(52), rule, { siblings: () => beside(others) })).toEqual([])
    expect(params(amounts(90), rule, { siblings: () => beside(others) })).toEqual([
      { z: 26.6, count: 8, side: 'above' },
    ])
    expect(params(amounts(10), rule, { siblings: () => beside(others) })).toMatchObject([{ side: 'below' }])
  })
  test('too few, or all alike, tell nothing', () => {
    expect(params(amounts(90), rule, { siblings: () => beside(others.slice(1)) })).toEqual([])
    expect(robustZ(90, [5, 5, 5, 5])).toBeNull()
  })
  test('a single odd one among them does not hide another', () => {
    expect(Math.abs(robustZ(90, [...others, 1000]) ?? 0)).toBeGreaterThan(3.5)
  })
})

describe('last digits', () => {
  const from = (start: number, count: number, step: number) =>
    Array.from({ length: count }, (_, at) => start + at * step)
  test('are heaped where nearly all end in 0 or 5', () => {
    expect(heapingOf(from(20, 15, 5))).toEqual({ round: 15, of: 15 })
  })
  test('are not where numbers come as they come, are few, small or no counts', () => {
    expect(heapingOf(from(101, 40, 7))).toBeNull()
    expect(heapingOf(from(20, 14, 5))).toBeNull()
    expect(heapingOf(from(5, 3, 5))).toBeNull()
    expect(heapingOf(from(20.5, 40, 5))).toBeNull()
  })
})
