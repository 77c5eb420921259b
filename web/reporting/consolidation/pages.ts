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
]
