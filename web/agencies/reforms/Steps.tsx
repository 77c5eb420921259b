import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReformDetail } from '#agencies/model'
import { auditTo } from '../../access/addresses.ts'
import { useProof } from '../../access/useProof.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { LongTextField } from '../../kit/fields.tsx'
import { useProblemWords } from '../../kit/problem-words.ts'
import { useMay, useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { stepReform, type Step } from './requests.ts'
import styles from './reforms.module.css'

export interface StepsProps {
  reform: ReformDetail
  /** Saves what is still unsaved, and answers the version the step is taken on. */
  ready: () => Promise<number>
  onMoved: () => void
}

/** What may be done next, and what was said before. */
export function Steps({ reform, ready, onMoved }: StepsProps) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const { today } = useSession()
  const toast = useToast()
  const words = useProblemWords()
  const { prove, dialog } = useProof()
  const [asking, setAsking] = useState<Step>()
  const [reason, setReason] = useState('')
  const moving = useMutation({
    mutationFn: async (step: Step) => {
      const version = await ready()
      const body = step === 'return' ? { version, reason } : { version }
      await prove(() => stepReform(reform.id, step, body))
    },
    onSuccess: (_, step) => {
      toast({ kind: 'done', text: t(`agencies.reform-done-${step}`) })
      onMoved()
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
    onSettled: () => setAsking(undefined),
  })
  const acts: [Step, boolean][] = [
    ['submission', reform.may.submit],
    ['approval', reform.may.approve],
    ['return', reform.may.takeBack],
    ['discarding', reform.may.discard],
  ]
  return (
    <>
      {reform.reason !== null && (
        <p role="note">
          {reform.state === 'blocked'
            ? t('agencies.reform-blocked-words')
            : t('agencies.reform-returned-words', { reason: reform.reason })}
        </p>
      )}
      {reform.state === 'submitted' && !reform.may.approve && <p>{t('agencies.reform-waits-second')}</p>}
      {reform.state === 'scheduled' && (
        <p role="status">
          {reform.date <= today
            ? t('agencies.reform-applying')
            : t('agencies.reform-scheduled-words', { date: format.date(reform.date) })}
        </p>
      )}
      {reform.state === 'applied' && <p>{t('agencies.reform-applied-words')}</p>}
      <div className={`${styles.acts} screen-only`}>
        {acts
          .filter(([, isOpen]) => isOpen)
          .map(([step], place) => (
            <Button
              key={step}
              variant={place === 0 && step !== 'return' ? 'filled' : 'default'}
              onClick={() => setAsking(step)}
            >
              {t(`agencies.reform-act-${step}`)}
            </Button>
          ))}
        {may('access.read-audit') && <Link to={auditTo(reform.id)}>{t('agencies.reform-audit')}</Link>}
      </div>
      <Confirm
        isOpen={asking !== undefined}
        title={asking === undefined ? '' : t(`agencies.reform-act-${asking}`)}
        act={asking === undefined ? '' : t(`agencies.reform-act-${asking}`)}
        isDestructive={asking === 'discarding'}
        isPending={moving.isPending}
        isBlocked={asking === 'return' && reason.trim() === ''}
        onConfirm={() => asking !== undefined && moving.mutate(asking)}
        onClose={() => setAsking(undefined)}
      >
        {asking !== undefined && <p>{t(`agencies.reform-ask-${asking}`, { date: format.date(reform.date) })}</p>}
        {asking === 'return' && (
          <LongTextField id="reason" label={t('agencies.reform-reason')} required value={reason} onChange={setReason} />
        )}
      </Confirm>
      {dialog}
    </>
  )
}
