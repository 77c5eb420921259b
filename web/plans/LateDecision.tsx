import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { DerivationRow, PlanDetail } from '#plans/model'
import { Confirm } from '../kit/Confirm.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { LongTextField, RadioField, SelectField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { nearestTask } from './counterpart.ts'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'
import { choice, withPath } from './words.ts'

const kinds = ['taken-over', 'adapted', 'not-applicable'] as const
type Kind = (typeof kinds)[number]

/**
 * What an issued plan left undecided is decided as a dated record beside it: a task it has carries the one above out, or
 * that one does not apply. A new task needs an amending document.
 */
export function LateDecision({ plan, row }: { plan: PlanDetail; row: DerivationRow }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenew()
  const [isOpen, setOpen] = useState(false)
  const tasks = plan.nodes.filter((node) => node.kind === 'task')
  const [kind, setKind] = useState<Kind>(tasks.length === 0 ? 'not-applicable' : 'taken-over')
  const [nodeId, setNodeId] = useState(nearestTask(row.text, tasks)?.id ?? '')
  const [reason, setReason] = useState('')
  const isWhole = kind === 'not-applicable' ? reason.trim() !== '' : nodeId !== ''
  const record = useMutation({
    mutationFn: () =>
      write(
        'PUT',
        `/plans/${plan.id}/derivation/${row.parentNodeId}`,
        kind === 'not-applicable' ? { kind, reason } : { kind, nodeId },
      ),
    onSuccess: async () => {
      setOpen(false)
      toast({ kind: 'done', text: t('plans.decision-recorded') })
      await renew()
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('plans.record-decision')}
      </Button>
      <Confirm
        isOpen={isOpen}
        title={t('plans.record-decision-title')}
        act={t('plans.record-decision')}
        isPending={record.isPending}
        isBlocked={!isWhole}
        onConfirm={() => record.mutate()}
        onClose={() => setOpen(false)}
      >
        <ErrorSummary problem={record.error} />
        <p>{withPath(row.path, row.text)}</p>
        <p>{t('plans.record-decision-words')}</p>
        <RadioField
          id="kind"
          label={t('plans.decision')}
          choices={kinds
            .filter((one) => one === 'not-applicable' || tasks.length > 0)
            .map((one) => ({ value: one, label: t('plans.decision-is', { decision: choice(one) }) }))}
          value={kind}
          onChange={(chosen) => setKind(kinds.find((one) => one === chosen) ?? kind)}
        />
        {kind === 'not-applicable' ? (
          <LongTextField
            id="reason"
            label={t('plans.reason')}
            help={t('plans.not-applicable-help')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
            required
          />
        ) : (
          <SelectField
            id="nodeId"
            label={t('plans.counterpart')}
            choices={[
              { value: '', label: t('plans.counterpart-choose') },
              ...tasks.map((node) => ({ value: node.id, label: withPath(node.path, node.text).slice(0, 100) })),
            ]}
            value={nodeId}
            onChange={setNodeId}
            required
          />
        )}
      </Confirm>
    </>
  )
}
