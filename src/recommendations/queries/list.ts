import { sql } from 'kysely'
import { asEverywhere, orderOf, whereOf, type Context, type List, type ListRequest } from '#platform'
import { mostCounted } from '../list/list.ts'
import type { RecommendationPage, RecommendationSummary } from '../model.ts'

/** A page of recommendations. Four statements, whatever is asked; counts by facet are a question of their own. */
export async function listRecommendations(ctx: Context, list: List, asked: ListRequest): Promise<RecommendationPage> {
  const where = whereOf(ctx, list, asked.filter)
  const most = mostCounted(asked.filter)
  const counted = await sql<{ total: number }>`select count(*)::integer as total
    from (select from ${list.from} where ${where} limit ${most + 1}) found`.execute(ctx.db)
  const total = counted.rows[0]?.total ?? 0
  const { rows } = await sql<{ id: string }>`select r.id from ${list.from} where ${where}
    order by ${orderOf(ctx, list, asked.order)} limit ${asked.size} offset ${(asked.page - 1) * asked.size}`.execute(
    ctx.db,
  )
  return {
    items: await summariesOf(
      ctx,
      rows.map(({ id }) => id),
    ),
    total: Math.min(total, most),
    isMore: total > most,
    page: asked.page,
    size: asked.size,
    searchable: await searchableOf(ctx),
  }
}

/** The words of the paragraph a part was split from changed after that, and the part's own have not since. */
const isWholeChanged = sql`exists (select from recommendations.earlier_text e where e.recommendation_id = r.whole_id and e.until > r.created_at
  and not exists (select from recommendations.earlier_text p where p.recommendation_id = r.id and p.until >= e.until))`

/** What lists tell of recommendations, in the order of the ids. */
export async function summariesOf(ctx: Context, ids: readonly string[]): Promise<RecommendationSummary[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<RecommendationSummary>`
    select r.id, r.mechanism, r.document_id, d.symbol, r.published_on, r.cycle, r.paragraph, r.part, r.kind, r.weight, r.language, o.text,
      w.text as translation, coalesce(w.of_hash <> r.text_hash, false) as is_translation_outdated, r.is_urgent, r.position, d.states,
      r.recommending_states, r.terms, r.version, ${isWholeChanged} as is_whole_changed,
      array(select s.term from unnest(r.suggested) as s(term)
        where not exists (select from recommendations.tag t where t.recommendation_id = r.id and t.term = s.term)) as undecided
    from unnest(${ids}::uuid[]) with ordinality as wanted(id, place) join recommendations.recommendation r on r.id = wanted.id
      join recommendations.official_text o on o.recommendation_id = r.id join recommendations.source_document d on d.id = r.document_id
      left join recommendations.wording w on w.recommendation_id = r.id and w.kind = 'translation' and w.language = ${ctx.language}
    order by wanted.place`.execute(ctx.db)
  return rows
}

/** How far what imports bring at this time is searchable by words: everybody who searches may know. */
async function searchableOf(ctx: Context): Promise<{ done: number; total: number }> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{
      done: number
      total: number
    }>`select coalesce(sum(i.indexed), 0)::integer as done, coalesce(sum(greatest(i.to_index, i.added)), 0)::integer as total
      from recommendations.import i left join platform.job j on j.id = i.job_id
      where i.state in ('reading', 'indexing')
        and (j.state in ('queued', 'running') or (i.job_id is null and i.started_at > ${ctx.now}::timestamptz - interval '1 hour'))`.execute(
      ctx.db,
    ),
  )
  return rows[0] ?? { done: 0, total: 0 }
}
