/**
 * A calendar date in one integer, `year << 10 | month << 5 | day`; month and day 0 where only the year is known, 0 for no
 * date. Reads `YYYY-MM-DD`, `DD/MM/YYYY` with `/ - . ` or blanks, eight digits, and a year alone; what stands after it
 * (a time of day) is not read. `settleDates` then decides whether a column writes the month first.
 *
 * @param bytes text in UTF-8 from `start` to `end`
 */
export function readDate(bytes: Uint8Array, start: number, end: number): number {
  const parts = readParts(bytes, start, end)
  if (parts === 0) return 0
  const [first, second, third] = [found[0] ?? 0, found[1] ?? 0, found[2] ?? 0]
  const firstLength = lengths[0] ?? 0
  if (parts === 1) return fromOneNumber(first, firstLength)
  if (parts === 2) return firstLength === 4 ? packed(first, second, 0) : packed(second, first, 0)
  if (firstLength === 4) return packed(first, second, third)
  const year = (lengths[2] ?? 0) === 2 ? centuryOf(third) : third
  return packed(year, second, first)
}

/** Turns a column that shows itself to write the month first, and single dates with month and day exchanged, about. */
export function settleDates(dates: Int32Array): { isMonthFirst: boolean } {
  let monthFirst = 0
  let dayFirst = 0
  for (const date of dates) {
    const month = (date >> 5) & 31
    const day = date & 31
    if (month > 12 && day <= 12) monthFirst++
    else if (day > 12 && month <= 12) dayFirst++
  }
  const isMonthFirst = monthFirst > dayFirst
  for (let at = 0; at < dates.length; at++) dates[at] = settledDate(dates[at] ?? 0, isMonthFirst)
  return { isMonthFirst }
}

/** One date of a column that writes the month first, or does not. */
export function settledDate(date: number, isMonthFirst: boolean): number {
  return isMonthFirst || ((date >> 5) & 31) > 12 ? exchanged(date) : date
}

/** Month and day exchanged; the year alone where neither can be a month. */
function exchanged(date: number): number {
  const month = (date >> 5) & 31
  const day = date & 31
  return day > 12 || day === 0 ? (month > 12 ? (date >> 10) << 10 : date) : ((date >> 10) << 10) | (day << 5) | month
}

const found = [0, 0, 0]
const lengths = [0, 0, 0]

/** Runs of digits, at most three, up to the time of day; how many there are. */
function readParts(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  let at = start
  while (at < end && count < 3) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) {
      at++
      continue
    }
    const from = at
    let value = 0
    while (at < end && (bytes[at] ?? 0) >= 48 && (bytes[at] ?? 0) <= 57) value = value * 10 + (bytes[at++] ?? 0) - 48
    found[count] = value
    lengths[count++] = at - from
  }
  return count
}

function fromOneNumber(value: number, digits: number): number {
  if (digits === 4) return packed(value, 0, 0)
  if (digits !== 8) return 0
  const year = Math.floor(value / 10_000)
  if (isYear(year)) return packed(year, Math.floor(value / 100) % 100, value % 100)
  return packed(value % 10_000, Math.floor(value / 10_000) % 100, Math.floor(value / 1_000_000))
}

/** Two digits of a year: the nearer of the two centuries a living person can be of. */
function centuryOf(year: number): number {
  return year < 30 ? 2000 + year : 1900 + year
}

function isYear(year: number): boolean {
  return year >= 1200 && year <= 2200
}

function packed(year: number, month: number, day: number): number {
  if (!isYear(year) || month > 31 || day > 31) return 0
  if (month === 0 && day > 0) return 0
  return (year << 10) | (month << 5) | day
}

/** Year, month and day of a packed date. */
export function datePartsOf(date: number): { year: number; month: number; day: number } {
  return { year: date >> 10, month: (date >> 5) & 31, day: date & 31 }
}

/** As people read it, `YYYY-MM-DD`; a year alone where no more is known. */
export function dateText(date: number): string {
  const { year, month, day } = datePartsOf(date)
  if (date === 0) return ''
  if (month === 0) return String(year)
  const two = (value: number) => String(value).padStart(2, '0')
  return day === 0 ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(day)}`
}
