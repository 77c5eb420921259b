import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id } from '#platform/model'
import { BoardBy, Cockpit, ReportBoard } from './model.ts'
import { readBoardOf } from './queries/board.ts'
import { readCockpit } from './queries/cockpit.ts'

/** How complete, how timely, how good reports are; and the day they are due, as it goes. */
export function boardRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/reporting/boards',
      summary: 'Completeness, timeliness, first-pass acceptance by tier, unit, regime, or over rounds',
      allow: 'reporting.read',
      query: z.object({
        by: BoardBy.default('tier'),
        roundId: Id.optional(),
        tier: z.string().max(60).optional(),
        unitId: Id.optional(),
      }),
      returns: ReportBoard,
      run: (ctx, { query }) => readBoardOf(ctx, query),
    }),
    route({
      method: 'get',
      path: '/reporting/rounds/{id}/cockpit',
      summary: 'A round this minute: sent, under review, returned, accepted, missing; the newest sendings; who writes',
      allow: 'reporting.read',
      params: z.object({ id: Id }),
      returns: Cockpit,
      run: (ctx, { params }) => readCockpit(ctx, params.id),
    }),
  ]
}
