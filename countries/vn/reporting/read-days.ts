import type { CountryReporting, PrintedDays } from '#reporting/model'

const which = '(?:\\s+(?:của\\s+)?năm\\s+(trước|sau|kế tiếp|liền kề|nay|báo cáo|\\d{4}))?'
const day = `(?:ngày\\s+)?(\\d{1,2})(?:\\s*[/-]\\s*|\\s+tháng\\s+)(\\d{1,2})(?!\\d)((?:\\s*[/-]\\s*)\\d{4})?${which}`
const dayPattern = new RegExp(day, 'giu')
const shortDay = String.raw`(?:ngày\s+)?(\d{1,2})\s*[/-]\s*(\d{1,2})`
const pairPattern = new RegExp(`${shortDay}\\s*và\\s*(?:trước\\s+)?${shortDay}\\s*[/-]\\s*\\d{4}`, 'giu')
const windowPattern = new RegExp(`từ\\s+${day}[^.;\\d]{0,20}?\\s*(?:đến|tới|[-–])\\s*(?:hết\\s+)?${day}`, 'iu')

const lastOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isDay = (date: number, month: number): boolean => date >= 1 && date <= (lastOf[month - 1] ?? 0)

/** Of which year, where the words say so: the year before, the next, the reported one. */
const yearSaid = (words: string | undefined): -1 | 0 | 1 | null => {
  if (words === undefined || /^\d/.test(words)) return null
  if (/trước/iu.test(words)) return -1
  return /sau|kế|liền/iu.test(words) ? 1 : 0
}

/**
 * Days in the words of a due date ("trước ngày 25 tháng 5", "20/11", "15/01 năm sau"), and the window of its sentence ("từ ngày 15/12
 * năm trước đến ngày 14/6"). A day in the first three months may belong to the year after the reported one, and one with a printed
 * year is asked once: of these a person says the year. Two days of either half of one printed year ("25/5 và 20/11/2017") are those of a
 * half-yearly report, each of the year reported.
 */
export const readDays: CountryReporting['readDays'] = ({ due, sentence }) => {
  const days: PrintedDays['days'] = []
  const pairs = halvesIn(sentence)
  for (const match of (due ?? '').matchAll(dayPattern)) {
    const [date, month] = [Number(match[1]), Number(match[2])]
    const isPrinted = match[3] !== undefined && !pairs.some((one) => one.date === date && one.month === month)
    const isOpen = isPrinted || /^\d/.test(match[4] ?? '') || (match[4] === undefined && month <= 3)
    if (isDay(date, month)) days.push({ month, day: date, year: isOpen ? null : (yearSaid(match[4]) ?? 0) })
  }
  return { days, window: windowIn(sentence) }
}

/** Days printed as one pair with one year, the first in the first half of it after March, the second in the second. */
function halvesIn(sentence: string): { date: number; month: number }[] {
  return [...sentence.matchAll(pairPattern)].flatMap((match) => {
    const [date, month, nextDate, nextMonth] = match.slice(1, 5).map(Number) as [number, number, number, number]
    const isOfHalves = month > 3 && month <= 6 && nextMonth > 6
    return isOfHalves ? [{ date, month }, { date: nextDate, month: nextMonth }] : [] // prettier-ignore
  })
}

function windowIn(sentence: string): PrintedDays['window'] {
  const match = windowPattern.exec(sentence)
  if (match === null) return null
  const from = { day: Number(match[1]), month: Number(match[2]) }
  const to = { day: Number(match[5]), month: Number(match[6]) }
  if (!isDay(from.day, from.month) || !isDay(to.day, to.month)) return null
  const isOver = from.month > to.month || (from.month === to.month && from.day > to.day)
  const said = yearSaid(match[4])
  if (!isOver) return { from, to, fromYear: said ?? 0 }
  return { from, to, fromYear: said ?? (yearSaid(match[8]) === 1 ? 0 : null) }
}
