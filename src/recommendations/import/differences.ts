import { sql } from 'kysely'
import type { Context } from '#platform'
import { keptMechanisms } from '../keeping.ts'
import type { ImportSource } from '../model.ts'
import type { ReadRecord } from '../reading/record.ts'
import { documentKey } from './prepare-rows.ts'
import { documentIds } from './records.ts'
import { indexWords, workOut } from '../search.ts'

/** What is here under a key of the source. */
export type Here = {
  id: string
  source: ImportSource
  externalId: string
  recordHash: string
  importId: string | null
  mechanism: string
}

/** By source and key, as `source key`. */
export async function findHere(
  ctx: Context,
  keys: readonly { source: ImportSource; externalId: string }[],
): Promise<Map<string, Here>> {
  if (keys.length === 0) return new Map()
  const { rows } =
    await sql<Here>`select id, source, external_id, record_hash, import_id, mechanism from recommendations.recommendation
    where (source, external_id) in (select * from unnest(${keys.map(({ source }) => source)}::text[], ${keys.map(({ externalId }) => externalId)}::text[]))`.execute(
      ctx.db,
    )
  return new Map(rows.map((row) => [`${row.source} ${row.externalId}`, row]))
}

export type Differing = { here: Here; record: ReadRecord }

/** Differences that a person has left once: they are not asked again. As `id hash`. */
export async function findLeft(ctx: Context, differing: readonly Differing[]): Promise<Set<string>> {
  if (differing.length === 0) return new Set()
  const { rows } = await sql<{ recommendationId: string; recordHash: string }>`
    select recommendation_id, record_hash from recommendations.incoming
    where state = 'left' and recommendation_id = any (${differing.map(({ here }) => here.id)}::uuid[])`.execute(ctx.db)
  return new Set(rows.map((row) => `${row.recommendationId} ${row.recordHash}`))
}

/**
 * Lays changed records beside what is here; what an earlier file said and nobody settled is replaced, and what this file said
 * of it before, too.
 */
export async function layIncoming(ctx: Context, importId: string, changed: readonly Differing[]): Promise<void> {
  if (changed.length === 0) return
  const rows = changed.map(({ here, record }) => {
    const { text, rawText, textHash, recordHash, ...fields } = record
    return { id: here.id, text, rawText, textHash, recordHash, fields }
  })
  await replaceEarlier(
    ctx,
    importId,
    rows.map(({ id }) => id),
  )
  await sql`insert into recommendations.incoming (import_id, recommendation_id, text, raw_text, text_hash, record_hash, fields, state)
    select ${importId}, t.id, t.text, t."rawText", t."textHash", t."recordHash", t.fields, 'open'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, text text, "rawText" text, "textHash" text, "recordHash" text, fields jsonb)
    on conflict (import_id, recommendation_id) do update set text = excluded.text, raw_text = excluded.raw_text, text_hash = excluded.text_hash,
      record_hash = excluded.record_hash, fields = excluded.fields, state = 'open' where incoming.state in ('open', 'replaced')`.execute(
    ctx.db,
  )
}

/** What earlier files said of records and nobody settled no longer waits: this file says what holds. */
export async function replaceEarlier(ctx: Context, importId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update recommendations.incoming set state = 'replaced'
    where state = 'open' and recommendation_id = any (${ids}::uuid[]) and import_id <> ${importId}`.execute(ctx.db)
}

/** Takes back what this file itself said of records. */
export async function withdrawIncoming(ctx: Context, importId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update recommendations.incoming set state = 'replaced'
    where state = 'open' and recommendation_id = any (${ids}::uuid[]) and import_id = ${importId}`.execute(ctx.db)
}

/** Takes changes as they come, where whoever brings the table in chose so and keeps those records; others stay open. */
export async function takeAtOnce(ctx: Context, importId: string, changed: readonly Differing[]): Promise<void> {
  const kept = new Set(await keptMechanisms(ctx))
  const mine = changed.filter(({ here }) => kept.has(here.mechanism))
  await takeRecords(
    ctx,
    mine.map(({ here, record }) => ({ id: here.id, record })),
  )
  await sql`update recommendations.incoming set state = 'taken', decided_by = ${ctx.actor.personId}, decided_at = ${ctx.now}
    where import_id = ${importId} and recommendation_id = any (${mine.map(({ here }) => here.id)}::uuid[])`.execute(
    ctx.db,
  )
}

export type Taken = {
  id: string
  record: Omit<ReadRecord, 'externalId' | 'watermark'> & Partial<Pick<ReadRecord, 'watermark'>>
}

/**
 * Puts what a file says in place of what it said before, with its document's day, cycle and symbol. What persons of the State say of
 * it stays; so does its mechanism, by which its keeper is told.
 *
 * @param asChange the words before are kept as earlier ones; not where one file says a thing twice
 */
export async function takeRecords(ctx: Context, taken: readonly Taken[], asChange = true): Promise<void> {
  const byId = new Map([...taken].map((one) => [one.id, one.record]))
  const ids = [...byId.keys()].sort()
  if (ids.length === 0) return
  const held = await sql<{ id: string; mechanism: string }>`select id, mechanism from recommendations.recommendation
    where id = any (${ids}::uuid[]) order by id for update`.execute(ctx.db)
  const records = held.rows.flatMap(({ id, mechanism }) => {
    const record = byId.get(id)
    return record === undefined ? [] : [{ ...record, id, document: { ...record.document, mechanism } }]
  })
  const documents = await documentIds(
    ctx,
    records.map(({ document }) => document),
    new Map(),
  )
  const rows = records.map(({ document, ...record }) => ({
    ...{ ...record, documentId: documents.get(documentKey(document)), publishedOn: document.publishedOn },
    ...{ cycle: document.cycle, isOwn: document.isOwn, title: document.title },
    ...{ session: document.session, states: document.states },
  }))
  const t = sql`json_to_recordset(${JSON.stringify(rows)}::json) as t(id uuid, "documentId" uuid, "publishedOn" date, cycle text, title text,
    session text, states text[], "isOwn" boolean, paragraph text, "sortKey" text, kind text, language text, "textHash" text, "recordHash" text,
    weight text, "isUrgent" boolean, position text, "recommendingStates" text[], suggested integer[], watermark timestamptz, text text, "rawText" text, response text,
    "ofSource" text)`
  await sql`update recommendations.source_document d set published_on = t."publishedOn", cycle = t.cycle, session = t.session, states = t.states,
      is_own = t."isOwn", title = coalesce(t.title, d.title), version = d.version + 1
    from (select distinct on ("documentId") * from ${t} order by "documentId", id) t
    where d.id = t."documentId" and (d.published_on, d.cycle, d.session, d.states, d.is_own)
      is distinct from (t."publishedOn", t.cycle, t.session, t.states, t."isOwn")`.execute(ctx.db)
  if (asChange)
    await sql`insert into recommendations.earlier_text (recommendation_id, text_hash, text, until)
      select r.id, r.text_hash, o.text, ${ctx.now} from ${t} join recommendations.recommendation r on r.id = t.id
        join recommendations.official_text o on o.recommendation_id = r.id
      where r.text_hash <> t."textHash" on conflict do nothing`.execute(ctx.db)
  // Words that differ in their line breaks only are the same words: those that are here stay.
  await sql`update recommendations.official_text o set response = t.response,
      text = case when r.text_hash = t."textHash" then o.text else t.text end,
      raw_text = case when r.text_hash = t."textHash" then o.raw_text else t."rawText" end
    from ${t} join recommendations.recommendation r on r.id = t.id where o.recommendation_id = r.id`.execute(ctx.db)
  await sql`update recommendations.recommendation r set document_id = t."documentId", published_on = t."publishedOn", cycle = t.cycle,
      is_own = t."isOwn", paragraph = t.paragraph, sort_key = t."sortKey", kind = t.kind, language = t.language, text_hash = t."textHash",
      record_hash = case when t."ofSource" is null then t."recordHash" else r.record_hash end, weight = t.weight, is_urgent_printed = t."isUrgent", position_printed = t.position,
      recommending_states = t."recommendingStates", suggested = t.suggested, watermark = coalesce(t.watermark, r.watermark),
      version = r.version + 1
    from ${t} where r.id = t.id`.execute(ctx.db)
  await sql`update recommendations.recommendation r set document_id = t."documentId", published_on = t."publishedOn", cycle = t.cycle,
      is_own = t."isOwn"
    from ${t} where r.whole_id = t.id`.execute(ctx.db)
  await workOut(ctx, ids)
  await indexWords(ctx, ids)
}
