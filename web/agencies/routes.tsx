import type { Page } from '../kit/page.ts'

const allow = ['agencies.read']
const reforms = ['agencies.read-reforms']

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
  {
    path: '/sap-xep',
    title: 'agencies.reforms',
    section: 'agencies',
    rail: 4,
    allow: reforms,
    load: async () => (await import('./reforms/ReformsPage.tsx')).ReformsPage,
  },
  {
    path: '/sap-xep/$reformId',
    title: 'agencies.reform',
    section: 'agencies',
    allow: reforms,
    load: async () => (await import('./reforms/ReformPage.tsx')).ReformPage,
  },
  {
    path: '/co-quan/$agencyId/the-thuc',
    title: 'agencies.letterhead',
    section: 'agencies',
    allow,
    load: async () => (await import('./LetterheadPage.tsx')).LetterheadPage,
  },
]
