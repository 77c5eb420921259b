import type { Apart, RankedRow, Shown } from '#indicators/model'
import type { Formatter } from '../../kit/format.ts'
import type { Say } from '../../kit/catalogue.ts'
import { choice } from '../../plans/words.ts'
import { about, valueWords } from '../words.ts'

/** `3.` or, where it is not sure, `3 (2–5).` */
export function rankWords({ rank }: RankedRow, t: Say): string {
  if (rank === null) return ''
  const { place, from, to } = rank
  return t('pictures.rank', { place, from, to, isSure: from === to ? 'yes' : 'no' })
}

/** A number, or in words why there is none. */
export function shownWords(
  of: Shown | (Pick<Shown, 'value' | 'isEstimate'> & { apart: Apart | null }),
  t: Say,
  format: Formatter,
): string {
  if (of.value !== null) return about(of.isEstimate) + valueWords(of.value, format)
  const why = 'apart' in of ? of.apart : of.isHidden ? 'hidden' : of.reason === null ? 'missing' : 'not-comparable'
  return t('pictures.apart-is', { apart: choice(why ?? 'missing') })
}
