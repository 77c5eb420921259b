import { listPersonNames, may, namesOfAgencies } from '#access'
import { measureWords, readBefore, placeOf, targetsOf } from '#indicators'
import type { Calendar } from '#indicators/model'
import { notFound, type Catalogue, type Context } from '#platform'
import {
  ReportStep,
  ReturnedLine,
  type Finding,
  type ReportDetail,
  type RowFacts,
  type SubmissionHead,
} from '../../model.ts'
import { z } from 'zod'
import { actsFrom } from '../rules.ts'
import { readMarks } from '../commands/review.ts'
import { placedRows, quotedTotals } from '../figures.ts'
import { findIn } from '../findings.ts'
import { readPapers } from '../papers.ts'
import { waitingParts } from '../../workbooks/joint/waiting.ts'
import { findSigning } from '../signing.ts'
import { findReport, readSections, type HeldReport } from '../store.ts'
import { filesOf } from './files.ts'
import { findOwed } from './owed.ts'

/** A report with all that its page shows. @throws notFound */
export async function getReport(ctx: Context, id: string, calendars: readonly Calendar[]): Promise<ReportDetail> {
  const report = await findReport(ctx, id)
  const owed = await findOwed(ctx, id)
  if (report === undefined || owed === undefined) throw notFound()
  const isOwn = report.agencyId === ctx.actor.agencyId
  const isReceiver = report.receiverId !== null && report.receiverId === ctx.actor.agencyId
  const signing =
    isOwn && may(ctx.actor, 'reporting.sign-reports') ? await findSigning(ctx, report.regimeId) : undefined
  const isOpen = actsFrom.save.includes(report.state) && owed.obligationState === 'owed'
  return {
    ...{ id, version: report.version, owed, form: report.form, isOwn, isReceiver },
    mayWrite: isOwn && isOpen && may(ctx.actor, 'reporting.write-reports') && owed.isOpen,
    signsAs: signing?.as ?? null,
    sections: isOwn ? await drafted(ctx, report) : [],
    facts: isOwn || isReceiver ? await factsOf(ctx, report, calendars) : [],
    submissions: await submissionsOf(ctx, id),
    steps: await stepsOf(ctx, id),
    files: await filesOf(ctx, id),
    parts: isOwn ? await waitingParts(ctx, owed.obligationId) : [],
    marks: isReceiver ? await readMarks(ctx, id, report.number) : [],
  }
}

async function drafted(ctx: Context, report: HeldReport): Promise<ReportDetail['sections']> {
  const sections = await readSections(ctx, report.id)
  const names = await listPersonNames(
    ctx,
    [...sections.values()].map(({ savedBy }) => savedBy),
  )
  return report.form.sections.flatMap(({ key }) => {
    const held = sections.get(key)
    if (held === undefined) return []
    const { content, version, savedBy, savedAt } = held
    return [{ key, content, version, savedBy, savedAt, savedByName: names.get(savedBy) ?? null }]
  })
}

/** What stands beside each row of figures. */
export async function factsOf(
  ctx: Context,
  report: Pick<HeldReport, 'form' | 'roundId' | 'unitId' | 'period' | 'periodTo'> & { typedBy?: string },
  calendars: readonly Calendar[],
): Promise<RowFacts[]> {
  const rows = await placedRows(ctx, report, calendars)
  if (rows.length === 0) return []
  const words = await measureWords(
    ctx,
    rows.map(({ row }) => row.measureId),
  )
  const before = await readBefore(
    ctx,
    rows.map(({ place }) => place),
    calendars,
  )
  const targets = await targetsOf(ctx, report.unitId, {
    measureIds: rows.map(({ row }) => row.measureId),
    year: Number(report.periodTo.slice(0, 4)),
  })
  const totals = await quotedTotals(ctx, { report, rows, parts: false }, calendars)
  const facts: RowFacts[] = []
  for (const row of rows) {
    const measure = words.get(row.row.measureId)
    if (measure === undefined) continue
    facts.push({
      ...{ line: `${row.section}/${row.row.key}`, measureId: row.row.measureId, mode: row.mode, ...measure },
      name: row.row.label[ctx.language] ?? measure.name,
      before: before.get(placeOf(row.place)) ?? null,
      target: targets.get(`${row.row.measureId} ${row.row.breakdown}`) ?? null,
      total: totals.get(row) ?? null,
    })
  }
  return facts
}

/** What was sent, as far as the actor sees it, the newest first. */
export async function submissionsOf(ctx: Context, id: string): Promise<SubmissionHead[]> {
  const rows = await ctx.db
    .selectFrom('reporting.submission as s')
    .leftJoin('reporting.delegation as d', 'd.id', 's.delegationId')
    .select(['s.number', 's.kind', 's.isNil', 's.digest', 's.signedBy', 's.signedAs', 'd.orderNumber', 's.submittedAt'])
    .where('s.reportId', '=', id)
    .orderBy('s.number', 'desc')
    .execute()
  const names = await listPersonNames(
    ctx,
    rows.map(({ signedBy }) => signedBy),
  )
  const papers = await readPapers(ctx, id)
  return rows.map(({ signedBy, orderNumber, ...row }) => ({
    ...row,
    paper: papers.get(row.number) ?? null,
    signedByName: names.get(signedBy) ?? null,
    delegationOrder: orderNumber,
  }))
}

async function stepsOf(ctx: Context, id: string): Promise<ReportStep[]> {
  const rows = await ctx.db
    .selectFrom('reporting.step')
    .select(['number', 'kind', 'lines', 'reason', 'dueOn', 'takenBy', 'byAgencyId', 'takenAt'])
    .where('reportId', '=', id)
    .orderBy('takenAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const names = await listPersonNames(
    ctx,
    rows.map(({ takenBy }) => takenBy),
  )
  const agencies = await namesOfAgencies(
    ctx,
    rows.flatMap(({ byAgencyId }) => byAgencyId ?? []),
  )
  return rows.map(({ takenBy, byAgencyId, lines, ...row }) => ({
    ...row,
    lines: z.array(ReturnedLine).nullable().parse(lines),
    byName: names.get(takenBy) ?? null,
    byAgencyName: byAgencyId === null ? null : (agencies.get(byAgencyId) ?? null),
  }))
}

/** What is wrong with one's own draft, or strange in it. @throws notFound */
export async function getFindings(
  ctx: Context,
  id: string,
  { calendars, say }: { calendars: readonly Calendar[]; say: Catalogue },
): Promise<Finding[]> {
  const report = await findReport(ctx, id)
  if (report === undefined || report.agencyId !== ctx.actor.agencyId) throw notFound()
  const sections = await readSections(ctx, id)
  const rows = await placedRows(ctx, report, calendars)
  const { found } = await findIn(ctx, { report, sections, rows }, calendars)
  return found.map(({ params, ...one }) => ({ ...one, title: say(ctx.language, one.code, params) }))
}
