import { sql } from 'kysely'
import type { Context } from '#platform'
import { keptMechanisms } from '../keeping.ts'
import type { ImportSource } from '../model.ts'
import { richness, type ReadRecord } from '../reading/record.ts'
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

type Differing = { here: Here; record: ReadRecord }

/** Differences that a person has left once: they are not asked again. As `id hash`. */
export async function findLeft(ctx: Context, differing: readonly Differing[]): Promise<Set<string>> {
  if (differing.length === 0) return new Set()
  const { rows } = await sql<{ recommendationId: string; recordHash: string }>`
    select recommendation_id, record_hash from recommendations.incoming
    where state = 'left' and recommendation_id = any (${differing.map(({ here }) => here.id)}::uuid[])`.execute(ctx.db)
  return new Set(rows.map((row) => `${row.recommendationId} ${row.recordHash}`))
}

/** Lays changed records beside what is here; what an earlier file said and nobody settled is replaced. */
export async function layIncoming(ctx: Context, importId: string, changed: readonly Differing[]): Promise<void> {
  if (changed.length === 0) return
  const rows = changed.map(({ here, record }) => {
    const { text, rawText, textHash, recordHash, ...fields } = record
    return { id: here.id, text, rawText, textHash, recordHash, fields }
  })
  await sql`update recommendations.incoming set state = 'replaced'
    where state = 'open' and recommendation_id = any (${rows.map(({ id }) => id)}::uuid[]) and import_id <> ${importId}`.execute(
    ctx.db,
  )
  await sql`insert into recommendations.incoming (import_id, recommendation_id, text, raw_text, text_hash, record_hash, fields, state)
    select ${importId}, t.id, t.text, t."rawText", t."textHash", t."recordHash", t.fields, 'open'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, text text, "rawText" text, "textHash" text, "recordHash" text, fields jsonb)
    on conflict (import_id, recommendation_id) do nothing`.execute(ctx.db)
}

/** Takes changes as they come, where whoever brings the table in chose so and keeps those records; others stay open. */
export async function takeAtOnce(ctx: Context, importId: string, changed: readonly Differing[]): Promise<void> {
  const kept = new Set(await keptMechanisms(ctx))
  const mine = changed.filter(({ here }) => kept.has(here.mechanism))
  for (const { here, record } of mine) await takeRecord(ctx, here.id, record)
  await sql`update recommendations.incoming set state = 'taken', decided_by = ${ctx.actor.personId}, decided_at = ${ctx.now}
    where import_id = ${importId} and recommendation_id = any (${mine.map(({ here }) => here.id)}::uuid[])`.execute(
    ctx.db,
  )
}

/** Of a record that stands twice in a file the richer one stays, also where the other was saved with an earlier batch. */
export async function keepRicher(ctx: Context, doubled: readonly Differing[]): Promise<void> {
  if (doubled.length === 0) return
  const { rows } = await sql<{ id: string; text: string; suggested: number[] }>`
    select r.id, o.text, r.suggested from recommendations.recommendation r join recommendations.official_text o on o.recommendation_id = r.id
    where r.id = any (${doubled.map(({ here }) => here.id)}::uuid[])`.execute(ctx.db)
  const saved = new Map(rows.map((row) => [row.id, row]))
  for (const { here, record } of doubled) {
    const before = saved.get(here.id)
    if (before !== undefined && richness(record) > richness(before)) await takeRecord(ctx, here.id, record)
  }
}

/** Puts what a file says in place of what it said before. What persons of the State say of it stays. */
export async function takeRecord(
  ctx: Context,
  id: string,
  record: Omit<ReadRecord, 'externalId' | 'document' | 'watermark'> & Partial<Pick<ReadRecord, 'watermark'>>,
): Promise<void> {
  await sql`insert into recommendations.earlier_text (recommendation_id, text_hash, text, until)
    select r.id, r.text_hash, o.text, ${ctx.now} from recommendations.recommendation r
    join recommendations.official_text o on o.recommendation_id = r.id
    where r.id = ${id} and r.text_hash <> ${record.textHash} on conflict do nothing`.execute(ctx.db)
  await sql`update recommendations.recommendation r set paragraph = ${record.paragraph}, sort_key = ${record.sortKey}, kind = ${record.kind},
      language = ${record.language}, text_hash = ${record.textHash}, record_hash = ${record.recordHash}, weight = ${record.weight},
      is_urgent_printed = ${record.isUrgent}, position_printed = ${record.position}, recommending_states = ${record.recommendingStates},
      suggested = ${record.suggested}, watermark = coalesce(${record.watermark ?? null}::timestamptz, watermark), version = version + 1
    where id = ${id}`.execute(ctx.db)
  await sql`update recommendations.official_text set text = ${record.text}, raw_text = ${record.rawText}, response = ${record.response ?? null} where recommendation_id = ${id}`.execute(
    ctx.db,
  )
  await workOut(ctx, [id])
  await indexWords(ctx, [id])
}
