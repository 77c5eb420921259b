import type { Features } from './features.ts'

/** A text that is known: its terms. */
export type Known = { id: string; terms: readonly number[] }
export type Neighbour = { at: number; known: Known; likeness: number }

/** Texts being gathered: only numbers of their features are kept. */
export type Gathering = {
  numbers: Map<string, number>
  /** By feature: how many texts have it. */
  found: number[]
  texts: { known: Known; features: Int32Array; counts: Uint16Array }[]
}

/** Known texts, laid out so that the nearest to another are found without looking at all: places `from[n]` to `from[n + 1]` are of feature `n`. */
export type Corpus = {
  known: readonly Known[]
  numbers: ReadonlyMap<string, number>
  from: Int32Array
  /** Which text, and with what weight there. */
  text: Int32Array
  weight: Float32Array
}
/** A text as weights of its features, of length 1. */
export type Weights = ReadonlyMap<string, number>

export function startGathering(): Gathering {
  return { numbers: new Map(), found: [], texts: [] }
}

/** Adds one text. What it costs is bounded by the bound of its features. */
export function gather({ numbers, found, texts }: Gathering, known: Known, features: Features): void {
  const own = Int32Array.from(features.keys(), (feature) => {
    const number = numbers.get(feature) ?? numbers.size
    numbers.set(feature, number)
    found[number] = (found[number] ?? 0) + 1
    return number
  })
  texts.push({ known, features: own, counts: Uint16Array.from(features.values(), ({ count }) => count) })
}

/** Lays out what was gathered. Same texts in the same order: same answers. */
export function layOut({ numbers, found, texts }: Gathering): Corpus {
  const from = new Int32Array(found.length + 1)
  found.forEach((count, number) => (from[number + 1] = (from[number] ?? 0) + count))
  const isPair = Uint8Array.from(numbers.keys(), (feature) => (feature.includes(' ') ? 1 : 0))
  const next = from.slice()
  const size = from.at(-1) ?? 0
  const [text, weight] = [new Int32Array(size), new Float32Array(size)]
  texts.forEach(({ features, counts }, at) => {
    const raw = Float64Array.from(features, (number, place) =>
      weightOf(counts[place] ?? 0, isPair[number] === 1, rarityOf(texts.length, found[number] ?? 0)),
    )
    const length = Math.hypot(...raw)
    features.forEach((number, place) => {
      const to = next[number] ?? 0
      next[number] = to + 1
      text[to] = at
      weight[to] = (raw[place] ?? 0) / length
    })
  })
  return { known: texts.map(({ known }) => known), numbers, from, text, weight }
}

/** Pairs of words say more than their words, and repeat them: they count half. */
const pairWeight = 0.5

function weightOf(count: number, isPair: boolean, rarity: number): number {
  return (1 + Math.log(count)) * rarity * (isPair ? pairWeight : 1)
}

function rarityOf(texts: number, having: number): number {
  return Math.log((texts + 1) / (having + 1)) + 1
}

/** How rare a feature is among the known texts: 1 where all have it. */
export function rarityIn(corpus: Corpus, feature: string): number {
  const [from, to] = placesOf(corpus, feature)
  return rarityOf(corpus.known.length, to - from)
}

function placesOf({ numbers, from }: Corpus, feature: string): [from: number, to: number] {
  const number = numbers.get(feature)
  return number === undefined ? [0, 0] : [from[number] ?? 0, from[number + 1] ?? 0]
}

/** The known texts that have a feature, by their places, with its weight there. */
export function havingOf(corpus: Corpus, feature: string): [at: number, weight: number][] {
  const [from, to] = placesOf(corpus, feature)
  return Array.from({ length: to - from }, (_, place) => [
    corpus.text[from + place] ?? 0,
    corpus.weight[from + place] ?? 0,
  ])
}

/** A text's features by how much they say among the known texts. */
export function weigh(corpus: Corpus, features: Features): Weights {
  const raw = [...features].map(
    ([feature, { count }]) => [feature, weightOf(count, feature.includes(' '), rarityIn(corpus, feature))] as const,
  )
  const length = Math.hypot(...raw.map(([, weight]) => weight))
  return new Map(raw.map(([feature, weight]) => [feature, weight / length]))
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
  const sums = new Float64Array(corpus.known.length)
  for (const [feature, weight] of weights)
    for (const [at, other] of havingOf(corpus, feature)) sums[at] = (sums[at] ?? 0) + weight * other
  return corpus.known
    .flatMap((known, at) => {
      // Weights are kept in 32 bits: the same words come to a little more than 1.
      const likeness = Math.min(1, sums[at] ?? 0)
      return likeness > 0 && isWanted(known) ? [{ at, known, likeness }] : []
    })
    .sort((one, other) => other.likeness - one.likeness || one.at - other.at)
    .slice(0, most)
}
