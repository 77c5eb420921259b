import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import { conflict, forbidden, invalid, newId, notFound, type Context } from '#platform'
import { readPeriod, type Calendar, type LockPeriod, type PeriodLock } from '../model.ts'
import { readMeasures } from '../store.ts'

/**
 * Locks a period that ended: the acting body and those below it enter and decide nothing more of it.
 * @throws forbidden `indicators.no-body`; invalid `indicators.unknown-period`; notFound for an unknown measure; conflict
 * `indicators.lock-early`, `indicators.locked-already`
 */
export async function lockPeriod(
  ctx: Context,
  input: LockPeriod,
  calendars: readonly Calendar[],
): Promise<{ id: string }> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw forbidden('indicators.no-body')
  const period = readPeriod(input.period, calendars)
  if (period === undefined) throw invalid('indicators.unknown-period', { period: input.period })
  if (period.to > ctx.today) throw conflict('indicators.lock-early', { period: period.id })
  if (input.measureId !== null && (await readMeasures(ctx, [input.measureId])).size === 0) throw notFound()
  const id = newId()
  const laid = await ctx.db
    .insertInto('indicators.periodLock')
    .values({ id, agencyId, ...input, lockedBy: ctx.actor.personId, lockedAt: ctx.now })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (laid === undefined) throw conflict('indicators.locked-already', { period: period.id })
  const of = { kind: 'indicators.period-lock', id, agencyId }
  await ctx.record('indicators.period-locked', of, { period: period.id, measureId: input.measureId })
  return { id }
}

/** Opens a period one's own body locked, with the reason. @throws notFound; conflict `indicators.lock-ended` */
export async function endLock(ctx: Context, id: string, reason: string): Promise<void> {
  const row = await ctx.db
    .selectFrom('indicators.periodLock')
    .select(['agencyId', 'period', 'endedAt'])
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  if (row.endedAt !== null) throw conflict('indicators.lock-ended')
  const end = { endedBy: ctx.actor.personId, endedAt: ctx.now, endReason: reason }
  await ctx.db.updateTable('indicators.periodLock').set(end).where('id', '=', id).execute()
  const of = { kind: 'indicators.period-lock', id, agencyId: row.agencyId }
  await ctx.record('indicators.period-opened', of, { period: row.period })
}

/** Locks that hold for the acting body, or that it or bodies within its reach set; those that ended too. */
export async function listLocks(ctx: Context, of: { period?: string | undefined }): Promise<PeriodLock[]> {
  const period = of.period ?? null
  const { rows } = await sql<PeriodLock>`
    select l.id, l.period, l.measure_id, l.agency_id, ${nameOfBody(sql`l.agency_id`, ctx.today)} as agency_name,
      (l.agency_id = ${ctx.actor.agencyId}::uuid) is true as is_own,
      exists (select 1 from platform.reach r where r.agency_id = ${ctx.actor.agencyId}::uuid and r.viewer_id = l.agency_id) as is_binding, l.reason, l.locked_at, l.ended_at, l.end_reason
    from indicators.period_lock l where ${period}::text is null or l.period = ${period}
    order by l.ended_at is not null, l.locked_at desc, l.id limit 500`.execute(ctx.db)
  return rows
}
