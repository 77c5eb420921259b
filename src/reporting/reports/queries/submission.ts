import { listPersonNames } from '#access'
import { notFound, type Context } from '#platform'
import type { LineChange, ReportContent, SectionContent, SubmissionDetail } from '../../model.ts'
import { lastSaid } from '../prefill.ts'
import { asLine, changesBetween } from '../rules.ts'
import { findReport, readContent } from '../store.ts'
import { submissionsOf } from './report.ts'

/** A submission with what differs from the one before it, and what the body said the period before. @throws notFound */
export async function getSubmission(ctx: Context, id: string, number: number): Promise<SubmissionDetail> {
  const report = await findReport(ctx, id)
  const heads = await submissionsOf(ctx, id)
  const head = heads.find((one) => one.number === number)
  if (report === undefined || head === undefined) throw notFound()
  const content = await readContent(ctx, id, number)
  const earlier = heads.find((one) => one.number < number)
  const before = earlier === undefined ? null : await readContent(ctx, id, earlier.number)
  const last = await lastSaid(ctx, report)
  return {
    ...{ head, content, before, lastPeriod: last?.content ?? null, lastPeriodName: last?.period ?? null },
    changes: before === null ? [] : changesOf(before, content),
    seen: await seenBy(ctx, id, number),
  }
}

/** How two submissions differ, by the names of their lines. */
function changesOf(before: ReportContent, after: ReportContent): LineChange[] {
  const keys = new Set([...before.sections, ...after.sections].map(({ key }) => key))
  const said = (content: ReportContent, key: string) =>
    plain(content.sections.find((section) => section.key === key)?.content)
  return [...keys].flatMap((key) =>
    changesBetween(said(before, key), said(after, key)).map(({ line, kind }) => ({ line: `${key}/${line}`, kind })),
  )
}

/** Quoted figures as lines that are compared by what they say, not by their vintage. */
function plain(content: ReportContent['sections'][number]['content'] | undefined): SectionContent | undefined {
  if (content?.kind !== 'quoted') return content
  return { kind: 'figures', lines: content.lines.map(asLine) }
}

async function seenBy(ctx: Context, id: string, number: number): Promise<SubmissionDetail['seen']> {
  const rows = await ctx.db
    .selectFrom('reporting.seen')
    .select(['personId', 'firstAt', 'lastAt'])
    .where('reportId', '=', id)
    .where('number', '=', number)
    .orderBy('firstAt')
    .execute()
  const names = await listPersonNames(
    ctx,
    rows.map(({ personId }) => personId),
  )
  return rows.map(({ personId, ...row }) => ({ ...row, personName: names.get(personId) ?? null }))
}
