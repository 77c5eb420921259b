import { PlainDate } from '../model.ts'

/** A date as files of ours hold it (`2026-05-22`, `22/05/2026`, `22/5/2026`); undefined for what is none. */
export function readPlainDate(text: string): PlainDate | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  const date = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return PlainDate.safeParse(date).success ? date : undefined
}
