import type { Page } from '../../kit/page.ts'

/** Other systems' codes, joined to ours. */
export const exchangePages: readonly Page[] = [
  {
    path: '/chi-tieu/ma-ngoai',
    title: 'indicators.exchange-title',
    section: 'indicators',
    rail: 9,
    allow: ['indicators.enter-figures'],
    load: async () => (await import('./ExchangePage.tsx')).ExchangePage,
  },
]
