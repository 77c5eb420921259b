import { createHash } from 'node:crypto'
import { setSecurityContext, systemActor, type Context } from '../context.ts'
import { conflict, Problem } from '../errors.ts'
import type { Ground } from '../transaction.ts'

/** The SHA-256 of what was asked and in which post, so that one key cannot stand for two requests. */
export function hashRequest(method: string, url: string, postId: string | null, body: unknown): string {
  const bytes = body instanceof Uint8Array ? body : JSON.stringify(body ?? null)
  return createHash('sha256')
    .update(`${method} ${url}\n${postId ?? ''}\n`)
    .update(bytes)
    .digest('hex')
}

/** How long an answer is kept for a repeat: longer than a browser keeps what it could not send. */
const keptDays = 7

/** Forgets answers nobody will ask for again. */
export async function forgetOldAnswers(ground: Ground): Promise<void> {
  const before = new Date(ground.now().getTime() - keptDays * 86_400_000).toISOString()
  await ground.db.transaction().execute(async (db) => {
    await setSecurityContext(db, systemActor)
    await db.deleteFrom('platform.idempotencyKey').where('at', '<', before).execute()
  })
}

export type Answer = { status: number; answer: unknown }

/**
 * Runs an unsafe request once for its key. A repeat gets the answer of the first; two at the same moment wait for each
 * other on the key's row. @throws conflict `platform.idempotency-key-reused`, and `platform.answer-told-once` for a repeat whose answer was a secret
 */
export async function answerOnce(
  ctx: Context,
  key: string,
  request: { route: string; hash: string; shownOnce: boolean },
  run: () => Promise<Answer>,
): Promise<Answer> {
  const taken = await ctx.db
    .insertInto('platform.idempotencyKey')
    .values({
      personId: ctx.actor.personId,
      key,
      route: request.route,
      requestHash: request.hash,
      status: 0,
      answer: null,
      at: ctx.now,
    })
    .onConflict((conflicting) => conflicting.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (!taken) {
    const before = await ctx.db
      .selectFrom('platform.idempotencyKey')
      .select(['requestHash', 'status', 'answer'])
      .where('personId', '=', ctx.actor.personId)
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    if (before.requestHash !== request.hash) throw conflict('platform.idempotency-key-reused')
    if (request.shownOnce) throw conflict('platform.answer-told-once')
    return { status: before.status, answer: before.answer }
  }
  const answer = await run()
  if (answer.answer instanceof Problem) {
    await ctx.db
      .deleteFrom('platform.idempotencyKey')
      .where('personId', '=', ctx.actor.personId)
      .where('key', '=', key)
      .execute()
    return answer
  }
  const kept = request.shownOnce ? null : JSON.stringify(answer.answer ?? null)
  await ctx.db
    .updateTable('platform.idempotencyKey')
    .set({ status: answer.status, answer: kept })
    .where('personId', '=', ctx.actor.personId)
    .where('key', '=', key)
    .execute()
  return answer
}

/** Whether a request with this key was answered already: its repeat is answered the same, whatever holds by now. */
export async function isRepeat(ctx: Context, key: unknown): Promise<boolean> {
  if (typeof key !== 'string') return false
  const row = await ctx.db
    .selectFrom('platform.idempotencyKey')
    .select('key')
    .where('personId', '=', ctx.actor.personId)
    .where('key', '=', key)
    .executeTakeFirst()
  return row !== undefined
}
