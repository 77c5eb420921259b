import { sql, type Kysely } from 'kysely'
import { appendAudit } from './audit.ts'
import { setSecurityContext, type Actor, type Context, type RecordParams } from './context.ts'
import type { Database } from './database/database.ts'
import type { Language } from './model.ts'
import { enqueueJob } from './jobs/store.ts'
import { dateIn } from './values.ts'

/** A reaction to something recorded; runs in the same transaction, safe to run twice. */
export type Subscriber = {
  to: string
  run: (ctx: Context, event: { recordId: string; agencyId: string | null; params: RecordParams }) => Promise<void>
}

/** What every transaction of this instance shares. `now` is the clock: given, never read elsewhere. */
export type Ground = {
  db: Kysely<Database>
  timeZone: string
  /** The country's first language: what is used where nobody asked for another. */
  language: Language
  now: () => Date
  subscribers: Subscriber[]
}

/** `onlyReads`: it writes nothing, and may be given answers that were kept. */
export type Doing = { actor: Actor; language: Language; requestId: string; onlyReads?: boolean }

/** How many times a transaction that the database gave up (deadlock, serialization) is tried in all. */
const attempts = 3

/**
 * Runs `work` in one transaction as the actor: row-level security set, audit and events inside. Deadlocks and
 * serialization failures are tried again, at most three times in all.
 */
export async function inTransaction<T>(
  ground: Ground,
  doing: Doing,
  work: (ctx: Context, recorded: () => number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ground.db.transaction().execute((db) => runOnce(ground, doing, db as Context['db'], work))
    } catch (fault) {
      if (attempt >= attempts || !isRetryable(fault)) throw fault
    }
  }
}

async function runOnce<T>(
  ground: Ground,
  doing: Doing,
  db: Context['db'],
  work: (ctx: Context, recorded: () => number) => Promise<T>,
): Promise<T> {
  const instant = ground.now()
  const now = instant.toISOString()
  const today = dateIn(ground.timeZone, instant)
  const { onlyReads } = doing
  const { reachesAll, dataState } = await setSecurityContext(db, doing.actor, { onlyReads, today })
  let entries = 0
  const ctx: Context = {
    db,
    actor: doing.actor,
    reachesAll,
    dataState,
    today,
    now,
    language: doing.language,
    timeZone: ground.timeZone,
    dateOf: (at) => dateIn(ground.timeZone, new Date(at)),
    requestId: doing.requestId,
    async record(action, of, params = {}) {
      entries++
      const agencyId = of.agencyId ?? null
      const append = () =>
        appendAudit(db, doing.actor, {
          action,
          outcome: of.refused ? 'refused' : 'done',
          at: now,
          requestId: doing.requestId,
          recordKind: of.kind,
          recordId: of.id,
          agencyId,
          params,
          by: of.by,
        })
      await (of.by === undefined ? append() : asEverywhere(ctx, append))
      for (const subscriber of ground.subscribers) {
        if (subscriber.to === action && of.id !== null) await subscriber.run(ctx, { recordId: of.id, agencyId, params })
      }
    },
    enqueue: (kind, payload) => enqueueJob(ctx, kind, payload),
  }
  return work(ctx, () => entries)
}

function isRetryable(fault: unknown): boolean {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
  return code === '40P01' || code === '40001'
}

/** How often the product itself is already at work within a transaction: what is inside does not end what is outside. */
const depths = new WeakMap<Context['db'], number>()

/** Runs the body as the product itself for one statement or two, then as the actor again. */
export async function asEverywhere<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  const depth = depths.get(ctx.db) ?? 0
  if (depth > 0) return work()
  depths.set(ctx.db, depth + 1)
  await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(ctx.db)
  const result = await work()
  await sql`select set_config('mangnon.everywhere', ${ctx.actor.everywhere ? 'yes' : ''}, true)`.execute(ctx.db)
  depths.delete(ctx.db)
  return result
}

/**
 * Asks what another would see: runs the body with that actor's rights, both walls included, then goes on as before. The
 * body only reads, and finds or does not find; it does not throw.
 */
export async function asAnother<T>(ctx: Context, actor: Actor, work: (theirs: Context) => Promise<T>): Promise<T> {
  const depth = depths.get(ctx.db)
  depths.delete(ctx.db)
  await setSecurityContext(ctx.db, actor)
  const result = await work({ ...ctx, actor })
  await setSecurityContext(ctx.db, depth === undefined ? ctx.actor : { ...ctx.actor, everywhere: true })
  if (depth !== undefined) depths.set(ctx.db, depth)
  return result
}
