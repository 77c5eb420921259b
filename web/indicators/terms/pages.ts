import type { Page } from '../../kit/page.ts'

const allow = ['indicators.keep-dictionary']

/** The dictionary by file: out and in, and one file with what would become of its rows. */
export const termPages: readonly Page[] = [
  {
    path: '/chi-tieu/danh-muc',
    title: 'indicators.terms-title',
    section: 'indicators',
    rail: 10,
    allow,
    load: async () => (await import('./TermsPage.tsx')).TermsPage,
  },
  {
    path: '/chi-tieu/danh-muc/$importId',
    title: 'indicators.terms-one',
    section: 'indicators',
    allow,
    load: async () => (await import('./TermFilePage.tsx')).TermFilePage,
  },
]
