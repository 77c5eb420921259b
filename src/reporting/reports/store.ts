import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { newId, notFound, type Context } from '#platform'
import {
  FormDefinition,
  ReportContent,
  SectionContent,
  type ReportState,
  type ReturnedLine,
  type SectionContent as Content,
} from '../model.ts'
import { canonical } from './rules.ts'

/** A report with what it is of, as commands need it. */
export type HeldReport = {
  id: string
  obligationId: string
  obligationState: 'owed' | 'exempt' | 'merged' | 'withdrawn'
  roundId: string
  roundState: 'open' | 'closed'
  regimeId: string
  period: string
  periodFrom: string
  periodTo: string
  formId: string
  form: FormDefinition
  agencyId: string
  receiverId: string | null
  unitId: string
  /** That of the obligation, or the one given with a return. */
  dueOn: string
  graceDays: number
  state: ReportState
  /** Of the submission that stands; while it is open again, of the newest. */
  number: number
  acceptedNumber: number | null
  openLines: string[] | null
  reopenedUntil: string | null
  version: number
}

/**
 * A report, of which the acting body is the writer or the receiver; locked for the rest of the transaction.
 * @throws notFound where it is neither, or of a round that is not for its eyes
 */
export async function lockReport(ctx: Context, id: string, as: 'own' | 'receiver'): Promise<HeldReport> {
  const mine = ctx.actor.agencyId
  // The report is locked first and read after: what another did while one waited is seen.
  const { rows: held } = await sql<{ id: string }>`
    select r.id from reporting.report r where r.id = ${id}::uuid for update`.execute(ctx.db)
  if (held.length === 0) throw notFound()
  const report = await findReport(ctx, id)
  if (report === undefined || mine === null) throw notFound()
  if ((as === 'own' ? report.agencyId : report.receiverId) !== mine) throw notFound()
  return report
}

/** Of report `r` the submission that stands: what was accepted, also after an amended version that was never accepted; else the newest. */
export const standingNumber = sql`case when r.state in ('accepted', 'approved', 'locked') then coalesce(r.accepted_number, r.number) else r.number end`

/** A report within sight, not locked. */
export async function findReport(ctx: Context, id: string): Promise<HeldReport | undefined> {
  const { rows } = await sql<Omit<HeldReport, 'form'> & { form: unknown }>`
    select r.id, r.obligation_id, o.state as obligation_state, o.round_id, n.state as round_state, n.regime_id, n.period, n.period_from, n.period_to, n.form_id,
      f.definition as form, o.agency_id, o.receiver_id, o.unit_id, coalesce(r.due_on, o.due_on) as due_on,
      coalesce((n.dates->>'graceDays')::integer, 0) as grace_days, r.state, ${standingNumber} as number, r.accepted_number,
      r.open_lines, r.reopened_until, r.version
    from reporting.report r join reporting.obligation o on o.id = r.obligation_id join reporting.round n on n.id = o.round_id
    join reporting.form f on f.id = n.form_id where r.id = ${id}::uuid`.execute(ctx.db)
  const [row] = rows
  return row && { ...row, form: FormDefinition.parse(row.form) }
}

export type HeldSection = {
  key: string
  content: Content
  version: number
  savedBy: string
  savedAt: string
  /** All who ever saved it. */
  writers: string[]
}

/** What is being written, by section. */
export async function readSections(ctx: Context, reportId: string): Promise<Map<string, HeldSection>> {
  const rows = await ctx.db
    .selectFrom('reporting.draftSection')
    .select(['section as key', 'content', 'version', 'savedBy', 'savedAt', 'writers'])
    .where('reportId', '=', reportId)
    .execute()
  return new Map(rows.map((row) => [row.key, { ...row, content: SectionContent.parse(row.content) }]))
}

/** Writes a section of a draft, over the version that was read under the report's lock; whoever writes it is one of its writers from now on. */
export async function writeSection(
  ctx: Context,
  of: { reportId: string; section: string; held: HeldSection },
  content: Content,
): Promise<number> {
  const version = of.held.version + 1
  const writers = [...new Set([...of.held.writers, ctx.actor.personId])]
  await ctx.db
    .updateTable('reporting.draftSection')
    .set({
      ...{ content: JSON.stringify(content), savedBy: ctx.actor.personId, savedAt: ctx.now },
      ...{ writers, version },
    })
    .where('reportId', '=', of.reportId)
    .where('section', '=', of.section)
    .execute()
  return version
}

/** What one submission said. @throws notFound */
export async function readContent(ctx: Context, reportId: string, number: number): Promise<ReportContent> {
  const row = await ctx.db
    .selectFrom('reporting.submission')
    .select('content')
    .where('reportId', '=', reportId)
    .where('number', '=', number)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return ReportContent.parse(row.content)
}

/** Keeps what happened to a report. */
export async function keepStep(
  ctx: Context,
  report: Pick<HeldReport, 'id' | 'agencyId'> & { number: number },
  step: {
    kind: 'submitted' | 'withdrawn' | 'review-begun' | 'returned' | 'accepted'
    lines?: readonly ReturnedLine[]
    reason?: string | null
    dueOn?: string
  },
): Promise<void> {
  await ctx.db
    .insertInto('reporting.step')
    .values({
      ...{ id: newId(), reportId: report.id, number: report.number, agencyId: report.agencyId, kind: step.kind },
      lines: step.lines === undefined ? null : JSON.stringify(step.lines),
      ...{ reason: step.reason ?? null, dueOn: step.dueOn ?? null },
      ...{ byAgencyId: ctx.actor.agencyId, takenBy: ctx.actor.personId, takenAt: ctx.now },
    })
    .execute()
}

/** What a submission is known by: SHA-256 of its content in canonical JSON. */
export function digestOf(content: ReportContent): string {
  return createHash('sha256').update(canonical(content)).digest('hex')
}
