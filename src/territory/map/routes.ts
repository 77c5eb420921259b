import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, PlainDate } from '#platform/model'
import { MapGround, UnitLevel, type CountryMap } from '../model.ts'
import { readMapGround } from './queries.ts'

/** What maps are drawn on. */
export function mapRoutes(map: CountryMap | null): Route[] {
  return [
    route({
      method: 'get',
      path: '/territory/map',
      summary: 'What maps of the units of a level are drawn on: tiles, and outlines where an operator imported them',
      allow: 'territory.read',
      kept: { open: ['territory'] },
      query: z.object({ level: UnitLevel, unitId: Id.optional(), asOf: PlainDate.optional() }),
      returns: MapGround,
      run: (ctx, { query }) =>
        readMapGround(ctx, map, { level: query.level, unitId: query.unitId, asOf: query.asOf ?? ctx.today }),
    }),
  ]
}
