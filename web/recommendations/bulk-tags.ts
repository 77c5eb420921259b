import type { DecideTags, RecommendationSummary, Term, TermsSuggested } from '#recommendations/model'

export type Wish = 'confirmed' | 'refused' | 'left'
/** What a person wishes of suggestions, by their keys; what is not there is left. */
export type Wishes = ReadonlyMap<string, Wish>
type Decision = DecideTags['decisions'][number]

/** Decisions of one change set. */
export const mostDecisions = 2000

/** One term suggested for one recommendation, and why. */
export interface Suggested {
  one: RecommendationSummary
  term: number
  origin: 'source' | 'likeness'
  words: readonly string[]
}
/** A term with the recommendations for which it is suggested. */
export interface BulkTerm {
  term: Term
  of: readonly Suggested[]
}

export const keyOf = ({ one, term }: Suggested): string => `${one.id} ${term}`

/** The suggested terms of many recommendations: what their sources say, what likeness of words says; the most frequent first. */
export function bulkTermsOf(
  chosen: readonly RecommendationSummary[],
  likely: TermsSuggested['items'],
  termOf: (number: number) => Term | undefined,
): BulkTerm[] {
  const byLikeness = new Map(likely.map(({ recommendationId, terms }) => [recommendationId, terms]))
  const all = chosen.flatMap((one): Suggested[] => [
    ...one.undecided.map((term) => ({ one, term, origin: 'source' as const, words: [] })),
    ...(byLikeness.get(one.id) ?? [])
      .filter(({ term }) => !one.undecided.includes(term))
      .map(({ term, words }) => ({ one, term, origin: 'likeness' as const, words })),
  ])
  return [...Map.groupBy(all, ({ term }) => term)]
    .flatMap(([number, of]) => {
      const term = termOf(number)
      return term === undefined ? [] : [{ term, of }]
    })
    .sort((a, b) => b.of.length - a.of.length || a.term.number - b.term.number)
}

/** The wish all of these share; undefined where they differ. */
export function sharedWish(wishes: Wishes, of: readonly Suggested[]): Wish | undefined {
  const [first, ...others] = new Set(of.map((one) => wishes.get(keyOf(one)) ?? 'left'))
  return others.length === 0 ? first : undefined
}

export function wished(wishes: Wishes, of: readonly Suggested[], wish: Wish): Wishes {
  return new Map([...wishes, ...of.map((one) => [keyOf(one), wish] as const)])
}

/** What is sent: suggestions a person confirmed or refused, and terms added to all. */
export function decisionsOf(
  rows: readonly BulkTerm[],
  wishes: Wishes,
  chosen: readonly RecommendationSummary[],
  added: readonly number[],
): Decision[] {
  const suggested = rows.flatMap(({ of }) =>
    of.flatMap((each): Decision[] => {
      const state = wishes.get(keyOf(each))
      if (state === undefined || state === 'left') return []
      const reason = each.words.length === 0 ? null : each.words.join(', ')
      return [{ recommendationId: each.one.id, term: each.term, state, origin: each.origin, reason }]
    }),
  )
  const more = chosen.flatMap(({ id }) =>
    added.map((term): Decision => ({
      ...{ recommendationId: id, term, state: 'confirmed', origin: 'person', reason: null },
    })),
  )
  return [...suggested, ...more]
}
