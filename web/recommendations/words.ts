import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ImplementationStatus } from '#plans/model'
import type { Term } from '#recommendations/model'
import type { Say } from '../kit/catalogue.ts'
import type { Tone } from '../kit/StatusBadge.tsx'
import { useLanguage } from '../kit/text.tsx'
import { shorten } from '../plans/words.ts'
import { termsQuery, type Lists } from './queries.ts'

export const implementationTones: Record<ImplementationStatus, Tone> = {
  planned: 'pending',
  'under-way': 'soon',
  done: 'done',
}

interface Placed {
  symbol: string | null
  paragraph: string | null
  part: string | null
}

/** `CRC/C/ABC/CO/1, đoạn 30 (b)`; what is not known is left out. */
export function placeWords({ symbol, paragraph, part }: Placed, t: Say): string {
  const place = paragraph === null ? null : t('recommendations.paragraph-is', { paragraph, part: part ?? 'none' })
  if (symbol === null) return place ?? t('recommendations.no-symbol')
  return place === null ? symbol : t('recommendations.symbol-and-place', { symbol, place })
}

/** Paragraph and part alone, for a heading. */
export function paragraphWords({ paragraph, part }: Omit<Placed, 'symbol'>, t: Say): string {
  return paragraph === null
    ? t('recommendations.one')
    : t('recommendations.one-at', { place: t('recommendations.paragraph-is', { paragraph, part: part ?? 'none' }) })
}

export interface Names {
  mechanism: (code: string) => string
  term: (number: number) => Term | undefined
  lists: Lists | undefined
}

/** Names of mechanisms and terms by what records hold. */
export function useNames(): Names {
  const { language } = useLanguage()
  const { data } = useQuery(termsQuery(language))
  return useMemo(() => {
    const mechanisms = new Map(data?.mechanisms.map((one) => [one.code, one.name]))
    const terms = new Map(data?.terms.map((one) => [one.number, one]))
    return {
      mechanism: (code) => mechanisms.get(code) ?? code,
      term: (number) => terms.get(number),
      lists: data,
    }
  }, [data])
}

/** A term as one reads it: goals and articles by their number, then the name; names of targets are cut. */
export function termWords(term: Term): string {
  return term.scheme === 'sdg' || term.scheme === 'article'
    ? `${term.code} · ${shorten(term.name, 90)}`
    : shorten(term.name, 120)
}
