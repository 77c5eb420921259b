import { sql, type Transaction } from 'kysely'
import type { Database } from './database/database.ts'
import { keepingPlans } from './database/plans-kept.ts'
import type { Language, PlainDate } from './model.ts'

/**
 * Who acts, in which post, and what lies within reach: `viewers` are the ids (agencies, units) whose reach the actor
 * shares; `everywhere` stands for the whole country. No viewers and not everywhere = sees nothing.
 */
export type Actor = {
  personId: string
  sessionId: string | null
  postId: string | null
  agencyId: string | null
  role: string
  viewers: string[]
  everywhere: boolean
  /** The access token by which a program acts for the person; the audit names it. */
  tokenId?: string
}

/** What an entry of the audit and an event carry: ids and plain words of the product, never personal data. */
export type RecordParams = Record<string, string | number | boolean | null>

/**
 * The fields an act changed, for its entry: what each was and is, as `<field>.was` and `<field>`. Codes, days and counts
 * only: an entry holds no words of people.
 */
export function changedParams<F extends string>(
  was: Readonly<Record<F, RecordParams[string]>>,
  is: Readonly<Record<F, RecordParams[string]>>,
): RecordParams {
  const fields = (Object.keys(is) as F[]).filter((field) => was[field] !== is[field])
  return Object.fromEntries(
    fields.flatMap((field) => [
      [`${field}.was`, was[field]],
      [field, is[field]],
    ]),
  )
}

export type Recorded = {
  action: string
  recordKind: string | null
  recordId: string | null
  agencyId: string | null
  params: RecordParams
  /** Who did it, where the actor is not known yet: signing in, taking up an invitation. */
  by?: string
}

/** Names the state of each part (schema) of the data that was ever written to: it differs after any write there. */
export type DataState = Record<string, string>

/** The first parameter of every command and query: one transaction, one actor, one day. */
export type Context = {
  db: Transaction<Database>
  actor: Actor
  /** The actor stands over every body there is: no list of bodies need be asked. */
  reachesAll: boolean
  /** The state of the data when this transaction began, where it only reads; null where it may write. See `remembered`. */
  dataState: DataState | null
  today: PlainDate
  now: string
  language: Language
  /** The country's, by its name in the tz database: for days of instants in SQL. */
  timeZone: string
  /** The calendar date of an instant in the country's time zone. */
  dateOf(instant: string): PlainDate
  requestId: string
  /** Writes one audit entry in this transaction and tells the subscribers of `action`, in this transaction too. `refused` tells of a try that failed. */
  record(
    action: string,
    of: { kind: string; id: string | null; agencyId?: string | null; by?: string; refused?: true },
    params?: RecordParams,
  ): Promise<void>
  /** Puts a job in the queue in this transaction: it runs only if the transaction commits. Returns its id. */
  enqueue(kind: string, payload: Record<string, unknown>): Promise<string>
}

/** The product itself at work: migrations of data, job runner, sign-in before anyone is known. */
export const systemActor: Actor = {
  personId: '00000000-0000-0000-0000-000000000000',
  sessionId: null,
  postId: null,
  agencyId: null,
  role: 'system',
  viewers: [],
  everywhere: true,
}

/** Whoever asks without being signed in: sees nothing. */
export const nobody: Actor = {
  personId: '00000000-0000-0000-0000-000000000000',
  sessionId: null,
  postId: null,
  agencyId: null,
  role: 'nobody',
  viewers: [],
  everywhere: false,
}

/**
 * Tells row-level security who acts, for this transaction only (`set local`).
 * @param of.onlyReads the transaction is to write nothing; the database then refuses it to
 * @param of.today the day policies ask by; without it that told before
 * @returns whether the actor stands over every body; the state of the data for one that only reads
 * @source ADR 0003
 */
export async function setSecurityContext(
  db: Transaction<Database>,
  actor: Actor,
  of: { onlyReads?: boolean | undefined; today?: PlainDate } = {},
): Promise<{ reachesAll: boolean; dataState: DataState | null }> {
  const onlyReads = of.onlyReads === true
  const telling = sql<{
    reachesAll: boolean
    dataState: DataState | null
  }>`select set_config('mangnon.person', ${actor.personId}, true),
    set_config('mangnon.viewers', ${actor.viewers.length > 0 ? `{${actor.viewers.join(',')}}` : ''}, true),
    set_config('mangnon.agency', ${actor.agencyId ?? ''}, true),
    set_config('mangnon.everywhere', ${actor.everywhere ? 'yes' : ''}, true),
    set_config('mangnon.today', coalesce(${of.today ?? null}::text, current_setting('mangnon.today', true), ''), true),
    exists (select 1 from platform.whole_reach w where w.viewer_id = any (${actor.viewers}::uuid[])) as reaches_all,
    ${onlyReads ? sql`set_config('transaction_read_only', 'on', true)` : sql`null`} as mode,
    ${onlyReads ? sql`(select coalesce(jsonb_object_agg(c.part, c.count), '{}') from (select part, sum(count)::text as count from platform.data_change group by part) c)` : sql`null`} as data_state`
  // Every transaction begins with it: it is planned once.
  const { rows } = await keepingPlans(() => telling.execute(db))
  const [row] = rows
  return { reachesAll: row?.reachesAll === true, dataState: row?.dataState ?? null }
}
