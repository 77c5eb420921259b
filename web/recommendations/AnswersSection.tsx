import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '#plans/model'
import type { RecommendationDetail } from '#recommendations/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { LongTextField } from '../kit/fields.tsx'
import { Section } from '../kit/Section.tsx'
import { useMay } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { nodeTo, planTo } from '../plans/addresses.ts'
import { DialogForm } from '../plans/DialogForm.tsx'
import { WorkNumbers } from '../plans/Numbers.tsx'
import { useRenew } from '../plans/queries.ts'
import { write } from '../plans/requests.ts'
import { shorten, withPath } from '../plans/words.ts'
import { answersQuery, useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'
import { SuggestedTasks } from './SuggestedTasks.tsx'
import { LayToParts, WholeHasAnswers } from './WholeAnswers.tsx'

/** Who answers it: the tasks, how each answers, who leads it, its four numbers. */
export function AnswersSection({ one }: { one: RecommendationDetail }) {
  const t = useText()
  const { data, error, refetch } = useQuery(answersQuery(one.id))
  const may = useMay()
  const [ending, setEnding] = useState<Answer>()
  const mayLink = may('plans.answer') && !one.isSplit
  if (one.isSplit && (data === undefined || data.answers.length === 0)) return null
  return (
    <Section title={t('recommendations.answers')}>
      {error && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {one.isSplit && <p>{t('recommendations.answers-of-whole')}</p>}
      {one.isSplit && one.keeps && may('recommendations.keep') && <LayToParts id={one.id} />}
      {one.whole !== null && <WholeHasAnswers wholeId={one.whole.id} />}
      {data?.answers.length === 0 && <p className={styles.quiet}>{t('recommendations.answers-none')}</p>}
      <ul className={styles.answers}>
        {data?.answers.map((answer) => (
          <li key={answer.id}>
            <AnswerRow answer={answer} onEnd={() => setEnding(answer)} />
          </li>
        ))}
      </ul>
      {mayLink && <SuggestedTasks id={one.id} />}
      {ending && <EndDialog answer={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  )
}

function AnswerRow({ answer, onEnd }: { answer: Answer; onEnd: () => void }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  return (
    <>
      <div className={styles.answer}>
        <p className={styles.kind}>{t('recommendations.answer-is', { code: answer.kind })}</p>
        <p>
          <Link to={nodeTo(answer.planId, answer.nodeId)}>{shorten(withPath(answer.path, answer.text), 240)}</Link>
        </p>
        {answer.leads.length > 0 && (
          <p>
            {t('recommendations.leads', {
              names: format.list(answer.leads.slice(0, mostLeads).map(({ name }) => name)),
              more: Math.max(0, answer.leads.length - mostLeads),
            })}
          </p>
        )}
        <p className={styles.quiet}>
          <Link to={planTo(answer.planId)}>{answer.planNumber ?? shorten(answer.planTitle, 90)}</Link>
          {' · '}
          {t('recommendations.linked-by', { agency: answer.agency.name, at: format.dateTime(answer.linkedAt) })}
        </p>
        {answer.reason !== null && <p className={styles.quiet}>{t('plans.because', { reason: answer.reason })}</p>}
      </div>
      <div className={styles.side}>
        <WorkNumbers numbers={answer.numbers} of={{ plan: answer.planId, node: answer.nodeId }} size="row" />
        {answer.mayEnd && may('plans.answer') && (
          <Button variant="subtle" size="compact-sm" className={`${styles.flush} screen-only`} onClick={onEnd}>
            {t('recommendations.end-act')}
          </Button>
        )}
      </div>
    </>
  )
}

/** Leads named in a row; the rest is counted. */
const mostLeads = 3

/** Takes an answer back, with why. */
export function EndDialog({
  answer,
  onClose,
}: {
  answer: Pick<Answer, 'id' | 'version' | 'text'>
  onClose: () => void
}) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const renewPlans = useRenew()
  const [reason, setReason] = useState('')
  const end = useMutation({
    mutationFn: () => write('POST', `/answers/${answer.id}/ending`, { version: answer.version, reason: reason.trim() }),
    onSuccess: async () => {
      await Promise.all([renew(), renewPlans()])
      toast({ kind: 'done', text: t('recommendations.ended') })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('recommendations.end-title')}
      act={t('recommendations.end-act')}
      isDestructive
      isPending={end.isPending}
      isBlocked={reason.trim() === ''}
      problem={end.error}
      onSend={() => end.mutate()}
      onClose={onClose}
    >
      <p>{shorten(answer.text, 240)}</p>
      <LongTextField
        id="reason"
        label={t('recommendations.end-reason')}
        value={reason}
        onChange={setReason}
        rows={3}
        required
        maxLength={2000}
      />
    </DialogForm>
  )
}
