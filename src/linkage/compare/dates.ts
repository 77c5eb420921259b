/** Levels of two dates, the strongest agreement first; 0 stands for a date that is missing. */
export const dateLevels = [
  'same',
  'day-month-exchanged',
  'one-digit',
  'year-known',
  'other-year',
  'same-month',
  'same-year',
  'within-year',
  'different',
] as const

/** How two packed dates relate, none of them 0. Symmetric. @returns 1 to 9, an index into `dateLevels` from 1 */
export function dateLevel(a: number, b: number): number {
  if (a === b) return 1
  const [aYear, aMonth, aDay] = [a >> 10, (a >> 5) & 31, a & 31]
  const [bYear, bMonth, bDay] = [b >> 10, (b >> 5) & 31, b & 31]
  if (aYear === bYear) {
    if (aMonth === bDay && aDay === bMonth) return 2
    if (isOneDigitApart(a, b) || Math.abs(dayNumber(a) - dayNumber(b)) === 1) return 3
    if (isYearOnly(aMonth, aDay) || isYearOnly(bMonth, bDay)) return 4
    return aMonth === bMonth ? 6 : 7
  }
  if (aMonth === bMonth && aDay === bDay && !isYearOnly(aMonth, aDay)) return isOneDigitApart(a, b) ? 3 : 5
  if (isOneDigitApart(a, b)) return 3
  return Math.abs(dayNumber(a) - dayNumber(b)) <= 366 ? 8 : 9
}

/** 1 January, or no day at all: how a year alone is written down. */
function isYearOnly(month: number, day: number): boolean {
  return month <= 1 && day <= 1
}

/** Days since an arbitrary day; a year alone counts from its first. */
function dayNumber(date: number): number {
  const month = Math.max(1, (date >> 5) & 31)
  const shifted = month < 3 ? month + 9 : month - 3
  const year = month < 3 ? (date >> 10) - 1 : date >> 10
  return (
    year * 365 +
    (year >> 2) -
    Math.floor(year / 100) +
    Math.floor(year / 400) +
    Math.floor((153 * shifted + 2) / 5) +
    Math.max(1, date & 31)
  )
}

/** Whether eight digits, year month day, differ in one, or in two neighbours exchanged. */
function isOneDigitApart(a: number, b: number): boolean {
  return isOneNibbleApart(nibblesOf(a) ^ nibblesOf(b), nibblesOf(a), nibblesOf(b))
}

function nibblesOf(date: number): number {
  const [year, month, day] = [date >> 10, (date >> 5) & 31, date & 31]
  const yearDigits =
    ((year / 1000) | 0) * 4096 + (((year / 100) | 0) % 10) * 256 + (((year / 10) | 0) % 10) * 16 + (year % 10)
  return (yearDigits << 16) | (((month / 10) | 0) << 12) | ((month % 10) << 8) | (((day / 10) | 0) << 4) | (day % 10)
}

/** Whether two words of decimal digits differ in one digit or in two neighbours exchanged. @param difference their XOR */
export function isOneNibbleApart(difference: number, a: number, b: number): boolean {
  const low = 31 - Math.clz32(difference & -difference)
  const shift = low & ~3
  if (difference >>> shift < 16) return true
  if (shift > 24 || (difference >>> shift) >>> 8 !== 0) return false
  const [left, right] = [(a >>> shift) & 255, (b >>> shift) & 255]
  return left >> 4 === (right & 15) && (left & 15) === right >> 4
}

/** Levels of dates set apart by nearness alone: same, one letter of `YYYY-MM-DD`, a month, a year. */
export const nearDateLevels = ['same', 'one-letter', 'within-month', 'within-year', 'different'] as const

/** How near two packed dates are. Symmetric. @returns 1 to 5, an index into `nearDateLevels` from 1 */
export function nearDateLevel(a: number, b: number): number {
  if (a === b) return 1
  const [left, right] = [nibblesOf(a), nibblesOf(b)]
  const difference = left ^ right
  if (isOneNibbleApart(difference, left, right) && !isAcrossSign(difference)) return 2
  const days = Math.abs(dayNumber(a) - dayNumber(b))
  return days <= 30 ? 3 : days <= 365 ? 4 : 5
}

/** Two neighbours exchanged with the dash between them are two letters, not one. */
function isAcrossSign(difference: number): boolean {
  const shift = (31 - Math.clz32(difference & -difference)) & ~3
  return difference >>> shift >= 16 && (shift === 4 || shift === 12)
}
