import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Mentionable, NoticePage, RecordOf, SeenBy } from '#notifications/model'
import { send } from '../kit/api.ts'
import { read } from '../access/requests.ts'

/** Writes by another method than POST; answers what the route answers. */
export async function put<T>(path: string, body: unknown): Promise<T> {
  const response = await send('PUT', path, JSON.stringify(body))
  return (response.status === 204 ? undefined : await response.json()) as T
}

export const noticesKey = 'notices'

/** How many notices wait; asked again each minute while the page is looked at. */
export const unreadQuery = queryOptions({
  queryKey: [noticesKey, 'count'],
  queryFn: ({ signal }) => read<{ unread: number }>('/notices/count', {}, signal),
  refetchInterval: 60_000,
  staleTime: 30_000,
})

export const noticesQuery = (asked: { view: string; page: number; size: number }) =>
  queryOptions({
    queryKey: [noticesKey, 'list', asked],
    queryFn: ({ signal }) => read<NoticePage>('/notices', asked, signal),
    placeholderData: (before) => before,
  })

/** People who may be called by name, by what was typed after the sign. */
export const mentionableQuery = (record: RecordOf, seenBy: SeenBy, search: string) =>
  queryOptions({
    queryKey: ['mentionable', record.kind, record.id, seenBy, search],
    queryFn: ({ signal }) => read<Mentionable[]>('/talk/people', { ...record, seenBy, search }, signal),
    staleTime: 60_000,
    placeholderData: (before) => before,
  })

export const talkKey = (record: RecordOf) => ['talk', record.kind, record.id]

/** Reads talk, history and notices of a record anew after a write. */
export function useRenewTalk(record: RecordOf): () => Promise<void> {
  const queries = useQueryClient()
  const { kind, id } = record
  return useCallback(async () => {
    await queries.invalidateQueries({ queryKey: talkKey({ kind, id }) })
    await queries.invalidateQueries({ queryKey: [noticesKey] })
  }, [queries, kind, id])
}
