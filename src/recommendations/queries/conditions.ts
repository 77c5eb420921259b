import { sql, type RawBuilder } from 'kysely'
import type { RecommendationQuery } from '../model.ts'
import { queryOf } from '../words.ts'

type Sql = RawBuilder<unknown>

/** What a facet stands for: a column of the recommendation, or a scheme of terms. */
export const columnFacets = ['mechanism', 'cycle', 'kind', 'position'] as const
export const termFacets = ['theme', 'group', 'sdg', 'article', 'cluster', 'own'] as const
export type Facet = (typeof columnFacets)[number] | (typeof termFacets)[number]

/** The newest cycle of each mechanism for the own State. */
const newestCycles = sql`(select distinct on (d.mechanism) d.mechanism, coalesce(d.cycle, '') from recommendations.source_document d
  where d.is_own order by d.mechanism, d.published_on desc nulls last, d.id desc)`

/** The conditions of a query on `recommendations.recommendation r`, without those of one facet. */
export function conditionsOf(query: RecommendationQuery, without?: Facet): Sql {
  const all: (Sql | undefined)[] = [
    sql`not r.is_split`,
    query.reach === 'all' ? undefined : sql`r.is_own`,
    query.reach === 'latest' ? sql`(r.mechanism, coalesce(r.cycle, '')) in ${newestCycles}` : undefined,
    query.document === undefined ? undefined : sql`r.document_id = ${query.document}`,
    query.weight && sql`r.weight = any (${query.weight}::text[])`,
    query.urgent && sql`r.is_urgent`,
    query.state === undefined
      ? undefined
      : sql`exists (select from recommendations.source_document d where d.id = r.document_id and ${query.state} = any (d.states))`,
    query.without &&
      sql`not exists (select from recommendations.tag t join recommendations.term m on m.number = t.term
        where t.recommendation_id = r.id and t.state = 'confirmed' and m.scheme = any (${query.without}::text[]))`,
    query.outdated &&
      sql`exists (select from recommendations.wording w where w.recommendation_id = r.id and w.of_hash <> r.text_hash)`,
    ...columnFacets.map((facet) => {
      const values = facet === without ? undefined : query[facet]
      return values && sql`${sql.ref(`r.${facet}`)} = any (${values}::text[])`
    }),
    ...termFacets.map((facet) => {
      const values = facet === without ? undefined : query[facet]
      return values && sql`r.terms && ${values.map(Number)}::integer[]`
    }),
  ]
  return sql.join(
    all.filter((one) => one !== undefined),
    sql` and `,
  )
}

/** The table that is read: joined with the words where some are asked for. Undefined where words were typed that nobody is found by. */
export function sourceOf(query: RecommendationQuery): Sql {
  const words = query.words === undefined ? undefined : queryOf(query.words)
  if (words === undefined) return sql`recommendations.recommendation r`
  return sql`recommendations.search_words s join recommendations.recommendation r on r.id = s.recommendation_id
    and s.words @@ to_tsquery('simple', ${words})`
}

/** The facets in which something is chosen: their counts are of what would be found without that choice. */
export function chosenFacets(query: RecommendationQuery): Facet[] {
  return [...columnFacets, ...termFacets].filter((facet) => query[facet] !== undefined)
}
