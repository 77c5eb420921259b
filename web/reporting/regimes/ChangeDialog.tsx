import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObligationRow } from '#reporting/model'
import { DateField } from '../../kit/DateField.tsx'
import { LongTextField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { exempt, extend, restore, useRenewReporting } from './queries.ts'

export type Changing = { kind: 'extend' | 'exempt' | 'restore'; obligation: ObligationRow }

/** Frees one body, gives it more time, or lays the report on it again; always with the reason, which the body is told. */
export function ChangeDialog({ changing: { kind, obligation }, onClose }: { changing: Changing; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewReporting()
  const { today } = useSession()
  const [reason, setReason] = useState('')
  const [dueOn, setDueOn] = useState<string | null>(null)
  const { id, version, addressedName } = obligation
  const changed = useMutation({
    mutationFn: () => {
      const said = { reason: reason.trim(), version }
      if (kind === 'exempt') return exempt(id, said)
      return kind === 'restore' ? restore(id, said) : extend(id, { ...said, dueOn: dueOn ?? '' })
    },
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t(`regimes.${kind}-done`, { body: addressedName }) })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t(`regimes.${kind}-title`, { body: addressedName })}
      act={t(`regimes.${kind}`)}
      isPending={changed.isPending}
      isBlocked={reason.trim() === '' || (kind === 'extend' && dueOn === null)}
      problem={changed.error}
      onSend={() => changed.mutate()}
      onClose={onClose}
    >
      {kind === 'extend' && (
        <DateField id="dueOn" label={t('regimes.new-due')} required today={today} value={dueOn} onChange={setDueOn} />
      )}
      <LongTextField
        id="reason"
        label={t('regimes.reason')}
        help={t('regimes.reason-help')}
        required
        maxLength={2000}
        rows={3}
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  )
}
