/** How printed phrases for bodies are brought to one form before they are compared. Pure; words come from the country. */
import { foldName } from '#territory/model'
import type { AgencyWords } from './model.ts'

/** A country's words, arranged for use. */
export interface Vocabulary {
  expansions: ReadonlyMap<string, string>
  longestExpansion: number
  fillers: ReadonlySet<string>
  leads: readonly string[]
  posts: readonly string[]
  tails: readonly string[]
  tiers: readonly string[]
  references: readonly RegExp[]
  /** Endings that narrow a class; null where the country's language has none. */
  concerned: RegExp | null
  plural: RegExp | null
}

const byLength = (left: string, right: string): number => right.length - left.length

export function vocabulary(words: AgencyWords): Vocabulary {
  return {
    expansions: new Map(words.expansions),
    longestExpansion: Math.max(1, ...words.expansions.map(([from]) => from.split(' ').length)),
    fillers: new Set(words.fillers),
    leads: words.leads.toSorted(byLength),
    posts: words.posts.toSorted(byLength),
    tails: words.tails.toSorted(byLength),
    tiers: words.tiers.toSorted(byLength),
    references: words.references.map((pattern) => new RegExp(pattern)),
    concerned: words.concerned === undefined ? null : new RegExp(words.concerned),
    plural: words.plural === undefined ? null : new RegExp(words.plural, 'u'),
  }
}

/**
 * The canonical form of a phrase: folded, abbreviations written out (longest first, on whole words), fillers dropped,
 * a word typed twice in a row once.
 */
export function canonical(text: string, words: Vocabulary): string {
  const tokens = foldName(text).split(' ')
  const result: string[] = []
  for (let place = 0; place < tokens.length;) {
    let taken = 1
    let value = tokens[place] ?? ''
    for (let size = Math.min(words.longestExpansion, tokens.length - place); size >= 1; size--) {
      const expansion = words.expansions.get(tokens.slice(place, place + size).join(' '))
      if (expansion === undefined) continue
      taken = size
      value = expansion
      break
    }
    for (const word of value.split(' ')) if (!words.fillers.has(word) && word !== result.at(-1)) result.push(word)
    place += taken
  }
  return result.join(' ')
}

/** Cuts one of the beginnings off, as often as one fits; something must remain. */
export function withoutStart(text: string, starts: readonly string[]): string {
  const start = starts.find((each) => text.startsWith(`${each} `))
  return start === undefined ? text : withoutStart(text.slice(start.length + 1), starts)
}

/** Cuts one of the endings off, as often as one fits; something must remain. */
export function withoutEnd(text: string, ends: readonly string[]): string {
  const end = ends.find((each) => text.endsWith(` ${each}`))
  return end === undefined ? text : withoutEnd(text.slice(0, -end.length - 1), ends)
}
