import { createHash } from 'node:crypto'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from './database/database.ts'
import { tooMany } from './errors.ts'
import type { Ground } from './transaction.ts'

export type RateRule = { name: string; perWindow: number; windowSeconds: number }

/**
 * Counts one try of `subject` under a rule, in a transaction of its own so that the count stays when the try fails.
 * An empty subject shares one strict bucket: a missing key is refused early, never free.
 * @param atLimit runs with the first try of a window that is one too many, and not with those after
 * @throws tooMany
 */
export async function countTry(
  ground: Ground,
  rule: RateRule,
  subject: string,
  atLimit?: () => Promise<void>,
): Promise<void> {
  const nowMs = ground.now().getTime()
  const count = await countInWindow(ground.db, { ...rule, nowMs }, subject)
  if (count === rule.perWindow + 1) await atLimit?.()
  if (count > rule.perWindow)
    throw tooMany(Math.ceil((startOf(rule, nowMs) + rule.windowSeconds * 1000 - nowMs) / 1000))
}

/** Counts something in the window it falls in; given a transaction, the count stands or falls with it. @returns how many so far */
export async function countInWindow(
  db: Kysely<Database> | Transaction<Database>,
  rule: { name: string; windowSeconds: number; nowMs: number },
  subject: string,
): Promise<number> {
  const keyHash = createHash('sha256').update(`${rule.name}\n${subject}`).digest('hex')
  const since = new Date(startOf(rule, rule.nowMs)).toISOString()
  const { rows } = await sql<{ count: number }>`
    select platform.count_try(${keyHash}, ${since}::timestamptz) as count`.execute(db)
  if (rows[0] === undefined) throw new Error('a try was not counted')
  return rows[0].count
}

function startOf(rule: { windowSeconds: number }, nowMs: number): number {
  return Math.floor(nowMs / (rule.windowSeconds * 1000)) * rule.windowSeconds * 1000
}

/** Forgets windows that ended long ago; the database lets no younger ones be forgotten, nor a count be set back. */
export async function forgetOldTries(ground: Ground): Promise<void> {
  const before = new Date(ground.now().getTime() - 2 * 86_400_000).toISOString()
  await sql`select platform.forget_tries(${before}::timestamptz)`.execute(ground.db)
}
