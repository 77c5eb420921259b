import { z } from 'zod'
import { route, type Context, type Route } from '#platform'
import { Id, PageQuery, pageOf } from '#platform/model'
import {
  AcceptFigures,
  figureFileLimits,
  FigureFormQuery,
  FigureImport,
  FigureProblem,
  FigureUploadQuery,
  IncomingFigure,
  IncomingFigureQuery,
} from '../model.ts'
import { acceptImport, beginImport, cancelImport } from './commands.ts'
import { writeForm } from './form.ts'
import { exportProblems, getImport, listImports, listIncoming, listProblems } from './queries.ts'
import type { ImportParts } from './run.ts'

const params = z.object({ id: Id })
const allow = 'indicators.enter-figures'

/** Bringing in files of figures. */
export function importRoutes(parts: ImportParts): Route[] {
  const { files, say } = parts
  const tell = (ctx: Context, id: string) => getImport(ctx, say, id)
  return [
    route({
      method: 'post',
      path: '/figures/imports',
      summary: 'Take in a file of figures (.xlsx, .csv) as it streams in; a job looks at each of its rows',
      allow,
      query: FigureUploadQuery,
      upload: { maxBytes: figureFileLimits.bytes, into: files },
      returns: FigureImport,
      async run(ctx, { query, body }) {
        const { fileName, decimalSign = null, takes } = query
        const file = { ...body, name: fileName, mediaType: 'application/octet-stream' }
        return tell(ctx, await beginImport(ctx, file, { decimalSign, takes }))
      },
    }),
    route({
      method: 'get',
      path: '/figures/form',
      summary:
        'A form with a row for every figure of a unit, or of those in it, in a period, filled with what was said: as it is taken in',
      allow,
      query: FigureFormQuery,
      download: true,
      exports: true,
      run: (ctx, { query }) => writeForm(ctx, parts, query),
    }),
    route({
      method: 'get',
      path: '/figures/imports',
      summary: "Files of figures of one's body, newest first",
      allow,
      query: PageQuery,
      returns: pageOf(FigureImport),
      run: (ctx, { query }) => listImports(ctx, say, query),
    }),
    route({
      method: 'get',
      path: '/figures/imports/{id}',
      summary: 'How far a file is looked through or taken in, and what became of its rows',
      allow,
      params,
      returns: FigureImport,
      run: (ctx, input) => tell(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/figures/imports/{id}/rows',
      summary: 'Good rows of a file that wait: what is there and what they would say',
      allow,
      params,
      query: IncomingFigureQuery,
      returns: pageOf(IncomingFigure),
      run: (ctx, input) => listIncoming(ctx, parts, input.params.id, input.query),
    }),
    route({
      method: 'get',
      path: '/figures/imports/{id}/problems',
      summary: 'Why rows of a file were refused, cell by cell',
      allow,
      params,
      query: PageQuery,
      returns: pageOf(FigureProblem),
      run: (ctx, input) => listProblems(ctx, say, input.params.id, input.query),
    }),
    route({
      method: 'get',
      path: '/figures/imports/{id}/problems/file',
      summary: 'All refused rows of a file as .csv',
      allow,
      params,
      download: true,
      exports: true,
      run: (ctx, input) => exportProblems(ctx, say, input.params.id),
    }),
    route({
      method: 'post',
      path: '/figures/imports/{id}/acceptance',
      summary: 'Take in what was looked at: the whole, or the good rows',
      allow,
      params,
      body: AcceptFigures,
      returns: FigureImport,
      async run(ctx, input) {
        await acceptImport(ctx, input.params.id, input.body.takes)
        return tell(ctx, input.params.id)
      },
    }),
    route({
      method: 'post',
      path: '/figures/imports/{id}/cancellation',
      summary: 'End an import; what is taken in already stays',
      allow,
      params,
      returns: FigureImport,
      async run(ctx, input) {
        await cancelImport(ctx, input.params.id)
        return tell(ctx, input.params.id)
      },
    }),
  ]
}
