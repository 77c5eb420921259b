import { queryOptions } from '@tanstack/react-query'
import type { FacetCounts } from '#platform/model'
import type { RecommendationCoverage } from '#plans/model'
import { read } from '../../plans/requests.ts'
import type { TasksPage } from '../../plans/queries.ts'
import type { By } from './addresses.ts'

export const coverageQuery = (by: By, reach: string | undefined) =>
  queryOptions({
    queryKey: ['recommendations', 'coverage', by, reach],
    queryFn: ({ signal }) => read<RecommendationCoverage>('/recommendations/coverage', { by, reach }, signal),
    placeholderData: (before) => before,
  })

/** How much work there is, and how much of it answers no recommendation, by level and kind of the lead. */
export const workQuery = (which: 'all' | 'without') =>
  queryOptions({
    queryKey: ['recommendations', 'work', which],
    queryFn: async ({ signal }) => {
      const filter = which === 'all' ? {} : { recommendation: 'without' }
      const [counts, page] = await Promise.all([
        read<FacetCounts>('/tasks/facets', { ...filter, of: ['level', 'agencyKind'] }, signal),
        read<TasksPage>('/tasks', { ...filter, size: 1 }, signal),
      ])
      return { counts, total: page.total }
    },
  })

/** Work that answers no recommendation by the body that leads it, the most first; as many bodies as facets name. */
export const leadsQuery = queryOptions({
  queryKey: ['recommendations', 'work', 'leads'],
  queryFn: async ({ signal }) =>
    (await read<FacetCounts>('/tasks/facets', { recommendation: 'without', of: 'lead' }, signal)).lead ?? [],
})

/** All work that some bodies lead, by their ids. */
export const workOfQuery = (agencyIds: readonly string[]) =>
  queryOptions({
    queryKey: ['recommendations', 'work', 'of', agencyIds],
    queryFn: async ({ signal }) => {
      const counts = await read<FacetCounts>('/tasks/facets', { agencyId: agencyIds, of: 'lead' }, signal)
      return new Map((counts.lead ?? []).map(({ value, count }) => [value, count]))
    },
    enabled: agencyIds.length > 0,
  })
