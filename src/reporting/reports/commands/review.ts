import { sql } from 'kysely'
import { requireTwoPersons } from '#access'
import { acceptReported, giveBackReported } from '#indicators'
import { conflict, forbidden, invalid, notFound, Problem, type Catalogue, type Context } from '#platform'
import {
  ReturnedLine,
  type AcceptedReports,
  type MarkLine,
  type ReportContent,
  type ReturnReport,
} from '../../model.ts'
import { withdrawFromReport } from '../../obstacles/of-report.ts'
import { requireSigning } from '../signing.ts'
import { linesOf, requireState, withdrawnTo } from '../rules.ts'
import { keepStep, lockReport, readContent, type HeldReport } from '../store.ts'

/** The vintages a submission quotes, of all lines or some. */
export function vintagesIn(content: ReportContent, isMeant: (line: string) => boolean = () => true) {
  return content.sections.flatMap(({ key, content: said }) =>
    said.kind === 'quoted'
      ? said.lines.flatMap((line) =>
          line.cellId !== null && line.vintage !== null && isMeant(`${key}/${line.key}`)
            ? [{ cellId: line.cellId, vintage: line.vintage }]
            : [],
        )
      : [],
  )
}

/** The names of all lines of a submission, and of its sections as a whole. */
export function lineNames(content: ReportContent): Set<string> {
  return new Set(
    content.sections.flatMap(({ key, content: said }) => [
      `${key}/*`,
      ...(said.kind === 'quoted' ? said.lines.map((line) => line.key) : linesOf(said).map(({ line }) => line)).map(
        (line) => `${key}/${line}`,
      ),
    ]),
  )
}

/**
 * Takes a report back before anybody began to review it, by whoever may sign it; it can be changed as before. What was sent stays, and
 * counts for nothing. @throws forbidden `reporting.may-not-sign`
 */
export async function withdrawReport(ctx: Context, id: string, number: number): Promise<void> {
  const report = await lockReport(ctx, id, 'own')
  requireState(report.state, 'withdraw')
  requireNumber(report, number)
  await requireSigning(ctx, report.regimeId)
  const content = await readContent(ctx, id, number)
  await giveBackReported(ctx, vintagesIn(content), { reason: 'reporting.withdrawn' })
  await withdrawFromReport(ctx, report, number)
  await setState(ctx, report, { state: withdrawnTo(report), isNil: false })
  await keepStep(ctx, report, { kind: 'withdrawn' })
  await recordAct(ctx, report, 'reporting.report-withdrawn')
}

/** Keeps that somebody of the receiving side opened a submission. */
export async function keepSeen(ctx: Context, id: string, number: number): Promise<void> {
  const { rows } = await sql<{ agencyId: string }>`
    select s.agency_id from reporting.submission s join reporting.report r on r.id = s.report_id join reporting.obligation o on o.id = r.obligation_id
    where s.report_id = ${id}::uuid and s.number = ${number} and o.receiver_id = ${ctx.actor.agencyId}::uuid`.execute(
    ctx.db,
  )
  const [row] = rows
  if (row === undefined) throw notFound()
  await sql`insert into reporting.seen (report_id, number, person_id, agency_id, by_agency_id, first_at, last_at)
    values (${id}::uuid, ${number}, ${ctx.actor.personId}::uuid, ${row.agencyId}::uuid, ${ctx.actor.agencyId}::uuid, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)
    on conflict (report_id, number, person_id) do update set last_at = excluded.last_at`.execute(ctx.db)
  await ctx.record('reporting.report-seen', { kind: 'reporting.report', id, agencyId: row.agencyId }, { number })
}

/** Begins the review: from now on the report cannot be withdrawn. */
export async function beginReview(ctx: Context, id: string, number: number): Promise<void> {
  const report = await lockReport(ctx, id, 'receiver')
  requireState(report.state, 'review')
  requireNumber(report, number)
  await setState(ctx, report, { state: 'in-review' })
  await keepStep(ctx, report, { kind: 'review-begun' })
  await recordAct(ctx, report, 'reporting.review-begun')
}

/** Marks a line to be returned with its reason, or takes the mark off; the first mark begins the review. */
export async function markLine(ctx: Context, id: string, { number, line, reason }: MarkLine): Promise<void> {
  const report = await lockReport(ctx, id, 'receiver')
  requireState(report.state, 'mark')
  requireNumber(report, number)
  if (report.state === 'submitted') {
    await setState(ctx, report, { state: 'in-review' })
    await keepStep(ctx, report, { kind: 'review-begun' })
  }
  if (reason === null)
    await sql`delete from reporting.line_mark where report_id = ${id}::uuid and number = ${number} and line = ${line}`.execute(
      ctx.db,
    )
  else {
    if (!(await mayBeMarked(ctx, report, line))) throw invalid('reporting.no-such-line')
    await sql`insert into reporting.line_mark (report_id, number, line, agency_id, reason, by_agency_id, marked_by, marked_at)
      values (${id}::uuid, ${number}, ${line}, ${report.agencyId}::uuid, ${reason}, ${ctx.actor.agencyId}::uuid, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz)
      on conflict (report_id, number, line) do update set reason = excluded.reason, marked_by = excluded.marked_by, marked_at = excluded.marked_at`.execute(
      ctx.db,
    )
  }
  await recordAct(ctx, report, reason === null ? 'reporting.mark-removed' : 'reporting.line-marked', { line })
}

/** A line that was said, a row the form asks and nobody answered, or a section as a whole. */
async function mayBeMarked(ctx: Context, report: HeldReport, line: string): Promise<boolean> {
  if (lineNames(await readContent(ctx, report.id, report.number)).has(line)) return true
  return report.form.sections.some((section) => {
    if (line === `${section.key}/*`) return true
    if (section.kind === 'figures') return section.rows.some(({ key }) => line === `${section.key}/${key}`)
    if (section.kind !== 'money') return false
    return section.rows.some(({ key }) => section.sources.some((one) => line === `${section.key}/${key}:${one.key}`))
  })
}

/**
 * Returns a report with its marked lines and a new due day: only these lines can be changed, the rest is taken over. A nil report that
 * comes back is open as a whole. What was opened by an order is open until the new due day; nothing else goes back in a closed round,
 * where it could not be sent again.
 * @throws invalid `reporting.nothing-marked`, `reporting.due-day-past`; conflict `reporting.round-closed`
 */
export async function returnReport(ctx: Context, id: string, { number, dueOn, reason }: ReturnReport): Promise<void> {
  const report = await lockReport(ctx, id, 'receiver')
  requireState(report.state, 'return')
  requireNumber(report, number)
  const isByOrder = report.reopenedUntil !== null
  if (!isByOrder && report.roundState !== 'open') throw conflict('reporting.round-closed')
  if (dueOn < ctx.today) throw invalid('reporting.due-day-past')
  const lines = await readMarks(ctx, id, number)
  if (lines.length === 0) throw invalid('reporting.nothing-marked')
  const content = await readContent(ctx, id, number)
  const names = new Set(lines.map(({ line }) => line))
  const isMarked = (line: string) => names.has(line) || names.has(`${line.split('/')[0] ?? ''}/*`)
  await giveBackReported(ctx, vintagesIn(content, isMarked), { reason: lines[0]?.reason ?? '' })
  const isNil = content.sections.length === 0
  await setState(ctx, report, {
    ...{ state: 'returned', dueOn, openLines: isNil ? null : [...names], isNil: false },
    ...(isByOrder ? { reopenedUntil: dueOn } : {}),
  })
  await sql`delete from reporting.line_mark where report_id = ${id}::uuid`.execute(ctx.db)
  await keepStep(ctx, report, { kind: 'returned', lines, reason, dueOn })
  await recordAct(ctx, report, 'reporting.report-returned', { lines: lines.length, dueOn })
}

/** Marks of a submission, in the order of their lines. */
export async function readMarks(ctx: Context, id: string, number: number): Promise<ReturnedLine[]> {
  const rows = await ctx.db
    .selectFrom('reporting.lineMark')
    .select(['line', 'reason'])
    .where('reportId', '=', id)
    .where('number', '=', number)
    .orderBy('line')
    .execute()
  return rows.map((row) => ReturnedLine.parse(row))
}

/**
 * Accepts a submission: what it says counts from now on, its figures with it. Whoever signed it does not accept it.
 * @throws conflict `reporting.lines-are-marked`, those of figures; forbidden `access.second-person-needed`
 */
export async function acceptReport(
  ctx: Context,
  id: string,
  { number, onlyClean }: { number: number; onlyClean: boolean },
): Promise<void> {
  const report = await lockReport(ctx, id, 'receiver')
  requireState(report.state, 'accept')
  requireNumber(report, number)
  const signed = await ctx.db
    .selectFrom('reporting.submission')
    .select(['signedBy', 'submittedBy'])
    .where('reportId', '=', id)
    .where('number', '=', number)
    .executeTakeFirst()
  requireTwoPersons(ctx.actor.personId, [signed?.signedBy ?? null, signed?.submittedBy ?? null])
  if ((await readMarks(ctx, id, number)).length > 0) throw conflict('reporting.lines-are-marked')
  const content = await readContent(ctx, id, number)
  if (onlyClean) requireClean(content)
  const refused = await acceptReported(ctx, vintagesIn(content))
  if (refused?.code === 'access.second-person-needed') throw forbidden(refused.code)
  if (refused !== null) throw conflict(refused.code, refused.params)
  await ctx.db
    .updateTable('reporting.report')
    .set({
      ...{ state: 'accepted', acceptedNumber: number, acceptedAt: ctx.now, openLines: null, dueOn: null },
      ...{ reopenedUntil: null, version: report.version + 1 },
    })
    .where('id', '=', id)
    .execute()
  await keepStep(ctx, report, { kind: 'accepted' })
  await recordAct(ctx, report, 'reporting.report-accepted')
}

/** @throws conflict `reporting.has-warnings` where something was strange enough to be explained: a person reads it */
function requireClean(content: ReportContent): void {
  const explained = content.sections.some(
    ({ content: said }) => said.kind === 'quoted' && said.lines.some(({ explanation }) => explanation !== ''),
  )
  if (explained) throw conflict('reporting.has-warnings')
}

/** Accepts many at once, each for itself: those with something to read, and those not as they were seen, are left with their reason. */
export async function acceptReports(
  ctx: Context,
  reports: readonly { id: string; number: number }[],
  say: Catalogue,
): Promise<AcceptedReports> {
  const rows: AcceptedReports['rows'] = []
  // In one order, so that two batches never wait for each other.
  for (const { id, number } of reports.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    try {
      await acceptReport(ctx, id, { number, onlyClean: true })
      rows.push({ id, ok: true, code: null, title: null })
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault
      rows.push({ id, ok: false, code: fault.code, title: say(ctx.language, fault.code, fault.params) })
    }
  }
  const byId = new Map(rows.map((row) => [row.id, row]))
  const accepted = rows.filter(({ ok }) => ok).length
  await ctx.record(
    'reporting.reports-accepted',
    { kind: 'reporting.reports', id: null, agencyId: ctx.actor.agencyId, ...(accepted === 0 ? { refused: true } : {}) },
    { accepted, refused: rows.length - accepted },
  )
  return { accepted, rows: reports.flatMap(({ id }) => byId.get(id) ?? []) }
}

/** @throws conflict `platform.stale-version` where another submission came meanwhile */
function requireNumber(report: HeldReport, number: number): void {
  if (report.number !== number) throw conflict('platform.stale-version')
}

type Changed = Pick<HeldReport, 'state'> &
  Partial<Pick<HeldReport, 'dueOn' | 'openLines' | 'reopenedUntil'>> & { isNil?: boolean }

async function setState(ctx: Context, report: HeldReport, changed: Changed): Promise<void> {
  await ctx.db
    .updateTable('reporting.report')
    .set({ ...changed, version: report.version + 1 })
    .where('id', '=', report.id)
    .execute()
}

function recordAct(ctx: Context, report: HeldReport, action: string, params: Record<string, string | number> = {}) {
  return ctx.record(
    action,
    { kind: 'reporting.report', id: report.id, agencyId: report.agencyId },
    { number: report.number, ...params },
  )
}
