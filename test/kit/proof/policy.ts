import type { Role } from '#access/model'
import { allows, permissions } from '../../../src/access/permission-table.ts'
import type { BodyName } from '../plan-world.ts'

/**
 * Who stands over whom in the invented country, written by hand: the crown over every executive body, a council over its
 * offices and the councils of its ground, whoever took over over what it took over.
 */
const standsOver: Partial<Record<BodyName, readonly BodyName[]>> = {
  crown: [
    ...(['ministry', 'schools', 'money', 'dissolved', 'south', 'southHealth', 'southSchools', 'north'] as const),
    ...(['northHealth', 'northBefore', 'eastBefore', 'solheim', 'vikdal', 'lunda', 'havn', 'askog'] as const),
    ...(['estra', 'foss'] as const),
  ],
  south: ['solheim', 'vikdal', 'southHealth', 'southSchools'],
  north: ['northHealth', 'northBefore', 'eastBefore', 'lunda', 'havn', 'askog', 'estra', 'foss'],
  ministry: ['dissolved'],
  schools: ['dissolved'],
  havn: ['askog'],
}

/** Whether a body is, or stands over, another. */
function reaches(viewer: BodyName, body: BodyName): boolean {
  return viewer === body || (standsOver[viewer]?.includes(body) ?? false)
}

/** What kinds of records there are, told apart by who may see them. */
export const kinds = [
  ...(['draft', 'plan', 'update', 'draftupdate', 'urging', 'import', 'person', 'reform', 'reset'] as const),
  ...(['notice', 'session', 'token', 'sheet', 'job', 'talk', 'bodytalk', 'label'] as const),
] as const
export type Kind = (typeof kinds)[number]

/** A record: its kind, the body it belongs to, and the body that owes the work in it. */
export type Owned = { kind: Kind; owner: BodyName; office: BodyName }
export type Viewer = { body: BodyName | null; role: string }

/** Whether someone may read a record: the second half of the permission table, which says only who may ask. */
export function maySee({ body, role }: Viewer, { kind, owner, office }: Owned): boolean {
  if (body === null) return false
  const holds = (permission: string) => allows(role, permission)
  const either = reaches(body, owner) || reaches(body, office)
  switch (kind) {
    case 'draft':
      return holds('plans.read') && body === owner
    case 'plan': // handed down to whom the owner stands over, and to whom it binds
      return holds('plans.read') && (either || reaches(owner, body))
    case 'talk': // what is said to all who see the plan
      return holds('notifications.read-talk') && (either || reaches(owner, body))
    case 'bodytalk':
    case 'label':
      return body === owner
    case 'update':
    case 'urging':
      return holds('plans.read') && either
    case 'draftupdate':
      return holds('plans.read') && body === office
    case 'import':
      return holds('documents.read-import') && body === owner
    case 'person': // by name also on the work he asked for, where that is watched
      return (holds('access.read-people') || holds('platform.read-jobs')) && reaches(body, owner)
    case 'reset':
      return holds('access.read-people') && reaches(body, owner)
    case 'session':
      return holds('access.read-sessions') && reaches(body, owner)
    case 'job':
      return holds('platform.read-jobs') && reaches(body, owner)
    case 'reform':
      return holds('agencies.read-reforms') && reaches(body, owner)
    case 'notice':
    case 'token':
    case 'sheet':
      return false // a person’s own; nobody who asks here is the one they belong to
  }
}

/** As whom somebody is seen who came through the door: in no post where none counts. */
export function viewerOf(of: { body: BodyName | null; role: string; standing: Standing }): Viewer {
  const isOutside = [
    'nobody',
    'expired',
    'ended-session',
    'disabled',
    'no-post',
    'ended-post',
    'unconfirmed',
    'wrong-post',
  ]
  const isHalfIn = of.standing === 'factor' || (of.standing === 'enrolment' && factorRoles.includes(of.role))
  return { body: isHalfIn || isOutside.includes(of.standing) ? null : of.body, role: of.role }
}

/** How somebody comes: as he should, or in one of the ways that must not, or not wholly, work. */
export const standings = [
  ...(['whole', 'nobody', 'expired', 'ended-session', 'disabled', 'no-post', 'ended-post', 'unconfirmed'] as const),
  ...(['stand-in', 'foreign', 'wrong-post', 'factor', 'enrolment', 'old-proof', 'token-read', 'token-role'] as const),
] as const
export type Standing = (typeof standings)[number]

const factorRoles = ['administrator', 'approver']

/**
 * What the door must say before any record is looked for: `in`, or the refusal.
 * @param allow what the route allows
 * @source security.md A1, B1, B4, B5
 */
export function atTheDoor(standing: Standing, role: Role, route: { allow: string; method: string }): string {
  const { allow, method } = route
  const isWrite = method !== 'get'
  if (standing === 'foreign' && isWrite) return 'access.foreign-request'
  if (standing === 'wrong-post') return 'access.post-not-held'
  if (standing === 'token-read' && isWrite) return 'access.token-reads-only'
  if (standing === 'token-role' && isWrite && factorRoles.includes(role)) return 'access.token-reads-only'
  if (allow === 'public') return 'in'
  if (['nobody', 'expired', 'ended-session', 'disabled'].includes(standing)) return 'unauthenticated'
  if (allow === 'known') return 'in'
  const asksLately = permissions.get(allow)?.needsRecentSignIn === true
  if (standing === 'token-read' || standing === 'token-role') {
    if (!permissions.has(allow)) return 'access.not-for-programs'
    if (!allows(role, allow)) return 'access.not-permitted'
    return asksLately ? 'access.not-for-programs' : 'in'
  }
  if (allow === 'entering') return 'in'
  if (standing === 'factor') return 'access.factor-needed'
  if (allow === 'enrolling') return standing === 'old-proof' ? 'access.proof-needed' : 'in'
  if (standing === 'enrolment' && factorRoles.includes(role)) return 'access.enrolment-needed'
  if (allow === 'signed-in') return 'in'
  const counts = !['no-post', 'ended-post', 'unconfirmed'].includes(standing)
  if (!counts || !allows(role, allow)) return 'access.not-permitted'
  return asksLately && standing === 'old-proof' ? 'access.proof-needed' : 'in'
}
