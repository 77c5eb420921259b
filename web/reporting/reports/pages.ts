import type { Page } from '../../kit/page.ts'

/** Reports that are owed, received, written and reviewed. */
export const reportPages: readonly Page[] = [
  {
    path: '/bao-cao',
    title: 'reports.title',
    section: 'reports',
    rail: 1,
    allow: ['reporting.read'],
    load: async () => (await import('./OwedPage.tsx')).OwedPage,
  },
  {
    path: '/bao-cao/tiep-nhan',
    title: 'reports.received-title',
    section: 'reports',
    rail: 2,
    allow: ['reporting.review-reports'],
    load: async () => (await import('./ReceivedPage.tsx')).ReceivedPage,
  },
  {
    path: '/bao-cao/giao-ky-thay',
    title: 'reports.delegations-title',
    section: 'reports',
    rail: 9,
    allow: ['reporting.delegate'],
    load: async () => (await import('./DelegationsPage.tsx')).DelegationsPage,
  },
  {
    path: '/bao-cao/$reportId',
    title: 'reports.one',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./ReportPage.tsx')).ReportPage,
  },
]
