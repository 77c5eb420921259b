import type { Page } from '../../kit/page.ts'

/** What the State reports under the Convention. */
export const treatyPages: readonly Page[] = [
  {
    path: '/bao-cao/cong-uoc',
    title: 'treaty.title',
    section: 'reports',
    rail: 6,
    allow: ['reporting.read'],
    load: async () => (await import('./TreatyReportsPage.tsx')).TreatyReportsPage,
  },
  {
    path: '/bao-cao/cong-uoc/$treatyReportId',
    title: 'treaty.one',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./TreatyReportPage.tsx')).TreatyReportPage,
  },
]
