import type { Page } from '../kit/page.ts'
import { exchangePages } from './exchange/pages.ts'
import { filePages } from './files/pages.ts'
import { lockPages } from './locks/pages.ts'
import { qualityPages } from './quality/pages.ts'
import { releasePages } from './releases/pages.ts'
import { termPages } from './terms/pages.ts'
import { targetPages } from './targets/pages.ts'

export { search } from './search.ts'

/** What is measured for children, the figures, and what is to be reached. */
export const pages: readonly Page[] = [
  {
    path: '/chi-tieu',
    title: 'indicators.title',
    section: 'indicators',
    rail: 1,
    allow: ['indicators.read-dictionary'],
    load: async () => (await import('./IndicatorsPage.tsx')).IndicatorsPage,
  },
  {
    path: '/chi-tieu/tong-quan',
    title: 'pictures.dashboard',
    section: 'indicators',
    rail: 4,
    allow: ['indicators.read-figures'],
    load: async () => (await import('./pictures/DashboardPage.tsx')).DashboardPage,
  },
  {
    path: '/chi-tieu/$indicatorId/hinh-anh',
    title: 'pictures.title',
    section: 'indicators',
    allow: ['indicators.read-figures'],
    load: async () => (await import('./pictures/PicturesPage.tsx')).PicturesPage,
  },
  {
    path: '/chi-tieu/nhap-so-lieu',
    title: 'indicators.entry',
    section: 'indicators',
    rail: 2,
    allow: ['indicators.enter-figures'],
    load: async () => (await import('./entry/EntryPage.tsx')).EntryPage,
  },
  {
    path: '/chi-tieu/duyet',
    title: 'indicators.waiting',
    section: 'indicators',
    rail: 3,
    allow: ['indicators.decide-figures'],
    load: async () => (await import('./WaitingPage.tsx')).WaitingPage,
  },
  ...filePages,
  ...targetPages,
  ...qualityPages,
  ...lockPages,
  ...releasePages,
  ...exchangePages,
  ...termPages,
  {
    path: '/chi-tieu/$indicatorId',
    title: 'indicators.one',
    section: 'indicators',
    allow: ['indicators.read-figures'],
    load: async () => (await import('./IndicatorPage.tsx')).IndicatorPage,
  },
]
