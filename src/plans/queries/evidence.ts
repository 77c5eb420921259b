import { getFile, notFound, type Context, type FileAnswer, type FileStore } from '#platform'
import { wasSent } from '../store/sent-updates.ts'
import { progressVisible } from '../store/visible.ts'

/**
 * A file of evidence, through the update it lies under; while that is written only for its own body, unless the file went
 * with an earlier sending. @throws notFound
 */
export async function getEvidence(
  ctx: Context,
  files: FileStore,
  progressId: string,
  fileId: string,
): Promise<FileAnswer> {
  const row = await ctx.db
    .selectFrom('plans.progress')
    .select(['agencyId', 'state'])
    .where('id', '=', progressId)
    .where(progressVisible(ctx, 'plans.progress'))
    .executeTakeFirst()
  if (!row) throw notFound()
  // What is laid under a returned update is not sent yet.
  const isOpen = row.agencyId === ctx.actor.agencyId || row.state === 'submitted' || row.state === 'accepted'
  if (!isOpen && !(await wasSent(ctx, progressId, fileId))) throw notFound()
  const file = await getFile(ctx, files, { kind: 'plans.progress', id: progressId }, fileId)
  await ctx.record(
    'plans.evidence-read',
    { kind: 'plans.progress', id: progressId, agencyId: row.agencyId },
    { fileId },
  )
  return { fileName: file.name, mediaType: 'application/octet-stream', bytes: file.bytes }
}
