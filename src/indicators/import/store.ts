import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import type { FigureEntry, FigureImportState, ImportChoice, TermUsual } from '../model.ts'
import type { DecimalSign } from './read-number.ts'

/** What a file holds. */
export type ImportSubject = 'figures' | 'dictionary'

/** What became of rows, one count each. */
export type Counts = Record<'added' | 'changed' | 'same' | 'empty' | 'refused', number>

export type ImportRow = Counts & {
  id: string
  agencyId: string
  fileName: string
  fileSha256: string
  fileBytes: number
  decimalSign: DecimalSign | null
  takes: ImportChoice
  subject: ImportSubject
  usual: TermUsual
  state: FigureImportState
  rowAt: number
  counted: number
  taken: number
  problemCode: string | null
  jobId: string | null
  startedBy: string
  startedAt: string
  finishedAt: string | null
}

type NewImport = Pick<
  ImportRow,
  'id' | 'agencyId' | 'fileName' | 'fileSha256' | 'fileBytes' | 'decimalSign' | 'takes' | 'jobId' | 'subject' | 'usual'
>

export async function insertImport(ctx: Context, row: NewImport): Promise<void> {
  await ctx.db
    .insertInto('indicators.import')
    .values({
      ...row,
      usual: JSON.stringify(row.usual),
      state: 'checking',
      startedBy: ctx.actor.personId,
      startedAt: ctx.now,
    })
    .execute()
}

/** An import of the acting body, held to the end of the transaction; of one subject, where it is said. @throws notFound */
export async function takeImport(ctx: Context, id: string, subject?: ImportSubject): Promise<ImportRow> {
  const row = await ctx.db
    .selectFrom('indicators.import')
    .selectAll()
    .where('id', '=', id)
    .where('agencyId', '=', ctx.actor.agencyId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined || (subject !== undefined && row.subject !== subject)) throw notFound()
  return { ...row, fileBytes: Number(row.fileBytes) } as unknown as ImportRow
}

type Changes = Partial<Pick<ImportRow, 'state' | 'takes' | 'problemCode' | 'jobId' | 'finishedAt'>> & {
  problemParams?: string
}

export async function changeImport(ctx: Context, id: string, changes: Changes): Promise<void> {
  await ctx.db.updateTable('indicators.import').set(changes).where('id', '=', id).execute()
}

/** Adds what a batch came to, and the row up to which the file was looked at. */
export async function countBatch(ctx: Context, id: string, counts: Counts, rowAt: number): Promise<void> {
  const counted = Object.values(counts).reduce((sum, one) => sum + one, 0)
  await sql`update indicators.import set row_at = ${rowAt}, counted = counted + ${counted}, added = added + ${counts.added},
      changed = changed + ${counts.changed}, same = same + ${counts.same}, empty = empty + ${counts.empty}, refused = refused + ${counts.refused}
    where id = ${id}`.execute(ctx.db)
}

export type ProblemRow = {
  rowNumber: number
  place: string
  code: string
  params: Record<string, string | number>
  excerpt: string | null
}

export async function insertProblems(ctx: Context, importId: string, problems: readonly ProblemRow[]): Promise<void> {
  if (problems.length === 0) return
  await sql`insert into indicators.import_problem (import_id, row_number, place, code, params, excerpt)
    select ${importId}, "rowNumber", place, code, params, excerpt
    from jsonb_to_recordset(${JSON.stringify(problems)}::jsonb) as t("rowNumber" integer, place text, code text, params jsonb, excerpt text)
    on conflict do nothing`.execute(ctx.db)
}

export type WaitingRow = Omit<FigureEntry, 'seen'> & {
  rowNumber: number
  outcome: 'added' | 'changed' | 'same'
  seen: number | null
}

/** Lays good rows aside. @returns numbers of those laid; a cell that an earlier row of the file names is left out */
export async function insertWaiting(ctx: Context, importId: string, rows: readonly WaitingRow[]): Promise<Set<number>> {
  if (rows.length === 0) return new Set()
  const laid = await sql<{ rowNumber: number }>`
    insert into indicators.import_row (import_id, row_number, outcome, measure_id, unit_id, period, breakdown, seen, status, numerator, denominator,
      absence, comment)
    select ${importId}, "rowNumber", outcome, "measureId", "unitId", period, breakdown, seen, status, numerator, denominator, absence, comment
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("rowNumber" integer, outcome text, "measureId" uuid, "unitId" uuid, period text,
      breakdown text, seen integer, status text, numerator numeric, denominator numeric, absence text, comment text)
    order by "rowNumber" on conflict (import_id, measure_id, unit_id, period, breakdown) do nothing returning row_number`.execute(
    ctx.db,
  )
  return new Set(laid.rows.map(({ rowNumber }) => rowNumber))
}

/** The next rows behind one that wait to be taken in, in the order of the file. */
export async function listWaiting(
  ctx: Context,
  importId: string,
  { after, most }: { after: number; most: number },
): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select row_number, outcome, measure_id, unit_id, period, breakdown, seen, status, numerator::float8 as numerator, denominator::float8 as denominator,
      absence, comment
    from indicators.import_row where import_id = ${importId} and row_number > ${after} and outcome <> 'same' order by row_number limit ${most}`.execute(
    ctx.db,
  )
  return rows
}

/** Takes rows away that no longer wait: some, or all. */
export async function deleteWaiting(ctx: Context, importId: string, rows: readonly number[] | 'all'): Promise<void> {
  await sql`delete from indicators.import_row where import_id = ${importId}
    ${rows === 'all' ? sql`` : sql`and row_number = any (${rows}::integer[])`}`.execute(ctx.db)
  if (rows === 'all') await sql`delete from indicators.import_term where import_id = ${importId}`.execute(ctx.db)
}

/** Counts rows as taken in, and those that could not be any more as refused. */
export async function countTaken(
  ctx: Context,
  id: string,
  of: { taken: number; refused: Record<'added' | 'changed', number> },
): Promise<void> {
  const { added, changed } = of.refused
  await sql`update indicators.import set taken = taken + ${of.taken}, added = added - ${added}, changed = changed - ${changed},
      refused = refused + ${added + changed} where id = ${id}`.execute(ctx.db)
}

/** Ids of all measures by code. */
export async function readMeasureCodes(ctx: Context): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; id: string }>`select code, id from indicators.measure`.execute(ctx.db)
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** What measures are called in the reader's language, by id. */
export async function readMeasureNames(ctx: Context): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, names ->> ${ctx.language} as name from indicators.measure`.execute(ctx.db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
