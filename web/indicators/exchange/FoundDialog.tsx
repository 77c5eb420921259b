import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CodeKind, MeaningFoundBy } from '#indicators/model'
import { SelectField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { useRenewIndicators } from '../queries.ts'
import own from './Exchange.module.css'
import { joinFound, thingsQuery } from './queries.ts'

/** Joins all things of a kind for which one meaning only was found by a reason a person trusts. */
export function FoundDialog({ systems, onClose }: { systems: readonly string[]; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewIndicators()
  const [system, setSystem] = useState(systems[0] ?? '')
  const [kind, setKind] = useState<CodeKind>('unit')
  const [by, setBy] = useState<MeaningFoundBy>('code')
  const { data } = useQuery(thingsQuery({ system, kind, by, state: 'suggested', size: 1 }))
  const joining = useMutation({
    mutationFn: () => joinFound({ system, kind, by }),
    onSuccess: async ({ joined }) => {
      await renew()
      toast({ kind: 'done', text: t('indicators.exchange-joined', { count: joined }) })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('indicators.exchange-join-found')}
      act={t('indicators.exchange-join-all')}
      isPending={joining.isPending}
      isBlocked={data === undefined || data.total === 0}
      problem={joining.error}
      onSend={() => joining.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="system"
        label={t('indicators.things-column-system')}
        value={system}
        onChange={setSystem}
        choices={systems.map((value) => ({ value, label: value }))}
      />
      <SelectField
        id="kind"
        label={t('indicators.things-column-kind')}
        value={kind}
        onChange={(value) => setKind(CodeKind.parse(value))}
        choices={CodeKind.options.map((value) => ({ value, label: t(`indicators.things-kind-${value}`) }))}
      />
      <SelectField
        id="by"
        label={t('indicators.things-column-by')}
        value={by}
        onChange={(value) => setBy(MeaningFoundBy.parse(value))}
        choices={MeaningFoundBy.options.map((value) => ({ value, label: t(`indicators.things-by-${value}`) }))}
      />
      <p className={own.facts} role="status">
        {t('indicators.exchange-found-count', { count: data?.total ?? 0 })}
      </p>
    </DialogForm>
  )
}
