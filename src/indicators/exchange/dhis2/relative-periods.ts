import type { PlainDate } from '#platform/model'

const two = (number: number) => String(number).padStart(2, '0')

/** Names of the last so many stretches of a length in months that ended before a day's own, the oldest first; `withOwn` ends with its own. */
function last(count: number, length: number, of: { today: PlainDate; withOwn?: boolean }): string[] {
  const [year = 0, month = 0] = of.today.split('-').map(Number)
  const own = Math.floor((year * 12 + month - 1) / length)
  const newest = of.withOwn === true ? own : own - 1
  return Array.from({ length: count }, (_none, at) => nameOf(newest - count + 1 + at, length))
}

function nameOf(number: number, length: number): string {
  const months = number * length
  const year = Math.floor(months / 12)
  const part = (months % 12) / length + 1
  return { 1: `${year}${two(part)}`, 3: `${year}Q${part}`, 6: `${year}S${part}`, 12: String(year) }[length] ?? ''
}

/** All stretches of a length in a year, this or the one before. */
function inYear(length: number, of: { today: PlainDate; before?: number }): string[] {
  const year = Number(of.today.slice(0, 4)) - (of.before ?? 0)
  return Array.from({ length: 12 / length }, (_none, at) => nameOf((year * 12) / length + at, length))
}

type Named = (today: PlainDate) => string[]
const relative: Readonly<Record<string, Named>> = {
  THIS_MONTH: (today) => last(1, 1, { today, withOwn: true }),
  LAST_MONTH: (today) => last(1, 1, { today }),
  LAST_3_MONTHS: (today) => last(3, 1, { today }),
  LAST_6_MONTHS: (today) => last(6, 1, { today }),
  LAST_12_MONTHS: (today) => last(12, 1, { today }),
  MONTHS_THIS_YEAR: (today) => inYear(1, { today }),
  MONTHS_LAST_YEAR: (today) => inYear(1, { today, before: 1 }),
  THIS_QUARTER: (today) => last(1, 3, { today, withOwn: true }),
  LAST_QUARTER: (today) => last(1, 3, { today }),
  LAST_4_QUARTERS: (today) => last(4, 3, { today }),
  QUARTERS_THIS_YEAR: (today) => inYear(3, { today }),
  QUARTERS_LAST_YEAR: (today) => inYear(3, { today, before: 1 }),
  THIS_SIX_MONTH: (today) => last(1, 6, { today, withOwn: true }),
  LAST_SIX_MONTH: (today) => last(1, 6, { today }),
  LAST_2_SIXMONTHS: (today) => last(2, 6, { today }),
  THIS_YEAR: (today) => last(1, 12, { today, withOwn: true }),
  LAST_YEAR: (today) => last(1, 12, { today }),
  LAST_5_YEARS: (today) => last(5, 12, { today }),
  LAST_10_YEARS: (today) => last(10, 12, { today }),
}

/** The periods a word means on a day, the oldest first; undefined where it is none of these words. @source interop-formats 3.4 */
export function relativePeriods(word: string, today: PlainDate): string[] | undefined {
  return Object.hasOwn(relative, word) ? relative[word]?.(today) : undefined
}
