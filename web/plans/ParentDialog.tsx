import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanDetail } from '#plans/model'
import { Picker, type Picked } from '../kit/Picker.tsx'
import { useText } from '../kit/text.tsx'
import { derivationTo } from './addresses.ts'
import { DialogForm } from './DialogForm.tsx'
import { findPlans } from './find.ts'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'

/** Puts a plan under the one it carries out; then each task above waits for a decision. */
export function ParentDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const t = useText()
  const navigate = useNavigate()
  const renew = useRenew()
  const [above, setAbove] = useState<Picked | null>(null)
  const link = useMutation({
    mutationFn: () => write('POST', `/plans/${plan.id}/parents`, { parentPlanId: above?.id }),
    onSuccess: async () => {
      await renew()
      await navigate({ to: derivationTo(plan.id) })
    },
  })
  return (
    <DialogForm
      title={t('plans.link-parent')}
      act={t('plans.link-act')}
      isPending={link.isPending}
      isBlocked={above === null}
      problem={link.error}
      onSend={() => link.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.link-words')}</p>
      <Picker
        id="parentPlanId"
        label={t('plans.under-plan')}
        find={async (query, signal) => (await findPlans(query, signal)).filter(({ id }) => id !== plan.id)}
        what="plans"
        isInside
        value={above}
        onChange={setAbove}
        required
      />
    </DialogForm>
  )
}
