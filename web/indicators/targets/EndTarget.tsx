import { useMutation } from '@tanstack/react-query'
import type { UnitTarget } from '#indicators/model'
import { Confirm } from '../../kit/Confirm.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useNames, useRenewIndicators } from '../queries.ts'
import { endTarget } from './queries.ts'

/** Ends a target of one's own; it stays in the history. */
export function EndTarget({ target, onClose }: { target: UnitTarget; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const known = useNames()
  const renew = useRenewIndicators()
  const ending = useMutation({
    mutationFn: () => endTarget(target.id, target.version),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('indicators.targets-ended') })
      onClose()
    },
  })
  return (
    <Confirm
      isOpen
      title={t('indicators.targets-end-title')}
      act={t('indicators.targets-end')}
      isDestructive
      isPending={ending.isPending}
      onConfirm={() => ending.mutate()}
      onClose={onClose}
    >
      <ErrorSummary problem={ending.error} />
      <p>
        {t('indicators.targets-end-words', {
          measure: known.measure(target.measureId)?.measure.name ?? '',
          year: String(target.year),
        })}
      </p>
    </Confirm>
  )
}
