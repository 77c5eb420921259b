import { listFiles, type Context } from '#platform'
import { listPersonNames } from '#access'
import type { SentUpdate } from '../model.ts'

/** Every sending of the updates of a piece of work, and of what it is joined with, and how each was judged, newest first. */
export async function listSentUpdates(ctx: Context, occurrenceIds: readonly string[]): Promise<SentUpdate[]> {
  const rows = await ctx.db
    .selectFrom('plans.progressVersion as sent')
    .leftJoin('plans.progressCheck as judged', 'judged.progressVersionId', 'sent.id')
    .select([
      'sent.id',
      'sent.progressId',
      'sent.ordinal',
      'sent.status',
      'sent.narrative',
      'sent.evidenceNote',
      'sent.fileIds',
      'sent.submittedBy',
      'sent.submittedAt',
      'judged.decision',
      'judged.reason',
      'judged.personId as checkedBy',
      'judged.checkedAt',
    ])
    .where('sent.occurrenceId', 'in', [...occurrenceIds])
    .orderBy('sent.submittedAt', 'desc')
    .orderBy('sent.ordinal', 'desc')
    .execute()
  const files = await listFiles(ctx, 'plans.progress', [...new Set(rows.map((row) => row.progressId))])
  const people = await listPersonNames(
    ctx,
    rows.flatMap((row) => [row.submittedBy, ...(row.checkedBy === null ? [] : [row.checkedBy])]),
  )
  return rows.map((row) => ({
    id: row.id,
    progressId: row.progressId,
    ordinal: row.ordinal,
    said:
      row.status === null || row.narrative === null
        ? null
        : { status: row.status, narrative: row.narrative, evidenceNote: row.evidenceNote },
    personName: people.get(row.submittedBy) ?? null,
    submittedAt: row.submittedAt,
    files: files
      .filter((file) => row.fileIds.includes(file.id))
      .map(({ id, name, size, sha256, storedAt }) => ({ id, name, size, sha256, storedAt })),
    check:
      row.decision === null || row.checkedBy === null || row.checkedAt === null
        ? null
        : {
            decision: row.decision,
            reason: row.reason,
            personName: people.get(row.checkedBy) ?? null,
            checkedAt: row.checkedAt,
          },
  }))
}
