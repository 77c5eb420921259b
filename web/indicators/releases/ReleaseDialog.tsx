import { Button, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ReleaseTrial } from '#indicators/model'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { JobProgress } from '../../kit/JobProgress.tsx'
import { stopJob } from '../../kit/lists/requests.ts'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { usePeriods } from '../periods.ts'
import { useDictionary, useRenewIndicators } from '../queries.ts'
import { periodWords } from '../words.ts'
import styles from './Releases.module.css'
import { askJob, useJob, type Asked } from './queries.ts'

/** Asks what is told, works it out for a look first, and tells it when that was seen. */
export function ReleaseDialog({ of, onClose }: { of?: Asked; onClose: () => void }) {
  const t = useText()
  const dictionary = useDictionary()
  const measures = (dictionary.data?.indicators ?? []).flatMap((one) => one.measures)
  const [measure, setMeasure] = useState(of?.measureId ?? '')
  const measureId = measure || (measures[0]?.id ?? '')
  const periods = usePeriods({ measureId: measureId || undefined, ended: true })
  const [chosen, setPeriod] = useState(of?.period ?? '')
  const period = periods.choices.some(({ value }) => value === chosen) ? chosen : (periods.newest ?? '')
  const asked = { measureId, period }
  const trying = useMutation({ mutationFn: () => askJob('release-trials', asked) })
  const restart = (set: (value: string) => void) => (value: string) => {
    trying.reset()
    set(value)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('indicators.releases-title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <div className={styles.form}>
        <p>{t('indicators.releases-dialog-words')}</p>
        <ErrorSummary problem={trying.error} />
        <SelectField
          id="measureId"
          label={t('indicators.measure')}
          choices={measures.map(({ id, name }) => ({ value: id, label: name }))}
          value={measureId}
          onChange={restart(setMeasure)}
        />
        <SelectField
          id="period"
          label={t('indicators.period')}
          choices={periods.choices}
          value={period}
          onChange={restart(setPeriod)}
        />
        {trying.data ? (
          <Trial key={trying.data.jobId} jobId={trying.data.jobId} asked={asked} onClose={onClose} />
        ) : (
          <div className={styles.acts}>
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button disabled={period === ''} loading={trying.isPending} onClick={() => trying.mutate()}>
              {t('indicators.releases-try')}
            </Button>
          </div>
        )}
      </div>
    </Modal>
  )
}

/** What the trial came to; told only by a second step. */
function Trial({ jobId, asked, onClose }: { jobId: string; asked: Asked; onClose: () => void }) {
  const t = useText()
  const { data: job } = useJob(jobId)
  const found = ReleaseTrial.safeParse(job?.result)
  const telling = useMutation({ mutationFn: () => askJob('releases', asked) })
  if (job?.state !== 'done' || !found.success)
    return (
      <JobProgress
        title={t('indicators.releases-trying')}
        state={job === undefined || job.state === 'queued' ? 'waiting' : job.state}
        done={job?.doneCount ?? 0}
        total={null}
        outcome={job?.state === 'failed' && <Fell code={job.problemCode} period={asked.period} />}
        onCancel={() => void stopJob(jobId)}
      />
    )
  const trial = found.data
  if (telling.data) return <Telling jobId={telling.data.jobId} asked={asked} onClose={onClose} />
  return (
    <>
      <Outcome trial={trial} />
      <ErrorSummary problem={telling.error} />
      <div className={styles.acts}>
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        {trial.cells > 0 && trial.unsafe === 0 && (
          <Button loading={telling.isPending} onClick={() => telling.mutate()}>
            {t('indicators.releases-do', { count: trial.cells - trial.hidden })}
          </Button>
        )}
      </div>
    </>
  )
}

function Telling({ jobId, asked, onClose }: { jobId: string; asked: Asked; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewIndicators()
  const { data: job } = useJob(jobId)
  const isDone = job?.state === 'done'
  const isTold = useRef(false)
  useEffect(() => {
    if (!isDone || isTold.current) return
    isTold.current = true
    toast({ kind: 'done', text: t('indicators.releases-done', { period: periodWords(asked.period, t) }) })
    void renew()
    onClose()
  }, [isDone, toast, t, asked.period, renew, onClose])
  return (
    <JobProgress
      title={t('indicators.releases-telling')}
      state={job === undefined || job.state === 'queued' ? 'waiting' : job.state}
      done={job?.doneCount ?? 0}
      total={null}
      outcome={job?.state === 'failed' && <Fell code={job.problemCode} period={asked.period} />}
    />
  )
}

function Fell({ code, period }: { code: string | null; period: string }) {
  const t = useText()
  const isSaid = code?.startsWith('indicators.release-') === true
  return (
    <p>{isSaid ? t(code, { period: periodWords(period, t), other: '', count: 0 }) : t('indicators.releases-fell')}</p>
  )
}

function Outcome({ trial }: { trial: ReleaseTrial }) {
  const t = useText()
  const format = useFormat()
  if (trial.cells === 0) return <p role="status">{t('indicators.releases-nothing')}</p>
  if (trial.unsafe > 0) return <p role="status">{t('indicators.release-unsafe', { count: trial.unsafe })}</p>
  const lines = [
    t('indicators.releases-would-tell', { count: trial.cells - trial.hidden, of: format.number(trial.cells) }),
    trial.bound === null
      ? t('indicators.releases-open')
      : t('indicators.releases-would-hide', {
          ...{ count: trial.hidden, bound: trial.bound, small: trial.small, beside: trial.beside, kept: trial.kept },
        }),
    trial.before === null
      ? t('indicators.releases-first')
      : t('indicators.releases-against', {
          at: format.dateTime(trial.before),
          ...{ changed: trial.changed, told: trial.nowTold, hidden: trial.nowHidden },
        }),
    t('indicators.releases-for-good'),
  ]
  return (
    <div role="status">
      <ul className={styles.outcome}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
