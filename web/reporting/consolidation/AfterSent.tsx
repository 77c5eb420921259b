import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReportDetail } from '#reporting/model'
import { Confirm } from '../../kit/Confirm.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { MoreMenu } from '../../kit/MoreMenu.tsx'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { write } from '../../plans/requests.ts'
import { useRenewReports } from '../reports/queries.ts'
import styles from '../reports/Reports.module.css'
import { PaperGivenDialog } from './PaperGivenDialog.tsx'
import { belowTo, standingQuery } from './queries.ts'
import { ReopenDialog } from './ReopenDialog.tsx'

type Asking = 'approve' | 'lock' | 'reopen' | 'paper'

/** What is done with a report beside writing and reviewing: consolidating, papers, approval, locking, opening again by an order. */
export function AfterSent({ report }: { report: ReportDetail }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const renew = useRenewReports()
  const papers = useDownload()
  const [asking, setAsking] = useState<Asking>()
  const { data: standing } = useQuery(standingQuery(report.id))
  const newest = report.submissions[0]
  const number = newest?.number
  const acting = useMutation({
    mutationFn: (act: Asking) =>
      act === 'approve'
        ? write('POST', `/reporting/reports/${report.id}/approval`, { number })
        : write('POST', `/reporting/rounds/${report.owed.roundId}/locking`),
    onSuccess: renew,
    onSettled: () => setAsking(undefined),
  })
  if (standing === undefined) return null
  const file = (path: string) => papers.start(`/reporting/reports/${report.id}/submissions/${number ?? 1}/${path}`, '')
  return (
    <>
      <div className={`${styles.acts} screen-only`}>
        {standing.may.consolidate && (
          <Button component={Link} to={belowTo(report.id)} variant="default">
            {t('consolidation.open')}
          </Button>
        )}
        {standing.may.approve && <Button onClick={() => setAsking('approve')}>{t('consolidation.approve')}</Button>}
        {standing.may.lockRound && (
          <Button variant="default" onClick={() => setAsking('lock')}>
            {t('consolidation.lock')}
          </Button>
        )}
        {standing.may.reopen && (
          <Button variant="default" onClick={() => setAsking('reopen')}>
            {t('consolidation.reopen')}
          </Button>
        )}
        {number !== undefined && may('reporting.export') && (
          <>
            <Button variant="default" loading={papers.isPending} onClick={() => file('document?format=docx')}>
              {t('consolidation.word')}
            </Button>
            <Button variant="default" loading={papers.isPending} onClick={() => file('document?format=pdf')}>
              {t('consolidation.pdf')}
            </Button>
            <Button variant="default" loading={papers.isPending} onClick={() => file('figures')}>
              {t('consolidation.sheet')}
            </Button>
          </>
        )}
        {number !== undefined && (
          <MoreMenu
            items={[
              ...(report.isOwn && may('reporting.write-reports')
                ? [{ label: t('papers.give'), act: () => setAsking('paper') }]
                : []),
              ...(standing.hasBelow && may('reporting.export')
                ? (['docx', 'pdf'] as const).map((kind) => ({
                    label: t('papers.without-sources', { format: kind }),
                    isDisabled: papers.isPending,
                    act: () => file(`document?format=${kind}&sources=without`),
                  }))
                : []),
            ]}
          />
        )}
      </div>
      <ErrorSummary problem={acting.error} />
      {standing.reopenings.map((one) => (
        <p key={one.at} className={styles.note}>
          {t('consolidation.reopened', {
            ...{ order: one.orderNumber, on: format.date(one.orderOn) },
            ...{ until: format.date(one.until), reason: one.reason },
          })}
        </p>
      ))}
      {(['approve', 'lock'] as const).map((act) => (
        <Confirm
          key={act}
          isOpen={asking === act}
          title={t(`consolidation.${act}`)}
          act={t(`consolidation.${act}`)}
          isPending={acting.isPending}
          onConfirm={() => acting.mutate(act)}
          onClose={() => setAsking(undefined)}
        >
          {act === 'approve'
            ? t('consolidation.approve-words', { number: number ?? 1 })
            : t('consolidation.lock-words')}
        </Confirm>
      ))}
      {asking === 'paper' && newest !== undefined && (
        <PaperGivenDialog reportId={report.id} sent={newest} onClose={() => setAsking(undefined)} />
      )}
      {asking === 'reopen' && <ReopenDialog report={report} onClose={() => setAsking(undefined)} />}
    </>
  )
}
