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
          const state = isClosed(report, section.key) ? 'closed' : open > 0 ? 'open' : isTouched ? 'done' : 'none'
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
                  <span className={styles.quiet}>{t('reports.section-is', { state, count: open })}</span>
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const tones: Record<'closed' | 'open' | 'done' | 'none', Tone> = {
  closed: 'done',
  open: 'returned',
  done: 'done',
  none: 'pending',
}

/** After a return: nothing in it is open. */
function isClosed({ owed }: ReportDetail, key: string): boolean {
  return owed.openLines !== null && !owed.openLines.some((line) => line.startsWith(`${key}/`))
}
