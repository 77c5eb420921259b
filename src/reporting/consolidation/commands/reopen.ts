import { sql } from 'kysely'
import { giveBackReported } from '#indicators'
import { conflict, invalid, notFound, type Context } from '#platform'
import type { ReopenReport, ReportContent } from '../../model.ts'
import { lineNames, vintagesIn } from '../../reports/commands/review.ts'
import { asWritten, emptySection } from '../../reports/rules.ts'
import { findReport, readContent, type HeldReport } from '../../reports/store.ts'
import { noteTaken, reportRecord } from '../store.ts'

/** From which a report is opened again. */
const closed = ['accepted', 'approved', 'locked']

/**
 * Opens an accepted, approved or locked report again by an order, by the body it goes to or the one whose regime it is: the lines named,
 * or all of it, until a day. What was accepted goes on counting until an amended version is accepted in its place.
 *
 * @throws notFound; conflict `reporting.not-in-that-state`, `platform.stale-version`; invalid `reporting.no-such-line`,
 *   `reporting.due-day-past`, `reporting.order-to-come`
 */
export async function reopenReport(ctx: Context, id: string, input: ReopenReport): Promise<void> {
  const report = await lockForOrder(ctx, id)
  if (!closed.includes(report.state)) throw conflict('reporting.not-in-that-state', { state: report.state })
  if (report.number !== input.number) throw conflict('platform.stale-version')
  if (input.until < ctx.today) throw invalid('reporting.due-day-past')
  if (input.orderOn > ctx.today) throw invalid('reporting.order-to-come')
  const names = lineNames(await readContent(ctx, id, report.number))
  const sections = new Set(report.form.sections.map(({ key }) => `${key}/*`))
  const unknown = input.lines.find((line) => !names.has(line) && !sections.has(line))
  if (unknown !== undefined) throw invalid('reporting.no-such-line', { line: unknown })
  const { orderNumber, orderOn, reason, until } = input
  await ctx.db
    .updateTable('reporting.report')
    .set({
      ...{ state: 'reopened', reopenedUntil: until, dueOn: until, version: report.version + 1 },
      openLines: input.lines.length === 0 ? null : input.lines,
    })
    .where('id', '=', id)
    .execute()
  const lines = input.lines.map((line) => ({ line, reason }))
  const order = { orderNumber, orderOn, reason, untilOn: until }
  await noteTaken(ctx, report, { kind: 'reopened', ...(lines.length === 0 ? {} : { lines }), ...order })
  await ctx.record('reporting.report-reopened', reportRecord(report), { number: report.number, until })
}

/** A report the acting body may open again: it goes to it, or the regime is its own. @throws notFound */
async function lockForOrder(ctx: Context, id: string): Promise<HeldReport> {
  const { rows } = await sql<{ id: string }>`
    select r.id from reporting.report r join reporting.obligation o on o.id = r.obligation_id
    where r.id = ${id}::uuid and (o.receiver_id = ${ctx.actor.agencyId}::uuid or o.owner_id = ${ctx.actor.agencyId}::uuid) for update of r`.execute(
    ctx.db,
  )
  const report = rows.length === 0 ? undefined : await findReport(ctx, id)
  if (report === undefined) throw notFound()
  return report
}

/**
 * Ends what was opened until a day that is over and was not sent, or was returned and not sent again: the draft is again what was
 * accepted, and figures of an amended version count for nothing. To be called as the product
 * itself; safe to run twice.
 */
export async function endReopenings(ctx: Context): Promise<number> {
  const over = await ctx.db
    .selectFrom('reporting.report')
    .select('id')
    .where('state', 'in', ['reopened', 'returned'])
    .where('reopenedUntil', '<', ctx.today)
    .forUpdate()
    .execute()
  for (const { id } of over) {
    const report = await findReport(ctx, id)
    if (report === undefined || report.acceptedNumber === null) continue
    if (report.number !== report.acceptedNumber) {
      const amended = vintagesIn(await readContent(ctx, id, report.number))
      await giveBackReported(ctx, amended, { reason: 'reporting.reopening-ended', byAgencyId: report.agencyId })
    }
    const accepted = await readContent(ctx, id, report.acceptedNumber)
    await putBack(ctx, report, accepted)
    const settled = report.receiverId === null ? 'approved' : 'accepted'
    await ctx.db
      .updateTable('reporting.report')
      .set({
        ...{ state: report.roundState === 'closed' ? 'locked' : settled, openLines: null },
        ...{ dueOn: null, reopenedUntil: null, version: report.version + 1, isNil: accepted.sections.length === 0 },
      })
      .where('id', '=', id)
      .execute()
    await noteTaken(ctx, report, { kind: 'reopening-ended' })
    await ctx.record('reporting.reopening-ended', reportRecord(report), { number: report.number })
  }
  return over.length
}

async function putBack(ctx: Context, report: HeldReport, content: ReportContent): Promise<void> {
  for (const { key, kind } of report.form.sections) {
    // Of a nil report nothing was said in any of them.
    const said = content.sections.find((section) => section.key === key)?.content
    const written = said === undefined ? emptySection(kind) : asWritten(said)
    await ctx.db
      .updateTable('reporting.draftSection')
      .set((is) => ({ content: JSON.stringify(written), savedAt: ctx.now, version: is('version', '+', 1) }))
      .where('reportId', '=', report.id)
      .where('section', '=', key)
      .execute()
  }
}
