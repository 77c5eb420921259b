import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import type { ImportSource, ImportState } from '../model.ts'

/** What became of records, one count each. */
export type Counts = { added: number; same: number; changed: number; doubled: number; refused: number }

/** What whoever brings a file in says of it and wants of it. */
export type ImportOptions = {
  language: string
  mechanism?: string
  symbol?: string
  cycle?: string
  publishedOn?: string
  /** Good rows are taken in though others are refused. */
  isPartial?: boolean
  /** Changed rows are taken as they come, not laid aside. */
  takesChanges?: boolean
}

export type ImportRow = Counts & {
  id: string
  agencyId: string
  source: ImportSource
  fileName: string
  fileSha256: string
  fileBytes: number
  options: ImportOptions
  state: ImportState
  byteAt: number
  unknownLabels: Record<string, number>
  toIndex: number
  indexed: number
  counted: number
  problemCode: string | null
  jobId: string | null
  startedBy: string
  startedAt: string
  finishedAt: string | null
}

/** Begins an import; `jobId` null where no job does it. */
export async function insertImport(
  ctx: Context,
  row: Pick<ImportRow, 'id' | 'agencyId' | 'source' | 'fileName' | 'fileSha256' | 'fileBytes' | 'options' | 'jobId'>,
): Promise<void> {
  await ctx.db
    .insertInto('recommendations.import')
    .values({
      ...row,
      options: JSON.stringify(row.options),
      state: 'waiting',
      startedBy: ctx.actor.personId,
      startedAt: ctx.now,
    })
    .execute()
}

/** @param lock held to the end of the transaction @throws notFound */
export async function getImportRow(ctx: Context, id: string, lock = false): Promise<ImportRow> {
  const query = ctx.db.selectFrom('recommendations.import').selectAll().where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined) throw notFound()
  return { ...row, fileBytes: Number(row.fileBytes), byteAt: Number(row.byteAt) } as unknown as ImportRow
}

type Changes = Partial<Pick<ImportRow, 'state' | 'problemCode' | 'jobId' | 'finishedAt' | 'toIndex'>> & {
  options?: string
}

export async function changeImport(ctx: Context, id: string, changes: Changes): Promise<void> {
  await ctx.db.updateTable('recommendations.import').set(changes).where('id', '=', id).execute()
}

/** Adds what a batch came to, and how far the file is read. */
export async function countBatch(
  ctx: Context,
  row: ImportRow,
  batch: { counts: Counts; byteAt: number; unknown: ReadonlyMap<string, number> },
): Promise<void> {
  const { counts, byteAt, unknown } = batch
  const labels = mergeLabels(row.unknownLabels, unknown)
  await sql`update recommendations.import set byte_at = ${byteAt}, unknown_labels = ${JSON.stringify(labels)}::jsonb,
      counted = counted + ${counts.added + counts.same + counts.changed + counts.doubled + counts.refused},
      added = added + ${counts.added}, same = same + ${counts.same}, changed = changed + ${counts.changed},
      doubled = doubled + ${counts.doubled}, refused = refused + ${counts.refused}
    where id = ${row.id}`.execute(ctx.db)
}

/** A file could name any number of labels: so many different ones are told. */
const mostLabels = 200

function mergeLabels(before: Record<string, number>, more: ReadonlyMap<string, number>): Record<string, number> {
  const labels = { ...before }
  let known = Object.keys(labels).length
  for (const [label, count] of more) {
    if (label in labels) labels[label] = (labels[label] ?? 0) + count
    else if (known < mostLabels) {
      labels[label] = count
      known += 1
    }
  }
  return labels
}
