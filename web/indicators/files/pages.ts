import type { Page } from '../../kit/page.ts'

const allow = ['indicators.enter-figures']

/** Figures by file: forms out and in, and one file with what became of its rows. */
export const filePages: readonly Page[] = [
  {
    path: '/chi-tieu/tep',
    title: 'indicators.files-title',
    section: 'indicators',
    rail: 4,
    allow,
    load: async () => (await import('./FilesPage.tsx')).FilesPage,
  },
  {
    path: '/chi-tieu/tep/$importId',
    title: 'indicators.files-one',
    section: 'indicators',
    allow,
    load: async () => (await import('./FilePage.tsx')).FilePage,
  },
]
