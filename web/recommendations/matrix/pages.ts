import type { Page } from '../../kit/page.ts'
import { matrixTo } from './addresses.ts'

/** The table of recommendations for the UN. */
export const matrixPages: readonly Page[] = [
  {
    path: matrixTo,
    title: 'matrix.title',
    section: 'recommendations',
    allow: ['recommendations.export'],
    load: async () => (await import('./MatrixPage.tsx')).MatrixPage,
  },
]
