import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ListedRelease, ReleasedPicture } from '#indicators/model'
import type { Page } from '#platform/model'
import { readJob } from '../../kit/lists/requests.ts'
import { read, write, type Query } from '../../plans/requests.ts'

const key = 'indicators'

export const releasesQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'releases', query],
    queryFn: ({ signal }) => read<Page<ListedRelease>>('/figures/releases', query, signal),
    placeholderData: (before) => before,
  })

export const releasedQuery = (measureId: string, query: Query) =>
  queryOptions({
    queryKey: [key, 'released', measureId, query],
    queryFn: ({ signal }) => read<ReleasedPicture>(`/measures/${measureId}/released`, query, signal),
    placeholderData: (before) => before,
  })

export type Asked = { measureId: string; period: string }

/** Lets a job work out what would be told, or tell it. */
export const askJob = (what: 'releases' | 'release-trials', { measureId, period }: Asked) =>
  write<{ jobId: string }>('POST', `/measures/${measureId}/${what}`, { period })

/** A job at work, looked at until it ends. */
export function useJob(jobId: string | undefined) {
  return useQuery({
    queryKey: ['lists', 'job', jobId],
    queryFn: () => readJob(jobId ?? ''),
    enabled: jobId !== undefined,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'queued' || state.data.state === 'running' ? 500 : false,
  })
}
