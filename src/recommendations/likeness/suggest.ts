import {
  havingOf,
  neighboursOf,
  rarityIn,
  weigh,
  type Corpus,
  type Known,
  type Neighbour,
  type Weights,
} from './corpus.ts'
import { featuresOf, type Features } from './features.ts'

/** A term with its names in all languages, which speak for it before anything was learned. */
export type Named = { number: number; scheme: string; names: readonly string[] }
/** What suggestions are drawn from. */
export type Learned = { corpus: Corpus; terms: readonly NamedWeights[] }
type NamedWeights = { number: number; scheme: string; names: readonly Features[] }
export type Suggestion = {
  term: number
  scheme: string
  /** How much speaks for it, 0–1. */
  score: number
  /** The words of the text that speak for it, as they are written there, the weightiest first. */
  words: string[]
  /** Texts like it that have the term, the nearest first. */
  learnedFrom: { id: string; likeness: number }[]
  /** Words of the term's own name stand in the text. */
  isNamed: boolean
}

/** What a page shows of suggestions of one scheme: those worth a person's look, and so many at most. Measured by `npm run bench -- likeness`. */
const shownFrom = 0.2
const mostShownOfScheme = 5

/** Texts asked; with fewer, one odd neighbour decides, with more, the far ones drown the near. */
const mostAsked = 12
/** Texts among which those are found. */
const mostLookedAt = 400
/** What a name says beside what neighbours say. */
const nameWeight = 0.35
/** Stands for a text that says nothing: where all neighbours are far, nobody speaks loudly. */
const reserve = 0.05
/** Below this nothing is said. */
const leastScore = 0.05
/** So much of a name must stand in a text for it to be called named there. */
const leastNamed = 0.4
const leastRarity = 2
const handful = 10
/** Below this, two texts share little but the words of all recommendations. */
const leastLikeness = 0.2
const mostWords = 5
const longWord = 5
const mostShown = 3

/** Known texts and the names of terms, to suggest from. */
export function learn(corpus: Corpus, terms: readonly Named[]): Learned {
  return {
    corpus,
    terms: terms.map(({ number, scheme, names }) => ({
      ...{ number, scheme },
      names: [...new Set(names)].map((name) => featuresOf(name)),
    })),
  }
}

/**
 * The terms that speak most for a text, by what texts like it have and by the terms' own names; the most likely first, those
 * equally likely by number. Of a scheme only texts that have any of its terms are asked: what nobody coded says nothing.
 * @param isWanted which known texts may speak: never the text itself
 */
export function suggestTerms(
  { corpus, terms }: Learned,
  features: Features,
  isWanted: (known: Known) => boolean = () => true,
): Suggestion[] {
  const weights = weigh(corpus, features)
  const near = neighboursOf(corpus, weights, mostLookedAt, isWanted)
  return [...Map.groupBy(terms, ({ scheme }) => scheme).values()]
    .flatMap((ofScheme) => {
      const numbers = new Set(ofScheme.map(({ number }) => number))
      const neighbours = near.filter(({ known }) => known.terms.some((term) => numbers.has(term))).slice(0, mostAsked)
      return ofScheme.flatMap((term) => suggestionOf({ corpus, features, weights, neighbours }, term) ?? [])
    })
    .sort((one, other) => other.score - one.score || one.term - other.term)
}

/** Those worth a person's look: a few of each scheme. */
export function worthShowing(suggestions: readonly Suggestion[]): Suggestion[] {
  const counts = new Map<string, number>()
  return suggestions.filter(({ scheme, score }) => {
    const before = counts.get(scheme) ?? 0
    counts.set(scheme, before + 1)
    return score >= shownFrom && before < mostShownOfScheme
  })
}

type Asked = { corpus: Corpus; features: Features; weights: Weights; neighbours: readonly Neighbour[] }

function suggestionOf(asked: Asked, { number, scheme, names }: NamedWeights): Suggestion | undefined {
  const { corpus, features, neighbours } = asked
  const having = neighbours.filter(({ known }) => known.terms.includes(number))
  const named = nearestName(corpus, features, names)
  const share = loudness(having) / (loudness(neighbours) + reserve)
  const score = (share + nameWeight * named.share) / (1 + nameWeight)
  if (score < leastScore) return undefined
  return {
    ...{ term: number, scheme, score },
    words: wordsFor(asked, having, named.shared),
    learnedFrom: having.slice(0, mostShown).map(({ known, likeness }) => ({ id: known.id, likeness })),
    isNamed: named.share >= leastNamed,
  }
}

function loudness(neighbours: readonly Neighbour[]): number {
  return neighbours.reduce((sum, { likeness }) => sum + voice(likeness), 0)
}

/** Texts like another, with the words they share. */
export type LikeText = { id: string; likeness: number; words: string[] }

/**
 * The texts nearest to another, the nearest first, none that is less like it than would be worth looking at.
 * @param least how like at least; short texts beside long ones share less
 */
export function likeTexts(
  corpus: Corpus,
  features: Features,
  { most, isWanted, least = leastLikeness }: { most: number; isWanted: (known: Known) => boolean; least?: number },
): LikeText[] {
  const weights = weigh(corpus, features)
  const near = neighboursOf(corpus, weights, most, isWanted).filter(({ likeness }) => likeness >= least)
  const shared = new Map(near.map(({ at }) => [at, [] as Speaking[]]))
  for (const [feature, weight] of weights)
    if (isTelling(corpus, feature))
      for (const [at, other] of havingOf(corpus, feature)) shared.get(at)?.push({ feature, sum: weight * other })
  return near.map(({ at, known, likeness }) => ({
    ...{ id: known.id, likeness },
    words: weightiest(shared.get(at) ?? [], features),
  }))
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
    const weight = (of: Iterable<string>) => [...of].reduce((sum, feature) => sum + rarityIn(corpus, feature), 0)
    const share = weight(shared) / weight(name.keys())
    if (share > nearest.share) nearest = { share, shared }
  }
  return nearest
}

/** The words of a text that speak for a term: shared with texts that have it more than with those that do not, or with its name. */
function wordsFor(
  { corpus, features, weights, neighbours }: Asked,
  having: readonly Neighbour[],
  named: ReadonlySet<string>,
): string[] {
  const without = neighbours.length - having.length
  const has = new Set(having.map(({ at }) => at))
  const voices = new Map(neighbours.map(({ at, likeness }) => [at, voice(likeness)]))
  const speaking = [...weights].flatMap(([feature, weight]): Speaking[] => {
    let sum = named.has(feature) ? weight : 0
    for (const [at] of havingOf(corpus, feature)) {
      const said = weight * (voices.get(at) ?? 0)
      sum += has.has(at) ? said / having.length : -said / Math.max(1, without)
    }
    return sum > 0 && isTelling(corpus, feature) ? [{ feature, sum }] : []
  })
  return weightiest(speaking, features)
}

/** Words that every third text has say nothing; of a handful of texts nothing can be said of that. */
function isTelling(corpus: Corpus, feature: string): boolean {
  return corpus.known.length < handful || rarityIn(corpus, feature) >= leastRarity
}

type Speaking = { feature: string; sum: number }

/**
 * A few of the weightiest, as they are written. A pair that speaks stands for its words too; a short word alone (in Vietnamese
 * but a syllable) is named only where nothing else is.
 */
function weightiest(speaking: readonly Speaking[], features: Features): string[] {
  const sums = new Map(speaking.map(({ feature, sum }) => [feature, sum]))
  const pairs = speaking
    .filter(({ feature }) => feature.includes(' '))
    .map(({ feature, sum }) => ({
      feature,
      sum: feature.split(' ').reduce((all, word) => all + (sums.get(word) ?? 0), sum),
    }))
  const within = new Set(pairs.flatMap(({ feature }) => feature.split(' ')))
  const words = speaking.filter(({ feature }) => !feature.includes(' ') && !within.has(feature))
  const long = words.filter(({ feature }) => feature.length >= longWord)
  const named = pairs.length + long.length === 0 ? words : [...pairs, ...long]
  return named
    .toSorted((one, other) => other.sum - one.sum || (one.feature < other.feature ? -1 : 1))
    .slice(0, mostWords)
    .map(({ feature }) => features.get(feature)?.written ?? feature)
}
