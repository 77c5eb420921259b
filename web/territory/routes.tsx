import type { Page } from '../kit/page.ts'

const allow = ['territory.read']

export const pages: Page[] = [
  {
    path: '/dia-ban',
    title: 'territory.title',
    section: 'agencies',
    rail: 2,
    allow,
    load: async () => (await import('./TerritoryPage.tsx')).TerritoryPage,
  },
  {
    path: '/dia-ban/nay-la-gi',
    title: 'territory.became-title',
    section: 'agencies',
    rail: 3,
    allow,
    load: async () => (await import('./BecamePage.tsx')).BecamePage,
  },
  {
    path: '/dia-ban/$unitId',
    title: 'territory.unit',
    section: 'agencies',
    allow,
    load: async () => (await import('./UnitPage.tsx')).UnitPage,
  },
]
