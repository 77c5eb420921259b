import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Finding } from '#indicators/model'
import type { Page } from '#platform/model'
import { readJob } from '../../kit/lists/requests.ts'
import type { Tone } from '../../kit/StatusBadge.tsx'
import { stringifySearch } from '../../kit/url.ts'
import { read, write, type Query } from '../../plans/requests.ts'

const qualityTo = '/chi-tieu/kiem-tra'
/** Names of what the page is asked for, as they stand in an address. */
export const names = {
  state: 'tinh-trang',
  kind: 'loai',
  own: 'cua-minh',
  measure: 'so-do',
  unit: 'dia-ban',
  period: 'ky',
} as const

/** What is open in figures of one's own body. */
export const ownFindingsTo = qualityTo + stringifySearch({ [names.state]: 'open', [names.own]: 'true' })

/** What was found in a unit's figures of a measure and period. */
export function findingsTo({ measureId, unit, period }: Finding): string {
  const of = { [names.measure]: measureId ?? undefined, [names.unit]: unit.id, [names.period]: period }
  return qualityTo + stringifySearch(of)
}

export const findingTones: Record<Finding['state'], Tone> = { open: 'soon', confirmed: 'note', corrected: 'done' }

export const findingsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['indicators', 'findings', query],
    queryFn: ({ signal }) => read<Page<Finding>>('/figures/findings', query, signal),
    placeholderData: (before) => before,
  })

/** As many as a page of figures shows. */
const most = 200

/** What is to be said of figures on a page, by cell, what is of all figures of a body by the empty one; `asked` undefined asks nothing. @param againMs asked anew so often */
export function useFindings(asked: Query | undefined, againMs?: number): ReadonlyMap<string, Finding[]> {
  const { data } = useQuery({
    ...findingsQuery({ ...asked, isTold: 'true', size: most }),
    enabled: asked !== undefined,
    ...(againMs === undefined ? {} : { refetchInterval: againMs }),
  })
  return Map.groupBy(data?.items ?? [], ({ cellId }) => cellId ?? '')
}

export const confirmFinding = (id: string, explanation: string) =>
  write('POST', `/figures/findings/${id}/confirmation`, { explanation })
export const askCheck = (period: string) => write<{ jobId: string }>('POST', '/figures/checks', { period })

/** A check at work, looked at until it ends. */
export function useCheck(jobId: string | undefined) {
  return useQuery({
    queryKey: ['lists', 'job', jobId],
    queryFn: () => readJob(jobId ?? ''),
    enabled: jobId !== undefined,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'queued' || state.data.state === 'running' ? 500 : false,
  })
}
