import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ChangeSet, ChangeSetDetail } from '#plans/model'
import type { Page } from '#platform/model'
import { read, type Query } from '../requests.ts'

const key = 'plans'

export const changeSetsQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'change-sets', query],
    queryFn: ({ signal }) => read<Page<ChangeSet>>('/change-sets', query, signal),
    placeholderData: (before) => before,
  })

export const changeSetQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: [key, 'change-set', id, query],
    queryFn: ({ signal }) => read<ChangeSetDetail>(`/change-sets/${id}`, query, signal),
    placeholderData: (before) => before,
  })

export const labelsQuery = queryOptions({
  queryKey: [key, 'labels'],
  queryFn: ({ signal }) => read<string[]>('/labels', {}, signal),
})

/** After many records changed nothing that was read before is shown again, drafts least of all: they are written from. */
export function useForget(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(async () => {
    for (const root of [key, 'recommendations']) {
      queries.removeQueries({ queryKey: [root], type: 'inactive' })
      await queries.invalidateQueries({ queryKey: [root] })
    }
  }, [queries])
}
