import { Button, Group, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DateField } from '../kit/DateField.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { LongTextField } from '../kit/fields.tsx'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useActingAgency } from './own.ts'
import { planQuery, useRenew } from './queries.ts'
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
  const t = useText()
  const { data: plan, isPending } = useQuery({ ...planQuery(props.planId ?? ''), enabled: props.planId !== null })
  const isWaiting = props.planId !== null && isPending
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('plans.urge-title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {!isWaiting && <UrgeForm {...props} plan={plan} />}
    </Modal>
  )
}

interface CitedPlan {
  title: string
  number: string | null
  issuedOn: string | null
}

function UrgeForm({
  planId,
  occurrenceIds,
  agencyIds,
  onClose,
  onSent,
  plan,
}: UrgeDialogProps & { plan: CitedPlan | undefined }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenew()
  const { today } = useSession()
  const agency = useActingAgency()?.name ?? ''
  const [answerBy, setAnswerBy] = useState<string | null>(() => daysAfter(today, daysToAnswer))
  const [text, setText] = useState(() =>
    plan
      ? t('plans.letter-urge-plan', {
          agency,
          title: plan.title,
          number: plan.number ?? '',
          issuedOn: plan.issuedOn ? format.date(plan.issuedOn) : '',
        })
      : t('plans.letter-urge', { agency }),
  )
  const count = occurrenceIds.length > 0 ? occurrenceIds.length : agencyIds.length
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
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <ErrorSummary problem={send.error} />
      <p>
        {t(occurrenceIds.length > 0 ? 'plans.urge-about-work' : 'plans.urge-bodies', {
          count,
          number: format.number(count),
        })}
      </p>
      <LongTextField
        id="text"
        label={t('plans.urge-text')}
        help={t('plans.urge-text-help')}
        error={problemAt(send.error, 'text')}
        value={text}
        onChange={setText}
        rows={8}
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
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={send.isPending} disabled={text.trim() === ''}>
          {t('plans.urge-send')}
        </Button>
      </Group>
    </form>
  )
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
