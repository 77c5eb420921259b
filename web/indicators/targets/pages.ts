import type { Page } from '../../kit/page.ts'

/** What a unit is to reach. */
export const targetPages: readonly Page[] = [
  {
    path: '/chi-tieu/muc-tieu',
    title: 'indicators.targets-title',
    section: 'indicators',
    rail: 5,
    allow: ['indicators.read-figures'],
    load: async () => (await import('./TargetsPage.tsx')).TargetsPage,
  },
]
