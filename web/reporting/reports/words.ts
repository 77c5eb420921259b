import type { LocalizedText } from '#platform/model'
import type { OwedReport, ReportDetail, ReportState } from '#reporting/model'
import { choice } from '../../plans/words.ts'
import type { Say } from '../../kit/catalogue.ts'
import type { Tone } from '../../kit/StatusBadge.tsx'
import { useLanguage, useText } from '../../kit/text.tsx'
import { reportPeriodWords } from '../regimes/words.ts'

/** A text in the reader's language, else in the first it has. */
export function useNamed(): (names: LocalizedText) => string {
  const { language } = useLanguage()
  return (names) => Object.entries(names).find(([code]) => code === language)?.[1] ?? Object.values(names)[0] ?? ''
}

const tones: Record<ReportState, Tone> = {
  draft: 'draft',
  submitted: 'pending',
  'in-review': 'pending',
  returned: 'returned',
  accepted: 'done',
  approved: 'done',
  locked: 'done',
  reopened: 'returned',
}

/** How a report stands, as word and tone; of one not begun, or not owed, so. */
export function stateOf(owed: OwedReport, t: Say): { tone: Tone; words: string } {
  if (owed.obligationState !== 'owed')
    return { tone: 'note', words: t('reports.obligation-is', { state: owed.obligationState }) }
  if (owed.state === null) return { tone: 'undated', words: t('reports.state-none') }
  return { tone: tones[owed.state], words: t('reports.state-is', { state: choice(owed.state) }) }
}

/** Name and period: "Báo cáo 6 tháng: 6 tháng đầu năm 2026". */
export function useTitle(): (owed: Pick<OwedReport, 'regimeNames' | 'period'>) => string {
  const t = useText()
  const named = useNamed()
  return ({ regimeNames, period }) =>
    t('reports.of-period', { name: named(regimeNames), period: reportPeriodWords(period, t) })
}

/** What a line is called: its heading, and the row in it. */
export function useLineWords({ form, facts }: Pick<ReportDetail, 'form' | 'facts'>): (line: string) => string {
  const t = useText()
  const named = useNamed()
  return (line) => {
    const [key = '', part = ''] = line.split('/')
    const at = form.sections.findIndex((section) => section.key === key)
    const section = form.sections[at]
    if (section === undefined) return line
    const heading = t('reports.section-name', { number: at + 1, heading: named(section.heading) })
    if (part === '*') return heading
    if (section.kind === 'figures') {
      const name = facts.find((fact) => fact.line === line)?.name
      return name === undefined ? heading : t('reports.row-of', { section: heading, row: name })
    }
    if (section.kind === 'money') {
      const [row, source] = part.split(':')
      const rowName = section.rows.find((one) => one.key === row)?.label
      const sourceName = section.sources.find((one) => one.key === source)?.label
      if (rowName === undefined || sourceName === undefined) return heading
      return t('reports.row-of', { section: heading, row: `${named(rowName)} – ${named(sourceName)}` })
    }
    return heading
  }
}
