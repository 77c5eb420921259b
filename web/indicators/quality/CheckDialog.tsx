import { Button, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { JobProgress } from '../../kit/JobProgress.tsx'
import { stopJob } from '../../kit/lists/requests.ts'
import { useText } from '../../kit/text.tsx'
import { usePeriods } from '../periods.ts'
import { useRenewIndicators } from '../queries.ts'
import { askCheck, useCheck } from './queries.ts'
import styles from './Quality.module.css'

/** Has the figures of a period held against the rules anew, and shows how far that is. */
export function CheckDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const renew = useRenewIndicators()
  const periods = usePeriods({})
  const [chosen, setPeriod] = useState('')
  const period = periods.choices.some(({ value }) => value === chosen) ? chosen : (periods.newest ?? '')
  const asking = useMutation({ mutationFn: () => askCheck(period) })
  const jobId = asking.data?.jobId
  const { data: job } = useCheck(jobId)
  const isOver = job?.state === 'done'
  useEffect(() => {
    if (isOver) void renew()
  }, [isOver, renew])
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('indicators.quality-check-title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <p>{t('indicators.quality-check-words')}</p>
      <ErrorSummary problem={asking.error} />
      {jobId === undefined ? (
        <div className={styles.check}>
          <SelectField
            id="period"
            label={t('indicators.period')}
            choices={periods.choices}
            value={period}
            onChange={setPeriod}
          />
          <Button disabled={period === ''} loading={asking.isPending} onClick={() => asking.mutate()}>
            {t('indicators.quality-check-do')}
          </Button>
        </div>
      ) : (
        <JobProgress
          title={t('indicators.quality-checking')}
          state={job === undefined || job.state === 'queued' ? 'waiting' : job.state}
          done={job?.doneCount ?? 0}
          total={job?.totalCount ?? null}
          outcome={isOver && t('indicators.quality-checked')}
          onCancel={() => void stopJob(jobId)}
        />
      )}
    </Modal>
  )
}
