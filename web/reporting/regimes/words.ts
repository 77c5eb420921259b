import type { LocalizedText } from '#platform/model'
import type { RegimeDefinition, RegimeState, ReportStanding } from '#reporting/model'
import type { Say } from '../../kit/catalogue.ts'
import type { Formatter } from '../../kit/format.ts'
import type { Tone } from '../../kit/StatusBadge.tsx'
import { useFormat, useLanguage, useText } from '../../kit/text.tsx'
import { periodWords } from '../../indicators/words.ts'

export const regimeTones: Record<RegimeState, Tone> = { draft: 'draft', 'in-force': 'done', ended: 'note' }

export const standingTones: Record<ReportStanding, Tone> = {
  ...{ 'not-begun': 'undated', draft: 'draft', submitted: 'pending', 'in-review': 'pending', returned: 'late' },
  ...{ accepted: 'done', approved: 'done', locked: 'done', reopened: 'late' },
  ...{ exempt: 'note', merged: 'note', withdrawn: 'note' },
}

/** The words of a language, else the first there are. */
function inLanguage(words: LocalizedText, language: string): string {
  const own = Object.entries(words).find(([one]) => one === language)?.[1]
  return own || (Object.values(words).find((one) => one !== '') ?? '')
}

/** Why a report is not owed: words of the product, or of a person. */
export const reasonWords = (reason: string, t: Say): string =>
  reason.startsWith('reporting.reason-') ? t(reason) : reason

/** A period of a regime in words; that its calendar is the one of reports goes without saying here. */
export const reportPeriodWords = (id: string, t: Say): string => periodWords(id.split(':').at(-1) ?? id, t)

type Codes = Pick<RegimeDefinition, 'tiers' | 'window'>

/** What codes of a regime mean to a reader: its tiers, its periods, reasons the product gave. */
export function useRegimeWords() {
  const t = useText()
  const format = useFormat()
  const { language } = useLanguage()
  const say = (words: LocalizedText) => inLanguage(words, language)
  const tier = (code: string, { tiers }: Codes) => {
    const found = tiers.find((one) => one.code === code)
    return found === undefined ? t('regimes.root') : say(found.names) || code
  }
  const period = (id: string, { window }: Codes) => {
    if (window.kind === 'calendar') return reportPeriodWords(id, t)
    const [, year = '', part = ''] = /(\d{4})-(.+)$/.exec(id) ?? []
    const found = window.parts.find((one) => one.part === part)
    return t('regimes.own-period', { name: found ? say(found.names) || part : part, year })
  }
  return {
    say,
    tier,
    period,
    reason: (reason: string) => reasonWords(reason, t),
    finding: (finding: { code: string; params: Record<string, string | number> }, of: Codes) =>
      t(finding.code, readable(finding.params, { of, tier, period, format })),
  }
}

function readable(
  params: Record<string, string | number>,
  { of, tier, period, format }: { of: Codes; tier: Name; period: Name; format: Formatter },
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      if (typeof value === 'number') return [key, value]
      if (['tier', 'parent', 'other'].includes(key)) return [key, tier(value, of)]
      if (key === 'period') return [key, period(value, of)]
      return [key, /^\d{4}-\d\d-\d\d$/.test(value) ? format.date(value) : value]
    }),
  )
}

type Name = (code: string, of: Codes) => string

/** `10/5` of a day of the year, with the year where it is another than the period's. */
export function dayWords(day: { year: number; month: number; day: number }, t: Say): string {
  return t('regimes.day-of-year', {
    day: day.day,
    month: day.month,
    year: day.year === 0 ? 'same' : day.year > 0 ? 'next' : 'before',
  })
}
