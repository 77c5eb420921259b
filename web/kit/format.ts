/** A calendar date `YYYY-MM-DD`, read in the country's time zone; never a moment. */
export type DateText = string

export interface Formatter {
  locale: string
  /** `2026-05-22` → `22/5/2026` */
  date(on: DateText): string
  /** `2026-05-22` → `22/5` */
  dayMonth(on: DateText): string
  /** `2026-05-22` → `thứ Sáu, 22 tháng 5, 2026`, for headings */
  dateInWords(on: DateText): string
  /** An instant (UTC ISO text) → `22/5/2026` */
  day(at: string): string
  /** An instant (UTC ISO text) → `14:32` */
  time(at: string): string
  /** An instant (UTC ISO text) → `14:32 22/5/2026` */
  dateTime(at: string): string
  /** `1234.5` → `1.234,5` */
  number(value: number, digits?: number): string
  /** A share 0–1 → `45,2 %` as the language writes it */
  percent(share: number, digits?: number): string
  /** Exact decimal text → grouped, nothing rounded */
  exact(decimal: string): string
  list(items: readonly string[]): string
  /** Bytes → `1,2 MB` */
  size(bytes: number): string
  languageName(language: string): string
  /** `Asia/Ho_Chi_Minh` → `Giờ Việt Nam` */
  zoneName(zone: string): string
}

function utc(on: DateText): Date {
  return new Date(`${on}T00:00:00Z`)
}

function zoneText(locale: string, zone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortGeneric' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** Everything a screen writes that is not a word, for one locale. */
export function formatter(locale: string, timeZone?: string): Formatter {
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const day = dates({ day: 'numeric', month: 'numeric', year: 'numeric', timeZone: 'UTC' })
  const dayMonth = dates({ day: 'numeric', month: 'numeric', timeZone: 'UTC' })
  const inWords = dates({ dateStyle: 'full', timeZone: 'UTC' })
  const clock = dates({ hour: '2-digit', minute: '2-digit', hour12: false, timeZone })
  const localDay = dates({ day: 'numeric', month: 'numeric', year: 'numeric', timeZone })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const number = (value: number, digits = 1): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  return {
    locale,
    date: (on) => day.format(utc(on)),
    dayMonth: (on) => dayMonth.format(utc(on)),
    dateInWords: (on) => inWords.format(utc(on)),
    day: (at) => localDay.format(new Date(at)),
    time: (at) => clock.format(new Date(at)),
    dateTime: (at) => `${clock.format(new Date(at))} ${localDay.format(new Date(at))}`,
    number,
    percent: (share, digits = 1) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(share),
    exact: (decimal) => new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(decimal as `${number}`),
    list: (items) => lists.format(items),
    size: (bytes) => sizeText(bytes, number),
    zoneName: (zone) => zoneText(locale, zone),
    languageName: (language) => new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language,
  }
}

function sizeText(bytes: number, number: (value: number, digits?: number) => string): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let at = 0
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000
    at += 1
  }
  return `${number(value, at === 0 ? 0 : 1)} ${units[at]}`
}

/** Whole days from one date to another; negative when the second lies before the first. */
export function daysBetween(from: DateText, to: DateText): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000)
}

/** ISO day of the week, 1 = Monday … 7 = Sunday. */
export function weekdayOf(on: DateText): number {
  return utc(on).getUTCDay() || 7
}
