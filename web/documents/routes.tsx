import type { Page } from '../kit/page.ts'

export const pages: readonly Page[] = [
  {
    path: '/van-ban',
    title: 'documents.screen.imports',
    section: 'plans',
    allow: ['documents.read-import'],
    rail: 40,
    load: async () => (await import('./ImportsPage.tsx')).ImportsPage,
  },
  {
    path: '/van-ban/$importId',
    title: 'documents.screen.review',
    section: 'plans',
    allow: ['documents.read-import'],
    load: async () => (await import('./ReviewPage.tsx')).ReviewPage,
  },
]
