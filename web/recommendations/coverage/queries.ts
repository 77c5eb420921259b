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
