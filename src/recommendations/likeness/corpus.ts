import type { Features } from './features.ts'

/** A text with what is known of it. */
export type Known = { id: string; features: Features; terms: readonly number[] }
export type Neighbour = { known: Known; likeness: number }
/** Texts that are known, laid out so that the nearest to another are found without looking at all. */
export type Corpus = {
  known: readonly Known[]
  /** By feature: which texts have it, and with what weight there. */
  places: ReadonlyMap<string, readonly (readonly [at: number, weight: number])[]>
  /** How rare a feature is. */
  rarity: (feature: string) => number
}
/** A text as weights of its features, of length 1. */
export type Weights = ReadonlyMap<string, number>

/** Lays out texts. Same texts in the same order: same answers. */
export function layOut(known: readonly Known[]): Corpus {
  const found = new Map<string, number>()
  for (const { features } of known)
    for (const feature of features.keys()) found.set(feature, (found.get(feature) ?? 0) + 1)
  const rarity = (feature: string) => Math.log((known.length + 1) / ((found.get(feature) ?? 0) + 1)) + 1
  const places = new Map<string, [number, number][]>()
  known.forEach(({ features }, at) => {
    for (const [feature, weight] of weigh(features, rarity)) {
      const list = places.get(feature)
      if (list === undefined) places.set(feature, [[at, weight]])
      else list.push([at, weight])
    }
  })
  return { known, places, rarity }
}

/** Pairs of words say more than their words, and repeat them: they count half. */
const pairWeight = 0.5

export function weigh(features: Features, rarity: (feature: string) => number): Weights {
  const weights = new Map<string, number>()
  let squares = 0
  for (const [feature, { count }] of features) {
    const weight = (1 + Math.log(count)) * rarity(feature) * (feature.includes(' ') ? pairWeight : 1)
    weights.set(feature, weight)
    squares += weight ** 2
  }
  const length = Math.sqrt(squares)
  return new Map([...weights].map(([feature, weight]) => [feature, weight / length]))
}

/**
 * The texts nearest to another: cosine of weighted features, 0–1, the nearest first; those equally near in the order of the texts.
 * @param isWanted which texts may be named; the text itself must not
 */
export function neighboursOf(
  corpus: Corpus,
  weights: Weights,
  most: number,
  isWanted: (known: Known) => boolean = () => true,
): Neighbour[] {
  const sums = new Map<number, number>()
  for (const [feature, weight] of weights)
    for (const [at, other] of corpus.places.get(feature) ?? []) sums.set(at, (sums.get(at) ?? 0) + weight * other)
  return [...sums]
    .flatMap(([at, likeness]) => {
      const known = corpus.known[at]
      return known !== undefined && isWanted(known) ? [{ at, known, likeness }] : []
    })
    .sort((one, other) => other.likeness - one.likeness || one.at - other.at)
    .slice(0, most)
    .map(({ known, likeness }) => ({ known, likeness }))
}
