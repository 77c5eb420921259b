import type { Notice } from '#notifications/model'
import type { Say } from '../kit/catalogue.ts'
import type { Formatter } from '../kit/format.ts'

/** A piece of news as a sentence: who, what, and the record by its title where it is in sight. */
export function noticeSentence(t: Say, format: Formatter, notice: Notice): string {
  const { agent, from, to, late, open } = notice.params
  const day = (value: unknown) => (typeof value === 'string' && value !== '' ? format.date(value) : '')
  return t(`notifications.notice-${notice.kind}`, {
    agent: typeof agent === 'string' && agent !== '' ? agent : 'none',
    from: day(from),
    to: day(to),
    who: whoOf(t, notice),
    record: notice.record?.title ?? t('notifications.out-of-sight'),
    count: notice.count,
    late: typeof late === 'number' ? late : 0,
    open: typeof open === 'number' ? open : 0,
    at: format.dateTime(notice.madeAt),
  })
}

function whoOf(t: Say, { byName, byAgencyName }: Notice): string {
  if (byName === null) return byAgencyName ?? t('notifications.somebody')
  return byAgencyName === null ? byName : t('notifications.history-who', { person: byName, agency: byAgencyName })
}

/** Where a piece of news leads: its record where that is in sight, the own account for what touches it, else nowhere. */
export function noticeTo(notice: Notice): string | null {
  return notice.record === null ? '/tai-khoan' : notice.record.address
}
