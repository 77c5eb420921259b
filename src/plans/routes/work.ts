import { z } from 'zod'
import { facetsRoute, listQuery, route, takeQuery, type FileStore, type Route } from '#platform'
import { Id, PageQuery, pageOf, PlainDate, text, Version } from '#platform/model'
import { may } from '#access'
import { answerUrging, urge } from '../commands/urging.ts'
import { acceptProgress, addEvidence, returnProgress, saveProgress, submitProgress } from '../commands/progress.ts'
import { taskList } from '../lists/tasks.ts'
import {
  BoardCounts,
  FourNumbers,
  MyWork,
  Occurrence,
  OccurrenceDetail,
  ProgressStatus,
  SearchHit,
  TimelineGrouping,
  TimelineRow,
  UrgingState,
} from '../model.ts'
import { countBoard } from '../queries/board.ts'
import { getEvidence } from '../queries/evidence.ts'
import { getMyWork } from '../queries/my-work.ts'
import { getOccurrence } from '../queries/occurrence.ts'
import { listOccurrences } from '../queries/occurrences.ts'
import { searchEverything } from '../queries/search.ts'
import { listTimeline } from '../queries/timeline.ts'
import { listUrgings } from '../queries/urgings.ts'
import { byId, Flag } from './parts.ts'

/** Pieces of work, progress, urging, search. */
export function workRoutes(files: FileStore): Route[] {
  return [
    route({
      method: 'get',
      path: '/work',
      summary: 'My work',
      allow: 'plans.read-own-work',
      kept: 'person',
      returns: MyWork,
      run: (ctx) => getMyWork(ctx, (code) => may(ctx.actor, code)),
    }),
    route({
      method: 'get',
      path: '/tasks',
      summary: 'Pieces of work within reach',
      allow: 'plans.read',
      kept: 'own',
      query: listQuery(taskList),
      returns: pageOf(Occurrence).extend({ numbers: FourNumbers }),
      run: (ctx, { query }) => listOccurrences(ctx, takeQuery(taskList, query)),
    }),
    facetsRoute(taskList, '/tasks/facets', 'Pieces of work counted by facet'),
    route({
      method: 'get',
      path: '/tasks/timeline',
      summary: 'Pieces of work within reach as lines of time, a row for each task and body',
      allow: 'plans.read',
      kept: 'own',
      query: listQuery(taskList).extend({ by: TimelineGrouping.default('body') }),
      returns: pageOf(TimelineRow).extend({
        span: z.object({ from: PlainDate.nullable(), to: PlainDate.nullable() }),
      }),
      run: (ctx, { query }) => listTimeline(ctx, takeQuery(taskList, query), TimelineGrouping.parse(query.by)),
    }),
    route({
      method: 'get',
      path: '/tasks/columns',
      summary: 'How many pieces of work stand in each column of a board',
      allow: 'plans.read',
      kept: 'own',
      query: listQuery(taskList),
      returns: BoardCounts,
      run: (ctx, { query }) => countBoard(ctx, takeQuery(taskList, query).filter),
    }),
    route({
      method: 'get',
      path: '/tasks/{id}',
      summary: 'One piece of work',
      allow: 'plans.read',
      params: byId,
      returns: OccurrenceDetail,
      run: (ctx, { params }) => getOccurrence(ctx, params.id, (code) => may(ctx.actor, code)),
    }),
    route({
      method: 'put',
      path: '/tasks/{id}/progress',
      summary: 'Write progress',
      allow: 'plans.report-progress',
      params: byId,
      body: z.strictObject({
        version: Version.nullable(),
        status: ProgressStatus,
        narrative: text(20_000, 0),
        evidenceNote: text(4000).nullable(),
      }),
      returns: z.object({ id: Id, version: Version }),
      run: (ctx, { params, body }) => saveProgress(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/progress/{id}/evidence',
      summary: 'Add a file of evidence',
      allow: 'plans.report-progress',
      params: byId,
      query: z.object({ fileName: z.string().min(1).max(300) }),
      upload: { maxBytes: 20 * 1024 * 1024 },
      returns: z.object({ id: Id }),
      run: (ctx, { params, query, body }) =>
        addEvidence(ctx, files, params.id, {
          name: query.fileName,
          mediaType: 'application/octet-stream',
          bytes: body,
        }),
    }),
    route({
      method: 'get',
      path: '/progress/{id}/evidence/{fileId}',
      summary: 'A file of evidence',
      allow: 'plans.read',
      exports: true,
      download: true,
      params: z.object({ id: Id, fileId: Id }),
      run: (ctx, { params }) => getEvidence(ctx, files, params.id, params.fileId),
    }),
    route({
      method: 'post',
      path: '/progress/{id}/submission',
      summary: 'Send progress to be checked',
      allow: 'plans.report-progress',
      params: byId,
      body: z.strictObject({ version: Version }),
      run: (ctx, { params, body }) => submitProgress(ctx, params.id, body.version),
    }),
    route({
      method: 'post',
      path: '/progress/{id}/return',
      summary: 'Return progress with a reason',
      allow: 'plans.check-progress',
      params: byId,
      body: z.strictObject({ version: Version, reason: text(4000) }),
      run: (ctx, { params, body }) => returnProgress(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/progress/{id}/acceptance',
      summary: 'Accept progress',
      allow: 'plans.check-progress',
      params: byId,
      body: z.strictObject({ version: Version }),
      run: (ctx, { params, body }) => acceptProgress(ctx, params.id, body.version),
    }),
    route({
      method: 'get',
      path: '/urgings',
      summary: 'Urgings sent and received',
      allow: 'plans.read',
      kept: 'own',
      query: PageQuery.extend({ planId: Id.optional(), toMe: Flag.optional() }),
      returns: pageOf(UrgingState),
      run: (ctx, { query }) => listUrgings(ctx, query),
    }),
    route({
      method: 'post',
      path: '/urgings',
      summary: 'Urge one or many bodies',
      allow: 'plans.urge',
      body: z.strictObject({
        planId: Id.nullable(),
        text: text(10_000),
        answerBy: PlainDate.nullable(),
        agencyIds: z.array(Id).max(4000),
        occurrenceIds: z.array(Id).max(4000),
      }),
      returns: z.object({ id: Id }),
      run: (ctx, { body }) => urge(ctx, body),
    }),
    route({
      method: 'post',
      path: '/urgings/{id}/answer',
      summary: 'Answer an urging',
      allow: 'plans.answer-urging',
      params: byId,
      body: z.strictObject({ answer: text(10_000), version: Version }),
      run: (ctx, { params, body }) => answerUrging(ctx, params.id, body),
    }),
    route({
      method: 'get',
      path: '/search',
      summary: 'Search over everything',
      allow: 'plans.search',
      query: z.object({ search: z.string().min(1).max(200) }),
      returns: z.array(SearchHit),
      run: (ctx, { query }) => searchEverything(ctx, query.search),
    }),
  ]
}
