import type { Comparator, FigureStatus, Frequency, MeasureSays, TargetState } from '#indicators/model'
import { choice } from '../plans/words.ts'
import type { Say } from '../kit/catalogue.ts'
import type { Formatter } from '../kit/format.ts'
import type { Tone } from '../kit/StatusBadge.tsx'

const parts: [RegExp, Frequency][] = [
  [/^Q(\d)$/, 'quarter'],
  [/^S(\d)$/, 'half-year'],
  [/^M(9)$/, 'nine-months'],
  [/^(\d\d)$/, 'month'],
]

/** `2025` → `Năm 2025`, `2026-Q3` → `Quý 3/2026`; the year of reports says so. */
export function periodWords(id: string, t: Say): string {
  const [name = '', calendar] = id.split(':').toReversed()
  const [year = '', part = ''] = name.split('-')
  const found = parts.find(([shape]) => shape.test(part))
  return t('indicators.period-is', {
    frequency: choice(found?.[1] ?? 'year'),
    part: Number(found?.[0].exec(part)?.[1] ?? 0),
    year,
    calendar: calendar === undefined ? 'plain' : 'own',
  })
}

/** A figure of a measure, as fine as it was taken up. */
export function valueWords(value: number, format: Formatter): string {
  return format.number(value, Math.abs(value) < 10 ? 2 : 1)
}

/** `1.898 / 1.967`; a number that is no ratio stands alone. */
export function amountWords(
  of: { numerator: number | null; denominator: number | null },
  format: Formatter,
): string | null {
  if (of.numerator === null) return null
  const numerator = format.number(of.numerator, 4)
  return of.denominator === null ? numerator : `${numerator} / ${format.number(of.denominator, 4)}`
}

/** `+0,7`: a change says which way. */
export function changeWords(change: number, format: Formatter): string {
  const size = format.number(Math.abs(change), 2)
  return change > 0 ? `+${size}` : change < 0 ? `−${size}` : size
}

/** Stands before a value that is estimated, in whole or in part. */
export const about = (isEstimate: boolean): string => (isEstimate ? '≈ ' : '')

export const signs: Record<Comparator, string> = { '=': '', '>=': '≥ ', '>': '> ', '<=': '≤ ', '<': '< ', '~': '≈ ' }

export const targetTones: Record<TargetState, Tone> = {
  reached: 'done',
  'on-course': 'pending',
  'off-course': 'overdue',
  'no-data': 'undated',
}

export const saysTones: Record<MeasureSays, Tone> = { ...targetTones, 'no-target': 'undated', unseen: 'undated' }

export const statuses: readonly FigureStatus[] = ['A', 'P', 'E', 'F']
