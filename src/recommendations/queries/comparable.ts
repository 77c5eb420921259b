import { notFound, type Context } from '#platform'
import { gather, layOut, startGathering, weigh, type Corpus, type Known } from '../likeness/corpus.ts'
import { featuresOf, type Features } from '../likeness/features.ts'
import { likeWordings, type Wordings } from '../likeness/match.ts'
import { likeTexts, type LikeText } from '../likeness/suggest.ts'
import { openLearned, textsOf, type LearnedTexts } from './learned.ts'

/** Recommendations like another; pairs of words by which others are found, of each wording and of the names of terms; looked at closely. */
const most = { near: 10, pairs: 30, pairsOfNames: 20, looked: 60 }

/** What other modules compare a recommendation by. */
export type Comparable = Wordings & {
  mechanism: string
  /** Pairs of its words, the rarest among recommendations first: one word alone is in Vietnamese but a syllable. */
  pairs: string[]
  /** Recommendations of the own State like it. */
  near: { id: string; likeness: number }[]
}

/** A recommendation as later modules compare their records with it. @throws notFound */
export async function comparableOf(ctx: Context, id: string): Promise<Comparable> {
  const [one] = await textsOf(ctx, [id])
  if (one === undefined) throw notFound()
  const learned = await openLearned(ctx)
  const { wordings, names } = wordingsOf(learned, one)
  const whole = featuresOf(...one.texts, ...namesOf(learned, one.terms))
  const isWanted = (known: Known) => known.id !== id && learned.places.get(known.id)?.isOwn === true
  return {
    ...{ mechanism: one.mechanism, wordings, names },
    pairs: [
      ...new Set([
        ...wordings.flatMap((wording) => rarestPairs(learned.corpus, wording, most.pairs)),
        ...rarestPairs(learned.corpus, names, most.pairsOfNames),
      ]),
    ],
    near: likeTexts(learned.corpus, whole, { most: most.near, isWanted }).map(({ id: near, likeness }) => ({
      ...{ id: near, likeness },
    })),
  }
}

/** The pairs of words of a text by which texts of other modules are found, the rarest first. */
export async function telltalePairs(ctx: Context, text: string): Promise<string[]> {
  const { corpus } = await openLearned(ctx)
  return rarestPairs(corpus, featuresOf(text), most.pairs)
}

/**
 * Recommendations of the own State that a text of another module is like in any wording, the likest first.
 * @param of `mechanisms` whose recommendations are wanted, all where it is not said; `also` are looked at whatever their words
 */
export async function recommendationsLike(
  ctx: Context,
  text: string,
  of: { mechanisms?: readonly string[]; also: readonly string[] },
): Promise<LikeText[]> {
  const learned = await openLearned(ctx)
  const features = featuresOf(text)
  const isWanted = (known: Known) => learned.places.get(known.id)?.isOwn === true
  const found = likeTexts(learned.corpus, features, { most: most.looked, isWanted, least: 0 })
  const rows = await textsOf(ctx, [...new Set([...found.map(({ id }) => id), ...of.also])])
  const [wordings, names] = [startGathering(), startGathering()]
  for (const row of rows) {
    if (of.mechanisms?.includes(row.mechanism) === false) continue
    const own = wordingsOf(learned, row)
    for (const wording of own.wordings) gather(wordings, { id: row.id, terms: [] }, wording)
    gather(names, { id: row.id, terms: [] }, own.names)
  }
  return likeWordings(layOut(wordings), layOut(names), features)
}

function wordingsOf(learned: LearnedTexts, { texts, terms }: { texts: string[]; terms: number[] }): Wordings {
  return {
    wordings: texts.map((text) => featuresOf(text)),
    names: featuresOf(...namesOf(learned, terms)),
  }
}

/** Longer ones are whole sentences (goals, targets): what they share with a task is the manner of speaking. */
const longestName = 60

function namesOf({ names }: LearnedTexts, terms: readonly number[]): string[] {
  return terms.flatMap((term) => names.get(term) ?? []).filter((name) => name.length <= longestName)
}

function rarestPairs(corpus: Corpus, features: Features, count: number): string[] {
  return [...weigh(corpus, features)]
    .filter(([feature]) => feature.includes(' '))
    .sort(([, more], [, less]) => less - more)
    .slice(0, count)
    .map(([feature]) => feature)
}
