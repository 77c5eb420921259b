import type { Page } from '../../kit/page.ts'

/** Periods whose figures stand. */
export const lockPages: readonly Page[] = [
  {
    path: '/chi-tieu/khoa-ky',
    title: 'indicators.locks-title',
    section: 'indicators',
    rail: 7,
    allow: ['indicators.lock-periods', 'indicators.enter-figures'],
    load: async () => (await import('./LocksPage.tsx')).LocksPage,
  },
]
