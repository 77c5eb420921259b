import type { Features } from '../../src/recommendations/likeness/features.ts'
import {
  gather,
  layOut,
  neighboursOf,
  startGathering,
  weigh,
  type Corpus,
  type Known,
} from '../../src/recommendations/likeness/corpus.ts'
import { learn, suggestTerms, worthShowing, type Named } from '../../src/recommendations/likeness/suggest.ts'

/** A text that somebody coded. */
export type Coded = Known & { features: Features }
/** How good a list of suggestions is, over all texts of one kind of term. */
export type Quality = { precision: number; recall: number }
export const places = [1, 3, 5] as const
/** By how many are looked at: ours, and the terms that most other texts have. */
export type Measured = {
  scheme: string
  texts: number
  terms: number
  ours: Quality[]
  frequent: Quality[]
  /** What a person who knows every answer would get: a text with one term cannot fill five places. */
  best: Quality[]
  /** Of suggestions at or above a score: how many for each text, how many right. */
  shown: Quality & { perText: number }
}
/** `one-out`: all other texts are known. `copies-out`: those that are nearly the same words are not. `few`: every tenth is. `none`: only names of terms. */
export type Way = 'one-out' | 'copies-out' | 'few' | 'none'

/** Two texts as like as this say one thing in nearly the same words. */
const copy = 0.5

/** Leaves each text out in turn and asks for its terms; only texts that have terms of the scheme count. */
export function measure(texts: readonly Coded[], terms: readonly Named[], way: Way): Measured[] {
  const known = texts.filter((_, at) => (way === 'none' ? false : way === 'few' ? at % 10 === 0 : true))
  const gathering = startGathering()
  for (const { features, ...one } of known) gather(gathering, one, features)
  const learned = learn(layOut(gathering), terms)
  const all = texts.map((text) => {
    const left = new Set([text.id, ...(way === 'copies-out' ? copiesOf(learned.corpus, text) : [])])
    return {
      truth: text.terms,
      ours: suggestTerms(learned, text.features, ({ id }) => !left.has(id)),
      frequent: mostFrequent(known.filter(({ id }) => !left.has(id))),
    }
  })
  return [...Map.groupBy(terms, ({ scheme }) => scheme)].map(([scheme, ofScheme]) => {
    const numbers = new Set(ofScheme.map(({ number }) => number))
    const asked = all
      .map(({ truth, ours, frequent }) => ({
        truth: truth.filter((term) => numbers.has(term)),
        ours: ours.filter(({ term }) => numbers.has(term)),
        frequent: frequent.filter((term) => numbers.has(term)),
      }))
      .filter(({ truth }) => truth.length > 0)
    type Asked = (typeof asked)[number]
    const at = (said: (one: Asked) => readonly number[]) =>
      places.map((most) => qualityOf(asked.map((one) => ({ truth: one.truth, said: said(one).slice(0, most) }))))
    const shown = asked.map(({ truth, ours }) => ({ truth, said: worthShowing(ours).map(({ term }) => term) }))
    return {
      ...{ scheme, texts: asked.length, terms: new Set(asked.flatMap(({ truth }) => truth)).size },
      ours: at(({ ours }) => ours.map(({ term }) => term)),
      frequent: at(({ frequent }) => frequent),
      best: at(({ truth }) => truth),
      shown: { ...qualityOf(shown), perText: shown.flatMap(({ said }) => said).length / asked.length },
    }
  })
}

function copiesOf(corpus: Corpus, text: Coded): string[] {
  return neighboursOf(corpus, weigh(corpus, text.features), corpus.known.length)
    .filter(({ likeness }) => likeness >= copy)
    .map(({ known }) => known.id)
}

/** Terms by how many texts have them. */
function mostFrequent(texts: readonly Known[]): number[] {
  const counts = new Map<number, number>()
  for (const { terms } of texts) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return [...counts].sort(([one, many], [other, few]) => few - many || one - other).map(([term]) => term)
}

/** Precision: of what was said, how much is right; recall: of what is right, how much was said. Over all texts together. */
export function qualityOf(asked: readonly { truth: readonly number[]; said: readonly number[] }[]): Quality {
  let [right, said, true_] = [0, 0, 0]
  for (const one of asked) {
    right += one.said.filter((term) => one.truth.includes(term)).length
    said += one.said.length
    true_ += one.truth.length
  }
  return { precision: said === 0 ? 0 : right / said, recall: right / true_ }
}
