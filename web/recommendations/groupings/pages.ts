import type { Page } from '../../kit/page.ts'

/** Groupings of a body's own. */
export const groupingPages: readonly Page[] = [
  {
    path: '/khuyen-nghi/nhom-tu-dat',
    title: 'groupings.title',
    section: 'recommendations',
    allow: ['recommendations.keep'],
    load: async () => (await import('./GroupingsPage.tsx')).GroupingsPage,
  },
]
