import { sql } from 'kysely'
import { z } from 'zod'
import type { DecimalSign } from '#indicators'
import { conflict, invalid, notFound, type Context } from '#platform'
import { compareWith, takeCompared, writtenReport, type Looked, type Taking, type WorkbookParts } from '../commands.ts'
import type { WorkbookReading } from '../model.ts'
import type { OpenLine } from '../open.ts'
import { madeFrom } from '../write.ts'
import { jointRound, owedJointly } from './known.ts'

/**
 * Hands parts of a workbook that was looked at to their bodies; an older one that still waits there from the same hand gives way.
 * @returns to how many
 * @throws notFound; conflict `reporting.workbook-looked-otherwise` where one was handed over or forgotten meanwhile, or may no longer be written
 */
export async function handParts(
  ctx: Context,
  roundId: string,
  partIds: readonly string[],
): Promise<{ handed: number }> {
  await jointRound(ctx, roundId)
  const own = ctx.actor.agencyId
  const ids = [...new Set(partIds)]
  await sql`
    update reporting.workbook_part p set state = 'replaced', ended_by = ${ctx.actor.personId}::uuid, ended_at = ${ctx.now}::timestamptz
    where p.state = 'waiting' and p.from_agency_id = ${own}::uuid and p.round_id = ${roundId}::uuid
      and p.obligation_id in (select q.obligation_id from reporting.workbook_part q where q.id = any (${ids}::uuid[]) and q.state = 'looked')`.execute(
    ctx.db,
  )
  const open = (await owedJointly(ctx, roundId)).map(({ obligationId }) => obligationId)
  const { rows } = await sql<{ id: string }>`
    update reporting.workbook_part p set state = 'waiting', handed_at = ${ctx.now}::timestamptz
    from reporting.obligation o where o.id = p.obligation_id and o.state = 'owed' and o.receiver_id = ${own}::uuid and o.agency_id = p.agency_id
      and p.id = any (${ids}::uuid[]) and p.state = 'looked' and p.from_agency_id = ${own}::uuid and p.round_id = ${roundId}::uuid
      and p.obligation_id = any (${open}::uuid[])
    returning p.id`.execute(ctx.db)
  if (rows.length !== ids.length) throw conflict('reporting.workbook-looked-otherwise')
  await ctx.record(
    'reporting.workbook-parts-handed',
    { kind: 'reporting.round', id: roundId, agencyId: own },
    { bodies: rows.length },
  )
  return { handed: rows.length }
}

/** What a part that was handed over would change in one's own draft. @throws as `lookAtWorkbook`; notFound */
export async function lookAtPart(ctx: Context, id: string, parts: WorkbookParts): Promise<WorkbookReading> {
  return (await compared(ctx, await ownPart(ctx, id), parts)).told
}

/**
 * Takes chosen lines of a part into one's own draft; it goes on waiting while something of it could still be taken.
 * @throws those of `lookAtPart` and `takeCompared`
 */
export async function takePart(
  ctx: Context,
  id: string,
  { parts, ...taking }: { parts: WorkbookParts } & Taking,
): Promise<WorkbookReading> {
  const looked = await compared(ctx, await ownPart(ctx, id, 'locked'), parts)
  const taken = await takeCompared(ctx, looked, taking)
  const open = looked.compared.changes.filter(({ kind }) => kind !== 'held').length
  if (taken >= open) await endPart(ctx, id, 'taken')
  const { report, told } = looked
  await ctx.record(
    'reporting.workbook-part-taken',
    { kind: 'reporting.report', id: report.id, agencyId: report.owed.agencyId },
    { cells: taken, findings: told.findings.length },
  )
  return { ...told, taken }
}

/** Leaves what a part says: it no longer waits. @throws notFound */
export async function leavePart(ctx: Context, id: string): Promise<void> {
  const { obligationId } = await ownPart(ctx, id, 'locked')
  await endPart(ctx, id, 'left')
  await ctx.record('reporting.workbook-part-left', {
    ...{ kind: 'reporting.obligation', id: obligationId, agencyId: ctx.actor.agencyId },
  })
}

const Lines: z.ZodType<OpenLine[]> = z.array(
  z.object({
    section: z.string(),
    line: z.string(),
    base: z.array(z.string()),
    sheet: z.string(),
    row: z.object({
      number: z.int(),
      cells: z.array(z.string()),
      odd: z.array(z.object({ column: z.int(), what: z.enum(['formula', 'merged']) })).optional(),
      numbers: z.array(z.int()).optional(),
    }),
    heads: z.int(),
  }),
) as z.ZodType<OpenLine[]>

async function compared(ctx: Context, part: Part, parts: WorkbookParts): Promise<Looked> {
  if (part.reportId === null) throw conflict('reporting.not-in-that-state', { state: 'draft' })
  const report = await writtenReport(ctx, part.reportId, parts)
  const made = madeFrom(report)
  if (made.form !== part.form) throw invalid('reporting.workbook-other-form')
  const book = { made, lines: Lines.parse(part.lines), beyond: [] }
  return compareWith(ctx, { report, book, sign: part.decimalSign }, parts)
}

type Part = {
  obligationId: string
  reportId: string | null
  form: string
  decimalSign: DecimalSign | null
  lines: unknown
}

/** A part that waits at the acting body. @throws notFound */
async function ownPart(ctx: Context, id: string, as: 'read' | 'locked' = 'read'): Promise<Part> {
  const { rows } = await sql<Part>`
    select p.obligation_id, r.id as report_id, p.form, p.decimal_sign, p.lines from reporting.workbook_part p
    left join reporting.report r on r.obligation_id = p.obligation_id
    where p.id = ${id}::uuid and p.agency_id = ${ctx.actor.agencyId}::uuid and p.state = 'waiting' ${as === 'locked' ? sql`for update of p` : sql``}`.execute(
    ctx.db,
  )
  const [part] = rows
  if (part === undefined) throw notFound()
  return part
}

async function endPart(ctx: Context, id: string, state: 'taken' | 'left'): Promise<void> {
  await ctx.db
    .updateTable('reporting.workbookPart')
    .set({ state, endedBy: ctx.actor.personId, endedAt: ctx.now })
    .where('id', '=', id)
    .execute()
}
