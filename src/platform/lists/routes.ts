import { route, type Route } from '../http/route.ts'
import { FacetCounts } from '../model.ts'
import { countFacets } from './facets.ts'
import type { List } from './list.ts'
import { facetsQuery, takeQuery } from './query.ts'

/** The route that counts the facets of a list: those named by `of`, or all. Apart from the page, which stays fast. */
export function facetsRoute(list: List, path: string, summary: string): Route {
  return route({
    method: 'get',
    path,
    summary,
    allow: list.allow,
    ...(list.isKept === true ? { kept: 'own' } : {}),
    query: facetsQuery(list),
    returns: FacetCounts,
    run: (ctx, { query }) => {
      const { of } = query as { of?: string[] }
      return countFacets(ctx, list, takeQuery(list, query).filter, of ?? list.facets.map((facet) => facet.key))
    },
  })
}
