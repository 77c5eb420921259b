import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { PeriodLock } from '#indicators/model'
import { LongTextField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { useRenewIndicators } from '../queries.ts'
import { periodWords } from '../words.ts'
import { openPeriod } from './queries.ts'

/** Opens a period again, with the order it is opened by. */
export function OpenDialog({ lock, onClose }: { lock: PeriodLock; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewIndicators()
  const [reason, setReason] = useState('')
  const period = periodWords(lock.period, t)
  const opening = useMutation({
    mutationFn: () => openPeriod(lock.id, reason.trim()),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('indicators.locks-open-done', { period }) })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('indicators.locks-open-title', { period })}
      act={t('indicators.locks-open-do')}
      isPending={opening.isPending}
      isBlocked={reason.trim() === ''}
      problem={opening.error}
      onSend={() => opening.mutate()}
      onClose={onClose}
    >
      <p>{t('indicators.locks-open-words')}</p>
      <LongTextField
        id="reason"
        label={t('indicators.locks-open-reason')}
        help={t('indicators.locks-reason-help')}
        required
        maxLength={2000}
        rows={3}
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  )
}
