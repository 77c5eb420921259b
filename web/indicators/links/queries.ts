import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { LikelyMeasure, LinkedMeasure, MeasuredRecommendation, MeasureStanding } from '#indicators/model'
import type { MeasuredTask } from '#plans/model'
import { read, type Query } from '../../plans/requests.ts'
import { useRenew } from '../../plans/queries.ts'
import { useRenewRecommendations } from '../../recommendations/queries.ts'
import { useRenewIndicators, type Paged } from '../queries.ts'

/** What measures are laid to: a recommendation, or the task of a piece of work. */
export type Subject = { kind: 'recommendation'; id: string } | { kind: 'task'; id: string; nodeId: string }

const pathOf = ({ kind, id }: Subject) => (kind === 'task' ? `/tasks/${id}` : `/recommendations/${id}`)

export const linkedQuery = (subject: Subject) =>
  queryOptions({
    queryKey: ['indicators', 'linked', subject.kind, subject.id],
    queryFn: ({ signal }) => read<LinkedMeasure[]>(`${pathOf(subject)}/measures`, {}, signal),
  })

export const likelyQuery = (subject: Subject) =>
  queryOptions({
    queryKey: ['indicators', 'likely', subject.kind, subject.id],
    queryFn: ({ signal }) => read<LikelyMeasure[]>(`${pathOf(subject)}/measures/suggestions`, {}, signal),
  })

/** How measures stand, by id. */
export const standingsQuery = (measureIds: readonly string[]) =>
  queryOptions({
    queryKey: ['indicators', 'standings', measureIds],
    queryFn: async ({ signal }) => {
      const rows = await read<MeasureStanding[]>('/figures/standings', { measureId: measureIds }, signal)
      return new Map(rows.map((row) => [row.measureId, row]))
    },
    enabled: measureIds.length > 0,
    placeholderData: (before) => before,
  })

export const recommendationsOfQuery = (indicatorId: string, asked: Query) =>
  queryOptions({
    queryKey: ['indicators', 'recommendations', indicatorId, asked],
    queryFn: ({ signal }) =>
      read<Paged<MeasuredRecommendation>>(`/indicators/${indicatorId}/recommendations`, asked, signal),
    placeholderData: (before) => before,
  })

export const tasksOfQuery = (indicatorId: string, asked: Query) =>
  queryOptions({
    queryKey: ['indicators', 'tasks', indicatorId, asked],
    queryFn: ({ signal }) => read<Paged<MeasuredTask>>(`/indicators/${indicatorId}/tasks`, asked, signal),
    placeholderData: (before) => before,
  })

/** Reads anew what a link changes: the indicator's page, the recommendation's, the task's. */
export function useRenewLinks(): () => Promise<void> {
  const [indicators, recommendations, plans] = [useRenewIndicators(), useRenewRecommendations(), useRenew()]
  const queries = useQueryClient()
  return useCallback(async () => {
    await Promise.all([indicators(), recommendations(), plans(), queries.invalidateQueries({ queryKey: ['history'] })])
  }, [indicators, recommendations, plans, queries])
}
