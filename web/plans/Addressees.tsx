import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { UrgingState } from '#plans/model'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { LongTextField } from '../kit/fields.tsx'
import { useMay } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useActingAgency } from './own.ts'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'
import styles from './Urgings.module.css'

type Addressee = UrgingState['addressees'][number]

/** Beyond this many the list is folded at first. */
const few = 8

/** Whom an urging went to and what each answered; the acting body answers here. */
export function Addressees({ urging }: { urging: UrgingState }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const own = useActingAgency()?.id
  const mine = urging.addressees.find((to) => to.agency.id === own)
  const others = urging.addressees.filter((to) => to !== mine)
  const answered = urging.addressees.filter((to) => to.answeredAt !== null).length
  const list = (
    <ul className={styles.addressees}>
      {others.map((to) => (
        <li key={to.agency.id}>
          <Answer to={to} />
        </li>
      ))}
    </ul>
  )
  return (
    <>
      {mine && (may('plans.answer-urging') ? <AnswerForm urging={urging} mine={mine} /> : <Answer to={mine} />)}
      {others.length > 0 && (
        <details open={others.length <= few} className={styles.fold}>
          <summary>
            {t('plans.addressees', {
              count: urging.addressees.length,
              number: format.number(urging.addressees.length),
              answered: format.number(answered),
            })}
          </summary>
          {list}
        </details>
      )}
    </>
  )
}

function Answer({ to }: { to: Addressee }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      <p className={styles.addressee}>
        <span>
          {to.agency.name}
          {to.workCount > 0 && (
            <span className={styles.quiet}>
              {' · '}
              {t('plans.work-count', { count: to.workCount, number: format.number(to.workCount) })}
            </span>
          )}
        </span>
        {to.answeredAt === null ? (
          <StatusBadge tone="pending">{t('plans.not-answered')}</StatusBadge>
        ) : (
          <StatusBadge tone="done">{t('plans.answered-at', { at: format.dateTime(to.answeredAt) })}</StatusBadge>
        )}
      </p>
      {to.answer !== null && <blockquote className={styles.answer}>{to.answer}</blockquote>}
    </>
  )
}

function AnswerForm({ urging, mine }: { urging: UrgingState; mine: Addressee }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenew()
  const [isOpen, setOpen] = useState(mine.answeredAt === null)
  const [answer, setAnswer] = useState(mine.answer ?? '')
  const send = useMutation({
    mutationFn: () => write('POST', `/urgings/${urging.id}/answer`, { answer, version: mine.version }),
    onSuccess: async () => {
      toast({ kind: 'done', text: t('plans.answer-sent') })
      setOpen(false)
      await renew()
    },
  })
  const id = `${urging.id}.answer`
  if (!isOpen) {
    return (
      <div className={styles.own}>
        <Answer to={mine} />
        <Button variant="default" mt="xs" onClick={() => setOpen(true)}>
          {t('plans.change-answer')}
        </Button>
      </div>
    )
  }
  return (
    <form
      className={styles.own}
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <ErrorSummary problem={send.error} />
      <LongTextField
        id={id}
        label={t('plans.your-answer', { agency: mine.agency.name })}
        help={t('plans.your-answer-help')}
        error={problemAt(send.error, 'answer')}
        value={answer}
        onChange={setAnswer}
        maxLength={10_000}
        required
      />
      <Group gap="xs" mt="xs">
        <Button type="submit" loading={send.isPending} disabled={answer.trim() === ''}>
          {t('plans.answer')}
        </Button>
      </Group>
    </form>
  )
}
