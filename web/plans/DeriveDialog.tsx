import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanDetail } from '#plans/model'
import { LongTextField, SelectField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { derivationTo } from './addresses.ts'
import { blankHeader } from './blank.ts'
import { useCitation } from './cite.ts'
import { DialogForm } from './DialogForm.tsx'
import { useActingAgency } from './own.ts'
import { choicesQuery, useRenew } from './queries.ts'
import { write } from './requests.ts'

/** Begins the acting body's own plan that carries out this one; its title and basis are written beforehand. */
export function DeriveDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const t = useText()
  const navigate = useNavigate()
  const renew = useRenew()
  const agency = useActingAgency()
  const { data: choices } = useQuery(choicesQuery)
  const cited = useCitation()(plan)
  const [kind, setKind] = useState<string>()
  const [typed, setTitle] = useState<string>()
  const title = typed ?? t('plans.letter-derived-title', { cited })
  const derive = useMutation({
    mutationFn: () => {
      const header = blankHeader(kind ?? choices?.usualKind ?? '', title.trim())
      const { periodFrom, periodTo } = plan.header
      return write<{ planId: string }>('POST', `/plans/${plan.id}/derivations`, {
        issuerId: agency?.id,
        header: { ...header, bases: [t('plans.letter-basis', { cited })], periodFrom, periodTo },
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
      isBlocked={title.trim() === '' || !choices || !agency}
      problem={derive.error}
      onSend={() => derive.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.derive-words', { agency: agency?.name ?? '' })}</p>
      <SelectField
        id="header.kind"
        label={t('plans.document-kind')}
        choices={(choices?.kinds ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        value={kind ?? choices?.usualKind ?? ''}
        onChange={setKind}
      />
      <LongTextField
        id="header.title"
        label={t('plans.title')}
        help={t('plans.title-help')}
        value={title}
        onChange={setTitle}
        maxLength={2000}
        rows={4}
        required
      />
    </DialogForm>
  )
}
