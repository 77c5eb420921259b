import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { AnswerKind, type LinkedAnswers } from '#plans/model'
import { LongTextField, RadioField } from '../kit/fields.tsx'
import { ManyPicker, type Find, type Picked } from '../kit/Picker.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from '../plans/DialogForm.tsx'
import { useRenew } from '../plans/queries.ts'
import { write } from '../plans/requests.ts'
import { findOthers, findTasks } from './find.ts'
import { useRenewRecommendations } from './queries.ts'

interface AnswerFormProps {
  title: string
  pick: { label: string; help: string; what: string; find: Find }
  /** The pairs of ids that the chosen make. */
  pairs: (chosen: readonly Picked[]) => { recommendationId: string; nodeId: string }[]
  /** What likeness suggested, chosen already, and why. */
  likely?: Likely | undefined
  onClose: () => void
}

interface Likely {
  picked: Picked
  reason: string
}

/** Lays tasks to recommendations: what is picked, how it answers, why. */
function AnswerForm({ title, pick, pairs, likely, onClose }: AnswerFormProps) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const renewPlans = useRenew()
  const [chosen, setChosen] = useState<readonly Picked[]>(likely ? [likely.picked] : [])
  const [kind, setKind] = useState<AnswerKind>('implements')
  const [reason, setReason] = useState(likely?.reason ?? '')
  const link = useMutation({
    mutationFn: () =>
      write<z.infer<typeof LinkedAnswers>>('POST', '/answers', {
        answers: pairs(chosen).map((pair) => ({
          ...pair,
          kind,
          origin: likely !== undefined && Object.values(pair).includes(likely.picked.id) ? 'likeness' : 'person',
          reason: reason.trim() === '' ? null : reason.trim(),
        })),
      }),
    onSuccess: async ({ linked, same }) => {
      await Promise.all([renew(), renewPlans()])
      toast({
        kind: 'done',
        text: t('recommendations.linked', { linked, number: format.number(linked), same }),
      })
      onClose()
    },
  })
  return (
    <DialogForm
      title={title}
      act={t('recommendations.link-act')}
      isPending={link.isPending}
      isBlocked={chosen.length === 0}
      problem={link.error}
      onSend={() => link.mutate()}
      onClose={onClose}
    >
      <ManyPicker id="chosen" {...pick} required value={chosen} onChange={setChosen} />
      <RadioField
        id="kind"
        label={t('recommendations.by-answer')}
        choices={AnswerKind.options.map((one) => ({
          value: one,
          label: t('recommendations.answer-explained', { code: one }),
        }))}
        value={kind}
        onChange={(one) => setKind(AnswerKind.parse(one))}
      />
      <LongTextField
        id="reason"
        label={t('recommendations.link-reason')}
        help={t('recommendations.link-reason-help')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={2000}
      />
    </DialogForm>
  )
}

/** Tasks laid to one recommendation, or to many at once. */
export function LinkDialog({
  recommendations,
  likely,
  onClose,
}: {
  recommendations: readonly { id: string }[]
  likely?: Likely | undefined
  onClose: () => void
}) {
  const t = useText()
  const format = useFormat()
  const count = recommendations.length
  return (
    <AnswerForm
      title={t('recommendations.link-title', { count, number: format.number(count) })}
      pick={{
        label: t('recommendations.link-tasks'),
        help: t('recommendations.link-tasks-help'),
        what: 'tasks-of-plans',
        find: findTasks,
      }}
      pairs={(tasks) =>
        recommendations.flatMap(({ id }) => tasks.map((task) => ({ recommendationId: id, nodeId: task.id })))
      }
      likely={likely}
      onClose={onClose}
    />
  )
}

/** Recommendations a task answers, laid to it one or many at once. */
export function LinkRecommendations({
  nodeId,
  likely,
  onClose,
}: {
  nodeId: string
  likely?: Likely | undefined
  onClose: () => void
}) {
  const t = useText()
  return (
    <AnswerForm
      title={t('recommendations.link-recommendations')}
      pick={{
        label: t('recommendations.title'),
        help: t('recommendations.same-help'),
        what: 'recommendations of the State',
        find: findOthers('', t),
      }}
      pairs={(chosen) => chosen.map(({ id }) => ({ recommendationId: id, nodeId }))}
      likely={likely}
      onClose={onClose}
    />
  )
}
