import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Below, BodyBelow, Difference, ReportDetail } from '#reporting/model'
import { usePathId } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { LongTextField } from '../../kit/fields.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { StatusBadge, type Tone } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { choice } from '../../plans/words.ts'
import { reasonWords } from '../regimes/words.ts'
import { reportsTo, reportTo } from '../reports/addresses.ts'
import { reportQuery, useRenewReports } from '../reports/queries.ts'
import styles from '../reports/Reports.module.css'
import { useNamed, useTitle } from '../reports/words.ts'
import { belowQuery, drawLines } from './queries.ts'

/** The reports that go into one's own: who has not reported first, then what in them is not taken over as it stands. */
export function BelowPage() {
  const id = usePathId('reportId')
  const report = useQuery(reportQuery(id))
  const below = useQuery(belowQuery(id))
  const error = below.error ?? report.error
  if (error) return <LoadFailed problem={error} onRetry={() => void below.refetch()} />
  return report.data && below.data ? <BelowOf report={report.data} below={below.data} /> : null
}

function BelowOf({ report, below }: { report: ReportDetail; below: Below }) {
  const t = useText()
  const title = useTitle()
  const renew = useRenewReports()
  const [leaving, setLeaving] = useState<Difference>()
  const taking = useMutation({
    mutationFn: (one: Difference | undefined) =>
      drawLines(report.id, one === undefined ? { all: true } : { take: [pickedOf(one)] }),
    onSettled: renew,
  })
  const { differences, mayDraw } = below
  return (
    <>
      <PageHeader
        title={t('consolidation.title')}
        crumbs={[
          { label: t('reports.title'), to: reportsTo },
          { label: title(report.owed), to: reportTo(report.id) },
          { label: t('consolidation.title') },
        ]}
        state={t('consolidation.state', { missing: below.missing, waiting: differences.length })}
        acts={
          mayDraw &&
          differences.length > 0 && (
            <Button loading={taking.isPending} onClick={() => taking.mutate(undefined)}>
              {t('consolidation.take-all', { count: differences.length })}
            </Button>
          )
        }
      />
      <ErrorSummary problem={taking.error} />
      {!mayDraw && <p className={styles.note}>{t('consolidation.closed')}</p>}
      <Section title={t('consolidation.bodies')}>
        <DataTable
          id="bodies-below"
          caption={t('consolidation.bodies')}
          columns={useBodyColumns()}
          rows={below.bodies}
          rowId={(row) => row.obligationId}
          rowName={(row) => row.agencyName}
          empty={<Empty title={t('consolidation.none')} />}
        />
      </Section>
      <Section title={t('consolidation.differences')}>
        <DataTable
          id="differences-below"
          caption={t('consolidation.differences')}
          columns={useDifferenceColumns(
            report,
            mayDraw ? { take: (one) => taking.mutate(one), leave: setLeaving, isPending: taking.isPending } : undefined,
          )}
          rows={differences}
          rowId={(one) => `${one.reportId} ${one.line}`}
          rowName={(one) => `${one.agencyName}, ${one.words.slice(0, 60)}`}
          empty={<p className={styles.quiet}>{t('consolidation.nothing')}</p>}
        />
      </Section>
      {leaving && <LeaveDialog report={report} difference={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  )
}

const pickedOf = ({ reportId, number, line }: Difference) => ({ reportId, number, line })

/** How far a body is, as a word and its tone. */
function standingOf(row: BodyBelow): { state: string; tone: Tone } {
  if (row.obligationState !== 'owed') return { state: row.obligationState, tone: 'note' }
  if (row.acceptedNumber !== null) return { state: row.isNil ? 'nil' : 'accepted', tone: 'done' }
  if (row.state === 'submitted' || row.state === 'in-review') return { state: 'under-review', tone: 'pending' }
  return row.isLate ? { state: 'late', tone: 'overdue' } : { state: 'missing', tone: 'soon' }
}

function useBodyColumns(): Column<BodyBelow>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      ...{ id: 'body', title: t('consolidation.body'), width: '16rem' },
      cell: (row) =>
        row.reportId !== null && row.acceptedNumber !== null ? (
          <Link to={reportTo(row.reportId)}>{row.agencyName}</Link>
        ) : (
          row.agencyName
        ),
    },
    {
      ...{ id: 'report', title: t('consolidation.report'), width: '13rem' },
      cell: (row) => {
        const { state, tone } = standingOf(row)
        return (
          <span className={styles.named}>
            <span className={styles.badges}>
              <StatusBadge tone={tone}>{t('consolidation.is', { state: choice(state) })}</StatusBadge>
              {row.acceptedNumber !== null && row.isLate && (
                <StatusBadge tone="late">{t('consolidation.came-late')}</StatusBadge>
              )}
            </span>
            {row.reason !== null && <span className={styles.quiet}>{reasonWords(row.reason, t)}</span>}
          </span>
        )
      },
    },
    { id: 'due', title: t('consolidation.due'), width: '8rem', cell: (row) => format.date(row.dueOn) },
    ...(['waiting', 'taken', 'left'] as const).map((id): Column<BodyBelow> => ({
      ...{ id, title: t(`consolidation.${id}`), align: 'end', width: '6rem' },
      cell: (row) => format.number(row[id], 0),
    })),
  ]
}

type Acts = { take: (one: Difference) => void; leave: (one: Difference) => void; isPending: boolean }

function useDifferenceColumns(report: ReportDetail, acts: Acts | undefined): Column<Difference>[] {
  const t = useText()
  const format = useFormat()
  const named = useNamed()
  return [
    { id: 'body', title: t('consolidation.body'), width: '13rem', cell: (one) => one.agencyName },
    {
      ...{ id: 'section', title: t('consolidation.section'), width: '11rem' },
      cell: (one) => named(report.form.sections.find(({ key }) => key === one.section)?.heading ?? {}),
    },
    {
      ...{ id: 'what', title: t('consolidation.what'), width: '24rem' },
      cell: (one) =>
        one.amount === null ? one.words : t('consolidation.amount', { amount: format.number(Number(one.amount), 0) }),
    },
    {
      ...{ id: 'kind', title: t('consolidation.kind'), width: '10rem' },
      cell: (one) => (
        <span className={styles.named}>
          {t('consolidation.kind-is', { kind: one.kind })}
          {one.isLate && <StatusBadge tone="late">{t('consolidation.came-late')}</StatusBadge>}
        </span>
      ),
    },
    ...(acts === undefined
      ? []
      : [
          {
            ...{ id: 'acts', title: t('reports.act'), width: '13rem' },
            cell: (one: Difference) => (
              <span className={styles.acts}>
                <Button variant="default" size="compact-sm" disabled={acts.isPending} onClick={() => acts.take(one)}>
                  {t('consolidation.take')}
                </Button>
                <Button variant="default" size="compact-sm" disabled={acts.isPending} onClick={() => acts.leave(one)}>
                  {t('consolidation.leave')}
                </Button>
              </span>
            ),
          },
        ]),
  ]
}

function LeaveDialog({
  report,
  difference,
  onClose,
}: {
  report: ReportDetail
  difference: Difference
  onClose: () => void
}) {
  const t = useText()
  const renew = useRenewReports()
  const [reason, setReason] = useState('')
  const leaving = useMutation({
    mutationFn: () => drawLines(report.id, { leave: [{ ...pickedOf(difference), reason }] }),
    onSuccess: async () => {
      await renew()
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('consolidation.leave')}
      act={t('consolidation.leave')}
      isPending={leaving.isPending}
      isBlocked={reason.trim() === ''}
      problem={leaving.error}
      onSend={() => leaving.mutate()}
      onClose={onClose}
    >
      <p>{difference.words}</p>
      <LongTextField
        id="reason"
        label={t('consolidation.leave-reason')}
        required
        maxLength={2000}
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  )
}
