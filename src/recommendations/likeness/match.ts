import type { Corpus } from './corpus.ts'
import type { Features } from './features.ts'
import { likeTexts, type LikeText } from './suggest.ts'

/**
 * What texts of another kind are compared with: every wording by itself, so that one language does not drown another, and the names of
 * the terms in all languages, which speak across languages.
 */
export type Wordings = { wordings: readonly Features[]; names: Features }

/** Names of terms say what it is about, not what is asked. */
const nameWeight = 0.5
const mostWords = 5
/** Few syllables of Vietnamese are as long: a word that stands alone must be one. Measured by `npm run bench -- likeness`. */
const wholeWord = 6

/** Which known texts are like a recommendation in any of its wordings, or say the names of its terms; the likest first. */
export function likeAnyWording(corpus: Corpus, { wordings, names }: Wordings): LikeText[] {
  const of = { most: corpus.known.length, isWanted: () => true, least: 0 }
  return joined(
    wordings.flatMap((wording) => likeTexts(corpus, wording, of)),
    likeTexts(corpus, names, of),
  )
}

/** The same seen from the other text: which recommendations it is like. Each stands in `wordings` once for each of its own. */
export function likeWordings(wordings: Corpus, names: Corpus, features: Features): LikeText[] {
  const of = { isWanted: () => true, least: 0 }
  return joined(
    likeTexts(wordings, features, { ...of, most: wordings.known.length }),
    likeTexts(names, features, { ...of, most: names.known.length }),
  )
}

function joined(byWords: readonly LikeText[], byNames: readonly LikeText[]): LikeText[] {
  const [words, names] = [nearest(byWords), nearest(byNames)]
  return [...new Set([...words.keys(), ...names.keys()])]
    .map((id): LikeText => {
      const [own, named] = [words.get(id), names.get(id)]
      const likeness = 1 - (1 - (own?.likeness ?? 0)) * (1 - nameWeight * (named?.likeness ?? 0))
      const said = [...new Set([...(own?.words ?? []), ...(named?.words ?? [])])]
      return { id, likeness, words: said.slice(0, mostWords) }
    })
    .filter((one) => one.words.some(isWhole))
    .sort((one, other) => other.likeness - one.likeness || (one.id < other.id ? -1 : 1))
}

/** Single syllables that two texts share say nothing. */
function isWhole(word: string): boolean {
  return word.includes(' ') || word.length >= wholeWord
}

function nearest(all: readonly LikeText[]): Map<string, LikeText> {
  const best = new Map<string, LikeText>()
  for (const one of all) if (one.likeness > (best.get(one.id)?.likeness ?? 0)) best.set(one.id, one)
  return best
}
