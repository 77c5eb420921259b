import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { listFiles, Problem, type Context } from '#platform'
import type { ProgressState, ProgressStatus, SaidProgress } from '../model.ts'
import { saveProgress, submitProgress } from '../commands/progress.ts'
import { workVisible } from '../store/visible.ts'
import { nameOf, type Planned } from './rules.ts'

/** A piece of work of the acting body with what it says of it and has not yet been accepted. */
export type ReportedWork = {
  id: string
  name: string
  /** Reported on here, by the acting body. What others do, and joined work at its other plans, is only seen. */
  isHere: boolean
  planTitle: string
  planNumber: string | null
  path: string
  text: string
  period: string
  dueOn: string | null
  doneOn: string | null
  /** As last accepted. */
  status: ProgressStatus
  open: (SaidProgress & { id: string; version: number; isSentBefore: boolean }) | null
}

type Row = Omit<ReportedWork, 'open' | 'name'> & {
  progressId: string | null
  openStatus: ProgressStatus | null
  narrative: string | null
  evidenceNote: string | null
  state: ProgressState | null
  version: number | null
  submittedAt: string | null
}

/** The acting body's own pieces of work, of all plans or of one, the most urgent first; joined work where it is entered. */
export async function listReportedWork(
  ctx: Context,
  of: { planId?: string | undefined; ids?: string[] | undefined; isOpen?: boolean; limit: number },
): Promise<ReportedWork[]> {
  return readWork(
    ctx,
    sql<SqlBool>`${isReportedHere(ctx)} and o.cancelled_on is null
      and ${of.planId === undefined ? sql`true` : sql`o.plan_id = ${of.planId}::uuid`}
      and ${of.ids === undefined ? sql`true` : sql`o.id = any (${of.ids}::uuid[])`}
      and ${of.isOpen === true ? sql`o.done_on is null` : sql`true`}`,
    of.limit,
  )
}

/** Work within sight, whoever reports on it, as a file of the list of tasks holds it. */
export async function listSeenWork(ctx: Context, ids: string[]): Promise<ReportedWork[]> {
  const isSeen = sql<SqlBool>`(${workVisible(ctx, 'o')} or ${isReportedHere(ctx)})`
  return readWork(ctx, sql`o.id = any (${ids}::uuid[]) and o.cancelled_on is null and ${isSeen}`, ids.length)
}

function isReportedHere(ctx: Context): RawBuilder<SqlBool> {
  return sql`(o.agency_id = ${ctx.actor.agencyId}::uuid and (o.joined_id is null or o.joined_id = o.id))`
}

async function readWork(ctx: Context, where: RawBuilder<SqlBool>, limit: number): Promise<ReportedWork[]> {
  const { rows } = await sql<Row>`
    select o.id, ${isReportedHere(ctx)} as is_here, p.title as plan_title, p.number as plan_number, n.path, n.text, o.period, o.due_on, o.done_on, o.status,
      g.id as progress_id, g.status as open_status, g.narrative, g.evidence_note, g.state, g.version, g.submitted_at
    from plans.occurrence o join plans.plan p on p.id = o.plan_id
    join lateral (select nv.path, nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    left join lateral (select * from plans.progress g where g.occurrence_id = o.id and g.state <> 'accepted'
      and (o.agency_id = ${ctx.actor.agencyId}::uuid or g.agency_id = ${ctx.actor.agencyId}::uuid) order by g.created_at desc limit 1) g on true
    where ${where} order by (o.done_on is null) desc, o.due_on nulls last, o.id limit ${limit}`.execute(ctx.db)
  return rows.map(({ progressId, openStatus, narrative, evidenceNote, state, version, submittedAt, ...work }) => ({
    ...work,
    name: nameOf(work),
    open:
      progressId === null || openStatus === null || state === null || version === null
        ? null
        : {
            id: progressId,
            status: openStatus,
            narrative: narrative ?? '',
            evidenceNote,
            state,
            version,
            isSentBefore: submittedAt !== null,
          },
  }))
}

/** What a body says of its work now, as a change compares it. */
export function saidOf(work: ReportedWork): SaidProgress | null {
  if (work.open === null) return null
  const { status, narrative, evidenceNote, state } = work.open
  return { status, narrative, evidenceNote, state }
}

/**
 * Saves progress as a set says, and sends it where that was chosen; work that was reported on meanwhile is left.
 * Undoing restores drafts; what was sent is before its checker and stays.
 */
export async function applyProgress(
  ctx: Context,
  changes: readonly Planned[],
  isSent: boolean,
): Promise<Map<number, string>> {
  const left = new Map<number, string>()
  const ids = changes.map((planned) => planned.recordId)
  await ctx.db
    .selectFrom('plans.occurrence')
    .select('id')
    .where('id', 'in', ids)
    .where('agencyId', '=', ctx.actor.agencyId)
    .orderBy('id')
    .forUpdate()
    .execute()
  const works = new Map((await listReportedWork(ctx, { ids, limit: ids.length })).map((work) => [work.id, work]))
  for (const [at, planned] of changes.entries()) {
    const fault = await applyOne(ctx, works.get(planned.recordId), planned, isSent)
    if (fault !== undefined) left.set(at, fault)
  }
  return left
}

async function applyOne(
  ctx: Context,
  work: ReportedWork | undefined,
  { change, seenVersion }: Planned,
  isSent: boolean,
): Promise<string | undefined> {
  if (change.field !== 'progress' || work === undefined) return 'plans.change-record-gone'
  const now = saidOf(work)
  const isSameVersion = seenVersion === null || seenVersion === (work.open?.version ?? 0)
  if (!isSameVersion || !isSameSaid(now, change.was))
    return now?.state === 'submitted' ? 'plans.change-already-sent' : 'plans.changed-since'
  if (change.becomes === null) return takeBack(ctx, work)
  if (isSent && change.becomes.narrative === '') return 'plans.progress-says-nothing'
  try {
    const { status, narrative, evidenceNote } = change.becomes
    const saved = await saveProgress(ctx, work.id, {
      status,
      narrative,
      evidenceNote,
      version: work.open?.version ?? null,
    })
    if (isSent) await submitProgress(ctx, saved.id, saved.version)
    if (!isSent && change.becomes.state === 'returned') await returnAgain(ctx, saved)
    return undefined
  } catch (fault) {
    if (fault instanceof Problem) return fault.code
    throw fault
  }
}

function isSameSaid(one: SaidProgress | null, other: SaidProgress | null): boolean {
  if (one === null || other === null) return one === other
  return (
    one.status === other.status &&
    one.narrative === other.narrative &&
    one.evidenceNote === other.evidenceNote &&
    one.state === other.state
  )
}

/** Takes away a draft that an import began, unless evidence was laid under it or it was ever sent. */
async function takeBack(ctx: Context, work: ReportedWork): Promise<string | undefined> {
  const { open } = work
  if (open === null || open.state !== 'draft' || open.isSentBefore) return 'plans.change-already-sent'
  const evidence = await listFiles(ctx, 'plans.progress', [open.id])
  if (evidence.length > 0) return 'plans.changed-since'
  await ctx.db.deleteFrom('plans.progress').where('id', '=', open.id).execute()
  await ctx.record('plans.progress-taken-back', {
    kind: 'plans.progress',
    id: open.id,
    agencyId: ctx.actor.agencyId,
  })
  return undefined
}

/** An update that had come back and was only corrected by what is undone stands as returned again. */
async function returnAgain(ctx: Context, { id, version }: { id: string; version: number }): Promise<void> {
  await ctx.db
    .updateTable('plans.progress')
    .set({ state: 'returned' })
    .where('id', '=', id)
    .where('version', '=', version)
    .execute()
}
