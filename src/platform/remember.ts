import { createHash } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import type { Context, DataState } from './context.ts'

/**
 * Who shares an answer: those who see the same of all the data (`own`), or everybody, where it is made of nothing but open
 * tables of the named schemas (`open`), and then for as long as nothing there is written.
 */
export type Sight = 'own' | { open: readonly string[] }

type Kept = { state: string; answer: Promise<unknown> }

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
 */
export async function remembered<Row>(
  ctx: Context,
  query: RawBuilder<Row>,
  sight: Sight = 'own',
): Promise<readonly Row[]> {
  const run = async () => (await query.execute(ctx.db)).rows
  if (ctx.dataState === null) return run()
  const { sql: text, parameters } = query.compile(ctx.db)
  return keep(ctx, ctx.dataState, { asked: [text, parameters], sight, run })
}

/**
 * The whole answer of a request, kept in the same way.
 * @param of.asked everything it depends on but sight, role, day and language: which request, with what
 */
export async function rememberedAnswer<Answer>(
  ctx: Context,
  of: { asked: readonly unknown[]; sight: Sight },
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (ctx.dataState === null) return work()
  const { role, tokenId } = ctx.actor
  return keep(ctx, ctx.dataState, { ...of, asked: [of.asked, role, tokenId, ctx.today, ctx.language], run: work })
}

async function keep<Answer>(
  ctx: Context,
  state: DataState,
  { asked, sight, run }: { asked: unknown; sight: Sight; run: () => Promise<Answer> },
): Promise<Answer> {
  const { viewers, agencyId, everywhere } = ctx.actor
  const seenBy = sight === 'own' ? [viewers, agencyId, everywhere] : null
  const parts = sight === 'own' ? Object.keys(state).toSorted() : sight.open
  const now = parts.map((part) => `${part} ${state[part] ?? '0'}`).join(', ')
  const key = createHash('sha256')
    .update(JSON.stringify([asked, seenBy]))
    .digest('base64')
  const known = kept.get(key)
  if (known?.state === now) {
    // Whoever was working it out may have failed for reasons of its own.
    const answer = await known.answer.then((value) => ({ value })).catch(() => undefined)
    if (answer !== undefined) return answer.value as Answer
  }
  const answer = run()
  kept.delete(key)
  kept.set(key, { state: now, answer })
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break
    kept.delete(oldest)
  }
  return answer.catch((fault: unknown) => {
    if (kept.get(key)?.answer === answer) kept.delete(key)
    throw fault
  })
}
