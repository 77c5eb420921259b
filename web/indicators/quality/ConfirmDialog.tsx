import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Finding } from '#indicators/model'
import { LongTextField } from '../../kit/fields.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { useRenewIndicators } from '../queries.ts'
import { confirmFinding } from './queries.ts'
import { findingWords } from './words.ts'

/** The body says why the figure is right all the same. */
export function ConfirmDialog({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenewIndicators()
  const [explanation, setExplanation] = useState('')
  const confirming = useMutation({
    mutationFn: () => confirmFinding(finding.id, explanation.trim()),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('indicators.quality-confirmed') })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('indicators.quality-confirm-title')}
      act={t('indicators.quality-confirm-do')}
      isPending={confirming.isPending}
      isBlocked={explanation.trim() === ''}
      problem={confirming.error}
      onSend={() => confirming.mutate()}
      onClose={onClose}
    >
      <p>{findingWords(finding, t, format)}</p>
      <LongTextField
        id="explanation"
        label={t('indicators.quality-explanation')}
        help={t('indicators.quality-explanation-help')}
        required
        maxLength={2000}
        value={explanation}
        onChange={setExplanation}
      />
    </DialogForm>
  )
}
