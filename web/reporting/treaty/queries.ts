import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Language, Page } from '#platform/model'
import type { BeginTreatyReport, TreatyReport, TreatyReportHead, TreatySource } from '#reporting/model'
import { read, write } from '../../plans/requests.ts'

const key = 'treaty-reports'

export const treatyReportsTo = '/bao-cao/cong-uoc'
export const treatyReportTo = (id: string): string => `${treatyReportsTo}/${id}`

export const treatyReportsQuery = ({ page, size }: { page: number; size: number }) =>
  queryOptions({
    queryKey: [key, 'list', page, size],
    queryFn: ({ signal }) => read<Page<TreatyReportHead>>('/reporting/treaty-reports', { page, size }, signal),
  })

export const treatyReportQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => read<TreatyReport>(`/reporting/treaty-reports/${id}`, {}, signal),
  })

export const treatySourcesQuery = (of: { words: string; page: number; size: number }) =>
  queryOptions({
    queryKey: [key, 'sources', of],
    queryFn: ({ signal }) => read<Page<TreatySource>>('/reporting/treaty-sources', of, signal),
    placeholderData: (before) => before,
  })

export const beginTreatyReport = (body: BeginTreatyReport) =>
  write<{ id: string }>('POST', '/reporting/treaty-reports', body)

/** `annexes`: the matrix of recommendations and the country's figures. */
export const treatyFile = (id: string, of: { language: Language; annexes: 'with' | 'without' }): string =>
  `/reporting/treaty-reports/${id}/document?language=${of.language}&format=docx&annexes=${of.annexes}`

/** After a write: all that was read of reports to treaty bodies. */
export function useRenewTreaty(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(() => queries.invalidateQueries({ queryKey: [key] }), [queries])
}
