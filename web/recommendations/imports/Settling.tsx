import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isSettling, type RecommendationImport } from '#recommendations/model'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { JobProgress } from '../../kit/JobProgress.tsx'
import { stopJob } from '../../kit/lists/requests.ts'
import { useFormat, useText } from '../../kit/text.tsx'
import { useRenewRecommendations } from '../queries.ts'

/** How far the job is that settles all differences of a file, or what came of the last one. */
export function Settling({ one }: { one: RecommendationImport }) {
  const t = useText()
  const format = useFormat()
  const renew = useRenewRecommendations()
  const stopping = useMutation({ mutationFn: stopJob, onSettled: renew })
  const works = isSettling(one)
  useEffect(() => {
    if (!works) void renew()
  }, [works, renew])
  if (one.settling === null) return null
  const { jobId, state, decision, done, total, notKept } = one.settling
  if (!works)
    return (
      <p role="status">
        {t('bring.settling-ended', {
          ...{ state, decision, notKept },
          ...{ number: format.number(done), notKeptNumber: format.number(notKept) },
        })}
      </p>
    )
  return (
    <>
      <ErrorSummary problem={stopping.error} />
      <JobProgress
        title={t('bring.settling', { decision })}
        state={state === 'queued' ? 'waiting' : 'running'}
        done={done}
        total={total}
        onCancel={() => stopping.mutate(jobId)}
      />
    </>
  )
}
