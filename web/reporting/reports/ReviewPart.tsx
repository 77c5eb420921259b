import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ReportDetail } from '#reporting/model'
import { Confirm } from '../../kit/Confirm.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { DateField } from '../../kit/DateField.tsx'
import { LongTextField } from '../../kit/fields.tsx'
import { useMay, useSession } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { write } from '../../plans/requests.ts'
import { submissionQuery, useRenewReports } from './queries.ts'
import styles from './Reports.module.css'
import { Signed } from './SentPart.tsx'
import { SubmissionView } from './SubmissionView.tsx'
import { useLineWords } from './words.ts'

/** A submission under review: each line can be marked with a reason; then it goes back, or is accepted. */
export function ReviewPart({ report }: { report: ReportDetail }) {
  const t = useText()
  const may = useMay()
  const { number } = report.owed
  const { data, error, refetch } = useQuery(submissionQuery(report.id, number))
  const [marking, setMarking] = useState<string>()
  const [isReturning, setReturning] = useState(false)
  const mark = useMark(report)
  useSeen(report)
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data) return null
  const marked = new Map(report.marks.map(({ line, reason }) => [line, reason]))
  const mayMark = may('reporting.review-reports')
  return (
    <>
      <Signed report={report} number={number} />
      {data.before !== null && (
        <p className={styles.note}>{t('reports.changed-lines', { count: data.changes.length })}</p>
      )}
      <ErrorSummary problem={mark.error} />
      <SubmissionView
        report={report}
        submission={data}
        atLine={(line) =>
          mayMark && (
            <LineMark
              reason={marked.get(line)}
              onMark={() => setMarking(line)}
              onClear={() => mark.mutate({ line, reason: null })}
            />
          )
        }
      />
      {may('reporting.decide-reports') && (
        <div className={`${styles.acts} screen-only`}>
          <Accept report={report} isBlocked={marked.size > 0} />
          <Button variant="default" disabled={marked.size === 0} onClick={() => setReturning(true)}>
            {t('reports.return', { count: marked.size })}
          </Button>
        </div>
      )}
      {marking !== undefined && (
        <MarkDialog
          report={report}
          line={marking}
          before={marked.get(marking) ?? ''}
          onSend={(reason) => mark.mutate({ line: marking, reason }, { onSuccess: () => setMarking(undefined) })}
          problem={mark.error}
          isPending={mark.isPending}
          onClose={() => setMarking(undefined)}
        />
      )}
      {isReturning && <ReturnDialog report={report} onClose={() => setReturning(false)} />}
    </>
  )
}

/** That somebody of the receiving side opened it is kept, once a visit. */
function useSeen({ id, owed }: ReportDetail): void {
  const may = useMay()
  const kept = useRef<string | undefined>(undefined)
  const { number } = owed
  const allowed = may('reporting.review-reports')
  useEffect(() => {
    const name = `${id} ${number}`
    if (!allowed || kept.current === name) return
    kept.current = name
    // Whether it could be kept changes nothing of what is read.
    void write('POST', `/reporting/reports/${id}/seen`, { number }).catch(() => undefined)
  }, [id, number, allowed])
}

function useMark(report: ReportDetail) {
  const renew = useRenewReports()
  return useMutation({
    mutationFn: ({ line, reason }: { line: string; reason: string | null }) =>
      write('PUT', `/reporting/reports/${report.id}/marks`, { number: report.owed.number, line, reason }),
    onSuccess: renew,
  })
}

function LineMark({
  reason,
  onMark,
  onClear,
}: {
  reason: string | undefined
  onMark: () => void
  onClear: () => void
}) {
  const t = useText()
  if (reason === undefined)
    return (
      <Button variant="subtle" size="compact-sm" className="screen-only" onClick={onMark}>
        {t('reports.mark')}
      </Button>
    )
  return (
    <span className={styles.marked}>
      <StatusBadge tone="returned">{reason}</StatusBadge>
      <Button variant="subtle" size="compact-sm" className="screen-only" onClick={onMark}>
        {t('reports.mark-change')}
      </Button>
      <Button variant="subtle" size="compact-sm" className="screen-only" onClick={onClear}>
        {t('reports.mark-clear')}
      </Button>
    </span>
  )
}

interface MarkDialogProps {
  report: ReportDetail
  line: string
  before: string
  isPending: boolean
  problem: unknown
  onSend: (reason: string) => void
  onClose: () => void
}

function MarkDialog({ report, line, before, isPending, problem, onSend, onClose }: MarkDialogProps) {
  const t = useText()
  const lineWords = useLineWords(report.form)
  const [reason, setReason] = useState(before)
  return (
    <DialogForm
      title={t('reports.mark-line', { line: lineWords(line) })}
      act={t('reports.mark')}
      isPending={isPending}
      isBlocked={reason.trim() === ''}
      problem={problem}
      onSend={() => onSend(reason)}
      onClose={onClose}
    >
      <LongTextField
        id="reason"
        label={t('reports.mark-reason')}
        value={reason}
        maxLength={2_000}
        required
        onChange={setReason}
      />
    </DialogForm>
  )
}

function ReturnDialog({ report, onClose }: { report: ReportDetail; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewReports()
  const { today } = useSession()
  const lineWords = useLineWords(report.form)
  const [dueOn, setDueOn] = useState<string | null>(report.owed.dueOn >= today ? report.owed.dueOn : null)
  const [reason, setReason] = useState('')
  const send = useMutation({
    mutationFn: () =>
      write('POST', `/reporting/reports/${report.id}/return`, {
        number: report.owed.number,
        dueOn,
        reason: reason.trim() === '' ? null : reason,
      }),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('reports.returned-done') })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('reports.return', { count: report.marks.length })}
      act={t('reports.return', { count: report.marks.length })}
      isPending={send.isPending}
      isBlocked={dueOn === null}
      problem={send.error}
      onSend={() => send.mutate()}
      onClose={onClose}
    >
      <p>{t('reports.return-words')}</p>
      <ul>
        {report.marks.map(({ line, reason: why }) => (
          <li key={line}>{t('reports.return-line', { line: lineWords(line), reason: why })}</li>
        ))}
      </ul>
      <DateField
        id="dueOn"
        label={t('reports.return-due')}
        value={dueOn}
        onChange={setDueOn}
        today={today}
        min={today}
        required
      />
      <LongTextField
        id="reason"
        label={t('reports.return-reason')}
        value={reason}
        maxLength={2_000}
        rows={3}
        onChange={setReason}
      />
    </DialogForm>
  )
}

function Accept({ report, isBlocked }: { report: ReportDetail; isBlocked: boolean }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewReports()
  const [isAsking, setAsking] = useState(false)
  const accept = useMutation({
    mutationFn: () => write('POST', `/reporting/reports/${report.id}/acceptance`, { number: report.owed.number }),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('reports.accepted-done') })
    },
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <ErrorSummary problem={accept.error} />
      <Button disabled={isBlocked} onClick={() => setAsking(true)}>
        {t('reports.accept')}
      </Button>
      <Confirm
        isOpen={isAsking}
        title={t('reports.accept')}
        act={t('reports.accept')}
        isPending={accept.isPending}
        onConfirm={() => accept.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('reports.accept-words', { body: report.owed.agencyName, number: report.owed.number })}
      </Confirm>
    </>
  )
}
