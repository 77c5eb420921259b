import { z } from 'zod'
import { route, type Context, type Route } from '#platform'
import { Id, PageQuery } from '#platform/model'
import {
  ExportUploadQuery,
  importLimits,
  ImportPageOfList,
  IncomingPage,
  IncomingQuery,
  ProblemPage,
  ProblemQuery,
  RecommendationImport,
  Settled,
  SettleIncoming,
  TableUploadQuery,
} from '../model.ts'
import { writeTemplate } from '../export.ts'
import { acceptPartly, beginImport, cancelImport, mayBegin, resumeImport } from './commands.ts'
import { exportProblems, getImport, listImports, listIncoming, listProblems } from './queries.ts'
import type { ImportParts } from './run.ts'
import { settleIncoming } from './settle.ts'

const params = z.object({ id: Id })
const allow = 'recommendations.import'

/** Bringing files in and settling what they change. */
export function importRoutes(parts: ImportParts): Route[] {
  const { files, say } = parts
  /** Does something with one import and tells how it then stands. */
  const act = (path: string, summary: string, run: (ctx: Context, id: string) => Promise<unknown>) =>
    route({
      method: 'post',
      path,
      summary,
      allow,
      params,
      returns: RecommendationImport,
      async run(ctx, input) {
        await run(ctx, input.params.id)
        return getImport(ctx, input.params.id)
      },
    })
  return [
    route({
      method: 'post',
      path: '/recommendations/imports/export',
      summary: "Take in the UN index's JSON export as it streams in; a job reads it",
      allow,
      query: ExportUploadQuery,
      upload: {
        ...{ maxBytes: importLimits.exportBytes, into: files },
        before: (ctx: Context) => mayBegin(ctx, { source: 'uhri', options: {} }),
      },
      returns: RecommendationImport,
      async run(ctx, { query, body }) {
        const file = { ...body, name: query.fileName, mediaType: 'application/json' }
        return getImport(ctx, await beginImport(ctx, file, { source: 'uhri', options: { language: query.language } }))
      },
    }),
    route({
      method: 'post',
      path: '/recommendations/imports/table',
      summary:
        "Take in a table: our own (.xlsx, .csv), a matrix of the UN's office (.docx), an IMPACT OSS export (.csv)",
      allow,
      query: TableUploadQuery,
      upload: {
        ...{ maxBytes: importLimits.tableBytes, into: files },
        before(ctx: Context, query: unknown) {
          const { source, ...options } = TableUploadQuery.parse(query)
          return mayBegin(ctx, { source, options })
        },
      },
      returns: RecommendationImport,
      async run(ctx, { query, body }) {
        const { fileName, source, partial, update, ...options } = query
        const file = { ...body, name: fileName, mediaType: 'application/octet-stream' }
        const chosen = { ...options, isPartial: partial === 'true', takesChanges: update === 'true' }
        return getImport(ctx, await beginImport(ctx, file, { source, options: chosen }))
      },
    }),
    route({
      method: 'get',
      path: '/recommendations/imports/template',
      summary: 'The table to be filled in, with the columns explained',
      allow,
      download: true,
      run: (ctx) => writeTemplate(ctx, say),
    }),
    act(
      '/recommendations/imports/{id}/partial',
      'Take in the good rows of a table though others are refused',
      acceptPartly,
    ),
    route({
      method: 'get',
      path: '/recommendations/imports',
      summary: 'Files read into the registry, newest first',
      allow,
      query: PageQuery,
      returns: ImportPageOfList,
      run: (ctx, { query }) => listImports(ctx, query),
    }),
    route({
      method: 'get',
      path: '/recommendations/imports/{id}',
      summary: 'How far an import is and what became of its records',
      allow,
      params,
      returns: RecommendationImport,
      run: (ctx, input) => getImport(ctx, input.params.id),
    }),
    act('/recommendations/imports/{id}/cancellation', 'Stop an import; what it has saved stays', cancelImport),
    act('/recommendations/imports/{id}/resumption', 'Let a stopped import go on where it stands', resumeImport),
    route({
      method: 'get',
      path: '/recommendations/imports/{id}/problems',
      summary: 'What was wrong with records of a file',
      allow,
      params,
      query: ProblemQuery,
      returns: ProblemPage,
      run: (ctx, input) => listProblems(ctx, say, input.params.id, input.query),
    }),
    route({
      method: 'get',
      path: '/recommendations/imports/{id}/problems/file',
      summary: 'All problems of an import as .csv',
      allow,
      params,
      download: true,
      exports: true,
      run: (ctx, input) => exportProblems(ctx, say, input.params.id),
    }),
    route({
      method: 'get',
      path: '/recommendations/incoming',
      summary: 'Differences between what is here and what later files say',
      allow,
      query: IncomingQuery,
      returns: IncomingPage,
      run: (ctx, { query }) => listIncoming(ctx, query),
    }),
    route({
      method: 'post',
      path: '/recommendations/imports/{id}/settlement',
      summary: 'Take or leave differences: some at once, or all by a job',
      allow,
      params,
      body: SettleIncoming,
      returns: Settled,
      run: (ctx, input) => settleIncoming(ctx, input.params.id, input.body),
    }),
  ]
}
