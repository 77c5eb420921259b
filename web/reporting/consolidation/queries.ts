import { queryOptions } from '@tanstack/react-query'
import type { Below, Difference, Drawn, FigureDrift, Standing, Trace } from '#reporting/model'
import { read, write } from '../../plans/requests.ts'

/** Below the key of reports: a write to a report renews what is asked here. */
const key = 'reports'

export const belowTo = (id: string): string => `/bao-cao/${id}/tong-hop`

export const belowQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'below', id],
    queryFn: ({ signal }) => read<Below>(`/reporting/reports/${id}/below`, {}, signal),
  })

export const standingQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'standing', id],
    queryFn: ({ signal }) => read<Standing>(`/reporting/reports/${id}/standing`, {}, signal),
  })

type Picked = Pick<Difference, 'reportId' | 'number' | 'line'>

/** Takes lines into the draft, or leaves them out; `all` takes everything that waits. */
export const drawLines = (
  id: string,
  of: { all?: boolean; take?: readonly Picked[]; leave?: readonly (Picked & { reason: string })[] },
) => write<Drawn>('POST', `/reporting/reports/${id}/drawing`, { all: false, take: [], leave: [], ...of })

/** A line of a submission, as an address names it. */
export type LineAt = { reportId: string; number: number; line: string }

export const traceQuery = ({ reportId, number, line }: LineAt) =>
  queryOptions({
    queryKey: [key, 'trace', reportId, number, line],
    queryFn: ({ signal }) =>
      read<Trace>(`/reporting/reports/${reportId}/submissions/${number}/trace`, { line }, signal),
  })

export const driftQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: [key, 'drift', id, number],
    queryFn: ({ signal }) =>
      read<{ figures: FigureDrift[] }>(`/reporting/reports/${id}/submissions/${number}/drift`, {}, signal),
  })

export const driftFile = (id: string, number: number, format: 'xlsx' | 'csv'): string =>
  `/reporting/reports/${id}/submissions/${number}/drift/table?format=${format}`
