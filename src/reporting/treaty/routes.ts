import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, Language, PageQuery, pageOf, text, Version } from '#platform/model'
import type { ConsolidationParts } from '../consolidation/parts.ts'
import { beginTreatyReport, saveTreatySection } from './commands.ts'
import { BeginTreatyReport, SaveTreatySection, TreatyReport, TreatyReportHead, TreatySource } from './model.ts'
import { exportTreatyReport } from './paper.ts'
import { getTreatyReport, listTreatyReports, listTreatySources } from './store.ts'

const ofId = z.object({ id: Id })

/** Reports of the State to treaty bodies, as they are written. */
export function treatyRoutes(parts: ConsolidationParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/reporting/treaty-reports',
      summary: 'Reports to treaty bodies that one’s body writes',
      allow: 'reporting.read',
      query: PageQuery,
      returns: pageOf(TreatyReportHead),
      run: (ctx, { query }) => listTreatyReports(ctx, query),
    }),
    route({
      method: 'post',
      path: '/reporting/treaty-reports',
      summary: 'Begin a report to a treaty body',
      allow: 'reporting.write-reports',
      body: BeginTreatyReport,
      returns: ofId,
      run: (ctx, { body }) => beginTreatyReport(ctx, body),
    }),
    route({
      method: 'get',
      path: '/reporting/treaty-sources',
      summary: 'Paragraphs of signed national reports that a report to a treaty body may draw from',
      allow: 'reporting.read',
      query: PageQuery.extend({ words: text(200, 0).default('') }),
      returns: pageOf(TreatySource),
      run: (ctx, { query }) => listTreatySources(ctx, { ...query, language: Language.parse(parts.locale) }),
    }),
    route({
      method: 'get',
      path: '/reporting/treaty-reports/{id}',
      summary: 'A report to a treaty body: paragraphs by cluster, words counted against the limit',
      allow: 'reporting.read',
      params: ofId,
      returns: TreatyReport,
      run: (ctx, { params }) => getTreatyReport(ctx, params.id),
    }),
    route({
      method: 'put',
      path: '/reporting/treaty-reports/{id}/sections/{cluster}',
      summary: 'Save what a report to a treaty body says under one cluster',
      allow: 'reporting.write-reports',
      params: ofId.extend({ cluster: z.string().max(40) }),
      body: SaveTreatySection,
      returns: z.object({ version: Version }),
      run: (ctx, { params, body }) => saveTreatySection(ctx, params, body),
    }),
    route({
      method: 'get',
      path: '/reporting/treaty-reports/{id}/document',
      summary: 'A report to a treaty body in one language (.docx, .pdf)',
      allow: 'reporting.export',
      params: ofId,
      query: z.object({
        language: Language,
        format: z.enum(['docx', 'pdf']),
        /** The matrix of recommendations and the country's figures. */
        annexes: z.enum(['with', 'without']).default('with'),
      }),
      download: true,
      exports: true,
      run: (ctx, { params, query }) => exportTreatyReport(ctx, parts, { ...params, ...query }),
    }),
  ]
}
