import { sql, type Expression, type Kysely, type SqlBool } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/database.ts'
import type { Job, JobState, Page } from '../model.ts'
import { newId } from '../values.ts'

/** Puts a job in the queue in the caller's transaction. */
export async function enqueueJob(ctx: Context, kind: string, payload: Record<string, unknown>): Promise<string> {
  const id = newId()
  await ctx.db
    .insertInto('platform.job')
    .values({
      id,
      kind,
      payload: JSON.stringify(payload),
      state: 'queued',
      personId: ctx.actor.personId,
      postId: ctx.actor.postId,
      agencyId: ctx.actor.agencyId,
      createdAt: ctx.now,
    })
    .execute()
  return id
}

const columns = [
  'id',
  'kind',
  'state',
  'doneCount',
  'totalCount',
  'problemCode',
  'result',
  'personId',
  'createdAt',
  'startedAt',
  'finishedAt',
] as const

type JobRow = Omit<Job, 'personName'> & { personId: string }

/** The jobs within reach (`within` is the first wall, made by `access`), newest first. */
export async function listJobs(
  ctx: Context,
  page: { page: number; size: number; within: Expression<SqlBool> },
): Promise<Page<JobRow>> {
  const query = ctx.db.selectFrom('platform.job').where(page.within)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(columns)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(page.size)
    .offset((page.page - 1) * page.size)
    .execute()
  return { items: rows.map(toJob), total, page: page.page, size: page.size }
}

export async function findJob(ctx: Context, id: string, within: Expression<SqlBool>): Promise<JobRow | undefined> {
  const row = await ctx.db
    .selectFrom('platform.job')
    .select(columns)
    .where('id', '=', id)
    .where(within)
    .executeTakeFirst()
  return row && toJob(row)
}

function toJob(row: Omit<JobRow, 'state' | 'result'> & { state: string; result: unknown }): JobRow {
  return { ...row, state: row.state as JobState, result: row.result as Job['result'] }
}

/** Asks a job to stop: a waiting one ends at once, a running one at its next step. False when it had already ended. */
export async function requestCancel(ctx: Context, id: string): Promise<boolean> {
  const done = await ctx.db
    .updateTable('platform.job')
    .set({
      cancelRequested: true,
      state: sql`case when state = 'queued' then 'cancelled' else state end`,
      finishedAt: sql`case when state = 'queued' then now() else finished_at end`,
    })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returning('id')
    .executeTakeFirst()
  return done !== undefined
}

export type Claimed = {
  id: string
  kind: string
  payload: Record<string, unknown>
  personId: string
  postId: string | null
  /** Which try this is; whoever holds a later one holds the job. */
  attempt: number
  cancelRequested: boolean
}

/** Takes the oldest waiting job, or one whose runner has not been heard of for a minute; of some kinds, or of all but some. */
export async function claimJob(
  db: Kysely<Database>,
  now: Date,
  of: { only?: readonly string[]; except?: readonly string[]; asleep?: readonly string[] } = {},
): Promise<Claimed | undefined> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(tx)
    const stale = new Date(now.getTime() - 60_000).toISOString()
    const row = await tx
      .selectFrom('platform.job')
      .select(['id', 'kind', 'payload', 'personId', 'postId', 'attempts', 'cancelRequested'])
      .where((eb) =>
        eb.or([eb('state', '=', 'queued'), eb.and([eb('state', '=', 'running'), eb('heartbeatAt', '<', stale)])]),
      )
      .$if(of.only !== undefined, (query) => query.where('kind', 'in', [...(of.only ?? [])]))
      .$if(of.except !== undefined, (query) => query.where('kind', 'not in', [...(of.except ?? []), '']))
      .$if((of.asleep?.length ?? 0) > 0, (query) => query.where('kind', 'not in', [...(of.asleep ?? [])]))
      .orderBy('createdAt')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!row) return undefined
    await tx
      .updateTable('platform.job')
      .set({
        state: 'running',
        startedAt: now.toISOString(),
        heartbeatAt: now.toISOString(),
        attempts: row.attempts + 1,
      })
      .where('id', '=', row.id)
      .execute()
    const { attempts, ...claimed } = row
    return { ...claimed, attempt: attempts + 1, payload: row.payload as Record<string, unknown> }
  })
}

/** So many at most are taken over at once. */
const mostAbsorbed = 1_000

/**
 * Ends the waiting jobs of a job's kind as done with it, and gives it the payload of all: in one transaction, so that a fall of the server loses none.
 * @returns that payload
 */
export async function absorbWaiting(
  db: Kysely<Database>,
  job: Pick<Claimed, 'id' | 'kind' | 'attempt' | 'payload'>,
  of: { merge: (payloads: readonly Claimed['payload'][]) => Claimed['payload']; now: Date },
): Promise<Claimed['payload']> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(tx)
    const others = await tx
      .selectFrom('platform.job')
      .select(['id', 'payload'])
      .where('kind', '=', job.kind)
      .where('state', '=', 'queued')
      .where('cancelRequested', '=', false)
      .orderBy('createdAt')
      .limit(mostAbsorbed)
      .forUpdate()
      .skipLocked()
      .execute()
    if (others.length === 0) return job.payload
    const payload = of.merge([job.payload, ...others.map((other) => other.payload as Claimed['payload'])])
    const { rows } = await sql<{ isHeld: boolean }>`
      select platform.give_payload(${job.id}::uuid, ${job.attempt}, ${JSON.stringify(payload)}::jsonb) as is_held`.execute(
      tx,
    )
    if (rows[0]?.isHeld !== true) return job.payload
    const now = of.now.toISOString()
    await tx
      .updateTable('platform.job')
      .set({ state: 'done', result: JSON.stringify({ doneWith: job.id }), startedAt: now, finishedAt: now })
      .where(
        'id',
        'in',
        others.map(({ id }) => id),
      )
      .execute()
    return payload
  })
}

type Changes = Partial<{
  state: JobState
  doneCount: number
  totalCount: number | null
  problemCode: string | null
  result: string | null
  heartbeatAt: string
  finishedAt: string
}>

/**
 * Writes a job's progress or end, outside its own transactions; tells whether it was asked to stop.
 * @returns undefined when the job is no longer this try's: ended, or taken over by another runner
 */
export async function updateJob(
  db: Kysely<Database>,
  held: { id: string; attempt: number },
  changes: Changes,
): Promise<{ cancelRequested: boolean } | undefined> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('mangnon.everywhere', 'yes', true)`.execute(tx)
    const row = await tx
      .updateTable('platform.job')
      .set(changes)
      .where('id', '=', held.id)
      .where('attempts', '=', held.attempt)
      .where('state', '=', 'running')
      .returning('cancelRequested')
      .executeTakeFirst()
    return row
  })
}
