import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ObstacleDetail } from '#reporting/model'
import { usePathId } from '../../kit/address.ts'
import { LoadFailed } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import { traceTo } from '../consolidation/trail.ts'
import styles from '../reports/Reports.module.css'
import { useNamed } from '../reports/words.ts'
import { ActDialog, type ObstacleActName } from './ActDialog.tsx'
import { boardQuery, obstacleQuery, obstaclesTo, toneOf } from './queries.ts'

/** One obstacle: what it is, with whom it is, what was answered, and what the acting body may do about it. */
export function ObstaclePage() {
  const id = usePathId('obstacleId')
  const { data, error, refetch } = useQuery(obstacleQuery(id))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return data ? <Obstacle obstacle={data} /> : null
}

function Obstacle({ obstacle }: { obstacle: ObstacleDetail }) {
  const t = useText()
  const format = useFormat()
  const named = useNamed()
  const { data } = useQuery(boardQuery)
  const theme = data?.themes.find(({ key }) => key === obstacle.theme)
  return (
    <>
      <PageHeader
        title={t('obstacles.one-of', { theme: theme === undefined ? obstacle.theme : named(theme.names) })}
        crumbs={[{ label: t('obstacles.title'), to: obstaclesTo }, { label: obstacle.by.name }]}
        state={
          <span className={styles.facts}>
            <StatusBadge tone={toneOf(obstacle)}>{t('obstacles.state-is', { code: obstacle.state })}</StatusBadge>
            <span>{t('obstacles.with', { name: obstacle.routedTo.name })}</span>
            {obstacle.state === 'raised' && (
              <span>{t('obstacles.answer-by', { date: format.date(obstacle.answerDueOn) })}</span>
            )}
            {obstacle.escalations > 0 && <span>{t('obstacles.escalated', { count: obstacle.escalations })}</span>}
          </span>
        }
        acts={<Acts obstacle={obstacle} />}
      />
      <Section title={t('obstacles.one')}>
        <p className={styles.prose}>{obstacle.words}</p>
      </Section>
      {obstacle.proposal !== '' && (
        <Section title={t('obstacles.proposal')}>
          <p className={styles.prose}>{obstacle.proposal}</p>
        </Section>
      )}
      {obstacle.saidIn.length > 0 && (
        <Section title={t('obstacles.report')}>
          <ul className={styles.plain}>
            {obstacle.saidIn.map((at) => (
              <li key={`${at.reportId} ${at.line}`}>
                <Link to={traceTo(at)}>{t('obstacles.report-line', { number: at.number })}</Link>
                {at.isWithdrawn && <span className={styles.quiet}>{t('obstacles.report-withdrawn')}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('obstacles.steps')}>
        <ol className={styles.steps}>
          {obstacle.steps.map((step) => (
            <li key={step.id}>
              <p className={styles.title}>
                {t('obstacles.step-is', {
                  ...{ kind: choice(step.kind), at: format.dateTime(step.takenAt), to: step.to?.name ?? '' },
                  by: [step.personName, step.by?.name].filter((name) => name !== null && name !== undefined).join(', '),
                })}
              </p>
              {step.words !== null && <p className={styles.prose}>{step.words}</p>}
            </li>
          ))}
        </ol>
      </Section>
    </>
  )
}

function Acts({ obstacle }: { obstacle: ObstacleDetail }) {
  const t = useText()
  const may = useMay()
  const [act, setAct] = useState<ObstacleActName>()
  const acts: ObstacleActName[] = [
    ...(obstacle.may.answer && may('reporting.answer-obstacle') ? (['answer'] as const) : []),
    ...(obstacle.may.passOn && may('reporting.answer-obstacle') && obstacle.passableTo.length > 0
      ? (['passing-on'] as const)
      : []),
    ...(obstacle.may.notResolved && may('reporting.raise-obstacle') ? (['not-resolved'] as const) : []),
    ...(obstacle.may.close && may('reporting.raise-obstacle') ? (['closing'] as const) : []),
  ]
  return (
    <span className={styles.acts}>
      {acts.map((name, at) => (
        <Button key={name} variant={at === 0 ? 'filled' : 'default'} onClick={() => setAct(name)}>
          {t('obstacles.act-is', { act: choice(name) })}
        </Button>
      ))}
      {act && <ActDialog obstacle={obstacle} act={act} onClose={() => setAct(undefined)} />}
    </span>
  )
}
