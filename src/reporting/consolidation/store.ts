import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { nameOfBody } from '#agencies'
import { newId, type Context } from '#platform'
import { ReportContent, type ObligationState, type ReportState } from '../model.ts'
import { lateFrom } from '../reports/rules.ts'
import type { HeldReport } from '../reports/store.ts'
import { changesTo, drawable, type Change, type KnownLine } from './draw.ts'

export const digestOf = (canonical: string): string => hash('sha256', canonical)

/** A body whose report is consolidated in another, as the tables have it. */
export type RowBelow = {
  obligationId: string
  agencyId: string
  agencyName: string
  tier: string
  dueOn: string
  /** As the obligation has it, whatever day a return has given since. */
  firstDueOn: string
  graceDays: number
  isRequested: boolean
  obligationState: ObligationState
  reason: string | null
  reportId: string | null
  state: ReportState | null
  number: number
  acceptedNumber: number | null
  isNil: boolean
  firstSubmittedAt: string | null
}

/** Bodies whose reports are consolidated in that of an obligation, those that have not reported first. */
export async function readBelow(ctx: Context, obligationId: string): Promise<RowBelow[]> {
  const { rows } = await sql<RowBelow>`
    select o.id as obligation_id, o.agency_id, ${nameOfBody(sql`o.agency_id`, ctx.today)} as agency_name, o.tier, coalesce(r.due_on, o.due_on) as due_on, o.due_on as first_due_on,
      coalesce((n.dates->>'graceDays')::integer, 0) as grace_days, o.is_requested, o.state as obligation_state, o.reason,
      r.id as report_id, r.state, coalesce(r.number, 0) as number, r.accepted_number, coalesce(r.is_nil, false) as is_nil, r.first_submitted_at
    from reporting.obligation o join reporting.round n on n.id = o.round_id left join reporting.report r on r.obligation_id = o.id
    where o.parent_id = ${obligationId}::uuid
    order by (o.state = 'owed' and r.accepted_number is null) desc, o.due_on, agency_name, o.id`.execute(ctx.db)
  return rows
}

/** Of reports, those accepted by an instant: what was only sent, or was returned, is in no report above yet. */
export async function acceptedBy(ctx: Context, reportIds: readonly string[], at: string): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('reporting.step')
    .select('reportId')
    .distinct()
    .where(sql<boolean>`report_id = any (${[...reportIds]}::uuid[])`)
    .where('kind', '=', 'accepted')
    .where('takenAt', '<=', at)
    .execute()
  return new Set(rows.map(({ reportId }) => reportId))
}

/** Whether a report came, or is not there yet, after its due day and the days of grace; a requested one is never called late. */
export function isLate(ctx: Context, row: RowBelow): boolean {
  if (row.isRequested || row.obligationState !== 'owed') return false
  const first = row.state === 'draft' ? null : row.firstSubmittedAt
  // What was sent is late by the day first set, also where it was returned and has another day since.
  if (first !== null) return ctx.dateOf(first) >= lateFrom(row.firstDueOn, row.graceDays)
  return ctx.today >= lateFrom(row.dueOn, row.graceDays)
}

/** Sections of which nothing is drawn: figures come by their totals, files stay where they are. */
const undrawn = ['quoted', 'attachments']

/** Contents of submissions, by `report number`. @param of.drawableOnly without the sections of which nothing is drawn: most of a report is figures */
export async function readContents(
  ctx: Context,
  wanted: readonly { reportId: string; number: number }[],
  of: { drawableOnly: boolean } = { drawableOnly: false },
): Promise<Map<string, ReportContent>> {
  if (wanted.length === 0) return new Map()
  const content = of.drawableOnly
    ? sql`jsonb_build_object('sections', (select coalesce(jsonb_agg(e.section order by e.at), '[]') from jsonb_array_elements(s.content -> 'sections') with ordinality e(section, at)
        where e.section #>> '{content,kind}' <> all (${undrawn}::text[])))`
    : sql`s.content`
  const { rows } = await sql<{ reportId: string; number: number; content: unknown }>`
    select s.report_id, s.number, ${content} as content from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("reportId" uuid, number integer)
    join reporting.submission s on s.report_id = w."reportId" and s.number = w.number`.execute(ctx.db)
  return new Map(rows.map((row) => [`${row.reportId} ${row.number}`, ReportContent.parse(row.content)]))
}

/** What a report has of lines below, by the report they are of. */
export async function readDrawn(ctx: Context, reportId: string): Promise<Map<string, KnownLine[]>> {
  const rows = await ctx.db
    .selectFrom('reporting.drawn')
    .select(['fromReportId as reportId', 'line', 'number', 'outcome', 'digest', 'amount'])
    .where('reportId', '=', reportId)
    .execute()
  const known = rows.map((row): KnownLine => ({ ...row, outcome: row.outcome === 'left' ? 'left' : 'taken' }))
  return Map.groupBy(known, (row) => row.reportId)
}

export type DifferenceBelow = { row: RowBelow; reportId: string; number: number; change: Change }

/** Every line of accepted reports below that differs from what a report has of it, and what they say. */
export async function readDifferences(
  ctx: Context,
  reportId: string,
  below: readonly RowBelow[],
): Promise<{ differences: DifferenceBelow[]; contents: Map<string, ReportContent>; known: Map<string, KnownLine[]> }> {
  const accepted = below.flatMap((row) =>
    row.reportId === null || row.acceptedNumber === null
      ? []
      : [{ row, reportId: row.reportId, number: row.acceptedNumber }],
  )
  const contents = await readContents(ctx, accepted, { drawableOnly: true })
  const known = await readDrawn(ctx, reportId)
  const differences = accepted.flatMap(({ row, ...of }) => {
    const content = contents.get(`${of.reportId} ${of.number}`)
    if (content === undefined) return []
    const changes = changesTo(drawable(content), known.get(of.reportId) ?? [], digestOf)
    return changes.map((change) => ({ row, ...of, change }))
  })
  return { differences, contents, known }
}

type Taken = {
  kind: 'consolidated' | 'approved' | 'locked' | 'reopened' | 'reopening-ended'
  lines?: readonly { line: string; reason: string }[]
  reason?: string
  orderNumber?: string
  orderOn?: string
  untilOn?: string
}

/** Keeps what happened to a report after it was accepted. */
export async function noteTaken(
  ctx: Context,
  report: Pick<HeldReport, 'id' | 'agencyId' | 'number'>,
  { kind, lines, ...step }: Taken,
): Promise<void> {
  await ctx.db
    .insertInto('reporting.step')
    .values({
      ...{ id: newId(), reportId: report.id, number: report.number, agencyId: report.agencyId, kind },
      ...{ lines: lines === undefined ? null : JSON.stringify(lines), ...step },
      ...{ byAgencyId: ctx.actor.agencyId, takenBy: ctx.actor.personId, takenAt: ctx.now },
    })
    .execute()
}

/** The record of the audit that tells of a report. */
export const reportRecord = ({ id, agencyId }: Pick<HeldReport, 'id' | 'agencyId'>) => ({
  ...{ kind: 'reporting.report', id, agencyId },
})
