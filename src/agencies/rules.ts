import type { PlainDate } from '#territory/model'

/** The last day of a period `[…, to)`; null while it has no end. */
export function lastDayOf(to: PlainDate | null): PlainDate | null {
  if (to === null) return null
  const day = new Date(`${to}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}
