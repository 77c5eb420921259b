import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DecideLikeness, RecommendationDetail } from '#recommendations/model'
import { Picker, type Picked } from '../kit/Picker.tsx'
import { LongTextField } from '../kit/fields.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from '../plans/DialogForm.tsx'
import { write } from '../plans/requests.ts'
import { shorten } from '../plans/words.ts'
import { recommendationTo } from './addresses.ts'
import { findOthers } from './find.ts'
import { useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'
import { SuggestedSame } from './SuggestedSame.tsx'
import { placeWords, useNames } from './words.ts'

type Other = RecommendationDetail['history'][number]

/** The same asked before, after or by another body, as a person said; oldest first. */
export function SameSection({ one, mayKeep }: { one: RecommendationDetail; mayKeep: boolean }) {
  const t = useText()
  const format = useFormat()
  const own = useNames()
  const [isAdding, setAdding] = useState(false)
  const [refusing, setRefusing] = useState<Other>()
  const toast = useToast()
  const words = useProblemWords()
  const decide = useDecide(one.id)
  if (one.history.length === 0 && !mayKeep) return null
  return (
    <Section
      title={t('recommendations.same')}
      acts={
        mayKeep && (
          <Button variant="subtle" size="compact-sm" onClick={() => setAdding(true)}>
            {t('recommendations.same-add')}
          </Button>
        )
      }
    >
      {one.history.length === 0 && <p className={styles.quiet}>{t('recommendations.same-none')}</p>}
      <ol className={styles.same}>
        {one.history.map((other) => (
          <li key={other.id}>
            <span className={styles.quiet}>
              {other.publishedOn !== null && `${format.date(other.publishedOn)} · `}
              {own.mechanism(other.mechanism)}
            </span>
            <Link to={recommendationTo(other.id)}>{placeWords(other, t)}</Link>
            <span>{shorten(other.translation ?? other.text, 160)}</span>
            {mayKeep && (
              <Button
                variant="subtle"
                size="compact-sm"
                className={`${styles.flush} screen-only`}
                onClick={() => setRefusing(other)}
              >
                {t('recommendations.same-refuse')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {mayKeep && (
        <SuggestedSame
          id={one.id}
          isPending={decide.isPending}
          onDecide={(said) =>
            decide.mutate(said, { onError: (problem) => toast({ kind: 'problem', text: words(problem) }) })
          }
        />
      )}
      {isAdding && <AddDialog one={one} onClose={() => setAdding(false)} />}
      {refusing && <RefuseDialog one={one} other={refusing} onClose={() => setRefusing(undefined)} />}
    </Section>
  )
}

function useDecide(id: string, onClose?: () => void) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewRecommendations()
  return useMutation({
    mutationFn: (decision: DecideLikeness) => write('PUT', `/recommendations/${id}/likeness`, decision),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('recommendations.saved') })
      onClose?.()
    },
  })
}

function AddDialog({ one, onClose }: { one: RecommendationDetail; onClose: () => void }) {
  const t = useText()
  const [other, setOther] = useState<Picked | null>(null)
  const decide = useDecide(one.id, onClose)
  return (
    <DialogForm
      title={t('recommendations.same-title')}
      act={t('recommendations.same-do')}
      isPending={decide.isPending}
      isBlocked={other === null}
      problem={decide.error}
      onSend={() => other && decide.mutate({ otherId: other.id, state: 'confirmed', reason: null })}
      onClose={onClose}
    >
      <Picker
        id="otherId"
        label={t('recommendations.same-other')}
        help={t('recommendations.same-help')}
        what={`recommendations but ${one.id}`}
        find={findOthers(one.id, t)}
        required
        value={other}
        onChange={setOther}
      />
    </DialogForm>
  )
}

function RefuseDialog({ one, other, onClose }: { one: RecommendationDetail; other: Other; onClose: () => void }) {
  const t = useText()
  const [reason, setReason] = useState('')
  const decide = useDecide(one.id, onClose)
  return (
    <DialogForm
      title={t('recommendations.same-refuse')}
      act={t('recommendations.same-refuse')}
      isDestructive
      isPending={decide.isPending}
      problem={decide.error}
      onSend={() =>
        decide.mutate({ otherId: other.id, state: 'refused', reason: reason.trim() === '' ? null : reason.trim() })
      }
      onClose={onClose}
    >
      <p>{placeWords(other, t)}</p>
      <LongTextField
        id="reason"
        label={t('recommendations.reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={2000}
      />
    </DialogForm>
  )
}
