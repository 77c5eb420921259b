import { sql } from 'kysely'
import { newId, type Context } from '#platform'
import type { ReadDocument, ReadRecord } from '../reading/record.ts'
import type { ImportRow } from './store.ts'

export type ProblemRow = {
  ordinal: number
  place: string
  code: string
  params: Record<string, string | number>
  isRefused: boolean
  excerpt: string | null
}

/** What tells a document: mechanism, symbol, its id at the source. */
export function documentKey(document: Pick<ReadDocument, 'mechanism' | 'symbol' | 'externalId'>): string {
  return `${document.mechanism}\n${document.symbol ?? ''}\n${document.externalId ?? ''}`
}

/** The ids of the documents of records, made where they are not here yet; what was met is kept in `known`. */
export async function documentIds(
  ctx: Context,
  records: readonly Pick<ReadRecord, 'document'>[],
  known: Map<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const missing = new Map<string, ReadDocument>()
  for (const { document } of records) {
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
  row: Pick<ImportRow, 'id' | 'source'>,
  records: readonly ReadRecord[],
  documents: ReadonlyMap<string, string>,
): Promise<string[]> {
  if (records.length === 0) return []
  const rows = records.map((record) => ({
    id: newId(),
    document: documents.get(documentKey(record.document)),
    mechanism: record.document.mechanism,
    cycle: record.document.cycle,
    published: record.document.publishedOn,
    paragraph: record.paragraph,
    sort: record.sortKey,
    kind: record.kind,
    language: record.language,
    hash: record.textHash,
    whole_hash: record.recordHash,
    urgent: record.isUrgent,
    weight: record.weight,
    position: record.position,
    states: record.recommendingStates,
    terms: record.suggested,
    own: record.document.isOwn,
    source: record.source ?? row.source,
    key: record.externalId,
    watermark: record.watermark,
    words: record.text,
    raw: record.rawText,
    response: record.response ?? null,
  }))
  await sql`with t as materialized (select * from json_to_recordset(${JSON.stringify(rows)}::json) as t(id uuid, document uuid, mechanism text,
      cycle text, published date, paragraph text, sort text, kind text, language text, hash text, whole_hash text, urgent boolean, weight text,
      position text, states text[], terms integer[], own boolean, source text, key text, watermark timestamptz, words text, raw text, response text)),
    added as (insert into recommendations.recommendation (id, document_id, mechanism, cycle, published_on, paragraph, sort_key, kind, language,
      text_hash, record_hash, is_urgent_printed, is_urgent, weight, position_printed, position, recommending_states, suggested, terms, is_own,
      source, external_id, watermark, import_id, created_at)
    select id, document, mechanism, cycle, published, paragraph, sort, kind, language, hash, whole_hash, urgent, urgent, weight, t.position, t.position,
      states, terms, terms, own, source, key, watermark, ${row.id}, ${ctx.now} from t)
    insert into recommendations.official_text (recommendation_id, text, raw_text, response) select id, words, raw, response from t`.execute(
    ctx.db,
  )
  return rows.map(({ id }) => id)
}

/** Keeps what was wrong with records. */
export async function insertProblems(ctx: Context, importId: string, problems: readonly ProblemRow[]): Promise<void> {
  if (problems.length === 0) return
  await sql`insert into recommendations.import_problem (import_id, ordinal, place, code, params, excerpt, is_refused)
    select ${importId}, t.ordinal, t.place, t.code, t.params, t.excerpt, t."isRefused"
    from jsonb_to_recordset(${JSON.stringify(problems)}::jsonb) as t(ordinal integer, place text, code text, params jsonb, excerpt text, "isRefused" boolean)
    on conflict do nothing`.execute(ctx.db)
}
