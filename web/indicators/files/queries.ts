import { queryOptions } from '@tanstack/react-query'
import type { FigureImport, FigureProblem, IncomingFigure } from '#indicators/model'
import type { Page } from '#platform/model'
import { send } from '../../kit/api.ts'
import type { Tone } from '../../kit/StatusBadge.tsx'
import { stringifySearch } from '../../kit/url.ts'
import { read, write, type Query } from '../../plans/requests.ts'

/** Where files of figures, and those of the dictionary, are kept. */
export type ImportsAt = '/figures/imports' | '/indicators/imports'
const figures = '/figures/imports'

/** Below the key of the module: after a write all of it is read anew. */
const key = 'indicators'
const everyMs = 1000

export const importTones: Record<FigureImport['state'], Tone> = {
  checking: 'pending',
  checked: 'soon',
  taking: 'pending',
  done: 'done',
  failed: 'overdue',
  cancelled: 'draft',
  lapsed: 'undated',
}

/** Whether a job is at it: the page asks again and again. */
export function isAtWork({ state }: Pick<FigureImport, 'state'>): boolean {
  return state === 'checking' || state === 'taking'
}

export const importsQuery = (query: Query, at: ImportsAt = figures) =>
  queryOptions({
    queryKey: [key, 'imports', at, query],
    queryFn: ({ signal }) => read<Page<FigureImport>>(at, query, signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? everyMs : false),
    placeholderData: (before) => before,
  })

export const importQuery = (id: string, at: ImportsAt = figures) =>
  queryOptions({
    queryKey: [key, 'import', at, id],
    queryFn: ({ signal }) => read<FigureImport>(`${at}/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? everyMs : false),
  })

export const problemsQuery = (id: string, query: Query, at: ImportsAt) =>
  queryOptions({
    queryKey: [key, 'import-problems', at, id, query],
    queryFn: ({ signal }) => read<Page<FigureProblem>>(`${at}/${id}/problems`, query, signal),
    placeholderData: (before) => before,
  })

export const incomingQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: [key, 'import-rows', id, query],
    queryFn: ({ signal }) => read<Page<IncomingFigure>>(`/figures/imports/${id}/rows`, query, signal),
    placeholderData: (before) => before,
  })

export const takeIn = (id: string, takes: 'whole' | 'good') =>
  write<FigureImport>('POST', `/figures/imports/${id}/acceptance`, { takes })
export const stop = (id: string, at: ImportsAt = figures) => write<FigureImport>('POST', `${at}/${id}/cancellation`)

/** Sends a file; the signal stops it on its way. */
export async function giveFile(
  { file, ...said }: { file: File; takes: string; decimalSign: string | undefined },
  signal: AbortSignal,
): Promise<FigureImport> {
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  const path = `/figures/imports${stringifySearch({ fileName: file.name, ...said })}`
  return (await (await send('POST', path, bytes, signal)).json()) as FigureImport
}
