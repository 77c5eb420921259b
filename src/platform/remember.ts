import { createHash } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import type { Context, DataState } from './context.ts'

/**
 * Who shares an answer: those who see the same of all the data (`own`), or everybody, where it is made of nothing but open
 * tables of the named schemas (`open`), and then for as long as nothing there is written.
 */
export type Sight = 'own' | { open: readonly string[] }

type Kept = { state: string; answer: Promise<unknown>; bytes: number }

/** Answers by what was asked and by whom, those asked for longest ago first; and how large they are together. */
const kept = new Map<string, Kept>()
let keptBytes = 0
/** Bounds of memory: of all answers together, and of one; how many, each with its key, is bounded too. */
export const keptBounds = { bytes: 64_000_000, bytesOfOne: 1_000_000, answers: 2000 }

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
    kept.delete(key)
    kept.set(key, known)
    // Whoever was working it out may have failed for reasons of its own.
    const answer = await known.answer.then((value) => ({ value })).catch(() => undefined)
    if (answer !== undefined) return answer.value as Answer
  }
  forget(key)
  const answer = run()
  const own: Kept = { state: now, answer, bytes: 0 }
  kept.set(key, own)
  try {
    const value = await answer
    if (kept.get(key) === own) weigh(key, own, value)
    return value
  } catch (fault) {
    if (kept.get(key) === own) forget(key)
    throw fault
  }
}

/** Counts how large an answer is and lets the oldest go while all are too many or too large; one too large goes at once. */
function weigh(key: string, own: Kept, value: unknown): void {
  own.bytes = value instanceof Uint8Array ? value.byteLength : Buffer.byteLength(JSON.stringify(value) ?? '')
  keptBytes += own.bytes
  if (own.bytes > keptBounds.bytesOfOne) forget(key)
  for (const oldest of kept.keys()) {
    if (kept.size <= keptBounds.answers && keptBytes <= keptBounds.bytes) break
    forget(oldest)
  }
}

function forget(key: string): void {
  keptBytes -= kept.get(key)?.bytes ?? 0
  kept.delete(key)
}

/** How much is kept at the moment. */
export function keptNow(): { answers: number; bytes: number } {
  return { answers: kept.size, bytes: keptBytes }
}
