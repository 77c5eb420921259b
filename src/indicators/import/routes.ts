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
import type { ImportSubject } from './store.ts'

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
        return tell(ctx, await beginImport(ctx, file, { decimalSign, takes, subject: 'figures', usual: {} }))
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
    ...importsRoutes(parts, { at: '/figures/imports', of: 'figures', subject: 'figures', allow }),
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
      method: 'post',
      path: '/figures/imports/{id}/acceptance',
      summary: 'Take in what was looked at: the whole, or the good rows',
      allow,
      params,
      body: AcceptFigures,
      returns: FigureImport,
      async run(ctx, input) {
        await acceptImport(ctx, input.params.id, { ...input.body, subject: 'figures' })
        return tell(ctx, input.params.id)
      },
    }),
  ]
}

/** The routes every kind of file has: those brought in, one of them, what was refused of it, and ending it. */
export function importsRoutes(
  { say }: ImportParts,
  { at, of, subject, allow: needs }: { at: string; of: string; subject: ImportSubject; allow: string },
): Route[] {
  return [
    route({
      method: 'get',
      path: at,
      summary: `Files of ${of} of one's body, newest first`,
      allow: needs,
      query: PageQuery,
      returns: pageOf(FigureImport),
      run: (ctx, { query }) => listImports(ctx, say, { ...query, subject }),
    }),
    route({
      method: 'get',
      path: `${at}/{id}`,
      summary: `How far a file of ${of} is looked through or taken in, and what became of its rows`,
      allow: needs,
      params,
      returns: FigureImport,
      run: (ctx, input) => getImport(ctx, say, input.params.id, subject),
    }),
    route({
      method: 'get',
      path: `${at}/{id}/problems`,
      summary: `Why rows of a file of ${of} were refused, cell by cell`,
      allow: needs,
      params,
      query: PageQuery,
      returns: pageOf(FigureProblem),
      run: (ctx, input) => listProblems(ctx, say, input.params.id, { ...input.query, subject }),
    }),
    route({
      method: 'get',
      path: `${at}/{id}/problems/file`,
      summary: `All refused rows of a file of ${of} as .csv`,
      allow: needs,
      params,
      download: true,
      exports: true,
      run: (ctx, input) => exportProblems(ctx, say, input.params.id, subject),
    }),
    route({
      method: 'post',
      path: `${at}/{id}/cancellation`,
      summary: `End an import of ${of}; what is taken in already stays`,
      allow: needs,
      params,
      returns: FigureImport,
      async run(ctx, input) {
        await cancelImport(ctx, input.params.id, subject)
        return getImport(ctx, say, input.params.id, subject)
      },
    }),
  ]
}
