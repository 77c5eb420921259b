import type { Calendar } from '#indicators/model'
import { conflict, invalid, notFound, type Catalogue, type Context, type FileAnswer } from '#platform'
import { sheetMediaTypes } from '#platform'
import { standingsOfLed } from '#plans'
import type { DecimalSign } from '#indicators'
import type { ReportDetail } from '../model.ts'
import { saveSection } from '../reports/commands/save-section.ts'
import { getReport } from '../reports/queries/report.ts'
import { compareBook, type Change, type Compared } from './compare.ts'
import { saidIn, sayLines, type Said } from './fields.ts'
import { digestOf, type Layout } from './layout.ts'
import { isInRanges, linesChanged, type WorkbookReading } from './model.ts'
import { openWorkbook, type OpenBook } from './open.ts'
import { madeFrom, writeWorkbook } from './write.ts'

export type WorkbookParts = { calendars: readonly Calendar[]; say: Catalogue }

/**
 * The report as it is being written, as a workbook to be filled in.
 * @throws notFound for another's report; conflict `reporting.not-in-that-state` where nothing may be written
 */
export async function downloadWorkbook(ctx: Context, id: string, parts: WorkbookParts): Promise<FileAnswer> {
  const report = await writtenReport(ctx, id, parts)
  const bytes = await writeWorkbook(report, await layoutOf(ctx, report, parts))
  await ctx.record(
    'reporting.workbook-written',
    { kind: 'reporting.report', id, agencyId: report.owed.agencyId },
    { number: report.owed.number },
  )
  const of = { body: report.owed.agencyName, period: report.owed.period.replace(/^.*:/, '') }
  return {
    fileName: `${parts.say(ctx.language, 'reporting.workbook-file', of)}.xlsx`,
    mediaType: sheetMediaTypes.xlsx,
    bytes,
  }
}

type Upload = { bytes: Uint8Array; sign: DecimalSign | null }

/**
 * What a workbook that came back would change; nothing is changed.
 * @throws as `openWorkbook`; invalid `reporting.workbook-other-body`, `reporting.workbook-other-report`, `reporting.workbook-other-form`
 */
export async function lookAtWorkbook(
  ctx: Context,
  id: string,
  { upload, parts }: { upload: Upload; parts: WorkbookParts },
): Promise<WorkbookReading> {
  const { told, report } = await look(ctx, id, upload, parts)
  const { changes, findings } = told
  await ctx.record(
    'reporting.workbook-read',
    { kind: 'reporting.report', id, agencyId: report.owed.agencyId },
    { changes: changes.length, findings: findings.length },
  )
  return told
}

/** What is taken of what was looked at. `lines`: ranges of numbers among the lines changed; null: all. */
export type Taking = { digest: string; takes: 'good' | 'with-conflicts'; lines: string | null }

/**
 * Takes what was looked at into the draft, section by section, as any other writing. The same workbook again changes nothing.
 * @throws those of `lookAtWorkbook` and `takeCompared`
 */
export async function takeWorkbook(
  ctx: Context,
  id: string,
  { upload, parts, ...taking }: { upload: Upload; parts: WorkbookParts } & Taking,
): Promise<WorkbookReading> {
  const looked = await look(ctx, id, upload, parts)
  const taken = await takeCompared(ctx, looked, taking)
  await ctx.record(
    'reporting.workbook-taken',
    { kind: 'reporting.report', id, agencyId: looked.report.owed.agencyId },
    { cells: taken, findings: looked.told.findings.length },
  )
  return { ...looked.told, taken }
}

/**
 * Takes chosen lines of what was compared into the draft.
 * @returns how many cells
 * @throws those of `saveSection`; conflict `reporting.workbook-looked-otherwise` where the draft or the file is no longer what was looked at
 */
export async function takeCompared(ctx: Context, { report, compared, told }: Looked, taking: Taking): Promise<number> {
  const { digest, takes, lines } = taking
  const changed = linesChanged(compared.changes)
  const taken = compared.changes.filter(
    ({ kind, line }) =>
      (kind === 'good' || (kind === 'conflict' && takes === 'with-conflicts')) &&
      (lines === null || isInRanges(lines, changed.indexOf(line))),
  )
  if (taken.length > 0 && told.digest !== digest) throw conflict('reporting.workbook-looked-otherwise')
  for (const section of report.sections) {
    const said = saidAnew(section, taken)
    if (said.size === 0) continue
    const content = sayLines(section.content, said)
    await saveSection(ctx, { id: report.id, section: section.key }, { version: section.version, content })
  }
  return taken.length
}

/** Lines of a section as they are to be said: what the draft says, with the cells taken. */
function saidAnew(section: ReportDetail['sections'][number], taken: readonly Change[]): Map<string, Said> {
  const now = saidIn(section.content)
  const lines = new Map<string, Said>()
  for (const { section: of, name, field, becomes } of taken)
    if (of === section.key) lines.set(name, { ...(lines.get(name) ?? now.get(name)), [field]: becomes })
  return lines
}

async function look(ctx: Context, id: string, { bytes, sign }: Upload, parts: WorkbookParts): Promise<Looked> {
  const report = await writtenReport(ctx, id, parts)
  const book = await openWorkbook(bytes)
  requireOf(book, report)
  return compareWith(ctx, { report, book, sign }, parts)
}

export type Looked = { report: ReportDetail; compared: Compared; told: WorkbookReading }

/** What a workbook would change in the draft of its report. */
export async function compareWith(
  ctx: Context,
  { report, book, sign }: { report: ReportDetail; book: OpenBook; sign: DecimalSign | null },
  parts: WorkbookParts,
): Promise<Looked> {
  const compared = compareBook(book, { report, layout: await layoutOf(ctx, report, parts), sign })
  const is = madeFrom(report)
  const { changes, findings, same } = compared
  const told = {
    digest: digestOf({ changes, findings, versions: is.versions }),
    ...{ changes: changes.map(({ section: _section, name: _name, ...change }) => change), same, taken: 0 },
    findings: findings.map(({ params, ...one }) => ({ ...one, title: parts.say(ctx.language, one.code, params) })),
    olderSections: Object.keys(is.versions).filter((key) => is.versions[key] !== book.made.versions[key]),
    isOlder: book.made.number < is.number,
  }
  return { report, compared, told }
}

/** A workbook of another body, report or form is told apart, and refused. */
function requireOf({ made }: OpenBook, report: ReportDetail): void {
  const is = madeFrom(report)
  if (made.agencyId !== is.agencyId) throw invalid('reporting.workbook-other-body')
  if (made.reportId !== is.reportId) throw invalid('reporting.workbook-other-report')
  if (made.form !== is.form) throw invalid('reporting.workbook-other-form')
}

/** The acting body's own report, which may be written. @throws notFound; conflict `reporting.not-in-that-state` */
export async function writtenReport(ctx: Context, id: string, { calendars }: WorkbookParts): Promise<ReportDetail> {
  const report = await getReport(ctx, id, calendars)
  if (!report.isOwn) throw notFound()
  if (!report.mayWrite) throw conflict('reporting.not-in-that-state', { state: report.owed.state ?? 'draft' })
  return report
}

async function layoutOf(ctx: Context, report: ReportDetail, { say }: WorkbookParts): Promise<Layout> {
  const { agencyId, periodFrom, periodTo } = report.owed
  const tasks = report.form.sections.some(({ kind }) => kind === 'tasks')
    ? await standingsOfLed(ctx, agencyId, { from: periodFrom, to: periodTo, asOf: ctx.today })
    : []
  return { say, language: ctx.language, taskNames: new Map(tasks.map(({ nodeId, text }) => [nodeId, text])) }
}
