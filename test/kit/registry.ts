import { countFacets, listQuery, takeQuery, type Context, type ListRequest } from '#platform'
import type { FacetCounts } from '#platform/model'
import { recommendationList } from '#recommendations'

/** The list of recommendations by itself, without what later modules know of them. */
export const registry = recommendationList({ facets: [], conditions: [] })

/** What an address asks of the registry. */
export function asked(query: object): ListRequest {
  return takeQuery(registry, listQuery(registry).parse(query))
}

/** The counts of one facet under a filter, as `[value, count]`. */
export async function countsOf(ctx: Context, facet: string, query: object = {}): Promise<[string, number][]> {
  const counts: FacetCounts = await countFacets(ctx, registry, asked(query).filter, [facet])
  return (counts[facet] ?? []).map(({ value, count }) => [value, count])
}
