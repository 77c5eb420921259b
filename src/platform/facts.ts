import { createHash } from 'node:crypto'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from './database/database.ts'

type Db = Kysely<Database> | Transaction<Database>

/** A fact about this instance (`platform.setting`), unparsed; undefined when it was never set. */
export async function readFact(db: Db, key: string): Promise<unknown> {
  const row = await db.selectFrom('platform.setting').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value
}

/** Sets a fact about this instance; `value` becomes JSON. */
export async function writeFact(db: Db, key: string, value: unknown): Promise<void> {
  const row = { value: JSON.stringify(value), setAt: sql<string>`now()` }
  await db
    .insertInto('platform.setting')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute()
}

/** Tells two states of data apart: SHA-256 of its JSON, hexadecimal. */
export function fingerprintOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex')
}
