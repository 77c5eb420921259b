import type { HistoryEntry } from '#notifications/model'
import { sentenceOf } from '../access/audit-words.ts'
import type { Say } from '../kit/catalogue.ts'
import type { Formatter } from '../kit/format.ts'

/**
 * An entry of a history as a whole sentence: on which day, at what time, who of which body did what, and why. The acts of
 * the audit are verb phrases in every language, so that a name can stand before them.
 */
export function historySentence(t: Say, format: Formatter, language: string, entry: HistoryEntry): string {
  const params = Object.fromEntries(
    Object.entries(entry.params).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.date(value) : value,
    ]),
  )
  const said = sentenceOf(t, { action: entry.action, params, recordName: null, recordPersonName: entry.subjectName })
  const { number } = entry.params
  const act = typeof number === 'string' ? t('notifications.history-act-number', { act: said, number }) : said
  const at = { date: format.day(entry.at), time: format.time(entry.at) }
  if (entry.personName === null) return t('notifications.history-system', { ...at, act })
  const who =
    entry.agencyName === null
      ? entry.personName
      : t('notifications.history-who', { person: entry.personName, agency: entry.agencyName })
  const phrase = lowerFirst(act, language)
  return entry.reason === null
    ? t('notifications.history-line', { ...at, who, act: phrase })
    : t('notifications.history-line-reason', { ...at, who, act: phrase, reason: entry.reason })
}

function lowerFirst(text: string, language: string): string {
  return text.slice(0, 1).toLocaleLowerCase(language) + text.slice(1)
}
