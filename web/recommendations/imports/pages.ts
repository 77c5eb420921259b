import type { Page } from '../../kit/page.ts'

const allow = ['recommendations.import']

/** Files brought into the registry, and one of them with what it brought. */
export const importPages: readonly Page[] = [
  {
    path: '/khuyen-nghi/nhap',
    title: 'bring.title',
    section: 'recommendations',
    rail: 3,
    allow,
    load: async () => (await import('./ImportsPage.tsx')).ImportsPage,
  },
  {
    path: '/khuyen-nghi/nhap/$importId',
    title: 'bring.one-title',
    section: 'recommendations',
    allow,
    load: async () => (await import('./ImportPage.tsx')).ImportPage,
  },
]
