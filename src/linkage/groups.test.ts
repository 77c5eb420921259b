import { describe, expect, test } from 'vitest'
import { groupLinks, oneToOne } from './groups.ts'

function links(pairs: [number, number, number][]): Parameters<typeof groupLinks>[1] {
  return {
    left: Int32Array.from(pairs, ([left]) => left),
    right: Int32Array.from(pairs, ([, right]) => right),
    weights: Float64Array.from(pairs, ([, , weight]) => weight),
  }
}

describe('groups of linked records', () => {
  test('records that link to one another are one group, others none', () => {
    const { groupOf, groups } = groupLinks(
      5,
      links([
        [0, 3, 9],
        [3, 4, 8],
      ]),
    )
    expect([...groupOf]).toEqual([1, 0, 0, 1, 1])
    expect(groups).toBe(1)
  })

  test('one weak link does not chain two sure groups into one', () => {
    const { groupOf, refused } = groupLinks(
      6,
      links([
        [0, 1, 9],
        [1, 2, 9],
        [0, 2, 9],
        [3, 4, 9],
        [4, 5, 9],
        [3, 5, 9],
        [2, 3, 2],
      ]),
    )
    expect([...groupOf]).toEqual([1, 1, 1, 2, 2, 2])
    expect(refused).toBe(1)
  })

  test('of two files a record keeps its surest link', () => {
    expect(
      oneToOne(
        links([
          [0, 5, 3],
          [0, 6, 7],
          [1, 6, 5],
          [1, 5, 1],
        ]),
      ),
    ).toEqual([false, true, false, true])
  })
})
