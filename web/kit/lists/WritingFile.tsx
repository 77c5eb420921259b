import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { JobProgress } from '../JobProgress.tsx'
import { useProblemWords } from '../problem-words.ts'
import { useText } from '../text.tsx'
import { useToast } from '../Toast.tsx'
import { fetchFile, readJob, stopJob } from './requests.ts'

/** Waits for the file with its reader, then fetches it; who leaves finds the work among the jobs. */
export function WritingFile({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const { data: job } = useQuery({
    queryKey: ['lists', 'job', jobId],
    queryFn: () => readJob(jobId),
    refetchInterval: ({ state }) =>
      state.data === undefined || ['queued', 'running'].includes(state.data.state) ? 500 : false,
  })
  const fetch = useMutation({
    mutationFn: (name: string) => fetchFile(jobId, name),
    onSuccess: (_none, name) => {
      toast({ kind: 'done', text: t('kit.export-done', { name }) })
      onClose()
    },
  })
  const stop = useMutation({ mutationFn: () => stopJob(jobId) })
  const name = typeof job?.result?.['name'] === 'string' ? job.result['name'] : undefined
  const { mutate, isIdle } = fetch
  useEffect(() => {
    if (name !== undefined && isIdle) mutate(name)
  }, [name, isIdle, mutate])
  return (
    <JobProgress
      title={t('kit.export-running')}
      state={job === undefined || job.state === 'queued' ? 'waiting' : job.state}
      done={job?.doneCount ?? 0}
      total={job?.totalCount ?? null}
      outcome={job?.state === 'failed' ? t('kit.export-failed') : fetch.error ? words(fetch.error) : undefined}
      onCancel={() => stop.mutate()}
    />
  )
}
