/** Days of the calendar: counting, days off, and what a due day on one does. Pure. */
import type { PlainDate } from '#platform/model'
import type { DaysOff } from '../model/calendar.ts'
import type { DayOfYear, OnHoliday } from '../model/regime.ts'

const dayMs = 86_400_000
const atNoon = (day: PlainDate): number => Date.parse(`${day}T12:00:00Z`)

/** The day so many days after one; before it, where negative. */
export function addDays(day: PlainDate, days: number): PlainDate {
  return new Date(atNoon(day) + days * dayMs).toISOString().slice(0, 10)
}

/** Days from one to another; negative where the second comes first. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((atNoon(to) - atNoon(from)) / dayMs)
}

/** How many days a month has in a year. */
function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The day of a year; a day the month does not have that year is its last one. */
export function dayIn(year: number, { year: shift, month, day }: DayOfYear): PlainDate {
  const of = year + shift
  const date = Math.min(day, daysInMonth(of, month))
  return new Date(Date.UTC(of, month - 1, date)).toISOString().slice(0, 10)
}

/** Whether there is such a day: in every year, in leap years alone, or in none. */
export function isThere({ month, day }: DayOfYear): 'always' | 'leap-years' | 'never' {
  if (day <= daysInMonth(2001, month)) return 'always'
  return day <= daysInMonth(2004, month) ? 'leap-years' : 'never'
}

/** Whether nobody works on a day: a weekend that is not made up for, or a holiday. */
export function isDayOff(day: PlainDate, off: DaysOff): boolean {
  if (off.holidays.some(({ on }) => on === day)) return true
  const weekday = new Date(atNoon(day)).getUTCDay()
  return off.weekend.includes(weekday) && !off.madeUp.some(({ on }) => on === day)
}

/** The due day in place of one that falls on a day off. */
export function movedDay(day: PlainDate, rule: OnHoliday, off: DaysOff): PlainDate {
  if (rule === 'stands' || off.weekend.length === 7) return day
  let moved = day
  while (isDayOff(moved, off)) moved = addDays(moved, rule === 'before' ? -1 : 1)
  return moved
}

/** Whether the holidays about a day have been written down; what moves for them may still change where not. */
export function isKnown(day: PlainDate, off: DaysOff): boolean {
  return off.knownFrom <= day && day <= off.knownTo
}
