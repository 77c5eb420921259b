import { requireTwoPersons } from '#access'
import { acceptReported } from '#indicators'
import { conflict, forbidden, notFound, type Context } from '#platform'
import { vintagesIn } from '../../reports/commands/review.ts'
import { lockReport, readContent } from '../../reports/store.ts'
import { noteTaken, reportRecord } from '../store.ts'

/**
 * Approves the report of the body whose regime it is, which goes to nobody: what it says counts from now on. By another person than
 * who signed and sent it.
 *
 * @throws notFound; conflict `reporting.goes-to-a-receiver`, `reporting.not-in-that-state`, `platform.stale-version`, those of figures;
 *   forbidden `access.second-person-needed`
 */
export async function approveReport(ctx: Context, id: string, number: number): Promise<void> {
  const report = await lockReport(ctx, id, 'own')
  if (report.receiverId !== null) throw conflict('reporting.goes-to-a-receiver')
  if (report.state !== 'submitted') throw conflict('reporting.not-in-that-state', { state: report.state })
  if (report.number !== number) throw conflict('platform.stale-version')
  const signed = await ctx.db
    .selectFrom('reporting.submission')
    .select(['signedBy', 'submittedBy'])
    .where('reportId', '=', id)
    .where('number', '=', number)
    .executeTakeFirst()
  if (signed === undefined) throw notFound()
  requireTwoPersons(ctx.actor.personId, [signed.signedBy, signed.submittedBy])
  const refused = await acceptReported(ctx, vintagesIn(await readContent(ctx, id, number)))
  if (refused?.code === 'access.second-person-needed') throw forbidden(refused.code)
  if (refused !== null) throw conflict(refused.code, refused.params)
  await ctx.db
    .updateTable('reporting.report')
    .set({
      ...{ state: 'approved', acceptedNumber: number, acceptedAt: ctx.now, version: report.version + 1 },
      ...{ openLines: null, dueOn: null, reopenedUntil: null },
    })
    .where('id', '=', id)
    .execute()
  await noteTaken(ctx, report, { kind: 'approved' })
  await ctx.record('reporting.report-approved', reportRecord(report), { number })
}
