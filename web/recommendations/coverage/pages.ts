import type { Page } from '../../kit/page.ts'

/** What is answered by tasks and what is not. */
export const coveragePages: readonly Page[] = [
  {
    path: '/khuyen-nghi/bao-phu',
    title: 'answered.title',
    section: 'recommendations',
    rail: 2,
    allow: ['plans.read'],
    load: async () => (await import('./CoveragePage.tsx')).CoveragePage,
  },
]
