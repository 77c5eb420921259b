import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Page } from '#platform/model'
import {
  isSettling,
  type ImportProblem,
  type ImportSource,
  type IncomingPage,
  type RecommendationImport,
  type Settled,
  type SettleIncoming,
} from '#recommendations/model'
import { send } from '../../kit/api.ts'
import { stringifySearch } from '../../kit/url.ts'
import { read, write, type Query } from '../../plans/requests.ts'

/** Everything read of recommendations stands below one key: after a write all of it is read anew. */
const key = 'recommendations'

/** Whether a job is at it: the page asks again and again. */
export function isAtWork({ state }: Pick<RecommendationImport, 'state'>): boolean {
  return state === 'waiting' || state === 'reading' || state === 'indexing'
}

const everyMs = 1000

export const importsQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'imports', query],
    queryFn: ({ signal }) => read<Page<RecommendationImport>>('/recommendations/imports', query, signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? everyMs : false),
    placeholderData: (before) => before,
  })

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'import', id],
    queryFn: ({ signal }) => read<RecommendationImport>(`/recommendations/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && (isAtWork(state.data) || isSettling(state.data)) ? everyMs : false),
  })

export const problemsQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: [key, 'import-problems', id, query],
    queryFn: ({ signal }) => read<Page<ImportProblem>>(`/recommendations/imports/${id}/problems`, query, signal),
    placeholderData: (before) => before,
  })

export const incomingQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'incoming', query],
    queryFn: ({ signal }) => read<z.infer<typeof IncomingPage>>('/recommendations/incoming', query, signal),
    placeholderData: (before) => before,
  })

export type ImportAct = 'cancellation' | 'resumption' | 'partial'

export const changeImport = (id: string, act: ImportAct) =>
  write<RecommendationImport>('POST', `/recommendations/imports/${id}/${act}`)

export const settle = (id: string, body: SettleIncoming) =>
  write<z.infer<typeof Settled>>('POST', `/recommendations/imports/${id}/settlement`, body)

export type Given = { file: File; source: ImportSource; said: Query }

/** Sends a file; the signal stops it on its way. */
export async function giveFile({ file, source, said }: Given, signal: AbortSignal): Promise<RecommendationImport> {
  const of = source === 'uhri' ? 'export' : 'table'
  const query = { fileName: file.name, ...(source === 'uhri' ? {} : { source }), ...said }
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  const response = await send('POST', `/recommendations/imports/${of}${stringifySearch(query)}`, bytes, signal)
  return (await response.json()) as RecommendationImport
}
