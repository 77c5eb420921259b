import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type {
  DimensionRow,
  Figure,
  Grid,
  IndicatorRow,
  MeasureRow,
  PartRow,
  Picture,
  SeriesPoint,
  Target,
  TargetProgress,
} from '#indicators/model'
import { useSession } from '../kit/session.tsx'
import { useLanguage } from '../kit/text.tsx'
import { read, type Query } from '../plans/requests.ts'

/** Everything this module reads stands below one key: after a write all of it is read anew. */
const key = 'indicators'

export type Dictionary = { indicators: IndicatorRow[]; dimensions: DimensionRow[] }
export type Paged<Row> = { items: Row[]; total: number; page: number; size: number }
export type Progress = { series: SeriesPoint[]; targets: (Target & { progress: TargetProgress })[] }

const dictionaryQuery = (language: string) =>
  queryOptions({
    queryKey: [key, 'dictionary', language],
    queryFn: ({ signal }) => read<Dictionary>('/indicators', {}, signal),
    staleTime: 600_000,
  })

/** The dictionary in the language of the page. */
export function useDictionary() {
  return useQuery(dictionaryQuery(useLanguage().language))
}

/** Finds measures and breakdowns of the dictionary by what answers name. */
export function useNames() {
  const { data } = useDictionary()
  const measures = new Map(
    (data?.indicators ?? []).flatMap((indicator) =>
      indicator.measures.map((measure) => [measure.id, { indicator, measure }] as const),
    ),
  )
  return {
    isKnown: data !== undefined,
    measure: (id: string): { indicator: IndicatorRow; measure: MeasureRow } | undefined => measures.get(id),
    /** `sex=female` → `Nữ`; the whole is empty. */
    breakdown: (code: string): string =>
      code
        .split(';')
        .filter((part) => part !== '')
        .map((part) => {
          const [dimension = '', value = ''] = part.split('=')
          const known = data?.dimensions.find((one) => one.code === dimension)
          return known?.values.find((one) => one.code === value)?.name ?? part
        })
        .join(', '),
    dimension: (code: string) => data?.dimensions.find((one) => one.code === code),
  }
}

export type Names = ReturnType<typeof useNames>

export const pictureQuery = (measureId: string, asked: Query) =>
  queryOptions({
    queryKey: [key, 'picture', measureId, asked],
    queryFn: ({ signal }) => read<Picture>(`/measures/${measureId}/picture`, asked, signal),
    placeholderData: (before) => before,
  })

export const partsQuery = (measureId: string, asked: Query) =>
  queryOptions({
    queryKey: [key, 'parts', measureId, asked],
    queryFn: ({ signal }) => read<Paged<PartRow>>(`/measures/${measureId}/parts`, asked, signal),
    placeholderData: (before) => before,
  })

export const progressQuery = (measureId: string, asked: Query) =>
  queryOptions({
    queryKey: [key, 'progress', measureId, asked],
    queryFn: ({ signal }) => read<Progress>(`/measures/${measureId}/progress`, asked, signal),
  })

export const gridQuery = (asked: Query) =>
  queryOptions({
    queryKey: [key, 'grid', asked],
    queryFn: ({ signal }) => read<Grid>('/figures/grid', asked, signal),
  })

export const waitingQuery = (asked: Query) =>
  queryOptions({
    queryKey: [key, 'waiting', asked],
    queryFn: ({ signal }) => read<Paged<Figure>>('/figures', { ...asked, toDecide: true }, signal),
    placeholderData: (before) => before,
  })

export const returnedQuery = (asked: Query) =>
  queryOptions({
    queryKey: [key, 'returned', asked],
    queryFn: ({ signal }) => read<Paged<Figure>>('/figures', { ...asked, isReturned: true }, signal),
    placeholderData: (before) => before,
  })

/** Reads everything of indicators anew after a write. */
export function useRenewIndicators(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(() => queries.invalidateQueries({ queryKey: [key] }), [queries])
}

/** The unit of the body one acts for. */
export function useOwnUnit() {
  const { posts, actingPostId } = useSession()
  const agencyId = (posts.find(({ id }) => id === actingPostId) ?? posts[0])?.agencyId
  return useQuery({
    queryKey: ['agencies', 'unit', agencyId],
    queryFn: async ({ signal }) =>
      (await read<{ unit: { id: string; name: string } }>(`/agencies/${agencyId}`, {}, signal)).unit,
    enabled: agencyId !== undefined,
    staleTime: 600_000,
  })
}
