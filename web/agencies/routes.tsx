import type { Page } from '../kit/page.ts'

const allow = ['agencies.read']

export const pages: Page[] = [
  {
    path: '/co-quan',
    title: 'agencies.title',
    section: 'agencies',
    rail: 1,
    allow,
    load: async () => (await import('./AgenciesPage.tsx')).AgenciesPage,
  },
  {
    path: '/co-quan/$agencyId',
    title: 'agencies.agency',
    section: 'agencies',
    allow,
    load: async () => (await import('./AgencyPage.tsx')).AgencyPage,
  },
]
