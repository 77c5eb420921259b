import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Job, Page } from '#platform/model'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { JobProgress } from '../kit/JobProgress.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Pager } from '../kit/Pager.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { useMay } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import styles from './access.module.css'
import { sayKept } from './audit-words.ts'
import { act, read } from './requests.ts'

const pollMs = 1_500
const isOpen = (job: Job): boolean => job.state === 'queued' || job.state === 'running'

/** Long work: how far it is, and a way to stop it. Looks again while anything runs. */
export function JobsPage() {
  const t = useText()
  const format = useFormat()
  const list = useListUrl({})
  const asked = { page: list.page, size: list.size }
  const jobs = useQuery({
    queryKey: ['jobs', asked],
    queryFn: ({ signal }) => read<Page<Job>>('/jobs', asked, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some(isOpen) ? pollMs : false),
  })
  if (jobs.error && !jobs.data) return <LoadFailed problem={jobs.error} onRetry={() => void jobs.refetch()} />
  const running = jobs.data?.items.filter(isOpen).length
  return (
    <>
      <PageHeader
        title={t('access.jobs')}
        state={
          running === undefined
            ? undefined
            : t('access.jobs-running', { count: running, number: format.number(running) })
        }
      />
      {jobs.data?.total === 0 && <Empty title={t('access.jobs-none')}>{t('access.jobs-none-words')}</Empty>}
      <ul className={styles.jobs}>
        {jobs.data?.items.map((job) => (
          <li key={job.id}>
            <JobCard job={job} />
          </li>
        ))}
      </ul>
      {jobs.data && jobs.data.total > list.size && <Pager list={list} total={jobs.data.total} />}
    </>
  )
}

function JobCard({ job }: { job: Job }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const words = useProblemWords()
  const toast = useToast()
  const queries = useQueryClient()
  const stop = useMutation({
    mutationFn: () => act<Job>(`/jobs/${job.id}/cancellation`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  const asker = t('access.job-asked', {
    name: job.personName ?? t('access.audit-system'),
    at: format.dateTime(job.createdAt),
  })
  return (
    <JobProgress
      title={sayKept(t, kindKey(job.kind))}
      state={job.state === 'queued' ? 'waiting' : job.state}
      done={job.doneCount}
      total={job.totalCount}
      outcome={
        <p className={styles.quiet}>
          {asker}
          {job.problemCode !== null && ` ${sayKept(t, job.problemCode)}`}
        </p>
      }
      onCancel={may('platform.cancel-job') ? () => stop.mutate() : undefined}
    />
  )
}

/** `documents.read-import` → `documents.job-read-import`: the message that names a kind of long work. */
function kindKey(kind: string): string {
  return kind.replace('.', '.job-')
}
