import { z } from 'zod'
import { facetsRoute, listQuery, route, takeQuery, type Route } from '#platform'
import { Id, pageOf } from '#platform/model'
import { CheckFigures, ConfirmFinding, Finding, type Calendar } from '../model.ts'
import { askCheck, confirmFinding } from './commands.ts'
import { findingList } from './list.ts'
import { listFindings } from './queries.ts'

/** What does not agree in figures, and the answers to it. */
export function qualityRoutes({ calendars }: { calendars: readonly Calendar[] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/figures/findings',
      summary: 'What was found in figures within reach: rules, outliers, copies, last digits',
      allow: findingList.allow,
      query: listQuery(findingList),
      returns: pageOf(Finding),
      run: (ctx, { query }) => listFindings(ctx, takeQuery(findingList, query)),
    }),
    facetsRoute(findingList, '/figures/findings/facets', 'What was found in figures, counted by facet'),
    route({
      method: 'post',
      path: '/figures/findings/{id}/confirmation',
      summary: "Say why a figure of one's own body is right all the same",
      allow: 'indicators.answer-findings',
      params: z.object({ id: Id }),
      body: ConfirmFinding,
      run: (ctx, { params, body }) => confirmFinding(ctx, params.id, body.explanation),
    }),
    route({
      method: 'post',
      path: '/figures/checks',
      summary: 'Hold the figures of a period within reach against the rules anew; a job does',
      allow: 'indicators.check-figures',
      body: CheckFigures,
      returns: z.object({ jobId: Id }),
      run: (ctx, { body }) => askCheck(ctx, body.period, calendars),
    }),
  ]
}
