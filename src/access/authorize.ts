import { forbidden, type Actor } from '#platform'
import { allows, permissions, provenMinutes } from './permission-table.ts'

const provenAt = new WeakMap<Actor, number>()

/** Keeps when the actor of this request last gave his password. */
export function rememberProof(actor: Actor, provedAtMs: number): void {
  provenAt.set(actor, provedAtMs)
}

/**
 * Makes the check every route passes: the role of the acting post must hold the permission, and where the table asks
 * for it the password must have been given lately.
 * @returns throws forbidden `access.not-permitted`, `access.proof-needed`
 */
export function createAuthorize(now: () => Date): (actor: Actor, permission: string) => void {
  return function authorize(actor, permission) {
    if (!allows(actor.role, permission)) throw forbidden('access.not-permitted')
    if (!permissions.get(permission)?.needsRecentSignIn) return
    const ageMs = now().getTime() - (provenAt.get(actor) ?? 0)
    if (ageMs > provenMinutes * 60_000) throw forbidden('access.proof-needed')
  }
}

/** Whether an actor's acting post holds a permission: for commands that serve several roles. */
export function may(actor: Actor, permission: string): boolean {
  return allows(actor.role, permission)
}
