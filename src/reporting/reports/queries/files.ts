import { asEverywhere, getFile, listFiles, notFound, type Context, type FileAnswer, type FileStore } from '#platform'
import type { StoredFile } from '#platform/model'
import { ReportContent } from '../../model.ts'
import { findReport, readSections } from '../store.ts'

/** The files of a report the actor may open: of one's own draft, and of the submissions he sees. */
export async function filesOf(ctx: Context, reportId: string): Promise<StoredFile[]> {
  const ids = await visibleIds(ctx, reportId)
  if (ids.size === 0) return []
  // Whoever sees the submission sees its files, though the body lies outside his reach (courts are requested).
  const files = await asEverywhere(ctx, () => listFiles(ctx, 'reporting.report', [reportId]))
  return files.flatMap(({ recordId: _, ...file }) => (ids.has(file.id) ? [file] : []))
}

async function visibleIds(ctx: Context, reportId: string): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('reporting.submission')
    .select('content')
    .where('reportId', '=', reportId)
    .execute()
  const said = rows.flatMap(({ content }) => ReportContent.parse(content).sections.map((section) => section.content))
  const drafted = [...(await readSections(ctx, reportId)).values()].map(({ content }) => content)
  return new Set([...said, ...drafted].flatMap((content) => (content.kind === 'attachments' ? content.fileIds : [])))
}

/** One file of a report. @throws notFound */
export async function getReportFile(
  ctx: Context,
  files: FileStore,
  reportId: string,
  fileId: string,
): Promise<FileAnswer> {
  const report = await findReport(ctx, reportId)
  if (report === undefined || !(await visibleIds(ctx, reportId)).has(fileId)) throw notFound()
  const file = await asEverywhere(ctx, () => getFile(ctx, files, { kind: 'reporting.report', id: reportId }, fileId))
  await ctx.record(
    'reporting.file-read',
    { kind: 'reporting.report', id: reportId, agencyId: report.agencyId },
    { fileId },
  )
  return { fileName: file.name, mediaType: 'application/octet-stream', bytes: file.bytes }
}
