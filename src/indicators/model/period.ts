import { z } from 'zod'
import { PlainDate } from '#platform/model'

export const Frequency = z
  .enum(['month', 'quarter', 'half-year', 'nine-months', 'year'])
  .meta({ id: 'PeriodFrequency' })
export type Frequency = z.infer<typeof Frequency>

/**
 * A way of dividing time. The plain year begins on 1 January; another calendar begins each month `shiftMonths` earlier, on
 * `day`: `-1` and 15 make the year run from 15 December to 14 December.
 */
export const Calendar = z.object({
  code: z.string(),
  shiftMonths: z.int().min(-11).max(11),
  day: z.int().min(1).max(28),
})
export type Calendar = z.infer<typeof Calendar>

/** The plain year, which every country has; its code is empty and its periods bear no prefix. */
export const plainCalendar: Calendar = { code: '', shiftMonths: 0, day: 1 }

/** A stretch of time `[from, to)` under its name: `2026`, `2026-Q3`, `vn-report:2026-S1`. */
export const Period = z
  .object({ id: z.string(), calendar: z.string(), frequency: Frequency, from: PlainDate, to: PlainDate })
  .meta({ id: 'Period' })
export type Period = z.infer<typeof Period>

export const PeriodId = z
  .string()
  .max(40)
  .regex(/^([a-z][a-z0-9-]*:)?[0-9]{4}(-[A-Z0-9]{2})?$/)

const firstAndLength: Record<Frequency, (part: number) => [first: number, length: number] | undefined> = {
  month: (part) => (part <= 12 ? [part - 1, 1] : undefined),
  quarter: (part) => (part <= 4 ? [(part - 1) * 3, 3] : undefined),
  'half-year': (part) => (part <= 2 ? [(part - 1) * 6, 6] : undefined),
  'nine-months': (part) => (part === 9 ? [0, 9] : undefined),
  year: () => [0, 12],
}

const name = /^(?:([a-z][a-z0-9-]*):)?(\d{4})(?:-(?:Q([1-4])|S([12])|M(9)|(0[1-9]|1[0-2])))?$/

/** Reads the name of a period; undefined where it is none, or its calendar is unknown. */
export function readPeriod(id: string, calendars: readonly Calendar[]): Period | undefined {
  const found = name.exec(id)
  const year = Number(found?.[2])
  if (found === null || year < 1900) return undefined
  const code = found[1] ?? ''
  const calendar = code === '' ? plainCalendar : calendars.find((each) => each.code === code)
  if (calendar === undefined) return undefined
  const [, , , quarter, half, nine, month] = found
  const [frequency, part]: [Frequency, number] = quarter
    ? ['quarter', Number(quarter)]
    : half
      ? ['half-year', Number(half)]
      : nine
        ? ['nine-months', 9]
        : month
          ? ['month', Number(month)]
          : ['year', 1]
  const span = firstAndLength[frequency](part)
  if (span === undefined) return undefined
  const [first, length] = span
  const day = (at: number) =>
    new Date(Date.UTC(year, at + calendar.shiftMonths, calendar.day)).toISOString().slice(0, 10)
  return { id, calendar: calendar.code, frequency, from: day(first), to: day(first + length) }
}

const partsOf: Record<Frequency, readonly string[]> = {
  month: Array.from({ length: 12 }, (_, at) => `-${String(at + 1).padStart(2, '0')}`),
  quarter: ['-Q1', '-Q2', '-Q3', '-Q4'],
  'half-year': ['-S1', '-S2'],
  'nine-months': ['-M9'],
  year: [''],
}

/** How a measure divides time. */
export type Rhythm = { calendar: string; frequency: Frequency }

/** The newest periods of a rhythm that have begun by a day, the newest first. */
export function periodsUntil(
  { calendar, frequency }: Rhythm,
  of: { day: PlainDate; count: number; calendars: readonly Calendar[] },
): Period[] {
  const found: Period[] = []
  const prefix = calendar === '' ? '' : `${calendar}:`
  const last = Number(of.day.slice(0, 4)) + 1
  for (let year = last; year > last - of.count - 2; year--)
    for (const part of partsOf[frequency].toReversed()) {
      const period = readPeriod(`${prefix}${year}${part}`, of.calendars)
      if (period !== undefined && period.from <= of.day) found.push(period)
    }
  return found.slice(0, of.count)
}

/** The period of the same rhythm before one. */
export function periodBefore(period: Period, calendars: readonly Calendar[]): Period | undefined {
  const [before] = periodsUntil(period, { day: period.from, count: 3, calendars }).filter(({ to }) => to <= period.from)
  return before
}
