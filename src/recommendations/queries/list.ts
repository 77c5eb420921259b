import { sql, type RawBuilder } from 'kysely'
import { asEverywhere, type Context } from '#platform'
import { termNumbers } from '../lists/lists.ts'
import type { RecommendationPage, RecommendationQuery, RecommendationSummary } from '../model.ts'
import { chosenFacets, columnFacets, conditionsOf, sourceOf, termFacets, type Facet } from './conditions.ts'

/** So many are counted at most: what is more is said to be more. */
const mostCounted = 5_000

type Found = { facet: string; value: string | null; count: number }

/** A page of recommendations with the counts of what else could be chosen. Four statements, whatever is asked. */
export async function listRecommendations(ctx: Context, query: RecommendationQuery): Promise<RecommendationPage> {
  const counted = await countFound(ctx, query)
  const total = counted.find(({ facet }) => facet === 'total')?.count ?? 0
  const isMore = total > mostCounted
  const ids = await pageIds(ctx, query)
  const values = (facet: string) =>
    counted
      .filter((one) => one.facet === facet && one.value !== null)
      .map(({ value, count }) => ({ value: value ?? '', count }))
  return {
    items: await summariesOf(ctx, ids),
    total: Math.min(total, mostCounted),
    isMore,
    page: query.page,
    size: query.size,
    facets: {
      mechanism: values('mechanism'),
      cycle: values('cycle'),
      kind: values('kind'),
      position: values('position'),
      urgent: counted.find(({ facet }) => facet === 'urgent')?.count ?? 0,
      terms: values('term').map(({ value, count }) => ({ number: Number(value), count })),
    },
    searchable: await searchableOf(ctx),
  }
}

/** Counts by facet. A facet in which something is chosen is counted as if nothing were chosen in it. */
async function countFound(ctx: Context, query: RecommendationQuery): Promise<Found[]> {
  const chosen = chosenFacets(query)
  const sets: RawBuilder<unknown>[] = [foundAs(query, undefined), ...chosen.map((facet) => foundAs(query, facet))]
  const from = (facet: Facet) => sql.table(chosen.includes(facet) ? `found_${facet}` : 'found')
  const limited = sql`limit ${mostCounted}`
  const { rows } = await sql<Found>`with ${sql.join(sets)}
    select 'total' as facet, null as value, count(*)::integer as count from found
    union all select 'urgent', null, count(*)::integer from (select is_urgent from found ${limited}) f where is_urgent
    ${sql.join(
      columnFacets.map(
        (facet) => sql`union all select ${sql.lit(facet)}, ${sql.ref(facet)}, count(*)::integer
          from (select ${sql.ref(facet)} from ${from(facet)} ${limited}) f group by ${sql.ref(facet)}`,
      ),
      sql` `,
    )}
    ${sql.join(
      termSources(chosen).map(
        ({ table, numbers }) => sql`union all select 'term', t.number::text, count(*)::integer
          from (select terms from ${sql.table(table)} ${limited}) f, unnest(f.terms) as t(number)
          where ${numbers === null ? sql`true` : sql`t.number = any (${numbers}::integer[])`} group by t.number`,
      ),
      sql` `,
    )}
    order by facet, count desc, value`.execute(ctx.db)
  return rows
}

/** Terms are counted together, those of schemes in which something is chosen apart. */
function termSources(chosen: readonly Facet[]): { table: string; numbers: number[] | null }[] {
  const apart = termFacets.filter((facet) => chosen.includes(facet))
  if (apart.length === 0) return [{ table: 'found', numbers: null }]
  const rest = termFacets.filter((facet) => !chosen.includes(facet)).flatMap((facet) => termNumbers(facet))
  return [
    { table: 'found', numbers: rest },
    ...apart.map((facet) => ({ table: `found_${facet}`, numbers: termNumbers(facet) })),
  ]
}

function foundAs(query: RecommendationQuery, without: Facet | undefined): RawBuilder<unknown> {
  const name = sql.id(without === undefined ? 'found' : `found_${without}`)
  return sql`${name} as materialized (select r.mechanism, r.cycle, r.kind, r.position, r.is_urgent, r.terms
    from ${sourceOf(query)} where ${conditionsOf(query, without)} limit ${mostCounted + 1})`
}

async function pageIds(ctx: Context, query: RecommendationQuery): Promise<string[]> {
  const order =
    query.sort === 'newest'
      ? sql`r.published_on desc nulls last, r.id`
      : sql`r.published_on desc nulls last, r.document_id, r.sort_key, r.part nulls first, r.id`
  const { rows } = await sql<{ id: string }>`select r.id from ${sourceOf(query)} where ${conditionsOf(query)}
    order by ${order} limit ${query.size} offset ${(query.page - 1) * query.size}`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

/** What lists tell of recommendations, in the order of the ids. */
export async function summariesOf(ctx: Context, ids: readonly string[]): Promise<RecommendationSummary[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<RecommendationSummary>`
    select r.id, r.mechanism, r.document_id, d.symbol, r.published_on, r.cycle, r.paragraph, r.part, r.kind, r.weight, r.language, o.text,
      w.text as translation, coalesce(w.of_hash <> r.text_hash, false) as is_translation_outdated, r.is_urgent, r.position, d.states,
      r.recommending_states, r.terms, r.version
    from unnest(${ids}::uuid[]) with ordinality as wanted(id, place) join recommendations.recommendation r on r.id = wanted.id
      join recommendations.official_text o on o.recommendation_id = r.id join recommendations.source_document d on d.id = r.document_id
      left join recommendations.wording w on w.recommendation_id = r.id and w.kind = 'translation' and w.language = ${ctx.language}
    order by wanted.place`.execute(ctx.db)
  return rows
}

/** How far what imports brought is searchable by words: everybody who searches may know. */
async function searchableOf(ctx: Context): Promise<{ done: number; total: number }> {
  const { rows } = await asEverywhere(ctx, () =>
    sql<{
      done: number
      total: number
    }>`select coalesce(sum(indexed), 0)::integer as done, coalesce(sum(greatest(to_index, added)), 0)::integer as total
      from recommendations.import where state in ('reading', 'indexing')`.execute(ctx.db),
  )
  return rows[0] ?? { done: 0, total: 0 }
}
