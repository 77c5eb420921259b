import type { Term, TermScheme } from '#recommendations/model'
import { foldName } from '#territory/model'
import type { Say } from '../kit/catalogue.ts'
import type { Find } from '../kit/Picker.tsx'
import { termWords } from './words.ts'

/** The schemes of terms in the order one reads them. */
export const schemes: readonly TermScheme[] = ['cluster', 'article', 'theme', 'group', 'sdg', 'own']

const few = 20

/** Finds terms by their words or codes, diacritics forgiven. */
export function termFinder(terms: readonly Term[], t: Say): Find {
  return (query) => {
    const typed = foldName(query)
    const found = terms.filter((term) => !term.isRetired && foldName(termWords(term)).includes(typed)).slice(0, few)
    return Promise.resolve(
      found.map((term) => ({
        id: String(term.number),
        name: termWords(term),
        detail: t(`recommendations.by-${term.scheme}`),
      })),
    )
  }
}
