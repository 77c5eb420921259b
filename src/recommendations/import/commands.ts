import { sql } from 'kysely'
import { conflict, invalid, keepFile, newId, requestCancel, type Context, type ReceivedFile } from '#platform'
import { mayResume, type ImportSource } from '../model.ts'
import { requireAnyKeeper, requireSight } from '../keeping.ts'
import { recordKind } from './run.ts'
import { changeImport, getImportRow, insertImport, type ImportRow } from './store.ts'

export const importJobKind = 'recommendations.read-import'

/**
 * Takes in a file that was received: a job reads it.
 * @throws forbidden `recommendations.not-keeper`; conflict `recommendations.import-at-work` while another is read;
 *   invalid `recommendations.no-such-mechanism`, `recommendations.mechanism-needed`
 */
export async function beginImport(
  ctx: Context,
  file: ReceivedFile & { name: string; mediaType: string },
  as: { source: ImportSource; options: ImportRow['options']; isByHand?: boolean },
): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`recommendations.import ${ctx.actor.agencyId}`}, 0))`.execute(
    ctx.db,
  )
  const agencyId = await mayBegin(ctx, as)
  const id = newId()
  const stored = await keepFile(ctx, { kind: recordKind, id, agencyId }, file)
  const jobId = as.isByHand === true ? null : await ctx.enqueue(importJobKind, { importId: id })
  await insertImport(ctx, {
    ...{ id, agencyId, jobId, source: as.source, options: as.options },
    fileName: stored.name,
    fileSha256: file.sha256,
    fileBytes: file.size,
  })
  await ctx.record(
    'recommendations.import-begun',
    { kind: recordKind, id, agencyId },
    { source: as.source, bytes: file.size },
  )
  return id
}

/**
 * Whether a file of this kind may come in now; asked before its first byte is taken in, and again when all of it is there.
 * @returns the acting body
 * @throws as `beginImport`
 */
export async function mayBegin(
  ctx: Context,
  as: { source: ImportSource; options: Pick<ImportRow['options'], 'mechanism'> },
): Promise<string> {
  const agencyId = await requireAnyKeeper(ctx)
  await requireMechanism(ctx, as)
  const busy = await ctx.db
    .selectFrom('recommendations.import')
    .leftJoin('platform.job', 'platform.job.id', 'recommendations.import.jobId')
    .select('recommendations.import.id')
    .where('recommendations.import.agencyId', '=', agencyId)
    .where('recommendations.import.state', 'in', ['waiting', 'reading', 'indexing'])
    .where('platform.job.state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  if (busy !== undefined) throw conflict('recommendations.import-at-work')
  return agencyId
}

/** A mechanism said of a whole table is one of ours; where rows of a table name none, it must be said. */
async function requireMechanism(
  ctx: Context,
  { source, options: { mechanism } }: { source: ImportSource; options: Pick<ImportRow['options'], 'mechanism'> },
): Promise<void> {
  if (mechanism === undefined) {
    if (source === 'impact-oss') throw invalid('recommendations.mechanism-needed')
    return
  }
  const known = await ctx.db
    .selectFrom('recommendations.mechanism')
    .select('code')
    .where('code', '=', mechanism)
    .executeTakeFirst()
  if (known === undefined) throw invalid('recommendations.no-such-mechanism', { mechanism })
}

/** Stops an import; what it has saved stays. @throws conflict `recommendations.import-ended` */
export async function cancelImport(ctx: Context, id: string): Promise<void> {
  const row = await ownImport(ctx, id)
  if (row.state === 'done' || row.state === 'cancelled' || row.state === 'failed')
    throw conflict('recommendations.import-ended')
  await changeImport(ctx, id, { state: 'cancelled', finishedAt: ctx.now })
  if (row.jobId !== null) {
    await requestCancel(ctx, row.jobId)
    await ctx.enqueue(importJobKind, { importId: id, onlyWords: true })
  }
  await ctx.record('recommendations.import-cancelled', { kind: recordKind, id, agencyId: row.agencyId })
}

/**
 * Lets a stopped or failed import go on where it stands.
 * @throws conflict `recommendations.import-not-stopped`, `recommendations.import-cannot-resume`
 */
export async function resumeImport(ctx: Context, id: string): Promise<void> {
  const row = await ownImport(ctx, id)
  const job = row.jobId === null ? undefined : await jobState(ctx, row.jobId)
  const isAtWork = job === 'queued' || job === 'running'
  if (row.state === 'done' || (isAtWork && row.state !== 'cancelled'))
    throw conflict('recommendations.import-not-stopped')
  if (!mayResume({ state: row.state === 'cancelled' ? 'cancelled' : 'failed', problemCode: row.problemCode }))
    throw conflict('recommendations.import-cannot-resume')
  const jobId = await ctx.enqueue(importJobKind, { importId: id })
  const state = row.byteAt >= row.fileBytes || row.toIndex > 0 ? 'indexing' : 'reading'
  await changeImport(ctx, id, { state, jobId, problemCode: null, finishedAt: null })
  await ctx.record(
    'recommendations.import-resumed',
    { kind: recordKind, id, agencyId: row.agencyId },
    { byteAt: row.byteAt },
  )
}

/**
 * Takes in the good rows of a table that was refused for others.
 * @throws conflict `recommendations.import-not-refused`
 */
export async function acceptPartly(ctx: Context, id: string): Promise<void> {
  const row = await ownImport(ctx, id)
  if (row.state !== 'failed' || row.problemCode !== 'recommendations.rows-refused')
    throw conflict('recommendations.import-not-refused')
  const jobId = await ctx.enqueue(importJobKind, { importId: id })
  const options = JSON.stringify({ ...row.options, isPartial: true })
  await changeImport(ctx, id, { state: 'reading', jobId, problemCode: null, finishedAt: null, options })
  await ctx.record(
    'recommendations.import-resumed',
    { kind: recordKind, id, agencyId: row.agencyId },
    { byteAt: row.byteAt },
  )
}

async function ownImport(ctx: Context, id: string): Promise<ImportRow> {
  await requireSight(ctx)
  return getImportRow(ctx, id, true)
}

async function jobState(ctx: Context, id: string): Promise<string | undefined> {
  const row = await ctx.db.selectFrom('platform.job').select('state').where('id', '=', id).executeTakeFirst()
  return row?.state
}
