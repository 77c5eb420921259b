import { z } from 'zod'
import { facetsRoute, listQuery, route, takeQuery, type Route } from '#platform'
import { Id, Version, pageOf } from '#platform/model'
import { ReportPeriod } from '../model.ts'
import { discardFormDraft, issueForm, saveForm } from './commands/form.ts'
import { openRound } from './commands/open-round.ts'
import { discardRegimeDraft, draftRegime, endRegime, issueRegime, saveRegime } from './commands/regime.ts'
import { tryRound } from './commands/try-round.ts'
import {
  ChangeObligation,
  DraftRegime,
  ExtendObligation,
  ObligationRow,
  OpenRound,
  RegimeChoices,
  RegimeDetail,
  RegimeRounds,
  RegimeRow,
  RoundDetail,
  RoundsQuery,
  RoundTrial,
  SaveForm,
  SaveRegime,
} from './model.ts'
import { exemptObligation, extendObligation, restoreObligation } from './commands/obligations.ts'
import { obligationList } from './list.ts'
import { PrintedRegime } from './from-document/model.ts'
import { readFromDocument } from './from-document/read.ts'
import { readChoices } from './queries/choices.ts'
import { getRound, listObligations, listRoundsOf } from './queries/rounds.ts'
import type { RegimeParts } from './parts.ts'
import { getRegime, listRegimes } from './queries/regimes.ts'

const ofId = z.object({ id: Id })
const Seen = z.strictObject({ version: Version })
const Saved = z.object({ version: Version })

/** Routes of regimes, their forms and rounds. */
export function regimeRoutes(parts: RegimeParts): Route[] {
  return [...draftingRoutes(parts), ...formRoutes(), ...roundRoutes(parts), ...obligationRoutes()]
}

function draftingRoutes(parts: RegimeParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/reporting/regimes',
      summary: 'Reporting regimes: in force, ended, and drafts within reach',
      allow: 'reporting.read',
      returns: z.object({ regimes: z.array(RegimeRow) }),
      run: async (ctx) => ({ regimes: await listRegimes(ctx) }),
    }),
    route({
      method: 'get',
      path: '/reporting/regime-choices',
      summary: 'What whoever writes a regime chooses from: calendars, days off, classes, fields of work, presets',
      allow: 'reporting.read',
      returns: RegimeChoices,
      run: (ctx) => readChoices(ctx, parts),
    }),
    route({
      method: 'get',
      path: '/reporting/regimes-in-documents/{id}',
      summary: 'The reporting section of an imported document, to begin a regime from',
      allow: 'reporting.draft-regime',
      params: ofId,
      returns: PrintedRegime,
      run: (ctx, { params }) => readFromDocument(ctx, parts, params.id),
    }),
    route({
      method: 'get',
      path: '/reporting/regimes/{id}',
      summary: 'A regime with its versions, forms and the periods opened',
      allow: 'reporting.read',
      params: ofId,
      returns: RegimeDetail,
      run: (ctx, { params }) => getRegime(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/reporting/regimes',
      summary: 'Begin a regime with its first draft',
      allow: 'reporting.draft-regime',
      body: DraftRegime,
      returns: z.object({ id: Id }),
      run: (ctx, { body }) => draftRegime(ctx, body),
    }),
    route({
      method: 'put',
      path: '/reporting/regimes/{id}/draft',
      summary: 'Save the draft of the next version of a regime, or begin one',
      allow: 'reporting.draft-regime',
      params: ofId,
      body: SaveRegime,
      returns: Saved,
      run: (ctx, { params, body }) => saveRegime(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/reporting/regimes/{id}/draft/discarding',
      summary: 'Throw the draft of the next version away',
      allow: 'reporting.draft-regime',
      params: ofId,
      body: Seen,
      run: (ctx, { params, body }) => discardRegimeDraft(ctx, params.id, body.version),
    }),
    route({
      method: 'post',
      path: '/reporting/regimes/{id}/issue',
      summary: 'Issue the draft of a regime, by a second person',
      allow: 'reporting.issue-regime',
      params: ofId,
      body: Seen,
      run: (ctx, { params, body }) => issueRegime(ctx, parts, { id: params.id, version: body.version }),
    }),
    route({
      method: 'post',
      path: '/reporting/regimes/{id}/ending',
      summary: 'End a regime: no round is opened any more',
      allow: 'reporting.issue-regime',
      params: ofId,
      body: Seen,
      run: (ctx, { params, body }) => endRegime(ctx, params.id, body.version),
    }),
  ]
}

function formRoutes(): Route[] {
  return [
    route({
      method: 'put',
      path: '/reporting/regimes/{id}/form',
      summary: 'Save the draft of the next form of a regime, or begin one',
      allow: 'reporting.draft-regime',
      params: ofId,
      body: SaveForm,
      returns: Saved,
      maxBodyBytes: 4_000_000,
      run: (ctx, { params, body }) => saveForm(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/reporting/regimes/{id}/form/discarding',
      summary: 'Throw the draft of a form away',
      allow: 'reporting.draft-regime',
      params: ofId,
      body: Seen,
      run: (ctx, { params, body }) => discardFormDraft(ctx, params.id, body.version),
    }),
    route({
      method: 'post',
      path: '/reporting/regimes/{id}/form/issue',
      summary: 'Issue the draft of a form, by a second person',
      allow: 'reporting.issue-regime',
      params: ofId,
      body: Seen,
      returns: ofId,
      run: (ctx, { params, body }) => issueForm(ctx, params.id, body.version),
    }),
  ]
}

function roundRoutes(parts: RegimeParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/reporting/regimes/{id}/trial',
      summary: 'What opening a round would lay on whom',
      allow: 'reporting.open-round',
      params: ofId,
      query: z.object({ period: ReportPeriod }),
      returns: RoundTrial,
      run: (ctx, { params, query }) => tryRound(ctx, parts, { regimeId: params.id, period: query.period }),
    }),
    route({
      method: 'get',
      path: '/reporting/regimes/{id}/rounds',
      summary: 'Rounds of a regime, the newest first, of all years or of one',
      allow: 'reporting.read',
      params: ofId,
      query: RoundsQuery,
      returns: RegimeRounds,
      run: (ctx, { params, query }) => listRoundsOf(ctx, { regimeId: params.id, ...query }),
    }),
    route({
      method: 'post',
      path: '/reporting/regimes/{id}/rounds',
      summary: 'Open a round: lay on every body that owes its obligation',
      allow: 'reporting.open-round',
      params: ofId,
      body: OpenRound,
      returns: z.object({ id: Id, obligations: z.int() }),
      run: (ctx, { params, body }) => openRound(ctx, parts, { regimeId: params.id, period: body.period }),
    }),
  ]
}

function obligationRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/reporting/rounds/{id}',
      summary: 'A round with what its regime and its form say',
      allow: 'reporting.read',
      params: ofId,
      returns: RoundDetail,
      run: (ctx, { params }) => getRound(ctx, params.id),
    }),
    route({
      method: 'get',
      path: '/reporting/obligations',
      summary: 'Who owes which report, what is overdue first',
      allow: obligationList.allow,
      query: listQuery(obligationList),
      returns: pageOf(ObligationRow),
      run: (ctx, { query }) => listObligations(ctx, takeQuery(obligationList, query)),
    }),
    facetsRoute(obligationList, '/reporting/obligations/facets', 'Who owes which report, counted by facet'),
    route({
      method: 'post',
      path: '/reporting/obligations/{id}/exemption',
      summary: 'Free a body of its report, with the reason',
      allow: 'reporting.keep-obligations',
      params: ofId,
      body: ChangeObligation,
      run: (ctx, { params, body }) => exemptObligation(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/reporting/obligations/{id}/restoration',
      summary: 'Lay a report on a body again that was freed of it',
      allow: 'reporting.keep-obligations',
      params: ofId,
      body: ChangeObligation,
      run: (ctx, { params, body }) => restoreObligation(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/reporting/obligations/{id}/extension',
      summary: 'Give one body more time, with the reason',
      allow: 'reporting.keep-obligations',
      params: ofId,
      body: ExtendObligation,
      run: (ctx, { params, body }) => extendObligation(ctx, params.id, body),
    }),
  ]
}
