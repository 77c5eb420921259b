import { sql } from 'kysely'
import { listPersonNames } from '#access'
import { writeCsv, type Catalogue, type Context, type FileAnswer } from '#platform'
import type { Page } from '#platform/model'
import { keptMechanisms, requireAnyKeeper, requireSight } from '../keeping.ts'
import type { ImportProblem, Incoming, IncomingQuery, ProblemQuery, RecommendationImport } from '../model.ts'
import { z } from 'zod'
import { termNames } from '../list/facets.ts'
import { settlingOf } from './settle.ts'
import { getImportRow } from './store.ts'

type Row = Omit<RecommendationImport, 'unknownLabels' | 'startedBy' | 'settling'> & {
  unknownLabels: Record<string, number>
  startedBy: string
  total: number
}

/** What is wrong with a whole file stands at no place of it, and is told with the import itself. */
const ofRecords = sql`p.place <> ''`

/** Imports, newest first; one that a killed or cancelled job left says so. */
async function rowsOf(ctx: Context, where: { id?: string; size: number; page: number }): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.id, i.source, i.file_name, i.file_bytes::float8 as file_bytes, i.byte_at::float8 as byte_at, i.counted, i.added, i.same, i.changed, i.doubled,
      i.refused, i.to_index, i.indexed, i.unknown_labels, i.job_id, i.started_by, i.started_at, i.finished_at,
      coalesce(i.problem_code, case when i.state in ('waiting', 'reading', 'indexing') then j.problem_code end) as problem_code,
      case when i.state in ('waiting', 'reading', 'indexing') and j.state in ('failed', 'cancelled') then j.state else i.state end as state,
      (select count(*)::integer from recommendations.import_problem p where p.import_id = i.id and ${ofRecords}) as problems,
      exists (select from recommendations.import_problem p
        where p.import_id = i.id and p.ordinal = i.counted and p.code = 'recommendations.record-cut-short') as is_cut_short,
      coalesce((select p.params from recommendations.import_problem p
        where p.import_id = i.id and p.ordinal = 0 and p.code = i.problem_code), '{}') as problem_params,
      (select count(*)::integer from recommendations.incoming n where n.import_id = i.id and n.state = 'open') as open,
      (select max(e.finished_at) from recommendations.import e
        where e.file_sha256 = i.file_sha256 and e.id < i.id and e.state = 'done') as same_file_at,
      count(*) over ()::integer as total
    from recommendations.import i left join platform.job j on j.id = i.job_id
    where ${where.id === undefined ? sql`true` : sql`i.id = ${where.id}`}
    order by i.started_at desc, i.id desc limit ${where.size} offset ${(where.page - 1) * where.size}`.execute(ctx.db)
  return rows
}

export async function listImports(
  ctx: Context,
  page: { page: number; size: number },
): Promise<Page<RecommendationImport>> {
  await requireAnyKeeper(ctx)
  const rows = await rowsOf(ctx, page)
  return { items: await describe(ctx, rows), total: rows[0]?.total ?? 0, ...page }
}

/** @throws notFound */
export async function getImport(ctx: Context, id: string): Promise<RecommendationImport> {
  await requireSight(ctx)
  await getImportRow(ctx, id)
  const [one] = await describe(ctx, await rowsOf(ctx, { id, size: 1, page: 1 }))
  if (one === undefined) throw new Error('an import that was just here')
  return { ...one, settling: await settlingOf(ctx, id) }
}

async function describe(ctx: Context, rows: readonly Row[]): Promise<RecommendationImport[]> {
  const names = await listPersonNames(
    ctx,
    rows.map(({ startedBy }) => startedBy),
  )
  return rows.map(({ total: _total, unknownLabels, startedBy, ...row }) => ({
    ...row,
    unknownLabels: Object.entries(unknownLabels)
      .map(([label, count]) => ({ label, count }))
      .sort((a, b) => b.count - a.count),
    startedBy: names.get(startedBy) ?? null,
    settling: null,
  }))
}

const Params = z.record(z.string(), z.union([z.string(), z.number()]))

/** Problems in the order of the file. */
export async function listProblems(
  ctx: Context,
  say: Catalogue,
  id: string,
  query: ProblemQuery,
): Promise<Page<ImportProblem>> {
  await requireSight(ctx)
  await getImportRow(ctx, id)
  const onlyRefused = query.refused === 'true'
  const { rows } = await sql<Omit<ImportProblem, 'title'> & { params: unknown; total: number }>`
    select ordinal, place, code, params, excerpt, is_refused, count(*) over ()::integer as total from recommendations.import_problem p
    where import_id = ${id} and ${ofRecords} and (is_refused or not ${onlyRefused}::boolean)
    order by ordinal, code limit ${query.size} offset ${(query.page - 1) * query.size}`.execute(ctx.db)
  const items = rows.map(({ params, total: _total, ...row }) => ({
    ...row,
    title: say(ctx.language, row.code, inWords(ctx, say, row.code, Params.parse(params))),
  }))
  return { items, total: rows[0]?.total ?? 0, page: query.page, size: query.size }
}

/** A missing column by its name in the reader's language. */
function inWords(ctx: Context, say: Catalogue, code: string, params: z.infer<typeof Params>): z.infer<typeof Params> {
  return code === 'recommendations.head-missing'
    ? { ...params, head: say(ctx.language, `recommendations.column-${params['head']}`) }
    : params
}

/** How many problems are written to the file at a time. */
const mostAtOnce = 5_000

/** All problems as a table to be worked through, however many; only its bytes are held at once. */
export async function exportProblems(ctx: Context, say: Catalogue, id: string): Promise<FileAnswer> {
  await requireSight(ctx)
  const row = await getImportRow(ctx, id)
  const columns = ['ordinal', 'place', 'problem', 'excerpt', 'refused'].map((name) => ({
    head: say(ctx.language, `recommendations.problem-column-${name}`),
    width: 20,
  }))
  const head = writeCsv({ columns, rows: [] })
  const pieces: Uint8Array[] = [head]
  let [count, behind]: [number, { ordinal: number; code: string }] = [0, { ordinal: -1, code: '' }]
  for (;;) {
    const { rows } = await sql<Omit<ImportProblem, 'title'> & { params: unknown }>`
      select ordinal, place, code, params, excerpt, is_refused from recommendations.import_problem
      where import_id = ${id} and (ordinal, code) > (${behind.ordinal}::integer, ${behind.code}::text)
      order by ordinal, code limit ${mostAtOnce}`.execute(ctx.db)
    const last = rows.at(-1)
    if (last === undefined) break
    const cells = rows.map((one) => [
      ...[String(one.ordinal), one.place],
      ...[say(ctx.language, one.code, inWords(ctx, say, one.code, Params.parse(one.params))), one.excerpt ?? ''],
      say(ctx.language, one.isRefused ? 'recommendations.yes' : 'recommendations.no'),
    ])
    pieces.push(writeCsv({ columns, rows: cells }).subarray(head.byteLength))
    count += rows.length
    behind = last
  }
  await ctx.record(
    'recommendations.problems-exported',
    { kind: 'recommendations.import', id, agencyId: row.agencyId },
    { count },
  )
  return {
    fileName: `${say(ctx.language, 'recommendations.problems-file')}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    bytes: Buffer.concat(pieces),
  }
}

const ofDocument = ['symbol', 'publishedOn', 'cycle'] as const
const named = [
  ...ofDocument,
  ...(['paragraph', 'kind', 'position', 'response', 'language', 'recommendingStates', 'suggested'] as const),
] as const

type IncomingRow = Omit<Incoming, 'fields' | 'changes'> & {
  total: number
  kept: number
  now: Record<string, unknown>
  fields: Record<string, unknown>
}

/** Differences with both texts and what the State wrote of them, own ones first, as their documents print them. */
export async function listIncoming(ctx: Context, query: IncomingQuery): Promise<Page<Incoming> & { kept: number }> {
  await requireAnyKeeper(ctx)
  const mechanisms = await keptMechanisms(ctx)
  const own = query.own === undefined ? null : query.own === 'true'
  const { rows } = await sql<IncomingRow>`
    select i.recommendation_id, i.import_id, r.mechanism, d.symbol, r.paragraph, r.is_own, i.state, o.text as here, i.text as there,
      case when i.fields ? 'ofSource' then r.source end as of_source,
      i.fields || jsonb_build_object('language', coalesce(i.fields -> 'language', to_jsonb(r.language))) || coalesce(i.fields -> 'document', '{}') as fields,
      jsonb_build_object('symbol', d.symbol, 'publishedOn', r.published_on, 'cycle', r.cycle, 'paragraph', r.paragraph, 'kind', r.kind, 'position', r.position_printed, 'response', o.response, 'language', r.language,
        'recommendingStates', r.recommending_states, 'suggested', r.suggested) as now,
      (select count(*)::integer from recommendations.wording w where w.recommendation_id = r.id and i.text_hash <> w.of_hash) as wordings,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', w.kind, 'language', w.language, 'text', w.text) order by w.kind desc, w.language), '[]')
        from recommendations.wording w where w.recommendation_id = r.id) as written,
      count(*) over ()::integer as total, count(*) filter (where r.mechanism = any (${mechanisms})) over ()::integer as kept
    from recommendations.incoming i join recommendations.recommendation r on r.id = i.recommendation_id
      join recommendations.source_document d on d.id = r.document_id join recommendations.official_text o on o.recommendation_id = r.id
    where i.state = ${query.state} and (${query.import ?? null}::uuid is null or i.import_id = ${query.import ?? null}::uuid)
      and (${own}::boolean is null or r.is_own = ${own}::boolean)
    order by r.is_own desc, i.import_id, r.document_id, r.sort_key, i.recommendation_id limit ${query.size} offset ${(query.page - 1) * query.size}`.execute(
    ctx.db,
  )
  const names = await termNames(
    ctx,
    rows.flatMap(({ now, fields }) => [...valuesOf(now.suggested), ...valuesOf(fields.suggested)]),
  )
  const items = rows.map(({ total: _total, kept: _kept, now, fields, ...row }) => {
    const changes = named.flatMap((field) => {
      // Differences laid before their documents were kept say nothing of these.
      if (!(field in fields) && (ofDocument as readonly string[]).includes(field)) return []
      const [here, there] = [valuesOf(now[field]), valuesOf(fields[field])]
      if (JSON.stringify(here) === JSON.stringify(there)) return []
      const worded = (one: string) => (field === 'suggested' ? (names.get(one) ?? one) : one)
      const only = (own: string[], other: string[]) => own.filter((one) => !other.includes(one)).map(worded)
      return [{ field, here: only(here, there), there: only(there, here) }]
    })
    const isOther = row.here !== row.there
    return { ...row, fields: [...(isOther ? ['text'] : []), ...changes.map(({ field }) => field)], changes }
  })
  return { items, total: rows[0]?.total ?? 0, kept: rows[0]?.kept ?? 0, page: query.page, size: query.size }
}

/** One value or several, as text. */
function valuesOf(value: unknown): string[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value.map(String) : [String(value)]
}
