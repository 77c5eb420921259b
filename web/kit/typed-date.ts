import type { DateText } from './format.ts'

/**
 * Reads a date as people type it, day first: `22/5/2026`, `22-05-26`, `22.5`, `22052026`, `22 tháng 5 năm 2026`, and
 * also the ISO form. Words between the numbers are passed over; a missing year is that of `today`.
 *
 * @returns `YYYY-MM-DD`, or undefined when it is not a date of the calendar
 */
export function parseTypedDate(text: string, today: DateText): DateText | undefined {
  const groups = text.match(/\d+/g)
  if (!groups || groups.length > 3) return undefined
  const [a = '', b = '', c = ''] = groups
  if (groups.length === 1) {
    return a.length === 8 ? dateOf(a.slice(4), a.slice(2, 4), a.slice(0, 2)) : undefined
  }
  if (a.length === 4) return groups.length === 3 ? dateOf(a, b, c) : undefined
  const century = today.slice(0, 2)
  const year = c === '' ? today.slice(0, 4) : c.length === 2 ? century + c : c
  return dateOf(year, b, a)
}

function dateOf(year: string, month: string, day: string): DateText | undefined {
  if (year.length !== 4 || month.length > 2 || day.length > 2) return undefined
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined
}
