import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ascending, descending } from './order.ts'

test('numbers stand from the largest to the smallest, equal ones as they stood', () => {
  const weight = fc.oneof(
    fc.double({ noNaN: true }),
    fc.constantFrom(0, -0, 1, -1, 12.5, -12.5, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE),
  )
  fc.assert(
    fc.property(fc.array(weight, { maxLength: 300 }), (weights) => {
      const compared = weights
        .map((_weight, place) => place)
        .sort((a, b) => {
          const [one, other] = [weights[a] ?? 0, weights[b] ?? 0]
          return one === other ? a - b : other > one ? 1 : -1
        })
      expect([...descending(Float64Array.from(weights))]).toEqual(compared)
    }),
  )
})

test('places are ordered by one number after another, and what was handed in stays as it was', () => {
  const pair = fc.tuple(fc.nat({ max: 7 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 300 }), (pairs) => {
      const [firsts, seconds] = [Int32Array.from(pairs, ([a]) => a), Int32Array.from(pairs, ([, b]) => b)]
      const bySecond = ascending(seconds)
      const before = bySecond.slice()
      const places = ascending(firsts, bySecond)
      expect(bySecond).toEqual(before)
      const compared = pairs
        .map((_pair, place) => place)
        .sort((a, b) => (firsts[a] ?? 0) - (firsts[b] ?? 0) || (seconds[a] ?? 0) - (seconds[b] ?? 0) || a - b)
      expect([...places]).toEqual(compared)
    }),
  )
})
