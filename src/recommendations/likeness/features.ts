import { foldWord } from '../words.ts'

/** What a text is compared by: words and pairs of neighbouring words, folded; each with how often, and as it is written. */
export type Features = ReadonlyMap<string, { count: number; written: string }>

/** More than any paragraph has: what lies behind is not looked at, so that memory has a bound. */
const mostFeatures = 800
/** Letters of a word that count, so that "enfants" is "enfant" and "discriminatory" is "discrimination"; no syllable of Vietnamese is longer. */
const stem = 7
/** Who recommends, as reviews print it behind the words: "(Nepal);" says nothing of what is asked. */
const recommenders = /\([^()]{2,80}\)\s*(?=[;.(]|$)/gu

/**
 * The words and pairs of words (written with the common words between them, as a reader knows them) of texts in any language whose words are told apart by spaces. Vietnamese is written in syllables:
 * its words are found by the pairs.
 */
export function featuresOf(...texts: readonly string[]): Features {
  const features = new Map<string, { count: number; written: string }>()
  const add = (feature: string, written: string) => {
    const before = features.get(feature)
    if (before !== undefined) before.count++
    else if (features.size < mostFeatures) features.set(feature, { count: 1, written })
  }
  for (const text of texts)
    for (const clause of text
      .normalize('NFC')
      .replace(recommenders, ' ')
      .split(/[.;:,()–]/u)) {
      const words = wordsOf(clause)
      words.forEach((word, at) => {
        add(word.stem, word.written)
        const next = words[at + 1]
        if (next !== undefined) add(`${word.stem} ${next.stem}`, clause.slice(word.from, next.to).toLowerCase())
      })
    }
  return features
}

type Word = { stem: string; written: string; from: number; to: number }

/** Without figures: a year or a number of an article says nothing of what is asked. */
function wordsOf(clause: string): Word[] {
  return [...clause.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)].flatMap(({ 0: raw, index }) => {
    const folded = foldWord(raw).filter((word) => !/^\d+$/.test(word))
    return folded.map((word) => ({
      stem: stemOf(word),
      written: folded.length === 1 ? raw.toLowerCase() : word,
      ...{ from: index, to: index + raw.length },
    }))
  })
}

function stemOf(word: string): string {
  if (word.length <= 4) return word
  return word.replace(/(?:ies|es|s|y|e)$/, '').slice(0, stem)
}
