import type { PlainDate } from '#platform/model'
import { readPeriod, type Calendar, type Frequency, type Period, type Rhythm } from '../../model.ts'

/** A stretch of time as another system names it; `rest` is what follows the year in our own names, where we have one. */
type Span = { from: PlainDate; to: PlainDate; plain: { frequency: Frequency; rest: string; year: string } | null }

const day = (year: number, month: number, on = 1): PlainDate =>
  new Date(Date.UTC(year, month, on)).toISOString().slice(0, 10)

const months: Record<string, number> = { Feb: 1, April: 3, July: 6, Aug: 7, Sep: 8, Oct: 9, Nov: -2 }

type Reading = [pattern: RegExp, read: (found: RegExpExecArray) => Span | undefined]

function plain(year: number, of: { first: number; length: number; frequency: Frequency; rest: string }): Span {
  const { first, length, frequency, rest } = of
  return {
    ...{ from: day(year, first), to: day(year, first + length) },
    plain: { frequency, rest, year: String(year).padStart(4, '0') },
  }
}

const stretch = (from: PlainDate, to: PlainDate): Span => ({ from, to, plain: null })
const two = (part: number) => String(part).padStart(2, '0')

/** Identifiers of periods as DHIS2 and ADX write them. @source interop-formats 3.4 */
const readings: readonly Reading[] = [
  [/^(\d{4})$/, ([, year]) => plain(Number(year), { first: 0, length: 12, frequency: 'year', rest: '' })],
  [
    /^(\d{4})-?(0[1-9]|1[0-2])$/,
    ([, year, month]) =>
      plain(Number(year), { first: Number(month) - 1, length: 1, frequency: 'month', rest: `-${month}` }),
  ],
  [
    /^(\d{4})-?Q([1-4])$/,
    ([, year, part]) =>
      plain(Number(year), { first: (Number(part) - 1) * 3, length: 3, frequency: 'quarter', rest: `-Q${part}` }),
  ],
  [
    /^(\d{4})-?S([12])$/,
    ([, year, part]) =>
      plain(Number(year), { first: (Number(part) - 1) * 6, length: 6, frequency: 'half-year', rest: `-S${part}` }),
  ],
  [/^(\d{4})(0[1-6])B$/, ([, year, part]) => stretchOf(Number(year), (Number(part) - 1) * 2, 2)],
  [/^(\d{4})(April|Nov)S([12])$/, ([, year, name, part]) => stretchOf(Number(year), beginOf(name, part, 6), 6)],
  [/^(\d{4})NovQ([1-4])$/, ([, year, part]) => stretchOf(Number(year), beginOf('Nov', part, 3), 3)],
  [
    /^(\d{4})(Feb|April|July|Aug|Sep|Oct|Nov)$/,
    ([, year, name]) => stretchOf(Number(year), beginOf(name, '1', 12), 12),
  ],
  [/^(\d{4})-?(\d{2})-?(\d{2})$/, ([, year, month, on]) => days(`${year}-${month}-${on}`, 1)],
  [
    /^(\d{4})(?:BiW|(?:Wed|Thu|Fri|Sat|Sun)?W)(\d{1,2})$/,
    ([whole = '', year, week]) => weeks(whole, Number(year), Number(week)),
  ],
  [
    /^(\d{4}-\d{2}-\d{2})\/P(\d{1,2})(D|M|Y)$/,
    ([, from = '', count, unit]) => lasting(from, Number(count), unit ?? ''),
  ],
]

const beginOf = (name: string | undefined, part: string | undefined, length: number) =>
  (months[name ?? ''] ?? 0) + (Number(part) - 1) * length

function stretchOf(year: number, first: number, length: number): Span {
  return stretch(day(year, first), day(year, first + length))
}

function days(from: string, count: number): Span | undefined {
  const begin = new Date(`${from}T00:00:00Z`)
  if (Number.isNaN(begin.getTime()) || begin.toISOString().slice(0, 10) !== from) return undefined
  return stretch(from, new Date(begin.getTime() + count * 86_400_000).toISOString().slice(0, 10))
}

function weeks(whole: string, year: number, week: number): Span | undefined {
  const isDouble = whole.includes('Bi')
  if (week < 1 || week > (isDouble ? 27 : 53)) return undefined
  // Week 1 is that of 4 January; only its length matters here, as none of our periods are weeks.
  const first = new Date(Date.UTC(year, 0, 4)).getTime() + (week - 1) * (isDouble ? 14 : 7) * 86_400_000
  return days(new Date(first).toISOString().slice(0, 10), isDouble ? 14 : 7)
}

function lasting(from: string, count: number, unit: string): Span | undefined {
  if (days(from, 1) === undefined || count < 1) return undefined
  if (unit === 'D') return days(from, count)
  const [year = 0, month = 0, on = 0] = from.split('-').map(Number)
  const length = unit === 'Y' ? count * 12 : count
  const frequency = frequencies.get(length)
  const part = (month - 1) / length
  if (on === 1 && frequency !== undefined && Number.isInteger(part))
    return plain(year, { first: month - 1, length, frequency, rest: restOf(frequency, part + 1) })
  return stretch(from, day(year, month - 1 + length, on))
}

const frequencies = new Map<number, Frequency>([
  [1, 'month'],
  [3, 'quarter'],
  [6, 'half-year'],
  [12, 'year'],
])

function restOf(frequency: Frequency, part: number): string {
  return { month: `-${two(part)}`, quarter: `-Q${part}`, 'half-year': `-S${part}`, 'nine-months': '-M9', year: '' }[
    frequency
  ]
}

function spanOf(words: string): Span | undefined {
  for (const [pattern, read] of readings) {
    const found = pattern.exec(words)
    if (found !== null) return read(found)
  }
  return undefined
}

/** What may be meant: the rhythms of the measure, the calendars of the country, and the calendar the form is kept in. */
export type PeriodGround = {
  rhythms: readonly Rhythm[]
  calendars: readonly Calendar[]
  calendar: string | null
}

/**
 * The period of ours that another system's identifier means for a measure: our own name, the same days, or, where the measure
 * keeps another calendar only, the same part of its year.
 * @returns `unreadable` where it names no time at all, `not-ours` where no period of the measure is meant
 */
export function readForeignPeriod(
  words: string,
  { rhythms, calendars, calendar }: PeriodGround,
): Period | 'unreadable' | 'not-ours' {
  const own = words.includes(':') || /^\d{4}-(M9|[QS]\d)$/.test(words) ? readPeriod(words, calendars) : undefined
  if (own !== undefined) return own
  const span = spanOf(words)
  if (span === undefined || span.from < '1900-01-01') return 'unreadable'
  const { plain: named } = span
  const candidates = rhythms.flatMap((rhythm) => {
    const prefix = rhythm.calendar === '' ? '' : `${rhythm.calendar}:`
    const years = [0, 1].map((more) => String(Number(span.from.slice(0, 4)) + more))
    const parts = Array.from({ length: 12 }, (_none, at) => restOf(rhythm.frequency, at + 1))
    return years.flatMap((year) =>
      [...new Set(parts)].flatMap((rest) => readPeriod(`${prefix}${year}${rest}`, calendars) ?? []),
    )
  })
  const sameDays = candidates.find(({ from, to }) => from === span.from && to === span.to)
  if (named === null) return sameDays ?? 'not-ours'
  const kept = rhythms.filter(({ frequency }) => frequency === named.frequency)
  const meant =
    calendar !== null
      ? kept.find((rhythm) => rhythm.calendar === calendar)
      : (kept.find((rhythm) => rhythm.calendar === '') ?? (kept.length === 1 ? kept[0] : undefined))
  const prefix = meant === undefined || meant.calendar === '' ? '' : `${meant.calendar}:`
  const period = meant && readPeriod(`${prefix}${named.year}${named.rest}`, calendars)
  return period ?? sameDays ?? 'not-ours'
}

/**
 * How another system is told a period: the nearest identifier it has. Where the measure also keeps the plain year in the same rhythm,
 * or no identifier is near, our own name, which is read back as it is.
 */
export function foreignPeriod(period: Period, rhythms: readonly Rhythm[]): string {
  const isPlainToo = rhythms.some(({ calendar, frequency }) => calendar === '' && frequency === period.frequency)
  if (period.frequency === 'nine-months' || (period.calendar !== '' && isPlainToo)) return period.id
  const name = period.id.slice(period.id.indexOf(':') + 1)
  return name.replaceAll('-', '')
}

const lengths: Record<Frequency, string> = {
  ...{ month: 'P1M', quarter: 'P3M', 'half-year': 'P6M', 'nine-months': 'P9M', year: 'P1Y' },
}

/** A period as ADX and SDMX write any stretch of time: its first day and how long it lasts. */
export function spanWords(period: Period): string {
  return `${period.from}/${lengths[period.frequency]}`
}

/** The kind of period as DHIS2 names it; null for one it has none for. */
export const periodTypes: Record<Frequency, string | null> = {
  ...{ month: 'Monthly', quarter: 'Quarterly', 'half-year': 'SixMonthly', 'nine-months': null, year: 'Yearly' },
}
