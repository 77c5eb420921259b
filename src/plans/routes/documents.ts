import { route, type Route } from '#platform'
import { exportPlan, exportStatusReport, exportUrgingLetter } from '../commands/export.ts'
import { exportMinutes } from '../commands/minutes.ts'
import type { Writing } from '../commands/paper.ts'
import { exportSummary } from '../commands/plan-summary.ts'
import { ForeignSummary, MeetingMinutes, NextNumber, PaperForm } from '../model.ts'
import { suggestNumber } from '../queries/next-number.ts'
import { byId, Flag } from './parts.ts'

/** What leaves as an official document. */
export function documentRoutes(writing: Writing): Route[] {
  return [
    route({
      method: 'get',
      path: '/plans/{id}/document',
      summary: 'The plan as an official document (.docx, .pdf)',
      allow: 'plans.export',
      exports: true,
      download: true,
      params: byId,
      query: PaperForm.extend({ draft: Flag.default(false) }),
      run: (ctx, { params, query }) => exportPlan(ctx, writing, params.id, query),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/status-report',
      summary: 'The status report on a plan (.docx, .pdf)',
      allow: 'plans.export',
      exports: true,
      download: true,
      params: byId,
      query: PaperForm,
      run: (ctx, { params, query }) => exportStatusReport(ctx, writing, params.id, query),
    }),
    route({
      method: 'get',
      path: '/urgings/{id}/document',
      summary: 'The urging as an official letter (.docx, .pdf)',
      allow: 'plans.export',
      exports: true,
      download: true,
      params: byId,
      query: PaperForm,
      run: (ctx, { params, query }) => exportUrgingLetter(ctx, writing, params.id, query),
    }),
    route({
      method: 'post',
      path: '/plans/{id}/minutes',
      summary: 'Minutes of a meeting on a plan as an official document (.docx, .pdf); nothing is kept',
      allow: 'plans.export',
      download: true,
      params: byId,
      body: MeetingMinutes,
      run: (ctx, { params, body }) => exportMinutes(ctx, writing, params.id, body),
    }),
    route({
      method: 'post',
      path: '/plans/{id}/summary',
      summary: 'A short summary of a plan in another language, in the own words of its writer (.docx, .pdf)',
      allow: 'plans.export',
      download: true,
      params: byId,
      body: ForeignSummary,
      run: (ctx, { params, body }) => exportSummary(ctx, writing, params.id, body),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/next-number',
      summary: 'The number that comes next in the book of the draft, suggested and never given',
      allow: 'plans.draft',
      params: byId,
      returns: NextNumber,
      run: (ctx, { params }) => suggestNumber(ctx, params.id),
    }),
  ]
}
