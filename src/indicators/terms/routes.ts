import { z } from 'zod'
import { route, type Route } from '#platform'
import { pageOf } from '#platform/model'
import { acceptImport, beginImport } from '../import/commands.ts'
import { getImport } from '../import/queries.ts'
import { importsRoutes } from '../import/routes.ts'
import type { ImportParts } from '../import/run.ts'
import {
  AcceptTerms,
  FigureImport,
  IncomingTerm,
  IncomingTermQuery,
  ofImport,
  termFileLimits,
  TermUploadQuery,
} from '../model.ts'
import { exportTerms, listIncomingTerms } from './queries.ts'

const allow = 'indicators.keep-dictionary'
const at = '/indicators/imports'
const subject = 'dictionary'

/** The dictionary as a file, out and in. */
export function termRoutes(parts: ImportParts): Route[] {
  const { files, say } = parts
  return [
    route({
      method: 'get',
      path: '/indicators/file',
      summary: 'The dictionary as a table with the columns by which it is taken in; without rows as a template',
      allow: 'indicators.read-dictionary',
      query: z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx'), isEmpty: z.stringbool().default(false) }),
      download: true,
      exports: true,
      run: (ctx, { query }) => exportTerms(ctx, say, query),
    }),
    route({
      method: 'post',
      path: at,
      summary:
        'Take in a file of the dictionary (.xlsx, .csv, or .json as DHIS2 exports its metadata); a job looks at each row',
      allow,
      query: TermUploadQuery,
      upload: { maxBytes: termFileLimits.bytes, into: files },
      returns: FigureImport,
      async run(ctx, { query: { fileName, ...usual }, body }) {
        const file = { ...body, name: fileName, mediaType: 'application/octet-stream' }
        const id = await beginImport(ctx, file, { decimalSign: null, takes: 'nothing', subject, usual })
        return getImport(ctx, say, id, subject)
      },
    }),
    ...importsRoutes(parts, { at, of: 'the dictionary', subject, allow }),
    route({
      method: 'get',
      path: `${at}/{id}/rows`,
      summary: 'Good rows of a file of the dictionary that wait: what would be made, and what said otherwise',
      allow,
      params: ofImport,
      query: IncomingTermQuery,
      returns: pageOf(IncomingTerm),
      run: (ctx, { params, query }) => listIncomingTerms(ctx, say, params.id, query),
    }),
    route({
      method: 'post',
      path: `${at}/{id}/acceptance`,
      summary: 'Take in what was looked at: the whole, the good rows, or those chosen',
      allow,
      params: ofImport,
      body: AcceptTerms,
      returns: FigureImport,
      async run(ctx, { params, body }) {
        await acceptImport(ctx, params.id, { ...body, subject })
        return getImport(ctx, say, params.id, subject)
      },
    }),
  ]
}
