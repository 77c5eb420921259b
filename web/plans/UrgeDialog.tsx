import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanDetail } from '#plans/model'
import { DateField } from '../kit/DateField.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { LongTextField } from '../kit/fields.tsx'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useCitation } from './cite.ts'
import { DialogForm } from './DialogForm.tsx'
import { useActingAgency } from './own.ts'
import { choicesQuery, planQuery, useRenew } from './queries.ts'
import { write } from './requests.ts'

export interface UrgeDialogProps {
  /** The plan it is about; null = about work of several. */
  planId: string | null
  occurrenceIds: readonly string[]
  agencyIds: readonly string[]
  onClose: () => void
  onSent: () => void
}

const daysToAnswer = 7

/** Urges one or many bodies: the letter's words, ready to send, and the day an answer is asked for. */
export function UrgeDialog(props: UrgeDialogProps) {
  const plan = useQuery({ ...planQuery(props.planId ?? ''), enabled: props.planId !== null })
  const choices = useQuery(choicesQuery)
  const isWaiting = choices.isPending || (props.planId !== null && plan.isPending)
  return isWaiting ? null : <UrgeForm {...props} plan={plan.data} />
}

function UrgeForm(props: UrgeDialogProps & { plan: PlanDetail | undefined }) {
  const { planId, occurrenceIds, agencyIds, onClose, onSent, plan } = props
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenew()
  const cite = useCitation()
  const { today } = useSession()
  const agency = useActingAgency()?.name ?? ''
  const [answerBy, setAnswerBy] = useState<string | null>(() => daysAfter(today, daysToAnswer))
  const [text, setText] = useState(() =>
    plan ? t('plans.letter-urge-plan', { agency, cited: cite(plan) }) : t('plans.letter-urge', { agency }),
  )
  const isAboutWork = occurrenceIds.length > 0
  const count = isAboutWork ? occurrenceIds.length : agencyIds.length
  const send = useMutation({
    mutationFn: () => write<{ id: string }>('POST', '/urgings', { planId, text, answerBy, agencyIds, occurrenceIds }),
    onSuccess: async () => {
      toast({ kind: 'done', text: t('plans.urge-sent') })
      onSent()
      onClose()
      await renew()
    },
  })
  return (
    <DialogForm
      title={t('plans.urge-title')}
      act={t('plans.urge-send')}
      isPending={send.isPending}
      isBlocked={text.trim() === ''}
      problem={send.error}
      onSend={() => send.mutate()}
      onClose={onClose}
    >
      <p>{t(isAboutWork ? 'plans.urge-about-work' : 'plans.urge-bodies', { count, number: format.number(count) })}</p>
      <LongTextField
        id="text"
        label={t('plans.urge-text')}
        help={t('plans.urge-text-help')}
        error={problemAt(send.error, 'text')}
        value={text}
        onChange={setText}
        rows={10}
        maxLength={10_000}
        required
      />
      <DateField
        id="answerBy"
        label={t('plans.answer-by')}
        error={problemAt(send.error, 'answerBy')}
        value={answerBy}
        onChange={setAnswerBy}
        today={today}
        min={today}
      />
    </DialogForm>
  )
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
