import { sql } from 'kysely'
import { listPersonNames, may } from '#access'
import { notFound, type Context } from '#platform'
import { z } from 'zod'
import type { Reopening, Standing } from '../../model.ts'
import { findReport } from '../../reports/store.ts'

/** What may be done to a report after it was sent, and by which orders it was opened again. @throws notFound */
export async function getStanding(ctx: Context, id: string): Promise<Standing> {
  const report = await findReport(ctx, id)
  if (report === undefined) throw notFound()
  const { rows } = await sql<{ ownerId: string; below: boolean; signedBy: string | null }>`
    select o.owner_id, exists (select 1 from reporting.obligation b where b.parent_id = o.id) as below,
      (select s.signed_by from reporting.submission s where s.report_id = ${id}::uuid and s.number = ${report.number}) as signed_by
    from reporting.obligation o where o.id = ${report.obligationId}::uuid`.execute(ctx.db)
  const [of] = rows
  const mine = ctx.actor.agencyId
  const isOwn = report.agencyId === mine
  const isOwner = mine !== null && of?.ownerId === mine
  const isRoot = report.receiverId === null
  const isClosed = ['accepted', 'approved', 'locked'].includes(report.state)
  const isOthers = of?.signedBy !== ctx.actor.personId
  const mayDo = (permission: Parameters<typeof may>[1]) => may(ctx.actor, permission)
  return {
    hasBelow: of?.below === true,
    may: {
      approve: isOwn && isRoot && report.state === 'submitted' && isOthers && mayDo('reporting.approve-reports'),
      reopen: (isOwner || report.receiverId === mine) && mine !== null && isClosed && mayDo('reporting.reopen-reports'),
      lockRound:
        isOwn &&
        isRoot &&
        report.state === 'approved' &&
        report.roundState === 'open' &&
        mayDo('reporting.lock-rounds'),
      consolidate: isOwn && of?.below === true && mayDo('reporting.consolidate'),
    },
    reopenings: await reopeningsOf(ctx, id),
  }
}

const Lines = z.array(z.object({ line: z.string() })).nullable()

async function reopeningsOf(ctx: Context, id: string): Promise<Reopening[]> {
  const rows = await ctx.db
    .selectFrom('reporting.step')
    .select(['number', 'orderNumber', 'orderOn', 'reason', 'untilOn', 'lines', 'takenBy', 'takenAt'])
    .where('reportId', '=', id)
    .where('kind', '=', 'reopened')
    .orderBy('takenAt', 'desc')
    .execute()
  const names = await listPersonNames(
    ctx,
    rows.map(({ takenBy }) => takenBy),
  )
  return rows.flatMap(({ orderNumber, orderOn, reason, untilOn, lines, takenBy, takenAt, number }) =>
    orderNumber === null || orderOn === null || untilOn === null
      ? []
      : [
          {
            ...{ number, orderNumber, orderOn, reason: reason ?? '', until: untilOn, at: takenAt },
            ...{ lines: (Lines.parse(lines) ?? []).map(({ line }) => line), byName: names.get(takenBy) ?? null },
          },
        ],
  )
}
