import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type {
  AnsweredRecommendation,
  AnswersOf,
  Implementations,
  LikelyRecommendations,
  LikelyTasks,
} from '#plans/model'
import type { FacetCounts } from '#platform/model'
import type { z } from 'zod'
import type {
  RecommendationDetail,
  RecommendationPage,
  Suggestions,
  TermLists,
  TermsSuggested,
} from '#recommendations/model'
import { read, type Query } from '../plans/requests.ts'

/** Everything this module reads stands below one key: after a write all of it is read anew. */
const key = 'recommendations'

export type Recommendations = z.infer<typeof RecommendationPage>
export type Lists = z.infer<typeof TermLists>

export const recommendationsQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'list', query],
    queryFn: ({ signal }) => read<Recommendations>('/recommendations', query, signal),
    placeholderData: (before) => before,
  })

/** How far those a filter keeps are carried out. */
export const progressQuery = (filter: Query) =>
  queryOptions({
    queryKey: [key, 'progress', filter],
    queryFn: ({ signal }) => read<FacetCounts>('/recommendations/facets', { ...filter, of: 'implementation' }, signal),
    placeholderData: (before) => before,
  })

/** Mechanisms and terms, in the language of the page. */
export const termsQuery = (language: string) =>
  queryOptions({
    queryKey: [key, 'terms', language],
    queryFn: ({ signal }) => read<Lists>('/recommendations/terms', {}, signal),
    staleTime: 600_000,
  })

export const recommendationQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'one', id],
    queryFn: ({ signal }) => read<RecommendationDetail>(`/recommendations/${id}`, {}, signal),
  })

/** What likeness of words suggests for one recommendation. */
export const suggestionsQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'suggestions', id],
    queryFn: ({ signal }) => read<Suggestions>(`/recommendations/${id}/suggestions`, {}, signal),
  })

/** Ids the server takes in one request. */
const mostCompared = 25

/** Terms that likeness of words suggests for many recommendations, asked for some at a time. */
export const manySuggestionsQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: [key, 'suggestions', 'many', ids],
    queryFn: async ({ signal }) => {
      const items: TermsSuggested['items'] = []
      for (let at = 0; at < ids.length; at += mostCompared)
        items.push(
          ...(
            await read<TermsSuggested>(
              '/recommendations/suggestions',
              { ids: ids.slice(at, at + mostCompared).join(',') },
              signal,
            )
          ).items,
        )
      return items
    },
    enabled: ids.length > 0,
  })

/** How far those of a page are carried out, by id. */
export const implementationsQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: [key, 'implementations', ids],
    queryFn: async ({ signal }) => {
      const rows = await read<Implementations>('/recommendations/implementations', { id: ids }, signal)
      return new Map(rows.map(({ recommendationId, status }) => [recommendationId, status]))
    },
    enabled: ids.length > 0,
    placeholderData: (before) => before,
  })

export const answersQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'answers', id],
    queryFn: ({ signal }) => read<AnswersOf>(`/recommendations/${id}/answers`, {}, signal),
  })

/** Tasks that likeness of words suggests for one recommendation. */
export const likelyTasksQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'likely-tasks', id],
    queryFn: ({ signal }) => read<LikelyTasks>(`/recommendations/${id}/answers/suggestions`, {}, signal),
  })

export const answeredQuery = (workId: string) =>
  queryOptions({
    queryKey: [key, 'answered', workId],
    queryFn: ({ signal }) => read<AnsweredRecommendation[]>(`/tasks/${workId}/recommendations`, {}, signal),
  })

/** Recommendations that the task of a piece of work may answer. */
export const likelyRecommendationsQuery = (workId: string) =>
  queryOptions({
    queryKey: [key, 'likely-recommendations', workId],
    queryFn: ({ signal }) => read<LikelyRecommendations>(`/tasks/${workId}/recommendations/suggestions`, {}, signal),
  })

/** Reads everything of recommendations anew after a write. */
export function useRenewRecommendations(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(() => queries.invalidateQueries({ queryKey: [key] }), [queries])
}
