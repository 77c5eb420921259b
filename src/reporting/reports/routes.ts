import { z } from 'zod'
import type { Calendar } from '#indicators/model'
import { listColleagues, may } from '#access'
import { route, type Catalogue, type FileStore, type Route } from '#platform'
import { Id, PageQuery, pageOf } from '#platform/model'
import {
  AcceptedReports,
  AcceptReports,
  Delegation,
  Finding,
  MarkLine,
  OwedReport,
  RecordDelegation,
  ReportDetail,
  ReportWork,
  ReturnReport,
  ReviewCounts,
  SaveSection,
  SubmissionDetail,
  SubmitReport,
} from '../model.ts'
import { attachFile } from './commands/attach.ts'
import { beginReport } from './commands/begin.ts'
import { endDelegation, recordDelegation, signers } from './commands/delegations.ts'
import {
  acceptReport,
  acceptReports,
  beginReview,
  keepSeen,
  markLine,
  returnReport,
  withdrawReport,
} from './commands/review.ts'
import { saveSection } from './commands/save-section.ts'
import type { ObstacleParts } from '../obstacles/parts.ts'
import { savingTogether } from './commands/save-together.ts'
import { submitReport } from './commands/submit.ts'
import { countReviews } from './queries/counts.ts'
import { listDelegations } from './queries/delegations.ts'
import { getReportFile } from './queries/files.ts'
import { listOwed } from './queries/owed.ts'
import { getFindings, getReport } from './queries/report.ts'
import { getReportWork } from './queries/work.ts'
import { getSubmission } from './queries/submission.ts'

const byId = z.object({ id: Id })
const OfNumber = z.strictObject({ number: z.int().min(1) }).meta({ id: 'OfReportNumber' })

const owedQuery = PageQuery.extend({
  roundId: Id.optional(),
  obligationId: Id.optional(),
  show: z.enum(['all', 'open', 'to-sign', 'to-review', 'missing']).default('all'),
})

export type ReportParts = {
  files: FileStore
  calendars: readonly Calendar[]
  say: Catalogue
  obstacles: ObstacleParts
}

/** Writing, signing, sending, reviewing of reports. */
export function reportRoutes({ calendars, say, files, obstacles }: ReportParts): Route[] {
  return [
    ...writingRoutes({ calendars, say, files, obstacles }),
    ...reviewRoutes(say),
    ...delegationRoutes(),
    route({
      method: 'get',
      path: '/reporting/reports',
      summary: 'Reports the acting body owes, the next due first',
      allow: 'reporting.read',
      query: owedQuery,
      returns: pageOf(OwedReport),
      run: (ctx, { query }) => listOwed(ctx, { ...query, side: 'own' }),
    }),
    route({
      method: 'get',
      path: '/reporting/work',
      summary: 'What reports want of the acting post',
      allow: 'reporting.read',
      returns: ReportWork,
      run: (ctx) => getReportWork(ctx, (code) => may(ctx.actor, code)),
    }),
    route({
      method: 'get',
      path: '/reporting/reports/received',
      summary: 'Reports the acting body receives: who has sent nothing first',
      allow: 'reporting.read',
      query: owedQuery,
      returns: pageOf(OwedReport),
      run: (ctx, { query }) => listOwed(ctx, { ...query, side: 'receiver' }),
    }),
    route({
      method: 'get',
      path: '/reporting/reports/reviews',
      summary: 'What reviewing came to in a round: first-pass acceptance, lines returned, amendments',
      allow: 'reporting.read',
      query: z.object({ roundId: Id }),
      returns: ReviewCounts,
      run: (ctx, { query }) => countReviews(ctx, query.roundId),
    }),
    route({
      method: 'get',
      path: '/reporting/reports/{id}',
      summary: 'A report: its form, draft, what stands beside, what was sent and what happened',
      allow: 'reporting.read',
      params: byId,
      returns: ReportDetail,
      run: (ctx, { params }) => getReport(ctx, params.id, calendars),
    }),
    route({
      method: 'get',
      path: '/reporting/reports/{id}/submissions/{number}',
      summary: 'A submission with what differs from the one before and what was said the period before',
      allow: 'reporting.read',
      params: byId.extend({ number: z.coerce.number().int().min(1) }),
      returns: SubmissionDetail,
      run: (ctx, { params }) => getSubmission(ctx, params.id, params.number),
    }),
  ]
}

function writingRoutes({ calendars, say, files, obstacles }: ReportParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/reporting/reports',
      summary: 'Begin the report of an obligation, filled in with what is known',
      allow: 'reporting.write-reports',
      body: z.strictObject({ obligationId: Id }),
      returns: byId,
      run: (ctx, { body }) => beginReport(ctx, body.obligationId),
    }),
    route({
      method: 'put',
      path: '/reporting/reports/{id}/sections/{section}',
      summary: 'Save one section of a draft',
      allow: 'reporting.write-reports',
      params: byId.extend({ section: z.string().max(60) }),
      body: SaveSection,
      maxBodyBytes: 4_000_000,
      plansKept: true,
      returns: z.object({ version: z.int() }),
      together: { most: 64, run: savingTogether() },
      run: (ctx, { params, body }) => saveSection(ctx, params, body),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/{id}/sections/{section}/files',
      summary: 'Lay a file under a section of attachments',
      allow: 'reporting.write-reports',
      params: byId.extend({ section: z.string().max(60) }),
      query: z.object({ fileName: z.string().min(1).max(300) }),
      upload: { maxBytes: 20 * 1024 * 1024 },
      returns: z.object({ id: Id, version: z.int() }),
      run: (ctx, { params, query, body }) => attachFile(ctx, files, params, { name: query.fileName, bytes: body }),
    }),
    route({
      method: 'get',
      path: '/reporting/reports/{id}/files/{fileId}',
      summary: 'A file of a report',
      allow: 'reporting.read',
      exports: true,
      download: true,
      params: byId.extend({ fileId: Id }),
      run: (ctx, { params }) => getReportFile(ctx, files, params.id, params.fileId),
    }),
    route({
      method: 'get',
      path: '/reporting/reports/{id}/findings',
      summary: 'What is wrong with a draft, or strange in it',
      allow: 'reporting.write-reports',
      params: byId,
      returns: z.array(Finding),
      run: (ctx, { params }) => getFindings(ctx, params.id, { calendars, say }),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/{id}/submission',
      summary: 'Sign and send a report',
      plansKept: true,
      allow: 'reporting.sign-reports',
      params: byId,
      body: SubmitReport,
      returns: z.object({ number: z.int(), digest: z.string(), isLate: z.boolean() }),
      run: (ctx, { params, body }) => submitReport(ctx, params.id, { ...body, calendars, obstacles }),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/{id}/withdrawal',
      summary: 'Take back a report nobody has begun to review',
      allow: 'reporting.sign-reports',
      params: byId,
      body: OfNumber,
      run: (ctx, { params, body }) => withdrawReport(ctx, params.id, body.number),
    }),
  ]
}

function reviewRoutes(say: Catalogue): Route[] {
  return [
    route({
      method: 'post',
      path: '/reporting/reports/{id}/seen',
      summary: 'Keep that the receiver opened a submission',
      allow: 'reporting.review-reports',
      params: byId,
      body: OfNumber,
      run: (ctx, { params, body }) => keepSeen(ctx, params.id, body.number),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/{id}/review',
      summary: 'Begin the review of a submission',
      allow: 'reporting.review-reports',
      params: byId,
      body: OfNumber,
      run: (ctx, { params, body }) => beginReview(ctx, params.id, body.number),
    }),
    route({
      method: 'put',
      path: '/reporting/reports/{id}/marks',
      summary: 'Mark a line to be returned with its reason, or take the mark off',
      allow: 'reporting.review-reports',
      params: byId,
      body: MarkLine,
      run: (ctx, { params, body }) => markLine(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/{id}/return',
      summary: 'Return the marked lines with a new due day',
      allow: 'reporting.decide-reports',
      params: byId,
      body: ReturnReport,
      run: (ctx, { params, body }) => returnReport(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/{id}/acceptance',
      summary: 'Accept a submission; its figures count from now on',
      allow: 'reporting.decide-reports',
      params: byId,
      body: OfNumber,
      run: (ctx, { params, body }) => acceptReport(ctx, params.id, { ...body, onlyClean: false }),
    }),
    route({
      method: 'post',
      path: '/reporting/reports/acceptances',
      summary: 'Accept many submissions that have nothing to explain; each for itself',
      allow: 'reporting.decide-reports',
      body: AcceptReports,
      returns: AcceptedReports,
      run: (ctx, { body }) => acceptReports(ctx, body.reports, say),
    }),
  ]
}

function delegationRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/reporting/delegations',
      summary: 'Who signs reports for the head of the acting body',
      allow: 'reporting.delegate',
      returns: z.array(Delegation),
      run: (ctx) => listDelegations(ctx),
    }),
    route({
      method: 'get',
      path: '/reporting/delegations/colleagues',
      summary: 'Who may be given the signature',
      allow: 'reporting.delegate',
      returns: z.array(z.object({ id: Id, name: z.string() })),
      run: (ctx) => listColleagues(ctx, signers),
    }),
    route({
      method: 'post',
      path: '/reporting/delegations',
      summary: 'Record that a colleague signs reports for the head',
      allow: 'reporting.delegate',
      body: RecordDelegation,
      returns: byId,
      run: (ctx, { body }) => recordDelegation(ctx, body),
    }),
    route({
      method: 'post',
      path: '/reporting/delegations/{id}/end',
      summary: 'End a delegation; what was signed under it stays',
      allow: 'reporting.delegate',
      params: byId,
      run: (ctx, { params }) => endDelegation(ctx, params.id),
    }),
  ]
}
