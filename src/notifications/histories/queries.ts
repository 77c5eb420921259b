import { sql } from 'kysely'
import { listPersonNames, namesOfAgencies, withinReach } from '#access'
import { asEverywhere, type Context, type RecordParams } from '#platform'
import type { Page } from '#platform/model'
import type { HistoryEntry, RecordOf } from '../model.ts'
import { getRecord, type Subjects } from '../subjects.ts'

type Row = {
  id: string
  at: string
  action: string
  personId: string | null
  agencyId: string | null
  recordKind: string | null
  recordId: string | null
  params: RecordParams
}

/**
 * What was done to a record within sight, newest first. Whoever sees the record is told the acts its module calls open;
 * of the others, those of bodies within reach. Of what an entry holds, only the fields that the module allows are told.
 * @throws notFound
 */
export async function readHistory(
  ctx: Context,
  subjects: Subjects,
  record: RecordOf,
  page: { page: number; size: number },
): Promise<Page<HistoryEntry>> {
  const { history } = (await getRecord(ctx, subjects, record)).subject
  const ids = await history.records(ctx, record.id)
  const where = sql`e.record_id = any (${ids}::uuid[]) and e.outcome = 'done' and (e.action = any (${Object.keys(history.open)})
    or (e.action = any (${Object.keys(history.within)}) and (e.person_id = ${ctx.actor.personId}::uuid or ${withinReach(ctx, 'e.agencyId')})))`
  const { rows, total } = await asEverywhere(ctx, async () => {
    const counted = await sql<{
      total: number
    }>`select count(*) as total from platform.audit_entry e where ${where}`.execute(ctx.db)
    const found = await sql<Row>`
      select e.id, e.at, e.action, e.person_id, e.agency_id, e.record_kind, e.record_id, e.params from platform.audit_entry e
      where ${where} order by e.sequence desc limit ${page.size} offset ${(page.page - 1) * page.size}`.execute(ctx.db)
    return { rows: found.rows, total: counted.rows[0]?.total ?? 0 }
  })
  const reasons = (await history.reasons?.(ctx, rows)) ?? new Map<string, string>()
  const bodies = await actingBodies(ctx, rows)
  const people = await listPersonNames(
    ctx,
    rows.flatMap((row) => [row.personId, row.recordKind === 'access.person' ? row.recordId : null]),
  )
  const agencies = await namesOfAgencies(ctx, [...bodies.values()])
  const allowed: Readonly<Record<string, readonly string[]>> = { ...history.within, ...history.open }
  return {
    items: rows.map((row) => ({
      id: row.id,
      at: row.at,
      action: row.action,
      ...toldOf(row.params, allowed[row.action] ?? []),
      personName: people.get(row.personId ?? '') ?? null,
      agencyName: agencies.get(bodies.get(row.id) ?? '') ?? null,
      subjectName: row.recordKind === 'access.person' ? (people.get(row.recordId ?? '') ?? null) : null,
      reason: reasons.get(row.id) ?? null,
    })),
    total,
    ...page,
  }
}

/** Of what an entry holds the allowed fields, and of those it changed what each was. */
function toldOf(params: RecordParams, fields: readonly string[]): Pick<HistoryEntry, 'params' | 'changes'> {
  const kept = fields.filter((field) => field in params)
  return {
    params: Object.fromEntries(kept.map((field) => [field, params[field] ?? null])),
    changes: kept
      .filter((field) => `${field}.was` in params)
      .map((field) => ({ field, was: params[`${field}.was`] ?? null, is: params[field] ?? null })),
  }
}

/** The body in whose post each act was done: the entry itself names the body of the record. */
async function actingBodies(ctx: Context, rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = rows.filter((row) => row.personId !== null).map((row) => row.id)
  if (ids.length === 0) return new Map()
  const found = await asEverywhere(ctx, () =>
    sql<{ id: string; agencyId: string }>`
      select e.id, coalesce(p.agency_id, e.agency_id) as agency_id from platform.audit_entry e left join access.post p on p.id = e.post_id
      where e.id = any (${ids}::uuid[])`.execute(ctx.db),
  )
  return new Map(found.rows.flatMap((row) => (row.agencyId === null ? [] : [[row.id, row.agencyId] as const])))
}
