import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { QuotedFigure, ReportDetail, SubmissionDetail, Trace, TracedFigure, TracedLine } from '#reporting/model'
import { valueWords } from '../../indicators/words.ts'
import { usePathId, useUrl } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { allOf, oneOf } from '../../kit/url.ts'
import { choice } from '../../plans/words.ts'
import { obstacleTo } from '../obstacles/queries.ts'
import { numberName, reportTo } from '../reports/addresses.ts'
import { ReportFiles } from '../reports/Attachments.tsx'
import { reportQuery, submissionQuery } from '../reports/queries.ts'
import styles from '../reports/Reports.module.css'
import { useLineWords, useTitle } from '../reports/words.ts'
import { traceQuery, type LineAt } from './queries.ts'
import { TraceLink } from './TraceLink.tsx'
import { lineName, readTrail, traceTo, trailName } from './trail.ts'

/** Where a line of a sent report comes from, one step down; followed it ends at the commune's own line and its evidence. */
export function TracePage() {
  const t = useText()
  const reportId = usePathId('reportId')
  const url = useUrl()
  const at = { reportId, number: Number(oneOf(url[numberName])), line: oneOf(url[lineName]) ?? '' }
  const isAsked = Number.isInteger(at.number) && at.number > 0 && at.line !== ''
  const report = useQuery(reportQuery(reportId))
  const submission = useQuery({ ...submissionQuery(reportId, at.number), enabled: isAsked })
  const trace = useQuery({ ...traceQuery(at), enabled: isAsked })
  const error = report.error ?? trace.error ?? submission.error
  if (!isAsked)
    return (
      <>
        <PageHeader title={t('trace.page')} />
        <Empty title={t('trace.no-line')} act={<Link to={reportTo(reportId)}>{t('trace.to-report')}</Link>} />
      </>
    )
  if (error) return <LoadFailed problem={error} onRetry={() => void trace.refetch()} />
  if (!report.data || !trace.data || !submission.data) return null
  return (
    <TraceOf
      at={at}
      trail={readTrail(allOf(url[trailName]))}
      {...{ report: report.data, submission: submission.data, trace: trace.data }}
    />
  )
}

interface TraceOfProps {
  at: LineAt
  trail: readonly LineAt[]
  report: ReportDetail
  submission: SubmissionDetail
  trace: Trace
}

function TraceOf({ at, trail, report, submission, trace }: TraceOfProps) {
  const t = useText()
  const format = useFormat()
  const title = useTitle()
  const lineWords = useLineWords(report)
  const above = useAbove(trail)
  const { of, lines, figures, absent, obstacles, hidden } = trace
  const figure = figureAt(submission, at.line)
  const fileIds = submission.content.sections.flatMap(({ content }) =>
    content.kind === 'attachments' ? content.fileIds : [],
  )
  const below = [...trail, at]
  return (
    <>
      <PageHeader
        title={t('trace.title', { name: lineWords(at.line) })}
        crumbs={[
          ...(trail.length === 0 ? [{ label: title(report.owed), to: reportTo(report.id) }] : above),
          { label: of.agencyName },
        ]}
        state={
          <span className={styles.facts}>
            <span>{t('trace.sent', { number: of.number, at: format.dateTime(of.submittedAt) })}</span>
            {of.isLate && <StatusBadge tone="late">{t('reports.came-late')}</StatusBadge>}
            {of.isSuperseded && <StatusBadge tone="returned">{t('trace.superseded')}</StatusBadge>}
          </span>
        }
      />
      <Section title={t('trace.said')}>
        <p className={styles.quiet}>
          {of.agencyName} – <Link to={reportTo(report.id)}>{title(report.owed)}</Link>
        </p>
        {figure === undefined ? (
          <p className={styles.prose}>{of.words === '' ? t('reports.nothing-said') : of.words}</p>
        ) : (
          <FigureSaid
            figure={figure}
            unit={report.facts.find(({ line }) => line === at.line)?.unitOfMeasure ?? ''}
            estimated={figures.filter(({ status }) => status === 'E').length}
          />
        )}
      </Section>
      {lines.length > 0 && (
        <Section title={t('trace.lines')}>
          <DataTable
            id="traced-lines"
            caption={t('trace.lines')}
            columns={useLineColumns(below)}
            rows={lines}
            rowId={(row) => `${row.reportId} ${row.number} ${row.line}`}
            rowName={(row) => row.agencyName}
            rowTo={(row) => traceTo(row, below)}
          />
        </Section>
      )}
      {figures.length > 0 && (
        <Section title={t('trace.figures')}>
          <DataTable
            id="traced-figures"
            caption={t('trace.figures')}
            columns={useFigureColumns(at, below)}
            rows={figures}
            rowId={(row) => `${row.cellId} ${row.vintage}`}
            rowName={(row) => row.unitName}
          />
        </Section>
      )}
      {hidden > 0 && <p className={styles.note}>{t('trace.hidden', { count: hidden })}</p>}
      {lines.length === 0 && figures.length === 0 && hidden === 0 && !figure?.made && (
        <p className={styles.note}>{t('trace.written-here', { body: of.agencyName })}</p>
      )}
      {obstacles.length > 0 && (
        <Section title={t('trace.obstacles')}>
          <ul className={styles.plain}>
            {obstacles.map((one) => (
              <li key={one.id} className={styles.line}>
                <span className={styles.named}>
                  <Link to={obstacleTo(one.id)}>{one.words}</Link>
                  <span className={styles.quiet}>
                    {t('trace.obstacle-is', { by: one.byName, to: one.routedToName })}
                  </span>
                </span>
                <span>{t('obstacles.state-is', { code: one.state })}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('trace.evidence')}>
        {report.files.some(({ id }) => fileIds.includes(id)) ? (
          <ReportFiles report={report} fileIds={fileIds} />
        ) : (
          <p className={styles.quiet}>{t('trace.no-evidence')}</p>
        )}
      </Section>
      <Absent absent={absent} />
    </>
  )
}

/** Bodies whose reports are not in it, and those that came late, by name. */
function Absent({ absent }: { absent: Trace['absent'] }) {
  const t = useText()
  if (absent.length === 0) return null
  return (
    <Section title={t('trace.absent')}>
      {(['missing', 'late'] as const).map((kind) => {
        const names = absent.filter((one) => one.kind === kind).map(({ agencyName }) => agencyName)
        if (names.length === 0) return null
        return (
          <details key={kind} open={names.length <= mostNamed}>
            <summary>
              <StatusBadge tone={kind === 'late' ? 'late' : 'soon'}>
                {t('trace.absent-is', { kind, count: names.length })}
              </StatusBadge>
            </summary>
            <p className={styles.prose}>{names.join('; ')}</p>
          </details>
        )
      })}
    </Section>
  )
}

/** The most names that stand open; more are opened when asked for. */
const mostNamed = 12

/** The lines one came down from, as the way up. */
function useAbove(trail: readonly LineAt[]): { label: string; to: string }[] {
  const found = useQueries({ queries: trail.map((one) => traceQuery(one)) })
  return trail.flatMap((one, at) => {
    const name = found[at]?.data?.of.agencyName
    return name === undefined ? [] : [{ label: name, to: traceTo(one, trail.slice(0, at)) }]
  })
}

function figureAt(submission: SubmissionDetail, line: string): QuotedFigure | undefined {
  for (const { key, content } of submission.content.sections) {
    const found = content.kind === 'quoted' ? content.lines.find((one) => `${key}/${one.key}` === line) : undefined
    if (found) return found
  }
  return undefined
}

function FigureSaid({ figure, unit, estimated }: { figure: QuotedFigure; unit: string; estimated: number }) {
  const t = useText()
  const format = useFormat()
  const { value, status, absence, vintage, made, numerator, denominator, comment } = figure
  return (
    <>
      <p className={styles.facts}>
        <strong>{value === null ? '–' : `${valueWords(value, format)} ${unit}`}</strong>
        <span>{t('indicators.standing-is', { standing: choice(status ?? absence ?? 'missing') })}</span>
        {numerator !== null && denominator !== null && (
          <span>{`${format.number(numerator, 2)} / ${format.number(denominator, 2)}`}</span>
        )}
        {vintage !== null && <span>{t('trace.vintage', { vintage })}</span>}
      </p>
      {made !== null && (
        <p>
          {t('trace.made', {
            ...{ reported: made.reported, expected: made.expected, missing: made.expected - made.reported },
            ...{ late: made.late, estimated: Math.max(made.estimated, estimated) },
          })}
        </p>
      )}
      {comment !== '' && <p className={styles.prose}>{comment}</p>}
    </>
  )
}

function useLineColumns(trail: readonly LineAt[]): Column<TracedLine>[] {
  const t = useText()
  const format = useFormat()
  return [
    { id: 'body', title: t('consolidation.body'), width: '13rem', cell: (row) => row.agencyName },
    {
      ...{ id: 'sent', title: t('reports.submission'), width: '11rem' },
      cell: (row) => (
        <span className={styles.named}>
          {t('reports.sent-at', { number: row.number, at: format.dateTime(row.submittedAt) })}
          {row.isLate && <StatusBadge tone="late">{t('reports.came-late')}</StatusBadge>}
          {row.isSuperseded && <StatusBadge tone="returned">{t('trace.superseded')}</StatusBadge>}
        </span>
      ),
    },
    { id: 'words', title: t('consolidation.what'), width: '24rem', cell: (row) => row.words },
    {
      ...{ id: 'open', title: t('trace.down'), width: '8rem' },
      cell: (row) => <TraceLink at={row} trail={trail} name={row.agencyName} />,
    },
  ]
}

/** The vintages a figure is made of; its own line is not opened again. */
function useFigureColumns(at: LineAt, trail: readonly LineAt[]): Column<TracedFigure>[] {
  const t = useText()
  const format = useFormat()
  const number = (value: number | null) => (value === null ? '–' : format.number(value, 2))
  return [
    { id: 'unit', title: t('trace.unit'), width: '12rem', cell: (row) => row.unitName },
    { id: 'body', title: t('consolidation.body'), width: '13rem', cell: (row) => row.agencyName },
    {
      ...{ id: 'value', title: t('reports.value'), align: 'end', width: '9rem' },
      cell: (row) =>
        row.denominator === null ? number(row.numerator) : `${number(row.numerator)} / ${number(row.denominator)}`,
    },
    {
      ...{ id: 'status', title: t('reports.standing'), width: '9rem' },
      cell: (row) => (
        <span className={styles.named}>
          {t('indicators.standing-is', { standing: choice(row.status ?? 'missing') })}
          <span className={styles.quiet}>{t('trace.vintage', { vintage: row.vintage })}</span>
        </span>
      ),
    },
    {
      ...{ id: 'entered', title: t('trace.entered'), width: '12rem' },
      cell: (row) => (
        <span className={styles.named}>
          {row.enteredBy ?? ''}
          <span className={styles.quiet}>{format.dateTime(row.enteredAt)}</span>
        </span>
      ),
    },
    { id: 'comment', title: t('reports.remarks'), width: '12rem', cell: (row) => row.comment ?? '' },
    {
      ...{ id: 'open', title: t('trace.down'), width: '8rem' },
      cell: ({ said, unitName }) =>
        said === null ? (
          t('trace.entered-itself')
        ) : said.reportId === at.reportId ? (
          t('trace.this-line')
        ) : (
          <TraceLink at={said} trail={trail} name={unitName} />
        ),
    },
  ]
}
