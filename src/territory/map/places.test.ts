import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInside, ringsOf } from './places.ts'
import { shapeOf } from './shapes.ts'

const square = (west: number, north: number, size: number) => [
  [west, north],
  [west + size, north],
  [west + size, north - size],
  [west, north - size],
  [west, north],
]

describe('ground of a kept outline', () => {
  test('a path is read back as the rings it was laid from', () => {
    const shape = shapeOf([square(105, 21, 1)], [])
    expect(ringsOf(shape?.fine ?? '')).toEqual([
      [
        [105000, -21000],
        [106000, -21000],
        [106000, -20000],
        [105000, -20000],
      ],
    ])
  })

  test('a place is inside where it lies in an odd number of rings: a lake is not', () => {
    const rings = ringsOf(shapeOf([square(105, 21, 1), square(105.4, 20.6, 0.2)], [])?.fine ?? '')
    expect(isInside(rings, [105100, -20900])).toBe(true)
    expect(isInside(rings, [105500, -20500])).toBe(false)
    expect(isInside(rings, [104900, -20500])).toBe(false)
  })

  test('of two areas that share a border exactly one holds a place near it', () => {
    const [west, east] = [105, 106].map((from) => ringsOf(shapeOf([square(from, 21, 1)], [])?.fine ?? ''))
    fc.assert(
      fc.property(fc.integer({ min: 105001, max: 106999 }), fc.integer({ min: -20999, max: -20001 }), (x, y) => {
        expect([west, east].filter((rings) => isInside(rings ?? [], [x + 0.5, y + 0.5])).length).toBe(1)
      }),
    )
  })
})
