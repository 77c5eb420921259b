import { sql } from 'kysely'
import { conflict, forbidden, invalid, notFound, type Context } from '#platform'
import { readPeriod, type Calendar } from '../model.ts'
import { readAnswering } from '../store.ts'
import { enqueueCheck } from './check.ts'
import { settleFindings } from './tell.ts'

/**
 * The body says why a figure is right all the same.
 * @throws forbidden `indicators.no-body`; notFound for another's; conflict `indicators.finding-answered`
 */
export async function confirmFinding(ctx: Context, id: string, explanation: string): Promise<void> {
  if (ctx.actor.agencyId === null) throw forbidden('indicators.no-body')
  const { bodyIds } = await readAnswering(ctx)
  const row = await ctx.db
    .selectFrom('indicators.finding')
    .select(['agencyId', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined || !bodyIds.has(row.agencyId)) throw notFound()
  if (row.state !== 'open') throw conflict('indicators.finding-answered')
  const answer = { explanation, answeredBy: ctx.actor.personId, answeredAt: ctx.now }
  await ctx.db
    .updateTable('indicators.finding')
    .set({ state: 'confirmed', ...answer })
    .where('id', '=', id)
    .execute()
  await settleFindings(ctx, [row.agencyId])
  await ctx.record('indicators.finding-confirmed', { kind: 'indicators.finding', id, agencyId: row.agencyId }, {})
}

/**
 * Lets the figures of a period of all bodies within reach be held against the rules anew.
 * @returns the job's id
 * @throws forbidden `indicators.no-body`; invalid `indicators.unknown-period`; conflict `indicators.nothing-to-check`
 */
export async function askCheck(
  ctx: Context,
  period: string,
  calendars: readonly Calendar[],
): Promise<{ jobId: string }> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw forbidden('indicators.no-body')
  if (readPeriod(period, calendars) === undefined) throw invalid('indicators.unknown-period', { period })
  const { rows } = await sql<{ agencyId: string }>`
    select distinct c.agency_id from indicators.cell c where c.period = ${period} and c.agency_id in (select platform.reached())`.execute(
    ctx.db,
  )
  if (rows.length === 0) throw conflict('indicators.nothing-to-check', { period })
  const jobId = await enqueueCheck(ctx, { periods: [period], agencyIds: rows.map((row) => row.agencyId) })
  await ctx.record(
    'indicators.check-asked',
    { kind: 'indicators.figures', id: null, agencyId },
    { period, bodies: rows.length },
  )
  return { jobId }
}
