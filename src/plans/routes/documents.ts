import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id } from '#platform/model'
import { exportPlan, exportStatusReport, exportUrgingLetter, type Writing } from '../commands/export.ts'

const byId = z.object({ id: Id })
const Flag = z.enum(['true', 'false']).transform((flag) => flag === 'true')

/** What leaves as an official document. */
export function documentRoutes(writing: Writing): Route[] {
  return [
    route({
      method: 'get',
      path: '/plans/{id}/document',
      summary: 'The plan as an official document (.docx)',
      allow: 'plans.export',
      exports: true,
      download: true,
      params: byId,
      query: z.object({ draft: Flag.default(false) }),
      run: (ctx, { params, query }) => exportPlan(ctx, writing, params.id, query.draft),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/status-report',
      summary: 'The status report on a plan (.docx)',
      allow: 'plans.export',
      exports: true,
      download: true,
      params: byId,
      run: (ctx, { params }) => exportStatusReport(ctx, writing, params.id),
    }),
    route({
      method: 'get',
      path: '/urgings/{id}/document',
      summary: 'The urging as an official letter (.docx)',
      allow: 'plans.export',
      exports: true,
      download: true,
      params: byId,
      run: (ctx, { params }) => exportUrgingLetter(ctx, writing, params.id),
    }),
  ]
}
