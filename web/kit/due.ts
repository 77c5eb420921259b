import type { Say } from './catalogue.ts'
import { daysBetween, weekdayOf, type DateText, type Formatter } from './format.ts'

export type Due = 'past' | 'today' | 'soon' | 'later' | 'none'

/** How near a due date is; `soon` is within `soonDays`. No date is its own answer, never "later". */
export function dueOf(dueOn: DateText | null, today: DateText, soonDays = 7): Due {
  if (dueOn === null) return 'none'
  const days = daysBetween(today, dueOn)
  if (days < 0) return 'past'
  if (days === 0) return 'today'
  return days <= soonDays ? 'soon' : 'later'
}

/** A due date as one says it: `còn 3 ngày, thứ Sáu 22/5`; the year only when it is another one. */
export function dueInWords(dueOn: DateText | null, today: DateText, t: Say, format: Formatter): string {
  if (dueOn === null) return t('kit.due-none')
  const days = daysBetween(today, dueOn)
  const date = dueOn.slice(0, 4) === today.slice(0, 4) ? format.dayMonth(dueOn) : format.date(dueOn)
  const weekday = t('kit.weekday', { day: String(weekdayOf(dueOn)) })
  if (days < 0) return t('kit.due-past', { days: -days, date })
  if (days === 0) return t('kit.due-today', { weekday, date })
  if (days === 1) return t('kit.due-tomorrow', { weekday, date })
  return days <= 60 ? t('kit.due-in', { days, weekday, date }) : t('kit.due-on', { date })
}
