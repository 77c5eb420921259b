import type { Page } from '../../kit/page.ts'

/** Regimes, their forms and rounds, and who owes which report. */
export const regimePages: readonly Page[] = [
  {
    path: '/bao-cao/che-do',
    title: 'regimes.title',
    section: 'reports',
    rail: 5,
    allow: ['reporting.read'],
    load: async () => (await import('./RegimesPage.tsx')).RegimesPage,
  },
  {
    path: '/bao-cao/nghia-vu',
    title: 'regimes.obligations',
    section: 'reports',
    rail: 4,
    allow: ['reporting.read'],
    load: async () => (await import('./ObligationsPage.tsx')).ObligationsPage,
  },
  {
    path: '/bao-cao/che-do/moi',
    title: 'regimes.new',
    section: 'reports',
    allow: ['reporting.draft-regime'],
    load: async () => (await import('./NewRegimePage.tsx')).NewRegimePage,
  },
  {
    path: '/bao-cao/che-do/tu-van-ban/$importId',
    title: 'regimes.from-document',
    section: 'reports',
    allow: ['reporting.draft-regime'],
    load: async () => (await import('./FromDocumentPage.tsx')).FromDocumentPage,
  },
  {
    path: '/bao-cao/che-do/$regimeId',
    title: 'regimes.one',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./RegimePage.tsx')).RegimePage,
  },
  {
    path: '/bao-cao/che-do/$regimeId/soan',
    title: 'regimes.write',
    section: 'reports',
    allow: ['reporting.draft-regime'],
    load: async () => (await import('./RegimeDraftPage.tsx')).RegimeDraftPage,
  },
  {
    path: '/bao-cao/che-do/$regimeId/bieu-mau',
    title: 'regimes.form',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./FormPage.tsx')).FormPage,
  },
  {
    path: '/bao-cao/ky/$roundId',
    title: 'regimes.round',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./RoundPage.tsx')).RoundPage,
  },
]
