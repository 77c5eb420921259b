import { z } from 'zod'
import { facetsRoute, listQuery, route, takeQuery, whereOf, type List, type Route } from '#platform'
import { Id, PlainDate, text } from '#platform/model'
import { getAgencyDetail } from './detail.ts'
import { asOfIn, bodyList } from './list.ts'
import { readLetterhead, saveLetterhead } from './letterhead.ts'
import { AgencyDetail, AgencyPage, ClassBodies, LetterheadPage, SaveLetterhead, Suggestions } from './model.ts'
import { listAgencies, listClassBodies, suggest } from './queries.ts'

/** What the list of bodies restricts by bodies and units alone. */
const { facets, conditions } = bodyList({ facets: [], conditions: [] })
const openKeys = new Set([...facets, ...conditions].map(({ key }) => key))

/** Reading the bodies of the State, changed only by loading the country's data; what each says of its own documents. */
export function agencyRoutes(list: List): Route[] {
  const isOfBodies = list.conditions.every(({ key, otherwise }) => openKeys.has(key) || otherwise === undefined)
  return [
    route({
      method: 'get',
      path: '/agencies',
      summary: 'Bodies; those in being on the date first',
      allow: 'agencies.read',
      query: listQuery(list),
      returns: AgencyPage,
      run: (ctx, { query }) => {
        const { filter, page, size } = takeQuery(list, query)
        const { search, ...others } = filter
        const also = whereOf(ctx, list, others)
        const isOpen = isOfBodies && Object.keys(others).every((key) => openKeys.has(key))
        return listAgencies(ctx, { search: search?.[0], asOf: asOfIn(ctx, filter), also, isOpen, page, size })
      },
    }),
    facetsRoute(list, '/agencies/facets', 'Bodies counted by facet'),
    route({
      method: 'get',
      path: '/agencies/suggestions',
      summary: 'What a printed name or phrase may mean in a document of an issuer',
      allow: 'agencies.read',
      query: z.object({ raw: text(500), issuerId: Id.optional(), on: PlainDate.optional() }),
      returns: Suggestions,
      run: (ctx, { query }) => suggest(ctx, query.raw, { issuerId: query.issuerId ?? null, on: query.on ?? ctx.today }),
    }),
    route({
      method: 'get',
      path: '/agencies/classes/{code}/bodies',
      summary: 'The bodies behind a class phrase on a date, and who holds their duties today',
      allow: 'agencies.read',
      params: z.object({ code: z.string().max(100) }),
      query: z.object({ issuerId: Id, on: PlainDate.optional() }),
      returns: ClassBodies,
      run: (ctx, { params, query }) =>
        listClassBodies(ctx, params.code, { issuerId: query.issuerId, on: query.on ?? ctx.today }),
    }),
    route({
      method: 'get',
      path: '/agencies/{id}',
      summary: 'One body: names, superior, mandates, succession, offices, seats',
      allow: 'agencies.read',
      params: z.object({ id: Id }),
      query: z.object({ asOf: PlainDate.optional() }),
      returns: AgencyDetail,
      run: (ctx, { params, query }) => getAgencyDetail(ctx, params.id, query.asOf ?? ctx.today),
    }),
    route({
      method: 'get',
      path: '/agencies/{id}/letterhead',
      summary: 'How a body heads, numbers and signs its documents',
      allow: 'agencies.read',
      params: z.object({ id: Id }),
      query: z.object({ on: PlainDate.optional() }),
      returns: LetterheadPage,
      run: (ctx, { params, query }) => readLetterhead(ctx, params.id, query.on ?? ctx.today),
    }),
    route({
      method: 'post',
      path: '/agencies/{id}/letterhead',
      summary: 'Say anew how the own body heads, numbers and signs its documents from a day on',
      allow: 'agencies.edit-letterhead',
      params: z.object({ id: Id }),
      body: SaveLetterhead,
      returns: LetterheadPage,
      run: (ctx, { params, body }) => saveLetterhead(ctx, params.id, body),
    }),
  ]
}
