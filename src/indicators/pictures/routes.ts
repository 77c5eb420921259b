import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, PageQuery, PlainDate, text } from '#platform/model'
import { UnitLevel } from '#territory/model'
import {
  Basis,
  Breakdown,
  Dashboard,
  Indicator,
  MapPicture,
  PeriodId,
  Ranking,
  Trend,
  View,
  type Calendar,
} from '../model.ts'
import { readMap, readRanking } from './compare.ts'
import { readDashboard } from './dashboard.ts'
import { readTrend } from './trend.ts'

const params = z.object({ id: Id })
const OfUnit = z.object({
  unitId: Id,
  breakdown: Breakdown.default(''),
  view: View.default('as-is'),
  asOf: PlainDate.optional(),
  /** Unless told, accepted figures, and where these are not the asker's, those told to everyone. */
  basis: Basis.optional(),
})
const Compared = OfUnit.extend({ period: PeriodId, level: UnitLevel.optional() })
const open = { basis: undefined, asOf: undefined, level: undefined }

/** What pictures are drawn from: a dashboard, years, units beside each other. */
export function pictureRoutes({ calendars }: { calendars: readonly Calendar[] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/indicators/dashboard',
      summary: 'How a unit stands in each measure: the newest figure, the years before, the next target',
      allow: 'indicators.read-figures',
      query: PageQuery.extend({
        unitId: Id.optional(),
        field: text(100).optional(),
        aspect: Indicator.shape.aspect.optional(),
      }),
      returns: Dashboard,
      run: (ctx, { query }) =>
        readDashboard(ctx, { unitId: undefined, field: undefined, aspect: undefined, ...query }, calendars),
    }),
    route({
      method: 'get',
      path: '/measures/{id}/trend',
      summary: 'The years of a unit with what is not final, what was revised, and where its ground became another',
      allow: 'indicators.read-figures',
      params,
      query: OfUnit,
      returns: Trend,
      run: (ctx, { params: { id }, query }) => readTrend(ctx, { ...open, ...query, measureId: id }, calendars),
    }),
    route({
      method: 'get',
      path: '/measures/{id}/ranking',
      summary: 'The units of a level in their order with how sure it is; those of low coverage are set apart',
      allow: 'indicators.read-figures',
      params,
      query: Compared.extend({ ...PageQuery.shape, show: z.enum(['ranked', 'apart', 'all']).default('ranked') }),
      returns: Ranking,
      run: (ctx, { params: { id }, query }) => readRanking(ctx, { ...open, ...query, measureId: id }, calendars),
    }),
    route({
      method: 'get',
      path: '/measures/{id}/map',
      summary: 'The units of a level with the class of each figure, for maps',
      allow: 'indicators.read-figures',
      params,
      query: Compared,
      returns: MapPicture,
      run: (ctx, { params: { id }, query }) => readMap(ctx, { ...open, ...query, measureId: id }, calendars),
    }),
  ]
}
