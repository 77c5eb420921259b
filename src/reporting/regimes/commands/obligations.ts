import { sql } from 'kysely'
import { conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import type { PlainDate } from '#platform/model'

type Row = {
  id: string
  roundId: string
  agencyId: string
  ownerId: string
  receiverId: string | null
  state: string
  dueOn: PlainDate
  version: number
  isSent: boolean
  reportState: string | null
  roundState: string
}

/** An obligation of which the acting body is the receiver or the owner, locked. @throws notFound; forbidden; conflict */
async function takeObligation(ctx: Context, id: string, version: number): Promise<Row> {
  const { rows } = await sql<Row>`
    select o.id, o.round_id, o.agency_id, o.owner_id, o.receiver_id, o.state, coalesce(r.due_on, o.due_on) as due_on, o.version, d.state as round_state,
      coalesce(r.state, 'draft') <> 'draft' as is_sent, r.state as report_state
    from reporting.obligation o join reporting.round d on d.id = o.round_id left join reporting.report r on r.obligation_id = o.id where o.id = ${id}::uuid`.execute(
    ctx.db,
  )
  const [row] = rows
  if (row === undefined) throw notFound()
  const { agencyId } = ctx.actor
  if (agencyId === null || (row.ownerId !== agencyId && row.receiverId !== agencyId))
    throw forbidden('reporting.obligation-not-yours')
  if (row.version !== version) throw conflict('platform.stale-version')
  if (row.roundState !== 'open') throw conflict('reporting.round-closed')
  return row
}

type Change = { kind: 'exempted' | 'extended' | 'restored'; reason: string; dueOn: PlainDate | null }

/** The day of the obligation itself is that by which it is said who was late: it moves only while nothing was sent. */
async function change(ctx: Context, row: Row, made: Change & { state: string }): Promise<void> {
  const { kind, reason, dueOn, state } = made
  const { rows } =
    await sql`update reporting.obligation set state = ${state}, reason = ${state === 'owed' ? null : reason},
      due_on = coalesce(${row.isSent ? null : dueOn}::date, due_on), version = version + 1 where id = ${row.id}::uuid and version = ${row.version} returning id`.execute(
      ctx.db,
    )
  if (rows.length === 0) throw conflict('platform.stale-version')
  await ctx.db
    .insertInto('reporting.obligationChange')
    .values({
      ...{ id: newId(), obligationId: row.id, agencyId: row.agencyId, kind, dueOn, reason },
      ...{ byAgencyId: ctx.actor.agencyId, changedBy: ctx.actor.personId, changedAt: ctx.now },
    })
    .execute()
  const of = { kind: 'reporting.obligation', id: row.id, agencyId: row.agencyId }
  await ctx.record(`reporting.obligation-${kind}`, of, dueOn === null ? {} : { 'dueOn.was': row.dueOn, dueOn })
}

/**
 * Frees a body of its report, with the reason, which it is told.
 * @throws notFound; forbidden `reporting.obligation-not-yours`; conflict `reporting.obligation-not-owed`, `reporting.sent-already`,
 * `reporting.round-closed`, `platform.stale-version`
 */
export async function exemptObligation(ctx: Context, id: string, of: { reason: string; version: number }) {
  // Its report is locked first: one that is being sent this moment is waited for, and found sent.
  await sql`select r.id from reporting.report r where r.obligation_id = ${id}::uuid for update`.execute(ctx.db)
  const row = await takeObligation(ctx, id, of.version)
  if (row.state !== 'owed') throw conflict('reporting.obligation-not-owed')
  if (row.isSent) throw conflict('reporting.sent-already')
  await change(ctx, row, { kind: 'exempted', reason: of.reason, dueOn: null, state: 'exempt' })
}

/** Lays an obligation of which a body was freed upon it again. @throws as above; conflict `reporting.obligation-not-exempt` */
export async function restoreObligation(ctx: Context, id: string, of: { reason: string; version: number }) {
  const row = await takeObligation(ctx, id, of.version)
  if (row.state !== 'exempt') throw conflict('reporting.obligation-not-exempt')
  await change(ctx, row, { kind: 'restored', reason: of.reason, dueOn: null, state: 'owed' })
}

/**
 * Gives one body more time; to send again, where its report was returned.
 * @throws as above; conflict `reporting.no-time-after-sending`; invalid `reporting.extension-not-later`
 */
export async function extendObligation(
  ctx: Context,
  id: string,
  of: { dueOn: PlainDate; reason: string; version: number },
) {
  const row = await takeObligation(ctx, id, of.version)
  if (row.state !== 'owed') throw conflict('reporting.obligation-not-owed')
  if (row.isSent && row.reportState !== 'returned') throw conflict('reporting.no-time-after-sending')
  if (of.dueOn <= row.dueOn)
    throw invalid('reporting.extension-not-later', {}, [{ pointer: '/dueOn', code: 'reporting.extension-not-later' }])
  await change(ctx, row, { kind: 'extended', reason: of.reason, dueOn: of.dueOn, state: 'owed' })
  await sql`update reporting.report set due_on = ${of.dueOn}::date, version = version + 1
    where obligation_id = ${id}::uuid and state = 'returned'`.execute(ctx.db)
}
