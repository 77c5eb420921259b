import { useQuery } from '@tanstack/react-query'
import type { Say } from '../kit/catalogue.ts'
import { useText } from '../kit/text.tsx'
import { choicesQuery } from './queries.ts'

interface Document {
  kind: string
  number: string | null
  issuedOn: string | null
  title: string
  issuer: { name: string }
}

/** The first letter small, as inside a sentence; a word all in capitals stays. */
function insideSentence(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
}

/** `26 tháng 4 năm 2026`, as official documents write it. */
function writtenDate(date: string, t: Say): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return t('plans.letter-date', { day: String(Number(day)), month: String(Number(month)), year })
}

/**
 * How an official document names another: kind, number, date, issuer and title. These words go into documents of the
 * State, so they are in its language whatever the reader's; hence the same text in all catalogues (`plans.letter-…`).
 */
export function useCitation(): (document: Document) => string {
  const t = useText()
  const { data } = useQuery(choicesQuery)
  return ({ kind, number, issuedOn, title, issuer }) =>
    t('plans.letter-cited', {
      kind: data?.kinds.find((one) => one.code === kind)?.name ?? '',
      isNumbered: number === null ? 'no' : 'yes',
      number: number ?? '',
      isDated: issuedOn === null ? 'no' : 'yes',
      date: issuedOn === null ? '' : writtenDate(issuedOn, t),
      issuer: issuer.name,
      title: insideSentence(title),
    })
}
