import { queryOptions } from '@tanstack/react-query'
import type { Dashboard, MapPicture, Ranking, Trend } from '#indicators/model'
import { read, type Query } from '../../plans/requests.ts'

/** Below the key of indicators: a write there reads pictures anew. */
const key = ['indicators', 'pictures'] as const

export const dashboardQuery = (asked: Query) =>
  queryOptions({
    queryKey: [...key, 'dashboard', asked],
    queryFn: ({ signal }) => read<Dashboard>('/indicators/dashboard', asked, signal),
    placeholderData: (before) => before,
  })

export const trendQuery = (measureId: string, asked: Query) =>
  queryOptions({
    queryKey: [...key, 'trend', measureId, asked],
    queryFn: ({ signal }) => read<Trend>(`/measures/${measureId}/trend`, asked, signal),
    placeholderData: (before) => before,
  })

export const readRanking = (measureId: string, asked: Query, signal?: AbortSignal): Promise<Ranking> =>
  read<Ranking>(`/measures/${measureId}/ranking`, asked, signal)

export const rankingQuery = (measureId: string, asked: Query) =>
  queryOptions({
    queryKey: [...key, 'ranking', measureId, asked],
    queryFn: ({ signal }) => readRanking(measureId, asked, signal),
    placeholderData: (before) => before,
  })

export const mapQuery = (measureId: string, asked: Query) =>
  queryOptions({
    queryKey: [...key, 'map', measureId, asked],
    queryFn: ({ signal }) => read<MapPicture>(`/measures/${measureId}/map`, asked, signal),
    placeholderData: (before) => before,
  })
