import { weekdayOf, type DateText } from '../kit/format.ts'

/** So many days after a day. */
export function daysAfter(day: DateText, days: number): DateText {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** The Monday after a day; of a Monday, the one a week later. */
export function nextMonday(day: DateText): DateText {
  const weekday = weekdayOf(day)
  return daysAfter(day, ((8 - weekday) % 7) + (weekday === 1 ? 7 : 0))
}
