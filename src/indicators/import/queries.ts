import { sql } from 'kysely'
import { z } from 'zod'
import { listPersonNames } from '#access'
import { notFound, writeCsv, type Catalogue, type Context, type FileAnswer } from '#platform'
import type { Page } from '#platform/model'
import { getUnitKey, openLand, refOf } from '../land.ts'
import { readPeriod, type Calendar, type FigureImport, type FigureProblem, type IncomingFigure } from '../model.ts'
import { lastDay } from '../rollup/ground.ts'
import { recordKind } from './run.ts'
import type { ImportSubject } from './store.ts'

const Params = z.record(z.string(), z.union([z.string(), z.number()]))

type PageOf = { page: number; size: number }
type Row = Omit<FigureImport, 'startedBy' | 'problem'> & { startedBy: string; problemParams: unknown; total: number }

/** Files of figures the acting body brought in, newest first; one whose job fell says so. */
export async function listImports(
  ctx: Context,
  say: Catalogue,
  query: PageOf & { subject: ImportSubject; id?: string },
): Promise<Page<FigureImport>> {
  const { page, size, id, subject } = query
  const { rows } = await sql<Row>`
    select i.id, i.file_name, i.file_bytes::float8 as file_bytes, i.decimal_sign, i.takes, i.counted, i.added, i.changed, i.same, i.empty, i.refused, i.taken,
      i.job_id, i.started_by, i.started_at, i.finished_at, i.problem_params,
      coalesce(i.problem_code, case when i.state in ('checking', 'taking') then j.problem_code end) as problem_code,
      case when i.state in ('checking', 'taking') and j.state in ('failed', 'cancelled') then j.state else i.state end as state,
      count(*) over ()::integer as total
    from indicators.import i left join platform.job j on j.id = i.job_id
    where i.agency_id = ${ctx.actor.agencyId} and i.subject = ${subject} and ${id === undefined ? sql`true` : sql`i.id = ${id}`}
    order by i.started_at desc, i.id desc limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  const names = await listPersonNames(
    ctx,
    rows.map(({ startedBy }) => startedBy),
  )
  const items = rows.map(({ total: _, problemParams, ...row }) => ({
    ...row,
    problem: row.problemCode === null ? null : say(ctx.language, row.problemCode, Params.parse(problemParams)),
    startedBy: names.get(row.startedBy) ?? null,
  }))
  return { items, total: rows[0]?.total ?? 0, page, size }
}

/** @throws notFound */
export async function getImport(
  ctx: Context,
  say: Catalogue,
  id: string,
  subject: ImportSubject = 'figures',
): Promise<FigureImport> {
  const [one] = (await listImports(ctx, say, { id, subject, page: 1, size: 1 })).items
  if (one === undefined) throw notFound()
  return one
}

/** Why rows were refused, in the order of the file. @throws notFound */
export async function listProblems(
  ctx: Context,
  say: Catalogue,
  id: string,
  { page, size, subject }: PageOf & { subject: ImportSubject },
): Promise<Page<FigureProblem>> {
  await getImport(ctx, say, id, subject)
  const { rows } = await sql<Omit<FigureProblem, 'title'> & { params: unknown; total: number }>`
    select row_number as "row", place as cell, code, params, excerpt, count(*) over ()::integer as total
    from indicators.import_problem where import_id = ${id} order by row_number, place limit ${size} offset ${(page - 1) * size}`.execute(
    ctx.db,
  )
  const items = rows.map(({ params, total: _, ...row }) => ({
    ...row,
    title: say(ctx.language, row.code, Params.parse(params)),
  }))
  return { items, total: rows[0]?.total ?? 0, page, size }
}

/** The longest list of problems that leaves as one file. */
const mostProblems = 200_000

/** All refused rows as a table to be worked through. @throws notFound */
export async function exportProblems(
  ctx: Context,
  say: Catalogue,
  id: string,
  subject: ImportSubject,
): Promise<FileAnswer> {
  const { items } = await listProblems(ctx, say, id, { page: 1, size: mostProblems, subject })
  const columns = ['row', 'cell', 'problem', 'excerpt'].map((name) => ({
    head: say(ctx.language, `indicators.problem-column-${name}`),
    width: 20,
  }))
  const rows = items.map((one) => [one.row, one.cell, one.title, one.excerpt ?? ''])
  await ctx.record(
    'indicators.import-problems-exported',
    { kind: recordKind, id, agencyId: ctx.actor.agencyId },
    { count: items.length },
  )
  return {
    fileName: `${say(ctx.language, 'indicators.problems-file')}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    bytes: writeCsv({ columns, rows }),
  }
}

type WaitingRow = Omit<IncomingFigure, 'unit'> & { total: number }

/** Good rows that wait, with what is there now and what they would say. @throws notFound */
export async function listIncoming(
  ctx: Context,
  parts: { say: Catalogue; calendars: readonly Calendar[] },
  id: string,
  query: PageOf & { outcome?: 'added' | 'changed' | 'same' | undefined },
): Promise<Page<IncomingFigure>> {
  await getImport(ctx, parts.say, id)
  const { page, size, outcome = null } = query
  const { rows } = await sql<WaitingRow>`
    select w.row_number as "row", w.outcome, w.measure_id, w.unit_id, w.period, w.breakdown, w.comment,
      case when o.vintage is null then null else jsonb_build_object('status', o.status, 'numerator', o.numerator, 'denominator', o.denominator, 'absence', o.absence) end as here,
      jsonb_build_object('status', w.status, 'numerator', w.numerator, 'denominator', w.denominator, 'absence', w.absence) as becomes,
      count(*) over ()::integer as total
    from indicators.import_row w
      left join indicators.cell c on c.measure_id = w.measure_id and c.unit_id = w.unit_id and c.period = w.period and c.breakdown = w.breakdown
      left join indicators.observation o on o.cell_id = c.id and o.vintage = c.vintage
    where w.import_id = ${id} and (${outcome}::text is null or w.outcome = ${outcome})
    order by w.row_number limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  const land = await openLand(ctx)
  const items = rows.map(({ total: _, ...row }): IncomingFigure => {
    const period = readPeriod(row.period, parts.calendars)
    const day = period === undefined ? ctx.today : lastDay(period)
    return { ...row, unit: refOf(land, getUnitKey(land, row.unitId), day, ctx.language) }
  })
  return { items, total: rows[0]?.total ?? 0, page, size }
}
