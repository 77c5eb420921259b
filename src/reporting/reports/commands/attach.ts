import { conflict, invalid, notFound, storeFile, type Context, type FileStore } from '#platform'
import { lockReport, readSections, writeSection } from '../store.ts'
import { requireWriting } from './save-section.ts'

/**
 * Lays a file under a section of attachments; the section is then of a new version.
 * @throws notFound; conflict as saving, `reporting.too-many-files`; invalid `reporting.line-is-closed`
 */
export async function attachFile(
  ctx: Context,
  files: FileStore,
  of: { id: string; section: string },
  file: { name: string; bytes: Uint8Array },
): Promise<{ id: string; version: number }> {
  const report = await lockReport(ctx, of.id, 'own')
  requireWriting(ctx, report, 'save')
  const shape = report.form.sections.find(({ key }) => key === of.section)
  const held = (await readSections(ctx, of.id)).get(of.section)
  if (shape?.kind !== 'attachments' || held?.content.kind !== 'attachments') throw notFound()
  if (report.openLines !== null && !report.openLines.includes(`${of.section}/*`))
    throw invalid('reporting.line-is-closed', { line: `${of.section}/*` })
  const { fileIds } = held.content
  if (fileIds.length >= shape.most) throw conflict('reporting.too-many-files', { most: shape.most })
  const under = { kind: 'reporting.report', id: of.id, agencyId: report.agencyId }
  const stored = await storeFile(ctx, files, under, { ...file, mediaType: 'application/octet-stream' })
  const content = { kind: 'attachments' as const, fileIds: [...fileIds, stored.id] }
  const version = await writeSection(ctx, { reportId: of.id, section: of.section, held }, content)
  await ctx.record(
    'reporting.file-attached',
    { kind: 'reporting.report', id: of.id, agencyId: report.agencyId },
    { fileId: stored.id, sha256: stored.sha256 },
  )
  return { id: stored.id, version }
}
