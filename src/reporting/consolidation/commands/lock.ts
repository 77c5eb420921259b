import { sql } from 'kysely'
import { conflict, notFound, type Context } from '#platform'

/**
 * Closes a round of one's own: reports accepted or approved are locked, and change by an order alone; nothing more is begun or sent. What
 * was not accepted stays as it is, and is missing.
 *
 * @throws notFound; conflict `reporting.round-closed`, `reporting.root-not-approved` while the owner's own report is not approved
 */
export async function lockRound(ctx: Context, roundId: string): Promise<{ locked: number }> {
  const row = await ctx.db
    .selectFrom('reporting.round')
    .select(['id', 'agencyId', 'state', 'version'])
    .where('id', '=', roundId)
    .where('agencyId', '=', ctx.actor.agencyId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.state === 'closed') throw conflict('reporting.round-closed')
  const root = await sql<{ state: string | null }>`
    select r.state from reporting.obligation o left join reporting.report r on r.obligation_id = o.id
    where o.round_id = ${roundId}::uuid and o.parent_id is null and o.receiver_id is null and o.state = 'owed' and o.agency_id = ${row.agencyId}::uuid`.execute(
    ctx.db,
  )
  if (root.rows.some(({ state }) => state !== 'approved')) throw conflict('reporting.root-not-approved')
  return { locked: await close(ctx, row) }
}

async function close(ctx: Context, round: { id: string; agencyId: string; version: number }): Promise<number> {
  await ctx.db
    .updateTable('reporting.round')
    .set({ state: 'closed', version: round.version + 1 })
    .where('id', '=', round.id)
    .execute()
  const locked = await lockReports(ctx, round.id)
  await ctx.record(
    'reporting.round-locked',
    { kind: 'reporting.round', id: round.id, agencyId: round.agencyId },
    { reports: locked },
  )
  return locked
}

/** Locks what is accepted or approved in a closed round; what was amended by an order and accepted again, too. */
async function lockReports(ctx: Context, roundId: string): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with locked as (
      update reporting.report r set state = 'locked', version = r.version + 1 from reporting.obligation o
      where o.id = r.obligation_id and o.round_id = ${roundId}::uuid and r.state in ('accepted', 'approved')
      returning r.id, r.number, r.agency_id)
    insert into reporting.step (id, report_id, number, agency_id, kind, by_agency_id, taken_by, taken_at)
    select gen_random_uuid(), l.id, l.number, l.agency_id, 'locked', ${ctx.actor.agencyId}::uuid, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz
    from locked l returning report_id as id`.execute(ctx.db)
  return rows.length
}

/**
 * Closes rounds whose day to lock has come, and locks again what was amended in closed ones. A round whose owner has not approved its
 * own report is closed all the same: the day was laid down. A round opened on that day or later, to gather what was never asked for, is
 * closed by its owner alone. To be called as the product itself; safe to run twice.
 */
export async function lockDueRounds(ctx: Context): Promise<number> {
  const due = await ctx.db
    .selectFrom('reporting.round')
    .select(['id', 'agencyId', 'state', 'version'])
    .where('state', '=', 'open')
    .where(sql<boolean>`(dates->>'lockOn')::date <= ${ctx.today}::date`)
    .where(sql<boolean>`(dates->>'lockOn')::date > (opened_at at time zone ${ctx.timeZone})::date`)
    .forUpdate()
    .execute()
  for (const round of due) await close(ctx, round)
  const again = await sql<{ id: string }>`
    select distinct o.round_id as id from reporting.report r join reporting.obligation o on o.id = r.obligation_id
    join reporting.round n on n.id = o.round_id where n.state = 'closed' and r.state in ('accepted', 'approved')`.execute(
    ctx.db,
  )
  for (const { id } of again.rows) await lockReports(ctx, id)
  return due.length
}
