import { neighboursOf, weigh, type Known } from '../../src/recommendations/likeness/corpus.ts'
import { learn, suggestTerms, type Named } from '../../src/recommendations/likeness/suggest.ts'

/** How good a list of suggestions is, over all texts of one kind of term. */
export type Quality = { precision: number; recall: number }
export const places = [1, 3, 5] as const
/** By how many are looked at: ours, and the terms that most other texts have. */
export type Measured = { scheme: string; texts: number; terms: number; ours: Quality[]; frequent: Quality[] }
/** `one-out`: all other texts are known. `copies-out`: those that are nearly the same words are not. */
export type Way = 'one-out' | 'copies-out'

/** Two texts as like as this say one thing in nearly the same words. */
const copy = 0.5

/** Leaves each text out in turn and asks for its terms; only texts that have terms of the scheme count. */
export function measure(texts: readonly Known[], terms: readonly Named[], way: Way): Measured[] {
  const learned = learn(texts, terms)
  const schemeOf = new Map(terms.map(({ number, scheme }) => [number, scheme]))
  const all = texts.map((text) => {
    const left = new Set([text.id])
    if (way === 'copies-out')
      for (const { known, likeness } of neighboursOf(learned.corpus, weigh(text.features, learned.corpus.rarity), 999))
        if (likeness >= copy) left.add(known.id)
    const others = texts.filter(({ id }) => !left.has(id))
    return {
      truth: text.terms,
      ours: suggestTerms(learned, text.features, ({ id }) => !left.has(id)).map(({ term }) => term),
      frequent: mostFrequent(others),
    }
  })
  return [...new Set(schemeOf.values())].flatMap((scheme) => {
    const inScheme = (numbers: readonly number[]) => numbers.filter((number) => schemeOf.get(number) === scheme)
    const asked = all
      .map(({ truth, ours, frequent }) => ({
        ...{ truth: inScheme(truth), ours: inScheme(ours), frequent: inScheme(frequent) },
      }))
      .filter(({ truth }) => truth.length > 0)
    if (asked.length === 0) return []
    return [
      {
        ...{ scheme, texts: asked.length, terms: new Set(asked.flatMap(({ truth }) => truth)).size },
        ours: places.map((most) => qualityOf(asked.map(({ truth, ours }) => ({ truth, said: ours.slice(0, most) })))),
        frequent: places.map((most) =>
          qualityOf(asked.map(({ truth, frequent }) => ({ truth, said: frequent.slice(0, most) }))),
        ),
      },
    ]
  })
}

/** Terms by how many texts have them. */
function mostFrequent(texts: readonly Known[]): number[] {
  const counts = new Map<number, number>()
  for (const { terms } of texts) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return [...counts].sort(([one, many], [other, few]) => few - many || one - other).map(([term]) => term)
}

/** Precision: of what was said, how much is right; recall: of what is right, how much was said. Over all texts together. */
function qualityOf(asked: readonly { truth: readonly number[]; said: readonly number[] }[]): Quality {
  let [right, said, true_] = [0, 0, 0]
  for (const one of asked) {
    right += one.said.filter((term) => one.truth.includes(term)).length
    said += one.said.length
    true_ += one.truth.length
  }
  return { precision: said === 0 ? 0 : right / said, recall: right / true_ }
}
