import { describe, expect, test } from 'vitest'
import { placesOf } from './places.ts'

const size = { width: 100, height: 50, inset: 10 }
const of = (year: number, value: number | null) => ({ year, value, isEstimate: false })
const level = { kind: 'level', year: 2030, value: 100 } as const

describe('a small picture of a target', () => {
  test('lays years and the target from left to right, higher figures above', () => {
    const found = placesOf([of(2026, 0), of(2027, 50)], level, size)
    expect(found?.dots.map(({ x, y }) => [x, y])).toEqual([
      [10, 40],
      [30, 25],
    ])
    expect(found?.goal).toEqual({ x: 90, y: 10 })
    expect(found?.lines).toEqual(['10,40 30,25'])
  })

  test('parts the line where a year is missing, and joins nothing over it', () => {
    const found = placesOf([of(2024, 1), of(2025, null), of(2026, 2), of(2027, 3)], level, size)
    expect(found?.dots.length).toBe(3)
    expect(found?.lines.length).toBe(1)
  })

  test('has no target level where a change per year is asked, and nothing without figures', () => {
    expect(placesOf([of(2026, 5)], { ...level, kind: 'yearly-change' }, size)).toMatchObject({
      goal: null,
      dots: [{ x: 50, y: 25 }],
    })
    expect(placesOf([of(2026, null)], level, size)).toBeNull()
  })
})
