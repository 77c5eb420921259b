import type { Page } from '../kit/page.ts'

/** What one must hear. */
export const pages: readonly Page[] = [
  {
    path: '/thong-bao',
    title: 'notifications.notices',
    section: 'work',
    load: async () => (await import('./NoticesPage.tsx')).NoticesPage,
  },
]
