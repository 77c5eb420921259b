import type { Finding, ReportDetail } from '#reporting/model'
import { ToneShape, type Tone } from '../../kit/StatusBadge.tsx'
import { useText } from '../../kit/text.tsx'
import styles from './Reports.module.css'
import { useNamed } from './words.ts'

interface SectionRailProps {
  report: ReportDetail
  findings: readonly Finding[]
  chosen: string
  onChoose: (key: string) => void
}

/** The sections of a report as a list of tasks: which are done, which want something. */
export function SectionRail({ report, findings, chosen, onChoose }: SectionRailProps) {
  const t = useText()
  const named = useNamed()
  return (
    <nav aria-label={t('reports.sections')} className={`${styles.rail} screen-only`}>
      <ol>
        {report.form.sections.map((section, at) => {
          const own = findings.filter(({ line }) => line.startsWith(`${section.key}/`))
          const open = own.filter(({ kind, isExplained }) => kind === 'fault' || !isExplained).length
          const isTouched = (report.sections.find(({ key }) => key === section.key)?.version ?? 1) > 1
          const returned = openLinesIn(report, section.key)
          const isClosed = report.owed.openLines !== null && returned === 0
          const state = isClosed
            ? 'closed'
            : open > 0
              ? 'open'
              : returned > 0
                ? 'returned'
                : isTouched
                  ? 'done'
                  : 'none'
          return (
            <li key={section.key}>
              <button
                type="button"
                aria-current={section.key === chosen ? 'step' : undefined}
                onClick={() => onChoose(section.key)}
              >
                <ToneShape tone={tones[state]} />
                <span>
                  {t('reports.section-name', { number: at + 1, heading: named(section.heading) })}
                  <span className={styles.quiet}>
                    {t('reports.section-is', { state, count: state === 'returned' ? returned : open })}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const tones: Record<'closed' | 'open' | 'returned' | 'done' | 'none', Tone> = {
  closed: 'done',
  open: 'soon',
  returned: 'returned',
  done: 'done',
  none: 'pending',
}

/** How many lines of a section were opened to be corrected, by a return or an order by line. */
export function openLinesIn({ owed }: ReportDetail, key: string): number {
  return (owed.openLines ?? []).filter((line) => line.startsWith(`${key}/`)).length
}
