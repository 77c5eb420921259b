import { Button } from '@mantine/core'
import { useRef, type ReactNode } from 'react'
import { paceOf, type Sample } from './pace.ts'
import { StatusBadge, type Tone } from './StatusBadge.tsx'
import { useFormat, useText } from './text.tsx'
import styles from './JobProgress.module.css'

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export interface JobProgressProps {
  title: ReactNode
  state: JobState
  done: number
  /** Null when not known beforehand. */
  total: number | null
  /** What came of it, or why it failed. */
  outcome?: ReactNode
  onCancel?: () => void
}

const tones: Record<Exclude<JobState, 'running'>, Tone> = {
  waiting: 'pending',
  done: 'done',
  failed: 'overdue',
  cancelled: 'draft',
}
const keptSamples = 20

/** Long work: how much, how fast, how long still, and a way to stop it. */
export function JobProgress({ title, state, done, total, outcome, onCancel }: JobProgressProps) {
  const t = useText()
  const isOpen = state === 'waiting' || state === 'running'
  return (
    <section className={styles.job} aria-busy={isOpen}>
      <div className={styles.head}>
        <p className={styles.title}>{title}</p>
        {isOpen && onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('kit.job-cancel')}
          </Button>
        )}
      </div>
      {state === 'running' ? (
        <Running done={done} total={total} />
      ) : (
        <StatusBadge tone={tones[state]}>{t(`kit.job-${state}`)}</StatusBadge>
      )}
      {isOpen && <p className={styles.quiet}>{t('kit.job-leave')}</p>}
      {outcome && <div>{outcome}</div>}
    </section>
  )
}

function Running({ done, total }: { done: number; total: number | null }) {
  const t = useText()
  const format = useFormat()
  const samples = useRef<Sample[]>([])
  if (samples.current.at(-1)?.done !== done)
    samples.current = [...samples.current, { at: Date.now(), done }].slice(-keptSamples)
  const pace = paceOf(samples.current, total)
  const count =
    total === null
      ? t('kit.job-started', { done: format.number(done) })
      : t('kit.job-count', { done: format.number(done), total: format.number(total) })
  return (
    <>
      <progress
        className={styles.bar}
        max={total ?? undefined}
        value={total === null ? undefined : done}
        aria-label={count}
      />
      <p className={styles.figures}>
        <span role="status">{count}</span>
        {pace && <span>{t('kit.job-rate', { rate: format.number(pace.perSecond, pace.perSecond < 10 ? 1 : 0) })}</span>}
        {pace?.remaining !== undefined && <span>{t('kit.job-remaining', { time: lasting(pace.remaining) })}</span>}
      </p>
    </>
  )
  function lasting(seconds: number): string {
    return seconds < 90
      ? t('kit.job-seconds', { count: seconds })
      : t('kit.job-minutes', { count: Math.round(seconds / 60) })
  }
}
