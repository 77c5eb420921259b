import type { PlainDate } from '#platform/model'
import type { Measure } from './dictionary.ts'
import { largest, type FigureEntry } from './figures.ts'
import type { Period } from './period.ts'

export type Fault = { code: string; params: Record<string, string | number> }

export const fault = (code: string, params: Fault['params'] = {}): Fault => ({ code: `indicators.${code}`, params })

/**
 * Why what is entered in a cell cannot be a figure, or null: one rule for the server and for the grid in which it is typed.
 */
export function valueFault(
  entry: Pick<FigureEntry, 'status' | 'numerator' | 'denominator' | 'absence'>,
  known: {
    measure: Pick<Measure, 'aggregation' | 'isShare'> & Partial<Pick<Measure, 'largest'>>
    period: Period
    today: PlainDate
  },
): Fault | null {
  const { status, numerator, denominator, absence } = entry
  if ((status === null) === (absence === null) || (status === null) !== (numerator === null))
    return fault('value-or-absence')
  if (known.period.from > known.today) return fault('period-to-come', { period: known.period.id })
  if (numerator === null) return denominator === null ? null : fault('value-or-absence')
  if (Math.max(Math.abs(numerator), Math.abs(denominator ?? 0)) > largest) return fault('number-too-large')
  if (status === 'A' && known.period.to > known.today) return fault('final-before-end', { period: known.period.id })
  const { aggregation, isShare } = known.measure
  const most = known.measure.largest ?? Infinity
  const needsBoth = aggregation === 'ratio' || aggregation === 'weighted'
  if (needsBoth && denominator === null) return fault('denominator-missing')
  if (!needsBoth && denominator !== null) return fault('denominator-unwanted')
  const finest = aggregation === 'none' || aggregation === 'weighted' ? 4 : 0
  if (!hasDecimals(numerator, finest)) return fault(finest === 0 ? 'not-whole' : 'too-many-decimals')
  if (denominator !== null && (!hasDecimals(denominator, 0) || denominator < 0)) return fault('denominator-not-whole')
  if (numerator < 0) return fault('below-zero')
  if (isShare && denominator !== null && numerator > denominator) return fault('part-above-whole')
  // Where the value itself is given, it is held against what it can be.
  if (finest > 0 && numerator > most) return fault('above-largest', { most })
  return null
}

/** Whether a number has at most so many decimals. */
function hasDecimals(value: number, decimals: number): boolean {
  return Number.isInteger(value) || Number(value.toFixed(decimals)) === value
}
