import { z } from 'zod'
import { invalid, route, type Context } from '#platform'
import { Id, PageQuery, PlainDate, pageOf, text } from '#platform/model'
import { UnitChildren, UnitDetail, UnitLevel, UnitSummary, WhatBecame } from './model.ts'
import { getUnit, listChildren, listUnits, whatBecame } from './queries.ts'

const AsOf = z.object({ asOf: PlainDate.optional() })
const OfUnit = z.object({ id: Id })
const asOf = (ctx: Context, query: { asOf?: string | undefined }): string => query.asOf ?? ctx.today

/** Reading the administrative units; they are changed only by loading the country's data. */
export const routes = [
  route({
    method: 'get',
    path: '/territory/units',
    summary: 'Units of a date, or those a code or name means at any time',
    allow: 'territory.read',
    kept: { open: ['territory'] },
    query: PageQuery.extend({
      search: text(100, 0).optional(),
      level: UnitLevel.optional(),
      asOf: PlainDate.optional(),
      inBeing: z.stringbool().optional(),
    }),
    returns: pageOf(UnitSummary),
    run: (ctx, { query }) => listUnits(ctx, { ...query, asOf: asOf(ctx, query) }),
  }),
  route({
    method: 'get',
    path: '/territory/units/{id}',
    summary: 'One unit: its names, places and succession over time',
    allow: 'territory.read',
    params: OfUnit,
    query: AsOf,
    returns: UnitDetail,
    run: (ctx, { params, query }) => getUnit(ctx, params.id, asOf(ctx, query)),
  }),
  route({
    method: 'get',
    path: '/territory/units/{id}/children',
    summary: 'The units directly under one on a date',
    allow: 'territory.read',
    params: OfUnit,
    query: AsOf,
    returns: UnitChildren,
    run: (ctx, { params, query }) => listChildren(ctx, params.id, asOf(ctx, query)),
  }),
  route({
    method: 'get',
    path: '/territory/what-became',
    summary: 'What a unit that had a code or name on a day is now',
    allow: 'territory.read',
    query: z.object({
      code: text(20).optional(),
      name: text(200).optional(),
      on: PlainDate.optional(),
      asOf: PlainDate.optional(),
    }),
    returns: WhatBecame,
    run: (ctx, { query }) => {
      const wanted = query.code ?? query.name
      if (wanted === undefined) throw invalid('territory.code-or-name-needed')
      return whatBecame(ctx, { wanted, on: query.on ?? null, asOf: asOf(ctx, query) })
    },
  }),
]
