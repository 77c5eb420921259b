import type { Page } from '../../kit/page.ts'

/** What stands in the way of work. */
export const obstaclePages: readonly Page[] = [
  {
    path: '/kho-khan',
    title: 'obstacles.title',
    section: 'reports',
    rail: 5,
    allow: ['reporting.read'],
    load: async () => (await import('./ObstaclesPage.tsx')).ObstaclesPage,
  },
  {
    path: '/kho-khan/tong-quan',
    title: 'obstacles.board',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./BoardPage.tsx')).BoardPage,
  },
  {
    path: '/kho-khan/$obstacleId',
    title: 'obstacles.one',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./ObstaclePage.tsx')).ObstaclePage,
  },
]
