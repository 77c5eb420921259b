import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReportDetail, ReportPaper } from '#reporting/model'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { Confirm } from '../../kit/Confirm.tsx'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { write } from '../../plans/requests.ts'
import { driftTo } from '../consolidation/trail.ts'
import { numberName } from './addresses.ts'
import { submissionQuery, useRenewReports } from './queries.ts'
import styles from './Reports.module.css'
import { SubmissionView } from './SubmissionView.tsx'

/** What was sent, as it was signed; before its review begins it can be taken back. */
export function SentPart({ report }: { report: ReportDetail }) {
  const t = useText()
  const format = useFormat()
  const setUrl = useSetUrl()
  const asked = Number(oneOf(useUrl()[numberName]))
  const head = report.submissions.find(({ number }) => number === asked) ?? report.submissions[0]
  if (head === undefined) return <Empty title={t('reports.not-sent')}>{t('reports.not-sent-words')}</Empty>
  return (
    <>
      <div className={`${styles.choices} screen-only`}>
        {report.submissions.length > 1 && (
          <SelectField
            id="submission"
            label={t('reports.submission')}
            choices={report.submissions.map(({ number, submittedAt }) => ({
              value: String(number),
              label: t('reports.sent-at', { number, at: format.dateTime(submittedAt) }),
            }))}
            value={String(head.number)}
            onChange={(number) => setUrl({ [numberName]: number }, true)}
          />
        )}
        {report.isOwn && report.owed.state === 'submitted' && report.signsAs !== null && <Withdraw report={report} />}
      </div>
      <Signed report={report} number={head.number} />
      {!head.isNil && (
        <p className="screen-only">
          <Link to={driftTo(report.id, head.number)}>{t('drift.open')}</Link>
        </p>
      )}
      <Submission report={report} number={head.number} />
    </>
  )
}

/** Who signed, by what right, when; and the sum by which the text is known. */
export function Signed({ report, number }: { report: ReportDetail; number: number }) {
  const t = useText()
  const format = useFormat()
  const head = report.submissions.find((one) => one.number === number)
  if (head === undefined) return null
  const paperWords = ({ documentNumber, issuedOn, recipients }: ReportPaper) =>
    t('papers.given', {
      number: documentNumber ?? t('papers.no-number'),
      on: format.date(issuedOn ?? head.submittedAt),
      count: recipients.length,
      recipients: recipients.join('; '),
    })
  return (
    <p className={styles.quiet}>
      {t('reports.signed-by', {
        number: head.number,
        name: head.signedByName ?? '',
        as: head.signedAs,
        order: head.delegationOrder ?? '',
        at: format.dateTime(head.submittedAt),
      })}{' '}
      {t('reports.digest', { digest: head.digest.slice(0, 16) })}
      {head.paper !== null && ` ${paperWords(head.paper)}`}
    </p>
  )
}

function Submission({ report, number }: { report: ReportDetail; number: number }) {
  const { data, error, refetch } = useQuery(submissionQuery(report.id, number))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return data ? <SubmissionView report={report} submission={data} /> : null
}

function Withdraw({ report }: { report: ReportDetail }) {
  const t = useText()
  const renew = useRenewReports()
  const [isAsking, setAsking] = useState(false)
  const withdraw = useMutation({
    mutationFn: () => write('POST', `/reporting/reports/${report.id}/withdrawal`, { number: report.owed.number }),
    onSuccess: renew,
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('reports.withdraw')}
      </Button>
      <ErrorSummary problem={withdraw.error} />
      <Confirm
        isOpen={isAsking}
        title={t('reports.withdraw')}
        act={t('reports.withdraw')}
        isDestructive
        isPending={withdraw.isPending}
        onConfirm={() => withdraw.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('reports.withdraw-words')}
      </Confirm>
    </>
  )
}
