import type { Page } from '../kit/page.ts'

export { search } from './search.ts'

/** The pages of plans, tasks and urgings; my work is home. */
export const pages: readonly Page[] = [
  {
    path: '/viec-cua-toi',
    title: 'plans.work-title',
    section: 'work',
    rail: 1,
    allow: ['plans.read-own-work'],
    load: async () => (await import('./WorkPage.tsx')).WorkPage,
  },
  {
    path: '/ke-hoach',
    title: 'plans.list-title',
    section: 'plans',
    rail: 1,
    allow: ['plans.read'],
    load: async () => (await import('./PlansPage.tsx')).PlansPage,
  },
  {
    path: '/nhiem-vu',
    title: 'plans.tasks-title',
    section: 'plans',
    rail: 2,
    allow: ['plans.read'],
    load: async () => (await import('./TasksPage.tsx')).TasksPage,
  },
  {
    path: '/don-doc',
    title: 'plans.urgings-title',
    section: 'plans',
    rail: 3,
    allow: ['plans.read'],
    load: async () => (await import('./UrgingsPage.tsx')).UrgingsPage,
  },
  {
    path: '/nhiem-vu/$workId',
    title: 'plans.task',
    section: 'plans',
    allow: ['plans.read'],
    load: async () => (await import('./TaskPage.tsx')).TaskPage,
  },
  {
    path: '/ke-hoach/$planId',
    title: 'plans.plan',
    section: 'plans',
    allow: ['plans.read'],
    load: async () => (await import('./PlanPage.tsx')).PlanPage,
  },
  {
    path: '/ke-hoach/$planId/soan',
    title: 'plans.editor-title',
    section: 'plans',
    allow: ['plans.draft'],
    load: async () => (await import('./EditorPage.tsx')).EditorPage,
  },
  {
    path: '/ke-hoach/$planId/trien-khai',
    title: 'plans.derivation-title',
    section: 'plans',
    allow: ['plans.read'],
    load: async () => (await import('./DerivationPage.tsx')).DerivationPage,
  },
  {
    path: '/ke-hoach/$planId/do-phu',
    title: 'plans.coverage-title',
    section: 'plans',
    allow: ['plans.read-coverage'],
    load: async () => (await import('./CoveragePage.tsx')).CoveragePage,
  },
]
