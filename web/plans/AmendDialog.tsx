import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanAct, PlanDetail } from '#plans/model'
import { LongTextField, RadioField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { editorTo } from './addresses.ts'
import { DialogForm } from './DialogForm.tsx'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'

const acts = ['amending', 'correcting', 'replacing', 'annulling'] as const satisfies readonly PlanAct[]

/** An issued plan is never edited: another document changes it, for a reason. */
export function AmendDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const t = useText()
  const navigate = useNavigate()
  const renew = useRenew()
  const [act, setAct] = useState<(typeof acts)[number]>('amending')
  const [reason, setReason] = useState('')
  const begin = useMutation({
    mutationFn: () => write('POST', `/plans/${plan.id}/amendment`, { act, reason }),
    onSuccess: async () => {
      await renew()
      await navigate({ to: editorTo(plan.id) })
    },
  })
  return (
    <DialogForm
      title={t('plans.amend')}
      act={t('plans.begin-draft')}
      isPending={begin.isPending}
      isBlocked={reason.trim() === ''}
      problem={begin.error}
      onSend={() => begin.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.amend-words')}</p>
      <RadioField
        id="act"
        label={t('plans.act')}
        choices={acts.map((one) => ({ value: one, label: t('plans.act-explained', { act: one }) }))}
        value={act}
        onChange={(chosen) => setAct(acts.find((one) => one === chosen) ?? act)}
      />
      <LongTextField
        id="reason"
        label={t('plans.reason')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
        required
      />
    </DialogForm>
  )
}
