import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReportDetail } from '#reporting/model'
import { DateField } from '../../kit/DateField.tsx'
import { LongTextField, SelectField, TextField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { write } from '../../plans/requests.ts'
import { useRenewReports } from '../reports/queries.ts'
import { useNamed } from '../reports/words.ts'

/** Opens a report again by an order: its number and day, why, what, until when. */
export function ReopenDialog({ report, onClose }: { report: ReportDetail; onClose: () => void }) {
  const t = useText()
  const named = useNamed()
  const { today } = useSession()
  const renew = useRenewReports()
  const [orderNumber, setOrderNumber] = useState('')
  const [orderOn, setOrderOn] = useState<string | null>(today)
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [scope, setScope] = useState('')
  const opening = useMutation({
    mutationFn: () =>
      write('POST', `/reporting/reports/${report.id}/reopening`, {
        ...{ number: report.owed.number, orderNumber, orderOn, reason, until },
        lines: scope === '' ? [] : [`${scope}/*`],
      }),
    onSuccess: async () => {
      await renew()
      onClose()
    },
  })
  const sections = report.form.sections.map(({ key, heading }) => ({ value: key, label: named(heading) }))
  return (
    <DialogForm
      title={t('consolidation.reopen')}
      act={t('consolidation.reopen')}
      isPending={opening.isPending}
      isBlocked={orderNumber.trim() === '' || reason.trim() === '' || orderOn === null || until === null}
      problem={opening.error}
      onSend={() => opening.mutate()}
      onClose={onClose}
    >
      <p>{t('consolidation.reopen-words')}</p>
      <TextField
        id="orderNumber"
        label={t('consolidation.order-number')}
        required
        letters={24}
        maxLength={100}
        value={orderNumber}
        onChange={setOrderNumber}
      />
      <DateField
        id="orderOn"
        label={t('consolidation.order-on')}
        required
        today={today}
        max={today}
        value={orderOn}
        onChange={setOrderOn}
      />
      <SelectField
        id="scope"
        label={t('consolidation.scope')}
        choices={[{ value: '', label: t('consolidation.scope-all') }, ...sections]}
        value={scope}
        onChange={setScope}
      />
      <DateField
        id="until"
        label={t('consolidation.until')}
        required
        today={today}
        min={today}
        value={until}
        onChange={setUntil}
      />
      <LongTextField
        id="reason"
        label={t('consolidation.reason')}
        required
        maxLength={2000}
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  )
}
