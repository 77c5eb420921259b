import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, Version } from '#platform/model'
import {
  Below,
  Drawn,
  DrawLines,
  FigureDrift,
  GivePaper,
  LineName,
  OfNumber,
  ReopenReport,
  Standing,
  Trace,
} from '../model.ts'
import { approveReport } from './commands/approve.ts'
import { drawLines } from './commands/draw.ts'
import { lockRound } from './commands/lock.ts'
import { reopenReport } from './commands/reopen.ts'
import type { ConsolidationParts } from './parts.ts'
import { exportDrift } from './paper/drift-file.ts'
import { exportFigures, exportReport } from './paper/export.ts'
import { givePaper } from './paper/give.ts'
import { getBelow } from './queries/below.ts'
import { getDrift } from './queries/drift.ts'
import { getStanding } from './queries/standing.ts'
import { traceLine } from './queries/trace.ts'

const ofId = z.object({ id: Id })
const ofNumber = z.object({ id: Id, number: z.coerce.number().int().min(1) })
const at = '/reporting/reports/{id}'

/** Drawing from reports below, tracing back, approving, locking, opening again. */
export function consolidationRoutes(parts: ConsolidationParts): Route[] {
  return [...drawingRoutes(), ...tracingRoutes(parts), ...paperRoutes(parts), ...closingRoutes()]
}

function drawingRoutes(): Route[] {
  return [
    route({
      ...{ method: 'get', path: `${at}/below`, summary: "Reports that go into one's own, and what differs" },
      allow: 'reporting.read',
      params: ofId,
      returns: Below,
      run: (ctx, { params }) => getBelow(ctx, params.id),
    }),
    route({
      ...{
        method: 'post',
        path: `${at}/drawing`,
        summary: 'Take lines of reports below into the draft, or leave them',
      },
      allow: 'reporting.consolidate',
      params: ofId,
      body: DrawLines,
      returns: Drawn,
      maxBodyBytes: 4_000_000,
      run: (ctx, { params, body }) => drawLines(ctx, params.id, body),
    }),
  ]
}

function tracingRoutes(parts: ConsolidationParts): Route[] {
  return [
    route({
      method: 'get',
      path: `${at}/submissions/{number}/trace`,
      summary: 'Where a line of a submission comes from, one step down',
      allow: 'reporting.read',
      params: ofNumber,
      query: z.object({ line: LineName }),
      returns: Trace,
      run: (ctx, { params, query }) => traceLine(ctx, { reportId: params.id, number: params.number, line: query.line }),
    }),
    route({
      method: 'get',
      path: `${at}/submissions/{number}/drift`,
      summary: 'Figures as they were sent beside what they are now',
      allow: 'reporting.read',
      params: ofNumber,
      returns: z.object({ figures: z.array(FigureDrift) }),
      run: async (ctx, { params }) => ({ figures: await getDrift(ctx, params, parts.calendars) }),
    }),
    route({
      ...{ method: 'get', path: `${at}/standing`, summary: 'What may be done to a report after it was sent' },
      allow: 'reporting.read',
      params: ofId,
      returns: Standing,
      run: (ctx, { params }) => getStanding(ctx, params.id),
    }),
  ]
}

function paperRoutes(parts: ConsolidationParts): Route[] {
  return [
    route({
      method: 'get',
      path: `${at}/submissions/{number}/document`,
      summary: 'A submission as an official document; its numbers never change',
      allow: 'reporting.export',
      params: ofNumber,
      query: z.object({
        format: z.enum(['docx', 'pdf']),
        /** With marks that lead to an annex of where each part comes from. */
        sources: z.enum(['with', 'without']).default('with'),
      }),
      download: true,
      exports: true,
      run: (ctx, { params, query }) => exportReport(ctx, parts, { ...params, ...query }),
    }),
    route({
      method: 'get',
      path: `${at}/submissions/{number}/figures`,
      summary: 'The figures of a submission as a workbook',
      allow: 'reporting.export',
      params: ofNumber,
      download: true,
      exports: true,
      run: (ctx, { params }) => exportFigures(ctx, parts, params),
    }),
    route({
      method: 'get',
      path: `${at}/submissions/{number}/drift/table`,
      summary: 'Figures as they were sent beside what they are now, as a table',
      allow: 'reporting.export',
      params: ofNumber,
      query: z.object({ format: z.enum(['xlsx', 'csv']) }),
      download: true,
      exports: true,
      run: (ctx, { params, query }) => exportDrift(ctx, parts, { ...params, ...query }),
    }),
    route({
      method: 'put',
      path: `${at}/submissions/{number}/paper`,
      summary: 'Give the paper of a submission its own number, day and recipients',
      allow: 'reporting.write-reports',
      params: ofNumber,
      body: GivePaper,
      returns: z.object({ version: Version }),
      run: (ctx, { params, body }) => givePaper(ctx, params, body),
    }),
  ]
}

function closingRoutes(): Route[] {
  return [
    route({
      ...{ method: 'post', path: `${at}/approval`, summary: "Approve the report of the regime's own body" },
      allow: 'reporting.approve-reports',
      params: ofId,
      body: OfNumber,
      run: (ctx, { params, body }) => approveReport(ctx, params.id, body.number),
    }),
    route({
      ...{ method: 'post', path: `${at}/reopening`, summary: 'Open a report again by an order' },
      allow: 'reporting.reopen-reports',
      params: ofId,
      body: ReopenReport,
      run: (ctx, { params, body }) => reopenReport(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/reporting/rounds/{id}/locking',
      summary: "Close a round of one's own and lock what was accepted",
      allow: 'reporting.lock-rounds',
      params: ofId,
      returns: z.object({ locked: z.int() }),
      run: (ctx, { params }) => lockRound(ctx, params.id),
    }),
  ]
}
