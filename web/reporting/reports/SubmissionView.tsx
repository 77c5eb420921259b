import { useId, type ReactNode } from 'react'
import type { QuotedFigure, ReportContent, ReportDetail, Section as Shape, SubmissionDetail } from '#reporting/model'
import { changeWords, valueWords } from '../../indicators/words.ts'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import { ReportFiles } from './Attachments.tsx'
import { TraceLink } from '../consolidation/TraceLink.tsx'
import styles from './Reports.module.css'
import { StandingBadge } from './TasksEditor.tsx'
import { useLineWords, useNamed } from './words.ts'

type Content = ReportContent['sections'][number]['content']

interface SubmissionViewProps {
  report: ReportDetail
  submission: SubmissionDetail
  /** What stands at each line: a mark to be put or taken off. */
  atLine?: (line: string) => ReactNode
}

/** A submission as it was signed, section by section; what differs from the one before is said at its line. */
export function SubmissionView({ report, submission, atLine }: SubmissionViewProps) {
  const t = useText()
  const named = useNamed()
  const lineWords = useLineWords(report)
  const id = useId()
  if (submission.head.isNil) return <p className={styles.note}>{t('reports.nil-said')}</p>
  const contentOf = (of: ReportContent | null, key: string) => of?.sections.find((one) => one.key === key)?.content
  return (
    <>
      {report.form.sections.length > 1 && (
        <nav aria-label={t('reports.sections')} className={`${styles.contents} screen-only`}>
          <ol>
            {report.form.sections.map((shape, at) => (
              <li key={shape.key}>
                <a href={`#${id}-${shape.key}`}>
                  {t('reports.section-name', { number: at + 1, heading: named(shape.heading) })}
                </a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      {report.form.sections.map((shape, at) => {
        const content = contentOf(submission.content, shape.key)
        return (
          <Section
            key={shape.key}
            id={`${id}-${shape.key}`}
            title={t('reports.section-name', { number: at + 1, heading: named(shape.heading) })}
            acts={atLine?.(`${shape.key}/*`)}
          >
            {content ? (
              <Said
                report={report}
                shape={shape}
                content={content}
                lastPeriod={contentOf(submission.lastPeriod, shape.key)}
                atLine={(line) => (
                  <>
                    <Changed submission={submission} line={`${shape.key}/${line}`} />
                    <TraceLink
                      at={{ reportId: report.id, number: submission.head.number, line: `${shape.key}/${line}` }}
                      name={lineWords(`${shape.key}/${line}`)}
                    />
                    {atLine?.(`${shape.key}/${line}`)}
                  </>
                )}
              />
            ) : (
              <p className={styles.quiet}>{t('reports.nothing-said')}</p>
            )}
          </Section>
        )
      })}
    </>
  )
}

function Changed({ submission, line }: { submission: SubmissionDetail; line: string }) {
  const t = useText()
  const change = submission.changes.find((one) => one.line === line)
  if (change === undefined) return null
  return <StatusBadge tone="note">{t('reports.change-is', { kind: change.kind })}</StatusBadge>
}

interface SaidProps {
  report: ReportDetail
  shape: Shape
  content: Content
  lastPeriod: Content | undefined
  atLine: (line: string) => ReactNode
}

function Said({ report, shape, content, lastPeriod, atLine }: SaidProps) {
  const t = useText()
  const named = useNamed()
  const empty = <p className={styles.quiet}>{t('reports.nothing-said')}</p>
  switch (content.kind) {
    case 'narrative':
      if (content.paragraphs.length === 0) return empty
      return content.paragraphs.map(({ key, text }) => (
        <div key={key} className={styles.line}>
          <p className={styles.prose}>{text}</p>
          <div className={styles.lineActs}>{atLine(key)}</div>
        </div>
      ))
    case 'tasks':
      if (content.lines.length === 0) return empty
      return content.lines.map((line) => (
        <div key={line.key} className={styles.line}>
          <div>
            <p className={styles.title}>{line.title}</p>
            <StandingBadge standing={line.standing} />
            <p className={styles.prose}>{line.text}</p>
          </div>
          <div className={styles.lineActs}>{atLine(line.key)}</div>
        </div>
      ))
    case 'obstacles':
      if (content.lines.length === 0) return empty
      return content.lines.map((line) => (
        <div key={line.key} className={styles.line}>
          <div>
            <p className={styles.title}>
              {named(
                shape.kind === 'obstacles' ? (shape.themes.find(({ key }) => key === line.theme)?.label ?? {}) : {},
              )}
            </p>
            <p className={styles.prose}>{line.text}</p>
            {line.proposal !== '' && (
              <p className={styles.prose}>{t('reports.proposal-is', { words: line.proposal })}</p>
            )}
          </div>
          <div className={styles.lineActs}>{atLine(line.key)}</div>
        </div>
      ))
    case 'attachments':
      return content.fileIds.length === 0 ? empty : <ReportFiles report={report} fileIds={content.fileIds} />
    case 'money':
      return <MoneySaid shape={shape} content={content} atLine={atLine} />
    case 'quoted':
      return (
        <FiguresSaid
          report={report}
          section={shape.key}
          lines={content.lines}
          lastPeriod={lastPeriod?.kind === 'quoted' ? lastPeriod.lines : []}
          atLine={atLine}
        />
      )
    case 'figures':
      return empty
  }
}

type MoneyContent = Extract<Content, { kind: 'money' }>

function MoneySaid({ shape, content, atLine }: { shape: Shape; content: MoneyContent; atLine: SaidProps['atLine'] }) {
  const t = useText()
  const format = useFormat()
  const named = useNamed()
  if (shape.kind !== 'money' || content.lines.length === 0)
    return <p className={styles.quiet}>{t('reports.nothing-said')}</p>
  return (
    <ul className={styles.plain}>
      {content.lines.map((line) => (
        <li key={`${line.key}:${line.source}`} className={styles.line}>
          <span>
            {named(shape.rows.find(({ key }) => key === line.key)?.label ?? {})} –{' '}
            {named(shape.sources.find(({ key }) => key === line.source)?.label ?? {})}:{' '}
            {line.amount === null
              ? t('indicators.standing-is', { standing: choice(line.absence ?? 'missing') })
              : t('reports.dong', { amount: new Intl.NumberFormat(format.locale).format(BigInt(line.amount)) })}
          </span>
          <span className={styles.lineActs}>{atLine(`${line.key}:${line.source}`)}</span>
        </li>
      ))}
    </ul>
  )
}

interface FiguresSaidProps {
  report: ReportDetail
  section: string
  lines: readonly QuotedFigure[]
  lastPeriod: readonly QuotedFigure[]
  atLine: SaidProps['atLine']
}

/** Figures as they were sent, beside the period before and the target; of a total, of how many it is made. */
function FiguresSaid({ report, section, lines, lastPeriod, atLine }: FiguresSaidProps) {
  const t = useText()
  const format = useFormat()
  return (
    <div className={styles.scroll} role="region" aria-label={t('reports.figures')} tabIndex={0}>
      <table className={styles.grid}>
        <caption className="sr-only">{t('reports.figures')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.figure')}</th>
            <th scope="col">{t('reports.value')}</th>
            <th scope="col">{t('reports.standing')}</th>
            <th scope="col">{t('reports.before')}</th>
            <th scope="col">{t('reports.target')}</th>
            <th scope="col">{t('reports.remarks')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const fact = report.facts.find((one) => one.line === `${section}/${line.key}`)
            const before = lastPeriod.find(({ key }) => key === line.key)?.value ?? fact?.before?.value ?? null
            const change = line.value !== null && before !== null ? line.value - before : null
            return (
              <tr key={line.key}>
                <th scope="row">
                  {fact?.name ?? line.key}
                  <span className={styles.quiet}>{fact?.unitOfMeasure}</span>
                </th>
                <td data-number>
                  {line.value === null ? '–' : valueWords(line.value, format)}
                  {line.numerator !== null && line.denominator !== null && (
                    <span
                      className={styles.quiet}
                    >{`${format.number(line.numerator, 2)} / ${format.number(line.denominator, 2)}`}</span>
                  )}
                </td>
                <td>
                  {t('indicators.standing-is', { standing: choice(line.status ?? line.absence ?? 'missing') })}
                  {line.made !== null && (
                    <span className={styles.quiet}>
                      {t('reports.total-of', { reported: line.made.reported, expected: line.made.expected })}
                    </span>
                  )}
                </td>
                <td data-number>
                  {before === null ? '–' : valueWords(before, format)}
                  {change !== null && <span className={styles.quiet}>{changeWords(change, format)}</span>}
                </td>
                <td data-number>{fact?.target ? valueWords(fact.target.value, format) : '–'}</td>
                <td>
                  {line.comment}
                  {line.explanation !== '' && (
                    <span className={styles.warning}>{t('reports.explanation-is', { words: line.explanation })}</span>
                  )}
                  {atLine(line.key)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
