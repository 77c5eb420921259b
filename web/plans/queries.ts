import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Page } from '#platform/model'
import type {
  BoardCounts,
  Coverage,
  CoverageRow,
  DerivationRow,
  DutyBody,
  FourNumbers,
  LikelyDuplicate,
  MyWork,
  Occurrence,
  OccurrenceDetail,
  PlanChanges,
  PlanChoices,
  PlanDetail,
  PlanSummary,
  ProgrammeNumbers,
  RequestOnly,
  TaskDerivation,
  TimelineRow,
  UrgingState,
} from '#plans/model'
import { read, type Query } from './requests.ts'

/** Everything this module reads stands below one key: after a write all of it is read anew. */
const key = 'plans'

export const myWorkQuery = queryOptions({
  queryKey: [key, 'work'],
  queryFn: ({ signal }) => read<MyWork>('/work', {}, signal),
})

export const plansQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'list', query],
    queryFn: ({ signal }) => read<Page<PlanSummary>>('/plans', query, signal),
    placeholderData: (before) => before,
  })

/** A plan's newest issued document; `draft` = the one being written; `versionId` = one that was issued. */
export const planQuery = (id: string, draft = false, versionId?: string) =>
  queryOptions({
    queryKey: [key, 'one', id, versionId ?? draft],
    queryFn: ({ signal }) => {
      const query = versionId === undefined ? { draft: draft ? true : undefined } : { versionId }
      return read<PlanDetail>(`/plans/${id}`, query, signal)
    },
  })

export const changesQuery = (id: string, versionId: string) =>
  queryOptions({
    queryKey: [key, 'changes', id, versionId],
    queryFn: ({ signal }) => read<PlanChanges>(`/plans/${id}/versions/${versionId}/changes`, {}, signal),
  })

export const choicesQuery = queryOptions({
  queryKey: [key, 'choices'],
  queryFn: ({ signal }) => read<PlanChoices>('/plans/choices', {}, signal),
  staleTime: 600_000,
})

export type DutyBodiesPage = Page<DutyBody> & { bodies: { visible: number; all: number } }

export const dutyBodiesQuery = (planId: string, dutyId: string) =>
  infiniteQueryOptions({
    queryKey: [key, 'duty-bodies', planId, dutyId],
    queryFn: ({ pageParam, signal }) =>
      read<DutyBodiesPage>(`/plans/${planId}/duties/${dutyId}/bodies`, { page: pageParam, size: 100 }, signal),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.page * last.size < last.total ? last.page + 1 : undefined),
  })

export const derivationQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'derivation', id],
    queryFn: ({ signal }) => read<DerivationRow[]>(`/plans/${id}/derivation`, {}, signal),
  })

/** `named`: the bodies the draft names, as far as they are saved; another list asks anew. */
export const requestOnlyQuery = (id: string, named: string) =>
  queryOptions({
    queryKey: [key, 'request-only', id, named],
    queryFn: ({ signal }) => read<RequestOnly[]>(`/plans/${id}/draft/request-only`, {}, signal),
    placeholderData: (before) => before,
  })

export const coverageQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'coverage', id],
    queryFn: ({ signal }) => read<Coverage>(`/plans/${id}/coverage`, {}, signal),
  })

export const taskDerivationsQuery = (planId: string, nodeId: string, decision: TaskDerivation['decision']) =>
  infiniteQueryOptions({
    queryKey: [key, 'task-derivations', planId, nodeId, decision],
    queryFn: ({ pageParam, signal }) =>
      read<Page<TaskDerivation>>(
        `/plans/${planId}/tasks/${nodeId}/derivations`,
        { decision, page: pageParam, size: 100 },
        signal,
      ),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.page * last.size < last.total ? last.page + 1 : undefined),
  })

export const coverageBodiesQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: [key, 'coverage-bodies', id, query],
    queryFn: ({ signal }) => read<Page<CoverageRow>>(`/plans/${id}/coverage/bodies`, query, signal),
    placeholderData: (before) => before,
  })

export type TasksPage = Page<Occurrence> & { numbers: FourNumbers }

export const tasksQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'tasks', query],
    queryFn: ({ signal }) => read<TasksPage>('/tasks', query, signal),
    placeholderData: (before) => before,
  })

export const programmesQuery = queryOptions({
  queryKey: [key, 'programmes'],
  queryFn: ({ signal }) => read<ProgrammeNumbers>('/programmes', {}, signal),
})

export const duplicatesQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'duplicates', query],
    queryFn: ({ signal }) => read<Page<LikelyDuplicate>>('/duplicates', query, signal),
    placeholderData: (before) => before,
  })

export type Timeline = Page<TimelineRow> & { span: { from: string | null; to: string | null } }

export const timelineQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'timeline', query],
    queryFn: ({ signal }) => read<Timeline>('/tasks/timeline', query, signal),
    placeholderData: (before) => before,
  })

export const boardQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'board', query],
    queryFn: ({ signal }) => read<BoardCounts>('/tasks/columns', query, signal),
    placeholderData: (before) => before,
  })

/** Cards a column of a board takes at once. */
const cardsAtOnce = 10

export const columnQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: [key, 'column', query],
    queryFn: ({ pageParam, signal }) =>
      read<TasksPage>('/tasks', { ...query, page: pageParam, size: cardsAtOnce }, signal),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.page * last.size < last.total ? last.page + 1 : undefined),
  })

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: [key, 'task', id],
    queryFn: ({ signal }) => read<OccurrenceDetail>(`/tasks/${id}`, {}, signal),
  })

export const urgingsQuery = (query: Query) =>
  queryOptions({
    queryKey: [key, 'urgings', query],
    queryFn: ({ signal }) => read<Page<UrgingState>>('/urgings', query, signal),
    placeholderData: (before) => before,
  })

/** Reads everything of plans anew after a write. */
export function useRenew(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(() => queries.invalidateQueries({ queryKey: [key] }), [queries])
}
