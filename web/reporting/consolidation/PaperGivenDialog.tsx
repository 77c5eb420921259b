import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SubmissionHead } from '#reporting/model'
import { DateField } from '../../kit/DateField.tsx'
import { TextField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { LinesField } from '../../plans/LinesField.tsx'
import { write } from '../../plans/requests.ts'
import { useRenewReports } from '../reports/queries.ts'

/** What a clerk gives the paper of a submission: its number, its day, who receives it. */
export function PaperGivenDialog(props: { reportId: string; sent: SubmissionHead; onClose: () => void }) {
  const { reportId, sent, onClose } = props
  const t = useText()
  const { today } = useSession()
  const renew = useRenewReports()
  const { paper } = sent
  const [documentNumber, setNumber] = useState(paper?.documentNumber ?? '')
  const [issuedOn, setIssuedOn] = useState(paper?.issuedOn ?? null)
  const [recipients, setRecipients] = useState(paper?.recipients ?? [])
  const giving = useMutation({
    mutationFn: () =>
      write('PUT', `/reporting/reports/${reportId}/submissions/${sent.number}/paper`, {
        ...{ version: paper?.version ?? 0, issuedOn, recipients },
        documentNumber: documentNumber.trim() === '' ? null : documentNumber.trim(),
      }),
    onSuccess: async () => {
      await renew()
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('papers.give')}
      act={t('papers.save')}
      isPending={giving.isPending}
      problem={giving.error}
      onSend={() => giving.mutate()}
      onClose={onClose}
    >
      <p>{t('papers.give-words', { number: sent.number })}</p>
      <TextField
        id="documentNumber"
        label={t('papers.number')}
        help={t('papers.number-help')}
        letters={24}
        maxLength={60}
        value={documentNumber}
        onChange={setNumber}
      />
      <DateField
        id="issuedOn"
        label={t('papers.issued-on')}
        help={t('papers.issued-on-help')}
        today={today}
        max={today}
        value={issuedOn}
        onChange={setIssuedOn}
      />
      <LinesField
        id="recipients"
        label={t('papers.recipients')}
        help={t('papers.recipients-help')}
        value={recipients}
        onChange={setRecipients}
        rows={4}
      />
    </DialogForm>
  )
}
