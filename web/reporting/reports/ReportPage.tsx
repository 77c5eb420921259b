import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReportDetail } from '#reporting/model'
import { usePathId, useSetUrl, useUrl } from '../../kit/address.ts'
import { DueWords } from '../../kit/DueWords.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay, useSession } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { HistorySection } from '../../notifications/HistorySection.tsx'
import { AfterSent } from '../consolidation/AfterSent.tsx'
import { WaitingParts } from '../workbooks/WaitingParts.tsx'
import { WorkbookAct } from '../workbooks/WorkbookAct.tsx'
import { receivedTo, reportsTo, sectionName } from './addresses.ts'
import { FindingList } from './FindingList.tsx'
import { KeptSections } from './KeptSections.tsx'
import { isOut } from './OwedTable.tsx'
import { findingsQuery, reportQuery } from './queries.ts'
import { ReportSteps } from './ReportSteps.tsx'
import styles from './Reports.module.css'
import { ReviewPart } from './ReviewPart.tsx'
import { SectionEditor } from './SectionEditor.tsx'
import { openLinesIn, SectionRail } from './SectionRail.tsx'
import { SendDialog } from './SendDialog.tsx'
import { SentPart } from './SentPart.tsx'
import { stateOf, useTitle } from './words.ts'

/** A report: being written by its body, sent, or reviewed by its receiver. */
export function ReportPage() {
  const id = usePathId('reportId')
  const { data: report, error, refetch } = useQuery(reportQuery(id))
  if (error && !report) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return report ? <Report report={report} /> : null
}

function Report({ report }: { report: ReportDetail }) {
  const t = useText()
  const format = useFormat()
  const title = useTitle()
  const { today } = useSession()
  const { owed } = report
  const { tone, words } = stateOf(owed, t)
  const [isEditing, setEditing] = useState(false)
  // Who changes a word may not sign any more: a slip of the hand must not cost the signature.
  const isRead = owed.mayBeSigned && !isEditing
  const isReviewed = report.isReceiver && (owed.state === 'submitted' || owed.state === 'in-review')
  return (
    <>
      <PageHeader
        title={report.isOwn ? title(owed) : t('reports.of-body', { body: owed.agencyName, report: title(owed) })}
        crumbs={[
          report.isOwn
            ? { label: t('reports.title'), to: reportsTo }
            : { label: t('reports.received-title'), to: receivedTo },
          { label: report.isOwn ? title(owed) : owed.agencyName },
        ]}
        state={
          <span className={styles.facts}>
            <StatusBadge tone={tone}>{words}</StatusBadge>
            {isOut(owed) ? (
              <DueWords dueOn={owed.dueOn} today={today} />
            ) : (
              <span>{t('reports.due-on', { date: format.date(owed.dueOn) })}</span>
            )}
            {!isOut(owed) && owed.isLate && <StatusBadge tone="late">{t('reports.came-late')}</StatusBadge>}
            <span>
              {t('reports.days', { from: format.date(owed.periodFrom), to: format.date(lastDay(owed.periodTo)) })}
            </span>
            {owed.receiverName !== null && <span>{t('reports.sent-to', { name: owed.receiverName })}</span>}
          </span>
        }
        acts={isRead ? undefined : <WorkbookAct report={report} />}
      />
      <AfterSent report={report} />
      {report.mayWrite ? (
        <Writing report={report} isRead={isRead} onEdit={() => setEditing(true)} />
      ) : isReviewed ? (
        <ReviewPart report={report} />
      ) : (
        <SentPart report={report} />
      )}
      <Section title={t('reports.history')}>
        <ReportSteps report={report} />
      </Section>
      <HistorySection record={{ kind: 'reporting.report', id: report.id }} />
    </>
  )
}

/** The day before the first one after it. */
function lastDay(to: string): string {
  return new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

function Writing({ report, isRead, onEdit }: { report: ReportDetail; isRead: boolean; onEdit: () => void }) {
  const t = useText()
  const may = useMay()
  const setUrl = useSetUrl()
  const asked = oneOf(useUrl()[sectionName])
  const [isSending, setSending] = useState(false)
  const versions = report.sections.map(({ key, version }) => `${key}${version}`).join(' ')
  const findings = useQuery(findingsQuery(report.id, versions))
  const keys = report.form.sections.map(({ key }) => key)
  const key = keys.find((one) => one === asked) ?? keys.find((one) => openLinesIn(report, one) > 0) ?? keys[0] ?? ''
  const at = keys.indexOf(key)
  const section = report.sections.find((one) => one.key === key)
  const shape = report.form.sections[at]
  const open = (next: string) => setUrl({ [sectionName]: next }, true)
  const [previous, following] = [keys[at - 1], keys[at + 1]]
  return (
    <>
      {report.owed.openLines !== null && <p className={styles.note}>{t('reports.only-open')}</p>}
      <WaitingParts report={report} />
      <KeptSections report={report} chosen={key} onOpen={open} />
      {isRead && (
        <div className={`${styles.note} screen-only`}>
          <p>{t('reports.read-to-sign')}</p>
          <Button size="compact-sm" variant="default" onClick={onEdit}>
            {t('reports.edit-instead')}
          </Button>
        </div>
      )}
      <div className={isRead ? `${styles.page} ${styles.reading}` : styles.page}>
        <SectionRail report={report} findings={findings.data ?? []} chosen={key} onChoose={open} />
        <div className={styles.main}>
          {section && shape && (
            <SectionEditor
              key={key}
              report={report}
              shape={shape}
              section={section}
              number={at + 1}
              isRead={isRead}
              findings={(findings.data ?? []).filter(({ line }) => line.startsWith(`${key}/`))}
            />
          )}
          <div className={`${styles.acts} screen-only`}>
            {previous !== undefined && (
              <Button variant="default" onClick={() => open(previous)}>
                {t('reports.previous')}
              </Button>
            )}
            {following !== undefined && (
              <Button variant="default" onClick={() => open(following)}>
                {t('reports.next')}
              </Button>
            )}
          </div>
          <Section title={t('reports.check')}>
            <FindingList report={report} findings={findings.data} onOpen={open} />
            {may('reporting.sign-reports') && report.signsAs !== null ? (
              <Button className="screen-only" onClick={() => setSending(true)}>
                {t('reports.sign-and-send')}
              </Button>
            ) : (
              <p className={styles.quiet}>{t('reports.head-signs')}</p>
            )}
          </Section>
        </div>
      </div>
      {isSending && <SendDialog report={report} findings={findings.data ?? []} onClose={() => setSending(false)} />}
    </>
  )
}
