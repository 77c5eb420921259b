import type { Page } from '../../kit/page.ts'

/** How complete, timely and good reports are; the day they are due. */
export const boardPages: readonly Page[] = [
  {
    path: '/bao-cao/tinh-hinh',
    title: 'boards.title',
    section: 'reports',
    rail: 3,
    allow: ['reporting.read'],
    load: async () => (await import('./BoardPage.tsx')).BoardPage,
  },
  {
    path: '/bao-cao/ky/$roundId/ngay-han',
    title: 'boards.cockpit',
    section: 'reports',
    allow: ['reporting.read'],
    load: async () => (await import('./CockpitPage.tsx')).CockpitPage,
  },
]
