import { z } from 'zod'
import { filterBody, route, type Route } from '#platform'
import { Id, PageQuery, pageOf } from '#platform/model'
import type { ConsolidationParts } from '../consolidation/parts.ts'
import { obligationList } from '../regimes/list.ts'
import { urgeReports } from './commands.ts'
import { askForUrging, exportUrging } from './letter.ts'
import { AwaitedRound, ReportUrging, urgeReports as UrgeBody } from './model.ts'
import { listAwaitedRounds, listReportUrgings } from './queries.ts'

const ofId = z.object({ id: Id })

/** Who has not reported, and urging them. */
export function urgingRoutes(parts: ConsolidationParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/reporting/awaited',
      summary: 'Open rounds in which somebody below has not reported',
      allow: 'reporting.read',
      returns: z.object({ rounds: z.array(AwaitedRound) }),
      run: async (ctx) => ({ rounds: await listAwaitedRounds(ctx) }),
    }),
    route({
      method: 'get',
      path: '/reporting/rounds/{id}/urgings',
      summary: 'Letters by which bodies were urged in a round',
      allow: 'reporting.read',
      params: ofId,
      query: PageQuery,
      returns: pageOf(ReportUrging),
      run: (ctx, { params, query }) => listReportUrgings(ctx, { roundId: params.id, ...query }),
    }),
    route({
      method: 'post',
      path: '/reporting/urgings',
      summary: 'Urge those who have not reported, by one letter',
      allow: 'reporting.urge',
      body: UrgeBody(filterBody(obligationList)),
      returns: z.object({ id: Id, urged: z.int() }),
      run: (ctx, { body }) => urgeReports(ctx, body),
    }),
    route({
      method: 'get',
      path: '/reporting/urgings/{id}/document',
      summary: 'The letter that urges those who have not reported (.docx, .pdf), to no more than 200',
      allow: 'reporting.export',
      params: ofId,
      query: z.object({ format: z.enum(['docx', 'pdf']) }),
      download: true,
      exports: true,
      run: (ctx, { params, query }) => exportUrging(ctx, parts, { ...params, ...query }),
    }),
    route({
      method: 'post',
      path: '/reporting/urgings/{id}/files',
      summary: 'Let the letter that urges those who have not reported be made as a file, however many they are',
      allow: 'reporting.export',
      params: ofId,
      body: z.strictObject({ format: z.enum(['docx', 'pdf']) }),
      returns: z.object({ jobId: Id, urged: z.int() }),
      run: (ctx, { params, body }) => askForUrging(ctx, parts, { ...params, ...body }),
    }),
  ]
}
