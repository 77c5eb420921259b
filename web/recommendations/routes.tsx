import type { Page } from '../kit/page.ts'
import { coveragePages } from './coverage/pages.ts'
import { groupingPages } from './groupings/pages.ts'
import { importPages } from './imports/pages.ts'
import { matrixPages } from './matrix/pages.ts'

export { search } from './search.ts'

/** What was asked of the State, and the page of each. */
export const pages: readonly Page[] = [
  {
    path: '/khuyen-nghi',
    title: 'recommendations.title',
    section: 'recommendations',
    rail: 1,
    allow: ['recommendations.read'],
    load: async () => (await import('./RecommendationsPage.tsx')).RecommendationsPage,
  },
  {
    path: '/khuyen-nghi/$recommendationId',
    title: 'recommendations.one',
    section: 'recommendations',
    allow: ['recommendations.read'],
    load: async () => (await import('./RecommendationPage.tsx')).RecommendationPage,
  },
  ...coveragePages,
  ...groupingPages,
  ...importPages,
  ...matrixPages,
]
