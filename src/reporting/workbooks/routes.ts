import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id } from '#platform/model'
import { downloadWorkbook, lookAtWorkbook, takeWorkbook, type WorkbookParts } from './commands.ts'
import { LookQuery, TakeQuery, WorkbookReading } from './model.ts'

const params = z.object({ id: Id })
const allow = 'reporting.write-reports'
const upload = { maxBytes: 8_000_000 }

/** Reports filled in away from the system. */
export function workbookRoutes(parts: WorkbookParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/reporting/reports/{id}/workbook',
      summary: 'The draft of a report as a workbook to be filled in',
      allow,
      params,
      download: true,
      exports: true,
      run: (ctx, { params: { id } }) => downloadWorkbook(ctx, id, parts),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/{id}/workbook/reading',
      summary: 'Look what a workbook that came back would change; nothing is changed',
      allow,
      params,
      query: LookQuery,
      upload,
      returns: WorkbookReading,
      run: (ctx, { params: { id }, query, body }) =>
        lookAtWorkbook(ctx, id, { upload: { bytes: body, sign: query.decimalSign ?? null }, parts }),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/{id}/workbook',
      summary: 'Take a workbook that was looked at into the draft',
      allow,
      params,
      query: TakeQuery,
      upload,
      returns: WorkbookReading,
      run: (ctx, { params: { id }, query, body }) =>
        takeWorkbook(ctx, id, {
          ...{ upload: { bytes: body, sign: query.decimalSign ?? null }, parts },
          ...{ digest: query.digest, takes: query.takes, lines: query.lines ?? null },
        }),
    }),
  ]
}
