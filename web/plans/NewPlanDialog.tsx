import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Picker, type Picked } from '../kit/Picker.tsx'
import { useText } from '../kit/text.tsx'
import { editorTo } from './addresses.ts'
import { DialogForm } from './DialogForm.tsx'
import { findPlans } from './find.ts'
import { NewHeaderFields, useNewHeader } from './NewHeader.tsx'
import { useActingAgency } from './own.ts'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'

/** Begins a plan by hand: a title and, if there is one, the plan it carries out; then the editor. */
export function NewPlanDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const navigate = useNavigate()
  const renew = useRenew()
  const issuer = useActingAgency()
  const { header, fields } = useNewHeader()
  const [above, setAbove] = useState<Picked | null>(null)
  const begin = useMutation({
    mutationFn: () =>
      write<{ planId: string }>('POST', '/plans', {
        issuerId: issuer?.id,
        header,
        nodes: [],
        parentPlanIds: above ? [above.id] : [],
      }),
    onSuccess: async ({ planId }) => {
      await renew()
      await navigate({ to: editorTo(planId) })
    },
  })
  return (
    <DialogForm
      title={t('plans.write-plan')}
      act={t('plans.begin-draft')}
      isPending={begin.isPending}
      isBlocked={!header || !issuer}
      problem={begin.error}
      onSend={() => begin.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.write-plan-words', { agency: issuer?.name ?? '' })}</p>
      <NewHeaderFields {...fields} rows={3} />
      <Picker
        id="parentPlanIds.0"
        label={t('plans.under-plan')}
        help={t('plans.under-plan-help')}
        find={findPlans}
        what="plans"
        value={above}
        onChange={setAbove}
      />
    </DialogForm>
  )
}
