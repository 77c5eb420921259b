import type { Catalogue } from '#platform'
import type { Language } from '#platform/model'
import type { WordCounts } from './content.ts'

/** How many words there are, against what is allowed. */
export function limitWords({
  say,
  language,
  counts: { total },
  limit,
}: {
  say: Catalogue
  language: Language
  counts: WordCounts
  limit: number | null
}): string {
  if (limit === null) return say(language, 'plans.matrix-words', { words: total })
  return total > limit
    ? say(language, 'plans.matrix-words-over', { words: total, limit, over: total - limit })
    : say(language, 'plans.matrix-words-within', { words: total, limit, left: limit - total })
}
