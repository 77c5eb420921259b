import { z } from 'zod'
import { PageQuery } from '../model.ts'
import { noneOfIt, type Facet, type List, type ListFilter } from './list.ts'

/** Values of one key that an address, and that a body may name. */
const mostInAddress = 60
const mostInBody = 5000

/** The values a facet takes in a request. */
function valueOf(facet: Facet): z.ZodType<string, string> {
  if (facet.kind === 'having') return z.enum(['with', 'without'])
  if (facet.kind === 'several') return z.union([z.literal(noneOfIt), facet.accepts])
  return facet.values === null ? z.string().min(1).max(100) : z.enum([...facet.values, noneOfIt])
}

/** Every key one may filter by, with the shape of one value and whether several are alternatives. */
function keysOf(list: List): { key: string; value: z.ZodType<string, string>; isMany: boolean }[] {
  return [
    ...list.facets.map((facet) => ({ key: facet.key, value: valueOf(facet), isMany: true })),
    ...list.conditions.map(({ key, accepts, isMany }) => ({ key, value: accepts, isMany: isMany === true })),
  ]
}

/** `?level=province&level=commune`: once or several times; an empty text is no value. */
function inAddress(value: z.ZodType<string, string>, isMany: boolean) {
  return z
    .union(isMany ? [value, z.array(value).max(mostInAddress)] : [value])
    .transform((values) => [...new Set([values].flat())])
    .optional()
}

/** The strict query of the route that counts facets: the filter, and which facets are asked. */
export function facetsQuery(list: List) {
  const keys = list.facets.map((facet) => facet.key)
  return filterQuery(list).extend({ of: inAddress(z.enum(keys), true) })
}

function filterQuery(list: List): z.ZodObject {
  return z.object(Object.fromEntries(keysOf(list).map(({ key, value, isMany }) => [key, inAddress(value, isMany)])))
}

/** The strict query of a list's route: filter, page, order. */
export function listQuery(list: List): z.ZodObject {
  const orders = Object.keys(list.orders).filter((name) => name !== 'usual')
  return filterQuery(list).extend({
    ...PageQuery.shape,
    ...(orders.length === 0 ? {} : { order: z.enum(orders).optional() }),
  })
}

/** The filter as a body holds it: lists of values by key, strict. */
export function filterBody(list: List): z.ZodType<ListFilter> {
  const shape = keysOf(list).map(({ key, value, isMany }) => [
    key,
    z
      .array(value)
      .min(1)
      .max(isMany ? mostInBody : 1)
      .optional(),
  ])
  return z.strictObject(Object.fromEntries(shape)) as unknown as z.ZodType<ListFilter>
}

export type ListRequest = { filter: ListFilter; page: number; size: number; order: string | undefined }

/** What a parsed query says, taken apart. */
export function takeQuery(list: List, query: Readonly<Record<string, unknown>>): ListRequest {
  const entries = keysOf(list).flatMap(({ key }) => {
    const values = query[key]
    return Array.isArray(values) && values.length > 0 ? [[key, values.map(String)] as const] : []
  })
  return {
    filter: Object.fromEntries(entries),
    page: Number(query['page'] ?? 1),
    size: Number(query['size'] ?? 50),
    order: typeof query['order'] === 'string' ? query['order'] : undefined,
  }
}
