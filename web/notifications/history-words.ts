import type { HistoryEntry } from '#notifications/model'
import { sayKept, sentenceOf } from '../access/audit-words.ts'
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
  const act = withChanges(t, format, entry, withNumber(t, entry, said))
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

/** An act on a document is known by its number, unless it is the number that changed. */
function withNumber(t: Say, { params: { number }, changes }: HistoryEntry, act: string): string {
  const isChanged = changes.some(({ field }) => field === 'number')
  return typeof number === 'string' && !isChanged ? t('notifications.history-act-number', { act, number }) : act
}

/** What it changed, field by field: "hạn: 1/3/2031 → 15/3/2031". */
function withChanges(t: Say, format: Formatter, { action, changes }: HistoryEntry, act: string): string {
  if (changes.length === 0) return act
  const [module = ''] = action.split('.')
  const said = changes.map(({ field, was, is }) =>
    t('notifications.history-change', {
      field: sayKept(t, `${module}.history-field`, { field }),
      was: valueWords(t, format, `${module}.${field}-is`, was),
      is: valueWords(t, format, `${module}.${field}-is`, is),
    }),
  )
  return t('notifications.history-act-changes', { act, changes: said.join('; ') })
}

/** A value as people say it: a day, a count, a code by its word where the module has one (`plans.status-is`). */
function valueWords(t: Say, format: Formatter, key: string, value: HistoryEntry['params'][string]): string {
  if (value === null || value === '') return t('notifications.history-empty-field')
  if (typeof value === 'number') return format.number(value)
  if (typeof value === 'boolean') return String(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value)
  const [, name = ''] = /\.(.*)-is$/.exec(key) ?? []
  const word = sayKept(t, key, { [name]: value.replaceAll('-', '_') })
  return word === key ? value : word
}

function lowerFirst(text: string, language: string): string {
  return text.slice(0, 1).toLocaleLowerCase(language) + text.slice(1)
}
