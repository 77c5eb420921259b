import type { ReportDetail } from '#reporting/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import styles from './Reports.module.css'
import { useLineWords } from './words.ts'

/** What happened to a report, as sentences, the newest first. */
export function ReportSteps({ report }: { report: ReportDetail }) {
  const t = useText()
  const format = useFormat()
  const lineWords = useLineWords(report.form)
  if (report.steps.length === 0) return <p className={styles.quiet}>{t('reports.no-steps')}</p>
  return (
    <ol className={styles.steps}>
      {report.steps.map((step) => (
        <li key={`${step.takenAt} ${step.kind}`}>
          <span>
            {t('reports.step-is', {
              kind: choice(step.kind),
              number: step.number,
              name: step.byName ?? '',
              body: step.byAgencyName ?? '',
              due: step.dueOn === null ? '' : format.date(step.dueOn),
            })}
          </span>
          <time className={styles.quiet} dateTime={step.takenAt}>
            {format.dateTime(step.takenAt)}
          </time>
          {step.reason !== null && <p>{step.reason}</p>}
          {step.lines !== null && (
            <ul>
              {step.lines.map(({ line, reason }) => (
                <li key={line}>{t('reports.return-line', { line: lineWords(line), reason })}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  )
}
