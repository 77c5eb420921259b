import { conflict, forbidden, invalid, type FieldFault } from '#platform'
import type { PlainDate } from '#platform/model'
import { holdsOn, passwordLength, type GrantPost, type PostState, type Role, type Stage } from './model.ts'
import { factorRoles, grantable } from './permission-table.ts'

type Period = { validFrom: PlainDate; validTo: PlainDate | null }
type Confirmable = { needsConfirmation: boolean; confirmedBy: string | null }

/** Where a post stands on a day. Only a `current` post gives rights. */
export function postState(post: Period & Confirmable, today: PlainDate): PostState {
  if (post.validTo !== null && post.validTo <= today) return 'ended'
  if (post.needsConfirmation && post.confirmedBy === null) return 'unconfirmed'
  return holdsOn(post, today) ? 'current' : 'coming'
}

/** Whether posts of these roles ask their holder for a second factor. */
export function needsFactor(roles: readonly Role[]): boolean {
  return roles.some((role) => factorRoles.includes(role))
}

/**
 * How far a session has come: whoever has a second factor must give it; whoever needs one and has none can only take
 * one up, unless this instance lets that wait.
 * @source security.md B1
 */
export function decideStage(of: {
  roles: readonly Role[]
  hasFactor: boolean
  isGiven: boolean
  secondFactor: 'required' | 'postponed'
}): Stage {
  if (of.hasFactor) return of.isGiven ? 'whole' : 'factor'
  return needsFactor(of.roles) && of.secondFactor === 'required' ? 'enrolment' : 'whole'
}

/** What is known of a grant when it is decided. */
export type Grant = {
  granter: { personId: string; role: string }
  personId: string
  role: Role
  /** Whether all the new post would see lies within what the granter sees. */
  isWithinReach: boolean
  /** Whether another administrator, neither of the two, stands over the agency and could confirm. */
  hasSecondAdministrator: boolean
}

/**
 * Decides a grant: nobody grants to himself, nor a role his own may not hand out, nor a sight wider than his own.
 * @returns whether a second administrator must confirm it before it counts
 * @throws forbidden `access.grant-to-oneself`, `access.role-not-grantable`; notFound is the caller's for what lies out of reach
 * @source security.md A4, A11
 */
export function decideGrant(grant: Grant): { needsConfirmation: boolean } {
  if (grant.granter.personId === grant.personId) throw forbidden('access.grant-to-oneself')
  const roles = grantable[grant.granter.role as Role]
  const isConfirmed = roles?.confirmed.includes(grant.role) ?? false
  if (!isConfirmed && !roles?.alone.includes(grant.role)) throw forbidden('access.role-not-grantable')
  if (!grant.isWithinReach) throw forbidden('access.wider-than-own')
  return { needsConfirmation: isConfirmed && grant.hasSecondAdministrator }
}

/** What is known of a post when its holder takes up a slip. */
export type HeldAtTakeUp = {
  role: Role
  needsConfirmation: boolean
  grantedBy: string | null
  confirmedBy: string | null
  /** Whether an administrator who neither made the slip nor holds the post stands over its agency. */
  hasSecondAdministrator: boolean
}

/**
 * Whether a post must be confirmed anew once a slip was taken up: whoever made the slip could have used it himself, and
 * would then alone hold a role that takes two to give. The first slip of an account is part of the grant that was
 * confirmed, if one of the two made it.
 * @source security.md A4, A11
 */
export function waitsAgain(post: HeldAtTakeUp, slip: { madeBy: string; isFirst: boolean }): boolean {
  const isWeighty = Object.values(grantable).some((roles) => roles.confirmed.includes(post.role))
  if (!isWeighty || !post.hasSecondAdministrator) return false
  if (post.needsConfirmation && post.confirmedBy === null) return false
  return !(slip.isFirst && post.confirmedBy !== null && [post.grantedBy, post.confirmedBy].includes(slip.madeBy))
}

/** @throws forbidden `access.confirm-own-grant` when the one who confirms is the one who granted or who gains */
export function checkConfirmer(confirmerId: string, post: { grantedBy: string | null; personId: string }): void {
  if (confirmerId === post.grantedBy || confirmerId === post.personId) throw forbidden('access.confirm-own-grant')
}

/**
 * Whether someone may manage an account as a whole (new slip, disabling): all its posts that count or will count must be
 * such as he could grant, else a slip would be a way into rights he does not hold.
 * @throws forbidden `access.manage-oneself`, `access.person-holds-more`
 */
export function checkManageable(
  manager: { personId: string; role: string },
  person: { id: string; posts: { role: Role; isWithinReach: boolean }[] },
): void {
  if (manager.personId === person.id) throw forbidden('access.manage-oneself')
  const roles = grantable[manager.role as Role]
  const holdsMore = person.posts.some(
    (post) => !post.isWithinReach || !(roles?.alone.includes(post.role) || roles?.confirmed.includes(post.role)),
  )
  if (holdsMore) throw forbidden('access.person-holds-more')
}

/**
 * The period of a post to be granted.
 * @throws invalid when it ends before it begins or has already ended
 */
export function periodOf(
  input: Pick<GrantPost, 'validFrom' | 'validTo'>,
  today: PlainDate,
  pointer = '/validTo',
): Period {
  const validFrom = input.validFrom ?? today
  const fault = (code: string): FieldFault[] => [{ pointer, code }]
  if (input.validTo !== null && input.validTo <= validFrom)
    throw invalid('platform.invalid-input', {}, fault('access.ends-before-it-begins'))
  if (input.validTo !== null && input.validTo <= today)
    throw invalid('platform.invalid-input', {}, fault('access.already-ended'))
  return { validFrom, validTo: input.validTo }
}

/** The last day a post that is ended now counts before; one that has not begun never comes into force. @throws conflict */
export function endOf(post: Period & Confirmable, today: PlainDate): PlainDate {
  if (postState(post, today) === 'ended') throw conflict('access.post-already-ended')
  return post.validFrom > today ? post.validFrom : today
}

/**
 * What is wrong with a new password: length, the login inside it, or being one of the common ones. No rules of
 * composition: length is what counts.
 * @source NIST SP 800-63B §5.1.1.2
 */
export function passwordFault(
  password: string,
  of: { login: string; common: ReadonlySet<string> },
): string | undefined {
  const length = [...password].length
  if (length < passwordLength.least) return 'access.password-too-short'
  if (length > passwordLength.most) return 'access.password-too-long'
  const plain = password.toLowerCase()
  if (plain.includes(of.login.toLowerCase())) return 'access.password-holds-login'
  if (new Set(plain).size < 4 || of.common.has(plain) || of.common.has(plain.replace(/[\s._!@#$%^&*-]+/g, '')))
    return 'access.password-common'
  return undefined
}

/** @throws invalid with the fault at the named field */
export function checkPassword(
  password: string,
  of: { login: string; common: ReadonlySet<string>; pointer: string },
): void {
  const code = passwordFault(password, of)
  if (code)
    throw invalid('platform.invalid-input', {}, [
      { pointer: of.pointer, code, params: { least: passwordLength.least, most: passwordLength.most } },
    ])
}

/**
 * An act that needs two persons: whoever completes it must not be the one who prepared it, whatever posts he holds.
 * @throws forbidden `access.second-person-needed`
 * @source security.md A11
 */
export function requireTwoPersons(actorId: string, preparedBy: readonly (string | null)[]): void {
  if (preparedBy.includes(actorId)) throw forbidden('access.second-person-needed')
}
