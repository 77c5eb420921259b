import { sql } from 'kysely'
import { conflict, forbidden, keepFile, newId, requestCancel, type Context, type ReceivedFile } from '#platform'
import { importWaitsDays, type ImportChoice, type TermUsual } from '../model.ts'
import { chooseTerms } from '../terms/store.ts'
import type { DecimalSign } from './read-number.ts'
import { recordKind } from './run.ts'
import { changeImport, deleteWaiting, insertImport, takeImport, type ImportSubject } from './store.ts'

export const importJobKind = 'indicators.read-import'

/**
 * Takes in a file of figures or of the dictionary that was received: a job looks it through.
 * @returns its id
 * @throws forbidden `indicators.no-body`; conflict `indicators.import-at-work` while another of the body is read
 */
export async function beginImport(
  ctx: Context,
  file: ReceivedFile & { name: string; mediaType: string },
  of: { decimalSign: DecimalSign | null; takes: ImportChoice; subject: ImportSubject; usual: TermUsual },
): Promise<string> {
  const { agencyId } = ctx.actor
  if (agencyId === null) throw forbidden('indicators.no-body')
  const busy = await ctx.db
    .selectFrom('indicators.import')
    .innerJoin('platform.job', 'platform.job.id', 'indicators.import.jobId')
    .select('indicators.import.id')
    .where('indicators.import.agencyId', '=', agencyId)
    .where('indicators.import.state', 'in', ['checking', 'taking'])
    .where('platform.job.state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  if (busy !== undefined) throw conflict('indicators.import-at-work')
  const id = newId()
  const stored = await keepFile(ctx, { kind: recordKind, id, agencyId }, file)
  const jobId = await ctx.enqueue(importJobKind, { importId: id })
  await insertImport(ctx, {
    id,
    agencyId,
    fileName: stored.name,
    fileSha256: file.sha256,
    fileBytes: file.size,
    jobId,
    ...of,
  })
  await ctx.record('indicators.import-begun', { kind: recordKind, id, agencyId }, { bytes: file.size, takes: of.takes })
  return id
}

/**
 * Takes in what was looked at: whole, or its good rows.
 * @throws notFound; conflict `indicators.import-not-checked`, `indicators.import-has-refused`
 */
export async function acceptImport(
  ctx: Context,
  id: string,
  { takes, subject, rows }: { takes: 'whole' | 'good'; subject: ImportSubject; rows?: readonly number[] | undefined },
): Promise<void> {
  const row = await takeImport(ctx, id, subject)
  if (row.state !== 'checked') throw conflict('indicators.import-not-checked')
  if (takes === 'whole' && row.refused > 0) throw conflict('indicators.import-has-refused', { refused: row.refused })
  if (rows !== undefined) await chooseTerms(ctx, id, rows)
  const jobId = await ctx.enqueue(importJobKind, { importId: id })
  await changeImport(ctx, id, { state: 'taking', takes, jobId })
  const { added, changed, refused } = row
  await ctx.record(
    'indicators.import-accepted',
    { kind: recordKind, id, agencyId: row.agencyId },
    { takes, added, changed, refused },
  )
}

/** Ends an import; what is taken in already stays. @throws notFound; conflict `indicators.import-ended` */
export async function cancelImport(ctx: Context, id: string, subject: ImportSubject): Promise<void> {
  const row = await takeImport(ctx, id, subject)
  if (row.state !== 'checking' && row.state !== 'checked' && row.state !== 'taking')
    throw conflict('indicators.import-ended')
  await changeImport(ctx, id, { state: 'cancelled', finishedAt: ctx.now })
  await deleteWaiting(ctx, id, 'all')
  if (row.jobId !== null) await requestCancel(ctx, row.jobId)
  await ctx.record(
    'indicators.import-cancelled',
    { kind: recordKind, id, agencyId: row.agencyId },
    { taken: row.taken },
  )
}

/**
 * Ends imports that nobody took in for too long, or whose job fell: rows that waited go, what became of them stays told. To be called as
 * the product itself, any number of times.
 * @returns how many
 */
export async function lapseImports(ctx: Context): Promise<number> {
  const before = new Date(Date.parse(ctx.now) - importWaitsDays * 86_400_000).toISOString()
  const { rows } = await sql<{ id: string; agencyId: string; added: number; changed: number; taken: number }>`
    update indicators.import i set state = 'lapsed', finished_at = ${ctx.now}::timestamptz
    where i.started_at < ${before}::timestamptz and (i.state = 'checked' or (i.state in ('checking', 'taking')
      and not exists (select 1 from platform.job j where j.id = i.job_id and j.state in ('queued', 'running'))))
    returning i.id, i.agency_id, i.added, i.changed, i.taken`.execute(ctx.db)
  for (const { id, agencyId, added, changed, taken } of rows) {
    await deleteWaiting(ctx, id, 'all')
    await ctx.record('indicators.import-lapsed', { kind: recordKind, id, agencyId }, { added, changed, taken })
  }
  return rows.length
}
