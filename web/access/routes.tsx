import type { Page } from '../kit/page.ts'

/** People and rights, the audit, long work; the own account for everyone. */
export const pages: readonly Page[] = [
  {
    path: '/quan-tri/nguoi-dung',
    title: 'access.people',
    section: 'administration',
    allow: ['access.read-people'],
    rail: 1,
    load: async () => (await import('./PeoplePage.tsx')).PeoplePage,
  },
  {
    path: '/quan-tri/nguoi-dung/moi',
    title: 'access.invite',
    section: 'administration',
    allow: ['access.invite-person'],
    load: async () => (await import('./InvitePage.tsx')).InvitePage,
  },
  {
    path: '/quan-tri/nguoi-dung/bang',
    title: 'access.import',
    section: 'administration',
    allow: ['access.invite-person'],
    load: async () => (await import('./PeopleImportPage.tsx')).PeopleImportPage,
  },
  {
    path: '/quan-tri/nguoi-dung/$personId',
    title: 'access.people',
    section: 'administration',
    allow: ['access.read-people'],
    load: async () => (await import('./PersonPage.tsx')).PersonPage,
  },
  {
    path: '/quan-tri/nhat-ky',
    title: 'access.audit',
    section: 'administration',
    allow: ['access.read-audit'],
    rail: 2,
    load: async () => (await import('./AuditPage.tsx')).AuditPage,
  },
  {
    path: '/quan-tri/tac-vu',
    title: 'access.jobs',
    section: 'administration',
    allow: ['platform.read-jobs'],
    rail: 3,
    load: async () => (await import('./JobsPage.tsx')).JobsPage,
  },
  {
    path: '/tai-khoan',
    title: 'access.own-account',
    section: 'administration',
    load: async () => (await import('./OwnAccountPage.tsx')).OwnAccountPage,
  },
]
