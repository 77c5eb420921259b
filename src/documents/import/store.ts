import { sql } from 'kysely'
import { z } from 'zod'
import { notFound, type Context } from '#platform'
import type { Page } from '#platform/model'
import {
  ImportProposal,
  OriginalBlock,
  Reading,
  Suggestion,
  type ImportState,
  type ImportSummary,
  type ReviewProgress,
} from '../model.ts'
import { progressOf } from './rules/progress.ts'

export type ImportRow = ImportSummary & {
  agencyId: string
  fileSha256: string
  version: number
  reading: Reading | null
  proposal: ImportProposal | null
  suggestions: Suggestion[]
}

const summaryColumns = [
  'id',
  'fileName',
  'state',
  'title',
  'number',
  'reviewedCount as reviewed',
  'totalCount as total',
  'planId',
  'jobId',
  'problemCode',
  'createdAt',
  'changedAt',
] as const

/** The imports of the acting agency, newest first. Row-level security is the second wall. */
export async function listImportRows(
  ctx: Context,
  query: { page: number; size: number; state?: ImportState | undefined },
): Promise<Page<ImportSummary>> {
  let rows = ctx.db.selectFrom('documents.import').where('agencyId', '=', ctx.actor.agencyId)
  rows = query.state === undefined ? rows.where('state', '<>', 'discarded') : rows.where('state', '=', query.state)
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await rows
    .select(summaryColumns)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { items, total, page: query.page, size: query.size }
}

/** One import of the acting agency whole. `lock`: nobody else changes it before this transaction ends. @throws notFound */
export async function getImportRow(ctx: Context, id: string, lock = false): Promise<ImportRow> {
  const found = ctx.db
    .selectFrom('documents.import')
    .select([...summaryColumns, 'agencyId', 'fileSha256', 'version', 'reading', 'proposal', 'suggestions'])
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (row === undefined) throw notFound()
  return {
    ...row,
    reading: row.reading === null ? null : Reading.parse(row.reading),
    proposal: row.proposal === null ? null : ImportProposal.parse(row.proposal),
    suggestions: z.array(Suggestion).parse(row.suggestions),
  }
}

/** The document in pieces. @throws notFound also while it is not read */
export async function getOriginal(ctx: Context, id: string): Promise<OriginalBlock[]> {
  const row = await ctx.db
    .selectFrom('documents.import')
    .select('original')
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .executeTakeFirst()
  if (row === undefined || row.original === null) throw notFound()
  return z.array(OriginalBlock).parse(row.original)
}

/**
 * The newest import of this agency of the same bytes that is not put away. Two uploads of one file at the same moment
 * take turns.
 */
export async function findSameFile(ctx: Context, agencyId: string, sha256: string): Promise<ImportSummary | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`documents.import ${agencyId} ${sha256}`}, 0))`.execute(
    ctx.db,
  )
  return ctx.db
    .selectFrom('documents.import')
    .select(summaryColumns)
    .where('agencyId', '=', agencyId)
    .where('fileSha256', '=', sha256)
    .where('state', 'in', ['reading', 'reviewing', 'confirmed'])
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What a reading gives the row. */
export type ReadColumns = {
  reading: Reading
  original: OriginalBlock[]
  proposal: ImportProposal
  suggestions: Suggestion[]
}

export async function insertImport(
  ctx: Context,
  row: {
    id: string
    agencyId: string
    fileName: string
    fileSha256: string
    jobId: string | null
    read: ReadColumns | null
  },
): Promise<void> {
  const { read, ...rest } = row
  await ctx.db
    .insertInto('documents.import')
    .values({
      ...rest,
      ...(read === null ? { state: 'reading' } : readValues(read)),
      personId: ctx.actor.personId,
      createdAt: ctx.now,
      changedAt: ctx.now,
    })
    .execute()
}

function readValues(read: ReadColumns) {
  return {
    state: 'reviewing' as const,
    reading: JSON.stringify(read.reading),
    original: JSON.stringify(read.original),
    suggestions: JSON.stringify(read.suggestions),
    ...proposalValues(read.proposal),
  }
}

function proposalValues(proposal: ImportProposal) {
  const progress: ReviewProgress = progressOf(proposal)
  return {
    proposal: JSON.stringify(proposal),
    title: proposal.header.title.value,
    number: proposal.header.number.value,
    reviewedCount: progress.reviewed,
    totalCount: progress.total,
  }
}

/** Writes what the job read. */
export async function saveReading(ctx: Context, id: string, read: ReadColumns): Promise<void> {
  await ctx.db
    .updateTable('documents.import')
    .set({ ...readValues(read), changedAt: ctx.now })
    .where('id', '=', id)
    .execute()
}

/** Writes the review over the given version. @returns the new version */
export async function saveReview(
  ctx: Context,
  row: Pick<ImportRow, 'id' | 'version'>,
  proposal: ImportProposal,
  suggestions?: Suggestion[],
): Promise<number> {
  const version = row.version + 1
  await ctx.db
    .updateTable('documents.import')
    .set({
      ...proposalValues(proposal),
      ...(suggestions ? { suggestions: JSON.stringify(suggestions) } : {}),
      changedAt: ctx.now,
      version,
    })
    .where('id', '=', row.id)
    .execute()
  return version
}

export async function setState(
  ctx: Context,
  id: string,
  changes: { state?: ImportState; planId?: string; problemCode?: string },
): Promise<void> {
  await ctx.db
    .updateTable('documents.import')
    .set({ ...changes, changedAt: ctx.now })
    .where('id', '=', id)
    .execute()
}
