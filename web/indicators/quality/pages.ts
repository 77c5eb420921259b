import type { Page } from '../../kit/page.ts'

/** What does not agree in figures, and the answers to it. */
export const qualityPages: readonly Page[] = [
  {
    path: '/chi-tieu/kiem-tra',
    title: 'indicators.quality-title',
    section: 'indicators',
    rail: 6,
    allow: ['indicators.read-figures'],
    load: async () => (await import('./QualityPage.tsx')).QualityPage,
  },
]
