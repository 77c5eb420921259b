import type { Role } from './model.ts'

/**
 * What a permission reaches: `reach` = records of agencies within the post's reach; `reference` = the same for
 * everyone (territory, bodies); `own` = what belongs to the acting agency or person.
 */
export type Scope = 'reach' | 'reference' | 'own'

export type PermissionRow = {
  roles: readonly Role[]
  scope: Scope
  /** The password must have been given within the last minutes (`provenMinutes`). */
  needsRecentSignIn?: true
  /** The act is complete only with a second person: whoever does this part must not have done the other. */
  twoPersons?: true
}

const every = [
  'officer',
  'approver',
  'consolidator',
  'finance',
  'inspector',
  'auditor',
  'administrator',
  'reader',
] as const
const working = ['officer', 'approver', 'consolidator', 'finance', 'inspector', 'auditor'] as const

/**
 * The one table of rights: what is not here is denied. Meanings for people are messages `access.means.<code>`.
 * @source security.md A1, A11, B5
 */
const permissionTable = {
  'platform.read-jobs': { roles: [...working, 'administrator'], scope: 'reach' },
  'platform.cancel-job': { roles: [...working, 'administrator'], scope: 'reach' },
  'platform.export-list': { roles: [...working, 'administrator'], scope: 'reach' },

  'access.read-people': { roles: ['administrator', 'auditor'], scope: 'reach' },
  'access.invite-person': { roles: ['administrator'], scope: 'reach', needsRecentSignIn: true },
  'access.renew-invitation': { roles: ['administrator'], scope: 'reach', needsRecentSignIn: true },
  'access.grant-post': { roles: ['administrator'], scope: 'reach', needsRecentSignIn: true },
  'access.confirm-post': { roles: ['administrator'], scope: 'reach', needsRecentSignIn: true, twoPersons: true },
  'access.end-post': { roles: ['administrator'], scope: 'reach' },
  'access.disable-person': { roles: ['administrator'], scope: 'reach', needsRecentSignIn: true },
  'access.read-audit': { roles: ['auditor', 'administrator'], scope: 'reach' },

  'access.save-view': { roles: every, scope: 'own' },
  'access.share-view': { roles: ['approver', 'consolidator', 'administrator'], scope: 'own' },
  'access.make-token': { roles: every, scope: 'own', needsRecentSignIn: true },
  'access.read-sessions': { roles: ['administrator'], scope: 'reach' },
  'access.end-sessions': { roles: ['administrator'], scope: 'reach' },

  'access.ask-factor-reset': { roles: ['administrator'], scope: 'reach', needsRecentSignIn: true },
  'access.approve-factor-reset': {
    roles: ['administrator'],
    scope: 'reach',
    needsRecentSignIn: true,
    twoPersons: true,
  },
  'access.hand-over': { roles: ['administrator'], scope: 'reach', needsRecentSignIn: true },

  'territory.read': { roles: every, scope: 'reference' },
  'agencies.read': { roles: every, scope: 'reference' },
  'agencies.read-reforms': { roles: ['administrator', 'auditor'], scope: 'reach' },
  'agencies.draft-reform': { roles: ['administrator'], scope: 'reach' },
  'agencies.approve-reform': { roles: ['administrator'], scope: 'reach', needsRecentSignIn: true, twoPersons: true },
  'agencies.edit-letterhead': { roles: ['officer', 'approver', 'consolidator', 'administrator'], scope: 'own' },

  'notifications.read-talk': { roles: every, scope: 'reach' },
  'notifications.read-history': { roles: every, scope: 'reach' },
  'notifications.comment': {
    roles: ['officer', 'approver', 'consolidator', 'finance', 'inspector'],
    scope: 'reach',
  },

  'documents.import': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'documents.read-import': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'documents.review-import': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },

  'recommendations.read': { roles: every, scope: 'reference' },
  'recommendations.import': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'recommendations.export': { roles: working, scope: 'reference' },
  'recommendations.keep': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'indicators.read-dictionary': { roles: every, scope: 'reference' },
  'indicators.keep-dictionary': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'indicators.read-figures': { roles: every, scope: 'reach' },
  'indicators.enter-figures': { roles: ['officer', 'consolidator'], scope: 'own' },
  'indicators.decide-figures': { roles: ['approver', 'consolidator'], scope: 'reach', twoPersons: true },
  'indicators.lock-periods': { roles: ['approver', 'consolidator'], scope: 'own' },
  'indicators.release-figures': { roles: ['approver', 'consolidator'], scope: 'reach' },
  'indicators.answer-findings': { roles: ['officer', 'consolidator'], scope: 'own' },
  'indicators.check-figures': { roles: ['officer', 'approver', 'consolidator'], scope: 'reach' },
  'indicators.set-targets': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'indicators.link-measures': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },

  'plans.read': { roles: every, scope: 'reach' },
  'plans.read-own-work': { roles: every, scope: 'own' },
  'plans.read-coverage': { roles: every, scope: 'reach' },
  'plans.search': { roles: every, scope: 'reach' },
  'plans.draft': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'plans.derive': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'plans.issue': { roles: ['approver'], scope: 'own', twoPersons: true },
  'plans.report-progress': { roles: ['officer'], scope: 'own' },
  'plans.join-tasks': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'plans.answer': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'plans.link-measures': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'plans.keep-milestones': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'plans.check-progress': { roles: ['approver', 'consolidator'], scope: 'reach', twoPersons: true },
  'plans.urge': { roles: ['approver', 'consolidator'], scope: 'reach' },
  'plans.answer-urging': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'plans.change-many': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'plans.export': { roles: working, scope: 'reach' },

  'reporting.write-reports': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'reporting.sign-reports': { roles: ['officer', 'approver', 'consolidator'], scope: 'own', twoPersons: true },
  'reporting.review-reports': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'reporting.decide-reports': { roles: ['approver', 'consolidator'], scope: 'own', twoPersons: true },
  'reporting.delegate': { roles: ['approver'], scope: 'own', needsRecentSignIn: true },
  'reporting.read': { roles: every, scope: 'reach' },
  'reporting.draft-regime': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'reporting.issue-regime': { roles: ['approver'], scope: 'own', twoPersons: true },
  'reporting.keep-obligations': { roles: ['approver', 'consolidator'], scope: 'reach' },
  'reporting.open-round': { roles: ['approver', 'consolidator'], scope: 'own' },
  'reporting.consolidate': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'reporting.approve-reports': { roles: ['approver'], scope: 'own', twoPersons: true },
  'reporting.reopen-reports': { roles: ['approver'], scope: 'own' },
  'reporting.lock-rounds': { roles: ['approver', 'consolidator'], scope: 'own' },
  'reporting.urge': { roles: ['approver', 'consolidator'], scope: 'own' },
  'reporting.export': { roles: working, scope: 'reach' },
  'reporting.raise-obstacle': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
  'reporting.answer-obstacle': { roles: ['officer', 'approver', 'consolidator'], scope: 'own' },
} as const satisfies Record<string, PermissionRow>

export type Permission = keyof typeof permissionTable

/** The table as rows, for whoever walks it. */
export const permissions: ReadonlyMap<string, PermissionRow> = new Map(Object.entries(permissionTable))

/** How long a given password counts as recent. @source security.md B5 */
export const provenMinutes = 10

/**
 * Roles that ask for a second factor: they hand out rights, or sign. Programs may only read in their posts.
 * @source security.md B1
 */
export const factorRoles: readonly Role[] = ['administrator', 'approver']

/** Whether a role holds a permission. Unknown roles and unknown permissions are denied. */
export function allows(role: string, permission: string): boolean {
  return permissions.get(permission)?.roles.some((holder) => holder === role) ?? false
}

/** All permissions of a role, in the order of the table. */
export function permissionsOf(role: string): string[] {
  return [...permissions.keys()].filter((permission) => allows(role, permission))
}

/**
 * Which roles a role may hand out. Those of `confirmed` weigh so much (they sign, read the audit, or hand out rights
 * themselves) that a second administrator must confirm them.
 */
export const grantable: Partial<Record<Role, { alone: readonly Role[]; confirmed: readonly Role[] }>> = {
  administrator: {
    alone: ['officer', 'consolidator', 'finance', 'inspector', 'reader'],
    confirmed: ['approver', 'auditor', 'administrator'],
  },
}
