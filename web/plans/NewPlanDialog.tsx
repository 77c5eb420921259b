import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { LongTextField, SelectField } from '../kit/fields.tsx'
import { Picker, type Picked } from '../kit/Picker.tsx'
import { useText } from '../kit/text.tsx'
import { editorTo } from './addresses.ts'
import { blankHeader } from './blank.ts'
import { DialogForm } from './DialogForm.tsx'
import { findPlans } from './find.ts'
import { useActingAgency } from './own.ts'
import { choicesQuery, useRenew } from './queries.ts'
import { write } from './requests.ts'

/** Begins a plan by hand: a title and, if there is one, the plan it carries out; then the editor. */
export function NewPlanDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const navigate = useNavigate()
  const renew = useRenew()
  const issuer = useActingAgency()
  const { data: choices } = useQuery(choicesQuery)
  const [kind, setKind] = useState<string>()
  const [title, setTitle] = useState('')
  const [above, setAbove] = useState<Picked | null>(null)
  const begin = useMutation({
    mutationFn: () =>
      write<{ planId: string }>('POST', '/plans', {
        issuerId: issuer?.id,
        header: blankHeader(kind ?? choices?.usualKind ?? '', title.trim()),
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
      isBlocked={title.trim() === '' || !choices || !issuer}
      problem={begin.error}
      onSend={() => begin.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.write-plan-words', { agency: issuer?.name ?? '' })}</p>
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
        rows={3}
        required
      />
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
