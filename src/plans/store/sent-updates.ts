import { conflict, listFiles, newId, type Context } from '#platform'
import type { ProgressStatus } from '../model.ts'

export type Sending = {
  progressId: string
  occurrenceId: string
  planId: string
  agencyId: string
  ownerId: string
  status: ProgressStatus
  narrative: string
  evidenceNote: string | null
  personId: string
}

/** Keeps an update as it is sent, with the files that lie under it at that moment. */
export async function keepSending(ctx: Context, sending: Sending): Promise<void> {
  const files = await listFiles(ctx, 'plans.progress', [sending.progressId])
  const last = await lastSending(ctx, sending.progressId)
  await ctx.db
    .insertInto('plans.progressVersion')
    .values({
      id: newId(),
      ordinal: (last?.ordinal ?? 0) + 1,
      fileIds: files.map((file) => file.id),
      submittedBy: ctx.actor.personId,
      submittedAt: ctx.now,
      ...sending,
    })
    .execute()
}

/** Keeps how the newest sending of an update was judged. */
export async function keepCheck(
  ctx: Context,
  of: { progressId: string; agencyId: string; ownerId: string },
  judged: { decision: 'returned'; reason: string } | { decision: 'accepted'; reason: null },
): Promise<void> {
  const sent = await lastSending(ctx, of.progressId)
  if (!sent) throw conflict('plans.progress-not-in-that-state')
  await ctx.db
    .insertInto('plans.progressCheck')
    .values({ progressVersionId: sent.id, personId: ctx.actor.personId, checkedAt: ctx.now, ...of, ...judged })
    .execute()
}

async function lastSending(ctx: Context, progressId: string): Promise<{ id: string; ordinal: number } | undefined> {
  return ctx.db
    .selectFrom('plans.progressVersion')
    .select(['id', 'ordinal'])
    .where('progressId', '=', progressId)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Everyone who wrote or sent any sending of an update. */
export async function sendersOf(ctx: Context, progressId: string): Promise<string[]> {
  const sent = await ctx.db
    .selectFrom('plans.progressVersion')
    .select(['personId', 'submittedBy'])
    .where('progressId', '=', progressId)
    .execute()
  return sent.flatMap((one) => [one.personId, one.submittedBy])
}

/** The files that went with any sending of these updates. */
export async function filesSent(ctx: Context, progressIds: string[]): Promise<Set<string>> {
  if (progressIds.length === 0) return new Set()
  const sent = await ctx.db
    .selectFrom('plans.progressVersion')
    .select('fileIds')
    .where('progressId', 'in', progressIds)
    .execute()
  return new Set(sent.flatMap((one) => one.fileIds))
}

/** Whether a file went with a sending of an update: then whoever sees the sending may read it, whatever is written since. */
export async function wasSent(ctx: Context, progressId: string, fileId: string): Promise<boolean> {
  const sent = await ctx.db
    .selectFrom('plans.progressVersion')
    .select('fileIds')
    .where('progressId', '=', progressId)
    .execute()
  return sent.some((one) => one.fileIds.includes(fileId))
}
