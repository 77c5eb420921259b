import { describe, expect, test } from 'vitest'
import type { RecommendationSummary, Term } from '#recommendations/model'
import { bulkTermsOf, decisionsOf, sharedWish, wished, type Wishes } from './bulk-tags.ts'

const one = (id: string, undecided: number[]) => ({ id, undecided }) as unknown as RecommendationSummary
const term = (number: number) => (number < 9 ? ({ number, scheme: 'theme' } as unknown as Term) : undefined)
const chosen = [one('a', [1]), one('b', [1, 2])]
const likely = [
  { recommendationId: 'a', terms: [{ term: 1, score: 0.9, words: ['x'], isNamed: false }] },
  { recommendationId: 'b', terms: [{ term: 3, score: 0.5, words: ['trẻ em', 'trường học'], isNamed: true }] },
]
const rows = bulkTermsOf(chosen, likely, term)
const none: Wishes = new Map()

describe('suggested terms of many recommendations', () => {
  test('stand once each, the most frequent first; what the source says stands before likeness', () => {
    expect(rows.map(({ term: { number }, of }) => [number, of.map(({ one: { id }, origin }) => [id, origin])])).toEqual(
      [
        [
          1,
          [
            ['a', 'source'],
            ['b', 'source'],
          ],
        ],
        [2, [['b', 'source']]],
        [3, [['b', 'likeness']]],
      ],
    )
  })

  test('are left until somebody wishes otherwise; those that differ share no wish', () => {
    const of = rows[0]?.of ?? []
    expect(sharedWish(none, of)).toBe('left')
    const first = wished(none, of.slice(0, 1), 'confirmed')
    expect(sharedWish(first, of)).toBeUndefined()
    expect(sharedWish(wished(first, of, 'refused'), of)).toBe('refused')
  })

  test('become decisions with their origin and words; terms added to all are a person’s', () => {
    const wishes = wished(wished(none, rows[2]?.of ?? [], 'confirmed'), rows[1]?.of ?? [], 'refused')
    expect(decisionsOf(rows, wishes, chosen, [7])).toEqual([
      { recommendationId: 'b', term: 2, state: 'refused', origin: 'source', reason: null },
      { recommendationId: 'b', term: 3, state: 'confirmed', origin: 'likeness', reason: 'trẻ em, trường học' },
      { recommendationId: 'a', term: 7, state: 'confirmed', origin: 'person', reason: null },
      { recommendationId: 'b', term: 7, state: 'confirmed', origin: 'person', reason: null },
    ])
    expect(decisionsOf(rows, wished(wishes, rows.flatMap(({ of }) => of), 'left'), chosen, [])).toEqual([]) // prettier-ignore
  })

  test('of lists that are not known are not shown', () => {
    expect(bulkTermsOf([one('a', [9])], [], term)).toEqual([])
  })
})
