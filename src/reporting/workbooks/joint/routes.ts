import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id } from '#platform/model'
import type { WorkbookParts } from '../commands.ts'
import { TakeQuery, WorkbookReading } from '../model.ts'
import { lookAtJoint } from './look.ts'
import { askForJoint } from './make.ts'
import { HandParts, JointLookQuery, JointReading } from './model.ts'
import { handParts, leavePart, lookAtPart, takePart } from './parts.ts'

const params = z.object({ id: Id })
const ofRound = '/reporting/rounds/{id}/joint-workbook'
const ofPart = '/reporting/workbook-parts/{id}'

/** One workbook for many bodies: made and brought back by who receives their reports, taken in by each of them. */
export function jointRoutes(parts: WorkbookParts): Route[] {
  const allow = 'reporting.consolidate'
  const write = 'reporting.write-reports'
  return [
    route({
      method: 'post',
      path: ofRound,
      summary: 'Let one workbook of all reports that come to the acting body and may still be written be made',
      allow,
      params,
      returns: z.object({ jobId: Id, bodies: z.int() }),
      run: (ctx, { params: { id } }) => askForJoint(ctx, id),
    }),
    route({
      method: 'post',
      path: `${ofRound}/reading`,
      summary: 'Look what a workbook of many bodies that came back says for each; nothing reaches them yet',
      allow,
      params,
      query: JointLookQuery,
      upload: { maxBytes: 24_000_000 },
      returns: JointReading,
      run: (ctx, { params: { id }, query, body }) =>
        lookAtJoint(ctx, id, {
          upload: { bytes: body, sign: query.decimalSign ?? null, name: query.name },
          parts,
        }),
    }),
    route({
      method: 'post',
      path: `${ofRound}/handing`,
      summary: 'Hand what was looked at to its bodies, which take it into their own drafts',
      allow,
      params,
      body: HandParts,
      returns: z.object({ handed: z.int() }),
      run: (ctx, { params: { id }, body }) => handParts(ctx, id, body.partIds),
    }),
    route({
      method: 'get',
      path: ofPart,
      summary: 'What was handed over of a workbook, and what it would change in the draft',
      allow: write,
      params,
      returns: WorkbookReading,
      run: (ctx, { params: { id } }) => lookAtPart(ctx, id, parts),
    }),
    route({
      method: 'post',
      path: ofPart,
      summary: 'Take lines of what was handed over into the draft',
      allow: write,
      params,
      query: TakeQuery.omit({ decimalSign: true }),
      returns: WorkbookReading,
      run: (ctx, { params: { id }, query }) =>
        takePart(ctx, id, { parts, digest: query.digest, takes: query.takes, lines: query.lines ?? null }),
    }),
    route({
      method: 'post',
      path: `${ofPart}/leaving`,
      summary: 'Leave what was handed over of a workbook: it no longer waits',
      allow: write,
      params,
      run: (ctx, { params: { id } }) => leavePart(ctx, id),
    }),
  ]
}
