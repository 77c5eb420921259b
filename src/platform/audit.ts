import type { Expression, SqlBool, Transaction } from 'kysely'
import type { Actor, Context, Recorded } from './context.ts'
import type { Database } from './database/database.ts'
import type { AuditEntry, Page } from './model.ts'
import { newId } from './values.ts'

type Appended = Recorded & { outcome: 'done' | 'refused'; at: string; requestId: string }

/** One entry as a row, of an actor who is known or not. */
export function auditRow(actor: Actor, entry: Appended) {
  return {
    id: newId(),
    at: entry.at,
    action: entry.action,
    outcome: entry.outcome,
    personId: entry.by ?? (actor.role === 'system' || actor.role === 'nobody' ? null : actor.personId),
    postId: actor.postId,
    agencyId: entry.agencyId ?? actor.agencyId,
    recordKind: entry.recordKind,
    recordId: entry.recordId,
    params: JSON.stringify(actor.tokenId === undefined ? entry.params : { ...entry.params, token: actor.tokenId }),
    requestId: entry.requestId,
  }
}

/** Appends one entry in the given transaction: the entry stands or falls with what it tells of. */
export async function appendAudit(db: Transaction<Database>, actor: Actor, entry: Appended): Promise<void> {
  await db.insertInto('platform.auditEntry').values(auditRow(actor, entry)).execute()
}

export type AuditFilter = {
  recordId?: string
  personId?: string
  from?: string
  to?: string
  action?: string
  /** The first wall, made by `access`: the condition on `personId` and `agencyId` that keeps to the actor's reach. */
  within: Expression<SqlBool>
  page: number
  size: number
}

/** The entries within the actor's reach, newest first. Names of persons are added by `access`. */
export async function listAuditEntries(
  ctx: Context,
  filter: AuditFilter,
): Promise<Page<Omit<AuditEntry, 'personName'>>> {
  let query = ctx.db.selectFrom('platform.auditEntry').where(filter.within)
  if (filter.recordId) query = query.where('recordId', '=', filter.recordId)
  if (filter.personId) query = query.where('personId', '=', filter.personId)
  if (filter.action) query = query.where('action', 'like', `${filter.action.replace(/[\\%_]/g, '\\$&')}%`)
  if (filter.from) query = query.where('at', '>=', filter.from)
  if (filter.to) query = query.where('at', '<', filter.to)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['id', 'at', 'action', 'outcome', 'personId', 'agencyId', 'recordKind', 'recordId', 'params', 'requestId'])
    .orderBy('sequence', 'desc')
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  const items = rows.map((row) => ({
    ...row,
    params: row.params as AuditEntry['params'],
    outcome: row.outcome as AuditEntry['outcome'],
  }))
  return { items, total, page: filter.page, size: filter.size }
}
