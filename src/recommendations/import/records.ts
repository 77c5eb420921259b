import { sql } from 'kysely'
import { newId, type Context } from '#platform'
import type { ReadDocument } from '../reading/record.ts'
import { documentKey, type PreparedRows } from './prepare-rows.ts'
import type { ImportRow } from './store.ts'

export type ProblemRow = {
  ordinal: number
  place: string
  code: string
  params: Record<string, string | number>
  isRefused: boolean
  excerpt: string | null
}

/** The ids of documents, made where they are not here yet; what was met is kept in `known`. */
export async function documentIds(
  ctx: Context,
  documents: readonly ReadDocument[],
  known: Map<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const missing = new Map<string, ReadDocument>()
  for (const document of documents) {
    const key = documentKey(document)
    if (!known.has(key)) missing.set(key, document)
  }
  if (missing.size === 0) return known
  const rows = [...missing.values()].map((document) => ({ ...document, id: newId() }))
  await sql`insert into recommendations.source_document
      (id, mechanism, symbol, external_id, title, published_on, cycle, session, states, is_own, created_at)
    select t.id, t.mechanism, t.symbol, t."externalId", t.title, t."publishedOn", t.cycle, t.session, t.states, t."isOwn", ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, mechanism text, symbol text, "externalId" text, title text,
      "publishedOn" date, cycle text, session text, states text[], "isOwn" boolean)
    on conflict do nothing`.execute(ctx.db)
  const found = await sql<{ id: string; mechanism: string; symbol: string | null; externalId: string | null }>`
    select d.id, d.mechanism, d.symbol, d.external_id from recommendations.source_document d
    join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(mechanism text, symbol text, "externalId" text)
      on d.mechanism = t.mechanism and coalesce(d.symbol, '') = coalesce(t.symbol, '')
        and coalesce(d.external_id, '') = coalesce(t."externalId", '')`.execute(ctx.db)
  for (const row of found.rows) known.set(documentKey(row), row.id)
  return known
}

/** Adds new records with their words, in one statement: the cheapest way in that row security allows (ADR 0020). */
export async function insertRecords(
  ctx: Context,
  row: Pick<ImportRow, 'id'>,
  { columns: of, documents }: PreparedRows,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  if (documents.length === 0) return
  const documentIds = documents.map((document) => ids.get(documentKey(document)))
  await sql`with t as materialized (select * from unnest(${of.id}::uuid[], ${of.document}::integer[], ${of.mechanism}::text[], ${of.cycle}::text[],
      ${of.published}::date[], ${of.paragraph}::text[], ${of.sort}::text[], ${of.kind}::text[], ${of.language}::text[], ${of.hash}::text[],
      ${of.wholeHash}::text[], ${of.urgent}::boolean[], ${of.weight}::text[], ${of.position}::text[], ${of.states}::text[], ${of.terms}::text[],
      ${of.own}::boolean[], ${of.source}::text[], ${of.key}::text[], ${of.watermark}::timestamptz[], ${of.words}::text[], ${of.raw}::text[],
      ${of.response}::text[]) as t(id, document, mechanism, cycle, published, paragraph, sort, kind, language, hash, whole_hash, urgent, weight,
      position, states, terms, own, source, key, watermark, words, raw, response)),
    added as (insert into recommendations.recommendation (id, document_id, mechanism, cycle, published_on, paragraph, sort_key, kind, language,
      text_hash, record_hash, is_urgent_printed, is_urgent, weight, position_printed, position, recommending_states, suggested, terms, is_own,
      source, external_id, watermark, import_id, created_at)
    select id, (${documentIds}::uuid[])[document], mechanism, cycle, published, paragraph, sort, kind, language, hash, whole_hash, urgent, urgent, weight,
      t.position, t.position, states::text[], terms::integer[], terms::integer[], own, source, key, watermark, ${row.id}, ${ctx.now} from t)
    insert into recommendations.official_text (recommendation_id, text, raw_text, response) select id, words, raw, response from t`.execute(
    ctx.db,
  )
}

/** Keeps what was wrong with records. */
export async function insertProblems(ctx: Context, importId: string, problems: readonly ProblemRow[]): Promise<void> {
  if (problems.length === 0) return
  await sql`insert into recommendations.import_problem (import_id, ordinal, place, code, params, excerpt, is_refused)
    select ${importId}, t.ordinal, t.place, t.code, t.params, t.excerpt, t."isRefused"
    from jsonb_to_recordset(${JSON.stringify(problems)}::jsonb) as t(ordinal integer, place text, code text, params jsonb, excerpt text, "isRefused" boolean)
    on conflict do nothing`.execute(ctx.db)
}
