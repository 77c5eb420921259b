import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { tooMany } from './errors.ts'
import type { Ground } from './transaction.ts'

export type RateRule = { name: string; perWindow: number; windowSeconds: number }

/**
 * Counts one try of `subject` under a rule, in a transaction of its own so that the count stays when the try fails.
 * An empty subject shares one strict bucket: a missing key is refused early, never free.
 * @throws tooMany
 */
export async function countTry(ground: Ground, rule: RateRule, subject: string): Promise<void> {
  const nowMs = ground.now().getTime()
  const start = Math.floor(nowMs / (rule.windowSeconds * 1000)) * rule.windowSeconds * 1000
  const keyHash = createHash('sha256').update(`${rule.name}\n${subject}`).digest('hex')
  const { count } = await ground.db
    .insertInto('platform.rateWindow')
    .values({ keyHash, windowStart: new Date(start).toISOString(), count: 1 })
    .onConflict((same) => same.columns(['keyHash', 'windowStart']).doUpdateSet({ count: sql`rate_window.count + 1` }))
    .returning('count')
    .executeTakeFirstOrThrow()
  if (count > rule.perWindow) throw tooMany(Math.ceil((start + rule.windowSeconds * 1000 - nowMs) / 1000))
}

/** Forgets windows that ended long ago. */
export async function forgetOldTries(ground: Ground): Promise<void> {
  const before = new Date(ground.now().getTime() - 2 * 86_400_000).toISOString()
  await ground.db.deleteFrom('platform.rateWindow').where('windowStart', '<', before).execute()
}
