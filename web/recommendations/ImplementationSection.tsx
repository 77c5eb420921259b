import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AnswersOf, Implementation } from '#plans/model'
import type { RecommendationDetail } from '#recommendations/model'
import { Confirm } from '../kit/Confirm.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useMay } from '../kit/session.tsx'
import { StatusBadge, type Tone } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { send } from '../kit/api.ts'
import { indicatorTo } from '../indicators/addresses.ts'
import { choice } from '../plans/words.ts'
import { AssessmentDialog } from './AssessmentDialog.tsx'
import { answersQuery, useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'
import { implementationTones } from './words.ts'

type Assessment = RecommendationDetail['assessments'][number]

/** How far it is carried out: by the work of its tasks, and beside it by who looked at it from outside. */
export function ImplementationSection({ one, mayKeep }: { one: RecommendationDetail; mayKeep: boolean }) {
  const t = useText()
  const may = useMay()
  const [isAdding, setAdding] = useState(false)
  return (
    <Section
      title={t('recommendations.implementation')}
      acts={
        mayKeep && (
          <Button variant="default" size="compact-sm" onClick={() => setAdding(true)}>
            {t('recommendations.assess')}
          </Button>
        )
      }
    >
      <div className={styles.both}>
        {may('plans.read') && <Derived id={one.id} />}
        <div>
          <h3 className={styles.part}>{t('recommendations.assessed')}</h3>
          {one.assessments.length === 0 && <p>{t('recommendations.assessed-none')}</p>}
          <ul className={styles.assessments}>
            {one.assessments.map((assessment) => (
              <li key={assessment.id}>
                <AssessmentView of={one.id} assessment={assessment} mayKeep={mayKeep} />
              </li>
            ))}
          </ul>
        </div>
      </div>
      {isAdding && <AssessmentDialog id={one.id} onClose={() => setAdding(false)} />}
    </Section>
  )
}

/** What follows from the work of the tasks, and how it follows. */
function Derived({ id }: { id: string }) {
  const t = useText()
  const { data } = useQuery(answersQuery(id))
  if (data === undefined) return <div />
  const { implementation, measures, answers } = data
  return (
    <div>
      <h3 className={styles.part}>{t('recommendations.derived')}</h3>
      {implementation === null ? (
        <p>
          {t('recommendations.derived-none', { is: answers.length > 0 ? 'monitored' : 'nothing' })}{' '}
          {measures.length > 0 && t('recommendations.told-alone')}
        </p>
      ) : (
        <>
          <p className={styles.status}>
            <StatusBadge tone={implementationTones[implementation.status]}>
              {t('recommendations.whole-is', { is: wholeOf(implementation, measures) })}
            </StatusBadge>
          </p>
          <How of={implementation} />
        </>
      )}
      <ToldByMeasures measures={measures} />
    </div>
  )
}

/** How far it is carried out in one word: by tasks, and what measures add to that. */
function wholeOf({ status, byTasks }: Implementation, measures: AnswersOf['measures']): string {
  if (status !== byTasks)
    return measures.every(({ says, holdsBack }) => !holdsBack || says === 'no-data') ? 'unknown' : 'held'
  if (status === 'done' && measures.some(({ says }) => says === 'reached')) return 'done_reached'
  return choice(status)
}

/** What each measure says of the country, and whether it holds back that it is done. */
function ToldByMeasures({ measures }: { measures: AnswersOf['measures'] }) {
  const t = useText()
  if (measures.length === 0) return null
  return (
    <>
      <h3 className={styles.part}>{t('recommendations.told')}</h3>
      <ul className={styles.told}>
        {measures.map(({ measureId, indicatorId, name, says, year }) => (
          <li key={measureId}>
            <Link to={indicatorTo(indicatorId)}>{name}</Link>
            {': '}
            {t('recommendations.told-is', { says: choice(says), year: String(year ?? '') })}
          </li>
        ))}
      </ul>
    </>
  )
}

function How({ of }: { of: Implementation }) {
  const t = useText()
  const format = useFormat()
  const rest = of.pieces - of.done - of.begun
  return (
    <>
      <p>
        {t('recommendations.derived-from', { basis: of.basis, tasks: of.tasks, number: format.number(of.tasks) })}{' '}
        {of.pieces === 0
          ? t('recommendations.derived-no-work')
          : t('recommendations.derived-work', {
              pieces: format.number(of.pieces),
              done: format.number(of.done),
              begun: format.number(of.begun),
              rest: format.number(rest),
            })}{' '}
        {of.overdue > 0 &&
          t('recommendations.derived-overdue', { count: of.overdue, number: format.number(of.overdue) })}{' '}
        {of.recurring > 0 &&
          t('recommendations.derived-recurring', { count: of.recurring, number: format.number(of.recurring) })}
      </p>
      <p className={styles.quiet}>{t('recommendations.derived-as-of', { date: format.date(of.asOf) })}</p>
      <details className={styles.more}>
        <summary>{t('recommendations.derived-how')}</summary>
        <p>{t('recommendations.derived-rule')}</p>
      </details>
    </>
  )
}

const ratingTones: Record<Assessment['rating'], Tone> = {
  none: 'overdue',
  begun: 'soon',
  partly: 'soon',
  largely: 'pending',
  fully: 'done',
}

function AssessmentView({ of, assessment, mayKeep }: { of: string; assessment: Assessment; mayKeep: boolean }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const words = useProblemWords()
  const renew = useRenewRecommendations()
  const [isAsking, setAsking] = useState(false)
  const withdraw = useMutation({
    mutationFn: () => send('DELETE', `/recommendations/${of}/assessments/${assessment.id}`),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('recommendations.assessment-taken-back') })
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  return (
    <>
      <p className={styles.status}>
        <StatusBadge tone={ratingTones[assessment.rating]}>
          {t('recommendations.rating-is', { code: assessment.rating })}
        </StatusBadge>
        <span>{t('recommendations.aspect-is', { code: assessment.aspect })}</span>
      </p>
      <p className={styles.long}>{assessment.finding}</p>
      <p className={styles.long}>{t('recommendations.evidence-is', { evidence: assessment.evidence })}</p>
      <p className={styles.quiet}>
        {t('recommendations.assessed-by', {
          assessor: assessment.assessor,
          date: format.date(assessment.assessedOn),
          person: assessment.enteredBy ?? t('plans.someone'),
        })}
      </p>
      {mayKeep && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={`${styles.flush} screen-only`}
          onClick={() => setAsking(true)}
        >
          {t('recommendations.assessment-take-back')}
        </Button>
      )}
      <Confirm
        isOpen={isAsking}
        title={t('recommendations.assessment-take-back')}
        act={t('recommendations.assessment-take-back')}
        isDestructive
        isPending={withdraw.isPending}
        onConfirm={() => withdraw.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('recommendations.assessment-take-back-words')}
      </Confirm>
    </>
  )
}
