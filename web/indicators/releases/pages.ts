import type { Page } from '../../kit/page.ts'

const allow = ['indicators.read-dictionary']

/** What was told to everyone: the releases, and the figures of one as everyone may know them. */
export const releasePages: readonly Page[] = [
  {
    path: '/chi-tieu/cong-bo',
    title: 'indicators.releases-title',
    section: 'indicators',
    rail: 8,
    allow,
    load: async () => (await import('./ReleasesPage.tsx')).ReleasesPage,
  },
  {
    path: '/chi-tieu/cong-bo/$measureId',
    title: 'indicators.releases-one',
    section: 'indicators',
    allow,
    load: async () => (await import('./ReleasedPage.tsx')).ReleasedPage,
  },
]
