import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { LongTextField, SelectField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { usePeriods } from '../periods.ts'
import { useDictionary, useRenewIndicators } from '../queries.ts'
import { periodWords } from '../words.ts'
import { lockPeriod } from './queries.ts'

/** Asks which period is locked, whether for one measure only, and by what order. */
export function LockDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewIndicators()
  const dictionary = useDictionary()
  const [measureId, setMeasure] = useState('')
  const periods = usePeriods({ measureId: measureId || undefined, ended: true })
  const [chosen, setPeriod] = useState('')
  const [reason, setReason] = useState('')
  const period = periods.choices.some(({ value }) => value === chosen) ? chosen : (periods.newest ?? '')
  const measures = (dictionary.data?.indicators ?? []).flatMap((one) => one.measures)
  const locking = useMutation({
    mutationFn: () => lockPeriod({ period, measureId: measureId || null, reason: reason.trim() }),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('indicators.locks-done', { period: periodWords(period, t) }) })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('indicators.locks-title')}
      act={t('indicators.locks-do')}
      isPending={locking.isPending}
      isBlocked={period === '' || reason.trim() === ''}
      problem={locking.error}
      onSend={() => locking.mutate()}
      onClose={onClose}
    >
      <p>{t('indicators.locks-words')}</p>
      <SelectField
        id="period"
        label={t('indicators.period')}
        choices={periods.choices}
        value={period}
        onChange={setPeriod}
      />
      <SelectField
        id="measureId"
        label={t('indicators.measure')}
        choices={[
          { value: '', label: t('indicators.locks-all-measures') },
          ...measures.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={measureId}
        onChange={setMeasure}
      />
      <LongTextField
        id="reason"
        label={t('indicators.locks-reason')}
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
