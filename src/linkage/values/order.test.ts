import fc from 'fast-check'
import { expect, test } from 'vitest'
import { descending } from './order.ts'

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
