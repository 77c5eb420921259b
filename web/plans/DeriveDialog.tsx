import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { PlanDetail } from '#plans/model'
import { useText } from '../kit/text.tsx'
import { derivationTo } from './addresses.ts'
import { useCitation } from './cite.ts'
import { DialogForm } from './DialogForm.tsx'
import { NewHeaderFields, useNewHeader } from './NewHeader.tsx'
import { useActingAgency } from './own.ts'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'

/** Begins the acting body's own plan that carries out this one; its title and basis are written beforehand. */
export function DeriveDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const t = useText()
  const navigate = useNavigate()
  const renew = useRenew()
  const agency = useActingAgency()
  const cited = useCitation()(plan)
  const { header, fields } = useNewHeader(t('plans.letter-derived-title', { cited }))
  const derive = useMutation({
    mutationFn: () => {
      const { periodFrom, periodTo } = plan.header
      return write<{ planId: string }>('POST', `/plans/${plan.id}/derivations`, {
        issuerId: agency?.id,
        header: header && { ...header, bases: [t('plans.letter-basis', { cited })], periodFrom, periodTo },
      })
    },
    onSuccess: async ({ planId }) => {
      await renew()
      await navigate({ to: derivationTo(planId) })
    },
  })
  return (
    <DialogForm
      title={t('plans.derive')}
      act={t('plans.begin-draft')}
      isPending={derive.isPending}
      isBlocked={!header || !agency}
      problem={derive.error}
      onSend={() => derive.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.derive-words', { agency: agency?.name ?? '' })}</p>
      <NewHeaderFields {...fields} rows={4} />
    </DialogForm>
  )
}
