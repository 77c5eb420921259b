import { forbidden, type Actor, type Problem } from '#platform'
import type { Stage } from './model.ts'
import { allows, permissions, provenMinutes } from './permission-table.ts'

/** How somebody came in: with a browser, how far, and when the password was last given; or as a program. */
export type Standing = { kind: 'session'; stage: Stage; provedAtMs: number } | { kind: 'token' }

const standings = new WeakMap<Actor, Standing>()

/** Keeps how the actor of this request came in. */
export function rememberStanding(actor: Actor, standing: Standing): void {
  standings.set(actor, standing)
}

/** How far the session of this request has come; nobody known has come nowhere. */
export function stageOf(actor: Actor): Stage | undefined {
  const standing = standings.get(actor)
  return standing?.kind === 'session' ? standing.stage : undefined
}

/**
 * Makes the check every route passes: the role of the acting post must hold the permission, the second factor must have
 * been given where the person has or needs one, and where the table asks for it the password must have been given lately.
 * Programs hold permissions, never what is a person's own; nothing that asks for the password either.
 * @returns throws forbidden `access.not-permitted`, `access.factor-needed`, `access.enrolment-needed`, `access.proof-needed`, `access.not-for-programs`
 * @source security.md B1, B5
 */
export function createAuthorize(now: () => Date): (actor: Actor, allow: string) => void {
  return function authorize(actor, allow) {
    const refusal = refusalOf(actor, allow, now().getTime())
    if (refusal) throw refusal
  }
}

function refusalOf(actor: Actor, allow: string, nowMs: number): Problem | undefined {
  const standing = standings.get(actor) ?? { kind: 'session', stage: 'whole', provedAtMs: 0 }
  const isLate = standing.kind === 'session' && nowMs - standing.provedAtMs > provenMinutes * 60_000
  if (allow === 'known') return undefined
  if (standing.kind === 'token') {
    if (!permissions.has(allow)) return forbidden('access.not-for-programs')
    if (!allows(actor.role, allow)) return forbidden('access.not-permitted')
    return permissions.get(allow)?.needsRecentSignIn ? forbidden('access.not-for-programs') : undefined
  }
  if (allow === 'entering') return undefined
  if (standing.stage === 'factor') return forbidden('access.factor-needed')
  if (allow === 'enrolling') return isLate ? forbidden('access.proof-needed') : undefined
  if (standing.stage === 'enrolment') return forbidden('access.enrolment-needed')
  if (allow === 'signed-in') return undefined
  if (!allows(actor.role, allow)) return forbidden('access.not-permitted')
  return permissions.get(allow)?.needsRecentSignIn && isLate ? forbidden('access.proof-needed') : undefined
}

/** Whether an actor's acting post holds a permission: for commands that serve several roles. */
export function may(actor: Actor, permission: string): boolean {
  return allows(actor.role, permission)
}
