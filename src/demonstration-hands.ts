import { inTransaction, systemActor, type Actor, type Context, type Ground } from '#platform'

/** Who writes and who signs for all bodies while the demonstration is loaded; nobody signs in as these. */
export type Hands = { writer: string; signer: string }

type Grounded = { ground: Ground }

/** Runs as the product itself. */
export function asSystem<T>({ ground }: Grounded, work: (ctx: Context) => Promise<T>): Promise<T> {
  return inTransaction(ground, { actor: systemActor, language: ground.language, requestId: 'demonstration' }, work)
}

/** One hand as a person of a body. */
export function actorOf(personId: string, agencyId: string): Actor {
  return {
    ...{ personId, agencyId, sessionId: null, postId: null },
    ...{ role: 'approver', viewers: [agencyId], everywhere: false },
  }
}

/** Runs as one hand of a body, on a day of the past: the clock is given. */
export function asBody<T>(
  parts: Grounded,
  who: { personId: string; agencyId: string; on: string },
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const actor = actorOf(who.personId, who.agencyId)
  const ground = { ...parts.ground, now: () => new Date(`${who.on}T03:00:00Z`) }
  return inTransaction(ground, { actor, language: parts.ground.language, requestId: 'demonstration' }, work)
}
