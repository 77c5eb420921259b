import type { FastifyRequest } from 'fastify'
import { countTry, inTransaction, invalid, newId, systemActor, tooMany } from '#platform'
import type { AccessParts } from './ground.ts'

type Guarded = { name: string; account: 'login' | 'session' | 'code' }

/** The routes that test a secret, and whose: the login in the body, the person signed in, or whoever holds the code. */
const guarded: Record<string, Guarded> = {
  'POST /api/v1/session': { name: 'sign-in', account: 'login' },
  'POST /api/v1/session/proof': { name: 'proof', account: 'session' },
  'POST /api/v1/session/password': { name: 'proof', account: 'session' },
  'POST /api/v1/session/factor': { name: 'factor', account: 'session' },
  'POST /api/v1/session/passkey': { name: 'factor', account: 'session' },
  'POST /api/v1/account/totp/confirmation': { name: 'factor', account: 'session' },
  'POST /api/v1/account/passkeys': { name: 'factor', account: 'session' },
  'POST /api/v1/session/federated': { name: 'federated', account: 'code' },
  'POST /api/v1/session/federated/begin': { name: 'federated', account: 'code' },
  'POST /api/v1/session/invitation': { name: 'invitation', account: 'code' },
  'POST /api/v1/session/first-administrator': { name: 'first-administrator', account: 'code' },
}

const windowSeconds = 900

/**
 * Counts a try of a secret, per address and per account, before any work is done for it. A request that does not say
 * whose secret it tries is refused; one without an address counts with all others without one.
 * @param personId who is signed in, if anyone
 * @throws tooMany; invalid when the account is missing
 * @source security.md B3
 */
export async function countSecretTry(
  parts: AccessParts,
  request: FastifyRequest,
  personId: string | undefined,
): Promise<void> {
  const rule = guarded[`${request.method} ${request.routeOptions.url ?? ''}`]
  if (!rule || !parts.limits.on) return
  const of = { personId: personId ?? null, agencyId: null }
  const perAddress = { name: `${rule.name}-per-address`, perWindow: parts.limits.signInPerAddress, windowSeconds }
  await countTry(parts.ground, perAddress, request.ip ?? '', () => recordLimit(parts, perAddress.name, of))
  const perAccount = { name: `${rule.name}-per-account`, perWindow: parts.limits.signInPerAccount, windowSeconds }
  switch (rule.account) {
    case 'login':
      return countTry(parts.ground, perAccount, loginOf(request.body), () => recordLimit(parts, perAccount.name, of))
    case 'session':
      return personId === undefined
        ? undefined
        : countTry(parts.ground, perAccount, personId, () => recordLimit(parts, perAccount.name, of))
    case 'code':
      return undefined
  }
}

/**
 * Tells the audit that a limit was reached, once in each window: of whom it is known, else at the body that leads.
 * @source security.md E7
 */
export async function recordLimit(
  parts: AccessParts,
  limit: string,
  of: { personId: string | null; agencyId: string | null },
): Promise<void> {
  const { ground } = parts
  const doing = { actor: systemActor, language: ground.language, requestId: `limit:${newId()}` }
  await inTransaction(ground, doing, (ctx) =>
    ctx.record(
      'access.limit-reached',
      {
        kind: 'access.person',
        id: of.personId,
        agencyId: of.agencyId ?? parts.lead.agencyId,
        refused: true,
        ...(of.personId === null ? {} : { by: of.personId }),
      },
      { limit },
    ),
  )
}

/** The login a body names, as accounts are told apart. @throws invalid when there is none */
function loginOf(body: unknown): string {
  const login = typeof body === 'object' && body !== null && 'login' in body ? body.login : undefined
  if (typeof login !== 'string' || login.trim() === '')
    throw invalid('platform.invalid-input', {}, [{ pointer: '/login', code: 'platform.field-missing' }])
  return login.normalize('NFC').trim().toLowerCase()
}

type Window = { startedMs: number; count: number }
const windowsOf = new WeakMap<AccessParts, Map<string, Window>>()

/**
 * Counts a request of a session or, signed out, of an address. Kept in this process: it guards load, not secrets.
 * @param atLimit runs with the first request of a minute that is one too many
 * @throws tooMany
 */
export async function countRequest(parts: AccessParts, subject: string, atLimit: () => Promise<void>): Promise<void> {
  if (!parts.limits.on) return
  const nowMs = parts.ground.now().getTime()
  const windows = windowsOf.get(parts) ?? new Map<string, Window>()
  windowsOf.set(parts, windows)
  const window = windows.get(subject)
  if (!window || nowMs - window.startedMs >= 60_000) {
    if (windows.size >= 50_000) windows.clear()
    windows.set(subject, { startedMs: nowMs, count: 1 })
    return
  }
  window.count++
  if (window.count === parts.limits.requestsPerMinute + 1) await atLimit()
  if (window.count > parts.limits.requestsPerMinute)
    throw tooMany(Math.max(1, Math.ceil((window.startedMs + 60_000 - nowMs) / 1000)))
}
