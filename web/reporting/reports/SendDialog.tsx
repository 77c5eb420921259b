import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Finding, ReportDetail } from '#reporting/model'
import { CheckField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { write } from '../../plans/requests.ts'
import { useRenewReports } from './queries.ts'
import styles from './Reports.module.css'
import { useTitle } from './words.ts'

interface SendDialogProps {
  report: ReportDetail
  findings: readonly Finding[]
  onClose: () => void
}

/** Sign and send: what goes, to whom, by what right; or that there was nothing to report. */
export function SendDialog({ report, findings, onClose }: SendDialogProps) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const title = useTitle()
  const { person } = useSession()
  const renew = useRenewReports()
  const [isNil, setNil] = useState(false)
  const open = findings.filter(({ kind, isExplained }) => kind === 'fault' || !isExplained).length
  const mayBeNil = report.owed.openLines === null && report.owed.acceptedNumber === null
  const isBlocked = !isNil && open > 0
  const send = useMutation({
    mutationFn: () =>
      write<{ number: number }>('POST', `/reporting/reports/${report.id}/submission`, {
        versions: Object.fromEntries(report.sections.map(({ key, version }) => [key, version])),
        isNil,
      }),
    onSuccess: async ({ number }) => {
      await renew()
      toast({ kind: 'done', text: t('reports.sent-done', { number }) })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('reports.sign-and-send')}
      act={t('reports.sign-and-send')}
      isPending={send.isPending}
      isBlocked={isBlocked}
      problem={send.error}
      onSend={() => send.mutate()}
      onClose={onClose}
    >
      <p>
        {t('reports.send-words', {
          report: title(report.owed),
          receiver: report.owed.receiverName ?? t('reports.nobody-above'),
        })}
      </p>
      <p>
        {t('reports.send-as', { name: person.name, as: report.signsAs ?? 'head', due: format.date(report.owed.dueOn) })}
      </p>
      {mayBeNil && (
        <CheckField
          id="isNil"
          label={t('reports.send-nil')}
          help={t('reports.send-nil-words')}
          value={isNil}
          onChange={setNil}
        />
      )}
      {isBlocked && <p className={styles.fault}>{t('reports.send-blocked', { count: open })}</p>}
      <p className={styles.quiet}>{t('reports.send-kept')}</p>
    </DialogForm>
  )
}
