import type { Finding, ReportDetail } from '#reporting/model'
import { ToneShape } from '../../kit/StatusBadge.tsx'
import { useText } from '../../kit/text.tsx'
import styles from './Reports.module.css'
import { useLineWords } from './words.ts'

interface FindingListProps {
  report: ReportDetail
  /** Undefined while they load. */
  findings: readonly Finding[] | undefined
  onOpen: (section: string) => void
}

/** What is wrong or strange, each leading to its place. */
export function FindingList({ report, findings, onOpen }: FindingListProps) {
  const t = useText()
  const lineWords = useLineWords(report)
  if (findings === undefined) return null
  if (findings.length === 0) return <p role="status">{t('reports.nothing-found')}</p>
  return (
    <ul className={styles.findings}>
      {findings.map(({ line, kind, title, code, isExplained }) => (
        <li key={`${line} ${code}`}>
          <ToneShape tone={kind === 'fault' ? 'overdue' : isExplained ? 'note' : 'soon'} />
          <span>
            <a
              href={`#${line}`}
              onClick={(event) => {
                event.preventDefault()
                onOpen(line.split('/')[0] ?? '')
                // The section opens first; then its line can be gone to.
                requestAnimationFrame(() => requestAnimationFrame(() => focusLine(line)))
              }}
            >
              {lineWords(line)}
            </a>
            <span className={styles.said}>
              {kind === 'warning' && isExplained ? t('reports.explained', { title }) : title}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function focusLine(line: string): void {
  const place = document.querySelector<HTMLElement>(`[data-line="${CSS.escape(line)}"]`)
  const fields = 'input, textarea, select, [role="gridcell"][aria-readonly="false"]'
  const field = place?.matches(fields) ? place : place?.querySelector<HTMLElement>(fields)
  ;(field ?? place)?.focus()
}
