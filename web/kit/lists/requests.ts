import { queryOptions } from '@tanstack/react-query'
import type { FacetCounts, Job } from '#platform/model'
import type { ListViews, SavedView } from '#access/model'
import { send } from '../api.ts'
import { stringifySearch } from '../url.ts'

/** A filter as the server takes it: values by key. */
export type ServerFilter = Readonly<Record<string, readonly string[]>>

async function read<T>(path: string, query: Record<string, unknown>, signal?: AbortSignal): Promise<T> {
  const response = await send('GET', path + stringifySearch(query), undefined, signal)
  return (await response.json()) as T
}

async function write<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body === undefined ? undefined : JSON.stringify(body))
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** How many rows each value of these facets would leave. */
export const facetsQuery = (path: string, of: readonly string[], filter: ServerFilter) =>
  queryOptions({
    queryKey: ['lists', 'facets', path, of, filter],
    queryFn: ({ signal }) => read<FacetCounts>(path, { ...filter, of }, signal),
    enabled: of.length > 0,
    placeholderData: (before) => before,
  })

export const viewsQuery = (list: string) =>
  queryOptions({
    queryKey: ['lists', 'views', list],
    queryFn: ({ signal }) => read<ListViews>('/views', { list }, signal),
    staleTime: 60_000,
  })

export type FileColumn = { key: string; head: string; isSpare: boolean; isForReturn: boolean }

export const columnsQuery = (list: string, language: string) =>
  queryOptions({
    queryKey: ['lists', 'columns', list, language],
    queryFn: ({ signal }) => read<FileColumn[]>('/list-columns', { list }, signal),
    staleTime: 600_000,
  })

export type ViewAsked = Pick<SavedView, 'list' | 'name' | 'audience' | 'filter' | 'columns' | 'order' | 'presentation'>

/** Keeps a view, new or changed; giving it to everybody is a right and a step of its own. */
export async function keepView(asked: ViewAsked, before?: SavedView): Promise<SavedView> {
  const body = { ...asked, audience: asked.audience === 'everybody' ? 'private' : asked.audience }
  const kept =
    before === undefined
      ? await write<SavedView>('POST', '/views', body)
      : await write<SavedView>('PUT', `/views/${before.id}`, { ...body, version: before.version })
  return asked.audience === 'everybody'
    ? write<SavedView>('POST', `/views/${kept.id}/publication`, { version: kept.version })
    : kept
}

export const dropView = (id: string) => write<undefined>('DELETE', `/views/${id}`)
export const openWith = (list: string, viewId: string | null) =>
  write<ListViews>('PUT', '/default-views', { list, viewId })

export type FileAsked = {
  list: string
  format: string
  filter: ServerFilter
  columns: readonly string[]
  order: string
  words: string
}
export const askForFile = (asked: FileAsked) => write<{ jobId: string; rows: number }>('POST', '/list-files', asked)
export const readJob = (id: string) => read<Job>(`/jobs/${id}`, {})
export const stopJob = (id: string) => write<Job>('POST', `/jobs/${id}/cancellation`, {})

/** Fetches the written file and lays it where the browser keeps downloads. */
export async function fetchFile(jobId: string, name: string): Promise<void> {
  const response = await send('GET', `/list-files/${jobId}`)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
