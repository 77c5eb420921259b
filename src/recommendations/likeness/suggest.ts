import { layOut, neighboursOf, weigh, type Corpus, type Known, type Neighbour, type Weights } from './corpus.ts'
import { featuresOf, type Features } from './features.ts'

/** A term with its names in all languages, which speak for it before anything was learned. */
export type Named = { number: number; scheme: string; names: readonly string[] }
/** What suggestions are drawn from. */
export type Learned = { corpus: Corpus; terms: readonly NamedWeights[] }
type NamedWeights = { number: number; scheme: string; names: readonly Features[] }
export type Suggestion = {
  term: number
  scheme: string
  /** How much speaks for it, 0–1; comparable within one text only. */
  score: number
  /** The words of the text that speak for it, as they are written there, the weightiest first. */
  words: string[]
  /** Texts like it that have the term, the nearest first. */
  learnedFrom: { id: string; likeness: number }[]
  /** Words of the term's own name stand in the text. */
  isNamed: boolean
}

/** Texts asked; with fewer, one odd neighbour decides, with more, the far ones drown the near. */
const mostAsked = 12
/** What a name says beside what neighbours say. */
const nameWeight = 0.35
/** Stands for a text that says nothing: where all neighbours are far, nobody speaks loudly. */
const reserve = 0.05
/** Below this nothing is said. */
const leastScore = 0.05
/** So much of a name must stand in a text for it to be called named there. */
const leastNamed = 0.4
/** Words that nearly all texts have say nothing. */
const leastRarity = 2
const mostWords = 5
const mostShown = 3

/** Lays out what is known, and the names of terms, to suggest from. */
export function learn(known: readonly Known[], terms: readonly Named[]): Learned {
  return {
    corpus: layOut(known),
    terms: terms.map(({ number, scheme, names }) => ({
      ...{ number, scheme },
      names: [...new Set(names)].map((name) => featuresOf(name)),
    })),
  }
}

/**
 * The terms that speak most for a text, by what texts like it have and by the terms' own names; the most likely first, those
 * equally likely by number.
 * @param isWanted which known texts may speak: never the text itself
 */
export function suggestTerms(
  { corpus, terms }: Learned,
  features: Features,
  isWanted: (known: Known) => boolean = () => true,
): Suggestion[] {
  const weights = weigh(features, corpus.rarity)
  const neighbours = neighboursOf(corpus, weights, mostAsked, isWanted)
  const all = neighbours.reduce((sum, { likeness }) => sum + voice(likeness), 0) + reserve
  return terms
    .flatMap(({ number, scheme, names }): Suggestion[] => {
      const having = neighbours.filter(({ known }) => known.terms.includes(number))
      const named = nearestName(corpus, features, names)
      const share = having.reduce((sum, { likeness }) => sum + voice(likeness), 0) / all
      const score = (share + nameWeight * named.share) / (1 + nameWeight)
      if (score < leastScore) return []
      const words = wordsFor({ corpus, features, weights, having, neighbours, named: named.shared })
      const learnedFrom = having.slice(0, mostShown).map(({ known, likeness }) => ({ id: known.id, likeness }))
      return [{ term: number, scheme, score, words, learnedFrom, isNamed: named.share >= leastNamed }]
    })
    .sort((one, other) => other.score - one.score || one.term - other.term)
}

/** Near texts speak much louder than far ones. */
function voice(likeness: number): number {
  return likeness ** 2
}

/** How much of a term's name stands in a text, by the weight of its words; of the language in which it is most. */
function nearestName(
  corpus: Corpus,
  features: Features,
  names: readonly Features[],
): { share: number; shared: ReadonlySet<string> } {
  let nearest = { share: 0, shared: new Set<string>() }
  for (const name of names) {
    const shared = new Set([...name.keys()].filter((feature) => features.has(feature)))
    const weight = (of: Iterable<string>) => [...of].reduce((sum, feature) => sum + corpus.rarity(feature), 0)
    const share = weight(shared) / weight(name.keys())
    if (share > nearest.share) nearest = { share, shared }
  }
  return nearest
}

type Grounds = {
  corpus: Corpus
  features: Features
  weights: Weights
  having: readonly Neighbour[]
  neighbours: readonly Neighbour[]
  named: ReadonlySet<string>
}

/** The words of a text that speak for a term: shared with texts that have it more than with those that do not, or with its name. */
function wordsFor({ corpus, features, weights, having, neighbours, named }: Grounds): string[] {
  const without = neighbours.length - having.length
  const has = new Set(having)
  const speaking = [...weights].flatMap(([feature, weight]) => {
    let sum = named.has(feature) ? weight : 0
    for (const neighbour of neighbours) {
      if (!neighbour.known.features.has(feature)) continue
      const said = weight * voice(neighbour.likeness)
      sum += has.has(neighbour) ? said / having.length : -said / without
    }
    return sum > 0 && corpus.rarity(feature) >= leastRarity ? [{ feature, sum }] : []
  })
  speaking.sort((one, other) => other.sum - one.sum || (one.feature < other.feature ? -1 : 1))
  const chosen: string[] = []
  for (const { feature } of speaking) {
    if (chosen.length === mostWords) break
    const isWithin = chosen.some((one) => ` ${one} `.includes(` ${feature} `))
    if (!isWithin) chosen.push(feature)
  }
  return chosen
    .filter((one) => !chosen.some((other) => other !== one && ` ${other} `.includes(` ${one} `)))
    .map((feature) => features.get(feature)?.written ?? feature)
}
