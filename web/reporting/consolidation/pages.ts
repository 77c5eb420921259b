import type { Page } from '../../kit/page.ts'

/** Consolidating reports from below. */
export const consolidationPages: readonly Page[] = [
  {
    path: '/bao-cao/$reportId/tong-hop',
    title: 'consolidation.title',
    section: 'reports',
    allow: ['reporting.consolidate'],
    load: async () => (await import('./BelowPage.tsx')).BelowPage,
  },
  {
    path: '/bao-cao/$reportId/nguon',
    title: 'trace.page',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./TracePage.tsx')).TracePage,
  },
  {
    path: '/bao-cao/$reportId/bien-dong',
    title: 'drift.title',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./DriftPage.tsx')).DriftPage,
  },
]
