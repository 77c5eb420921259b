import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Page } from '#platform/model'
import type { Delegation, Finding, OwedReport, ReportDetail, ReportWork, SubmissionDetail } from '#reporting/model'
import { read, type Query } from '../../plans/requests.ts'

/** Everything this module reads stands below one key: after a write all of it is read anew. */
const key = 'reports'

export const owedQuery = (side: 'own' | 'received', query: Query) =>
  queryOptions({
    queryKey: [key, side, query],
    queryFn: ({ signal }) =>
      read<Page<OwedReport>>(side === 'own' ? '/reporting/reports' : '/reporting/reports/received', query, signal),
    placeholderData: (before) => before,
  })

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => read<ReportDetail>(`/reporting/reports/${id}`, {}, signal),
  })

export const findingsQuery = (id: string, versions: string) =>
  queryOptions({
    queryKey: [key, 'findings', id, versions],
    queryFn: ({ signal }) => read<Finding[]>(`/reporting/reports/${id}/findings`, {}, signal),
    placeholderData: (before) => before,
  })

export const submissionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: [key, 'submission', id, number],
    queryFn: ({ signal }) => read<SubmissionDetail>(`/reporting/reports/${id}/submissions/${number}`, {}, signal),
  })

export const workQuery = queryOptions({
  queryKey: [key, 'work'],
  queryFn: ({ signal }) => read<ReportWork>('/reporting/work', {}, signal),
})

export const delegationsQuery = queryOptions({
  queryKey: [key, 'delegations'],
  queryFn: ({ signal }) => read<Delegation[]>('/reporting/delegations', {}, signal),
})

export const colleaguesQuery = queryOptions({
  queryKey: [key, 'colleagues'],
  queryFn: ({ signal }) => read<{ id: string; name: string }[]>('/reporting/delegations/colleagues', {}, signal),
})

/** After a write: all that stands below the key, figures and notices with it. */
export function useRenewReports(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: [key] }),
      queries.invalidateQueries({ queryKey: ['indicators'] }),
    ])
  }, [queries])
}
