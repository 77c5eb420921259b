import { createHash } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import type { Context } from './context.ts'

type Kept = { state: string; rows: Promise<readonly unknown[]> }

/** Answers by what was asked and by whom; the oldest go first. */
const kept = new Map<string, Kept>()
const most = 600

/**
 * The rows of a statement, kept until anything that lists show has changed: for counts and lists that look at many rows.
 * Asked again in the same state by somebody who sees the same, the same rows are given; those who ask while it is
 * being worked out wait for it. Only in transactions that write nothing; in all others the statement is run.
 *
 * An answer is kept by the whole text of the statement, its values, and what row security is told but for the person:
 * the statement must read only tables whose writes are counted (`platform.data_change`) and whose policies do not ask for
 * the person. A test holds this of the tables of plans, agencies and territory.
 * @param sight `open` where all tables it reads are open to everybody: all share one answer
 */
export async function remembered<Row>(
  ctx: Context,
  query: RawBuilder<Row>,
  sight: 'own' | 'open' = 'own',
): Promise<readonly Row[]> {
  const run = async () => (await query.execute(ctx.db)).rows
  if (ctx.dataState === null) return run()
  const { sql: text, parameters } = query.compile(ctx.db)
  const { viewers, agencyId, everywhere } = ctx.actor
  const seenBy = sight === 'open' ? null : [viewers, agencyId, everywhere]
  const key = createHash('sha256')
    .update(JSON.stringify([text, parameters, seenBy]))
    .digest('base64')
  const known = kept.get(key)
  if (known?.state === ctx.dataState) {
    // Whoever was working it out may have failed for reasons of its own.
    const rows = await known.rows.catch(() => undefined)
    if (rows !== undefined) return rows as readonly Row[]
  }
  const rows = run()
  kept.delete(key)
  kept.set(key, { state: ctx.dataState, rows })
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break
    kept.delete(oldest)
  }
  return rows.catch((fault: unknown) => {
    if (kept.get(key)?.rows === rows) kept.delete(key)
    throw fault
  })
}
