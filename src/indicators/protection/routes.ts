import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, pageOf } from '#platform/model'
import { UnitLevel } from '#territory/model'
import {
  AskRelease,
  Breakdown,
  FigureRelease,
  ListedRelease,
  PeriodId,
  ReleasedPicture,
  ReleaseQuery,
  type Calendar,
} from '../model.ts'
import { askRelease, askTrial } from './commands.ts'
import { getReleased, listAllReleases, releasesOf } from './queries.ts'

const params = z.object({ id: Id })

/** Telling figures to everyone, small counts of sensitive measures hidden. */
export function releaseRoutes({ calendars }: { calendars: readonly Calendar[] }): Route[] {
  return [
    route({
      method: 'post',
      path: '/measures/{id}/releases',
      summary: 'Tell a measure and period to everyone, once and for all; a job works out what must be hidden',
      allow: 'indicators.release-figures',
      params,
      body: AskRelease,
      returns: z.object({ jobId: Id }),
      run: (ctx, input) => askRelease(ctx, { measureId: input.params.id, period: input.body.period }, calendars),
    }),
    route({
      method: 'post',
      path: '/measures/{id}/release-trials',
      summary: 'Work out what telling a measure and period would tell and hide, without telling it; a job does',
      allow: 'indicators.release-figures',
      params,
      body: AskRelease,
      returns: z.object({ jobId: Id }),
      run: (ctx, input) => askTrial(ctx, { measureId: input.params.id, period: input.body.period }, calendars),
    }),
    route({
      method: 'get',
      path: '/figures/releases',
      summary: 'What was told to everyone of all measures, newest first',
      allow: 'indicators.read-dictionary',
      query: ReleaseQuery,
      returns: pageOf(ListedRelease),
      run: (ctx, { query }) => listAllReleases(ctx, query),
    }),
    route({
      method: 'get',
      path: '/measures/{id}/releases',
      summary: 'What was told of a measure and when, newest first',
      allow: 'indicators.read-dictionary',
      params,
      returns: z.object({ releases: z.array(FigureRelease) }),
      run: async (ctx, input) => ({ releases: await releasesOf(ctx, input.params.id) }),
    }),
    route({
      method: 'get',
      path: '/measures/{id}/released',
      summary: 'What everyone may know of a measure and period: a unit and those in it, hidden figures marked',
      allow: 'indicators.read-dictionary',
      params,
      query: z.object({
        unitId: Id,
        period: PeriodId,
        breakdown: Breakdown.default(''),
        level: UnitLevel.optional(),
      }),
      returns: ReleasedPicture,
      run: (ctx, { params: { id }, query }) => getReleased(ctx, { ...query, measureId: id }, calendars),
    }),
  ]
}
