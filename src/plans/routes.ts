import { z } from 'zod'
import { route, type FileStore, type Route } from '#platform'
import { may } from '#access'
import { Id, PageQuery, pageOf, PlainDate, text, Version } from '#platform/model'
import { answerUrging, urge } from './commands/urging.ts'
import { beginAmendment, createDraft, saveDraft } from './commands/drafts.ts'
import { decideDerivation, derivePlan, linkParent } from './commands/derive.ts'
import { createFromImport } from './commands/from-import.ts'
import { issuePlan } from './commands/issue.ts'
import { attachDocument, getPlanFile } from './commands/attach.ts'
import { acceptProgress, addEvidence, returnProgress, saveProgress, submitProgress } from './commands/progress.ts'
import { exportPlan, exportStatusReport, exportUrgingLetter } from './commands/export.ts'
import {
  Coverage, CoverageRow, DerivationRow, DutyBody, FourNumbers, MyWork, NodeInput, Occurrence, OccurrenceDetail, PlanChoices, PlanDetail, PlanHeader, PlanState, PlanSummary, ProgressState, ProgressStatus, SaveDraft, SearchHit,
  Standing, UrgingState,
} from './model.ts'
import { listChoices, type Choices } from './queries/choices.ts'
import { listDutyBodies } from './queries/duty-bodies.ts'
import { getCoverage, listCoverage } from './queries/coverage.ts'
import { listDerivation } from './queries/derivation.ts'
import { getMyWork } from './queries/my-work.ts'
import { getOccurrence } from './queries/occurrence.ts'
import { listOccurrences } from './queries/occurrences.ts'
import { getPlanDetail } from './queries/plan.ts'
import { listPlans } from './queries/plans.ts'
import { searchEverything } from './queries/search.ts'
import { listUrgings } from './queries/urgings.ts'
import { getEvidence } from './queries/evidence.ts'

const byId = z.object({ id: Id })
const Level = z.enum(['central', 'province', 'district', 'commune'])
const Flag = z.enum(['true', 'false']).transform((flag) => flag === 'true')
const NewPlan = z.strictObject({ issuerId: Id, header: PlanHeader, nodes: z.array(NodeInput).max(5000), parentPlanIds: z.array(Id).max(10), functionCode: z.string().min(1).max(80).optional() })

/** Every route of plans. Files and the country's default function are handed in by `app.ts`. */
export function planRoutes(parts: { files: FileStore; defaultFunction: string; writing: import('./commands/export.ts').Writing; choices: Choices }): Route[] {
  const { files } = parts
  return [
    route({ method: 'get', path: '/plans', summary: 'Plans within reach', allow: 'plans.read',
      query: PageQuery.extend({ search: z.string().max(200).optional(), state: PlanState.optional(), level: Level.optional(), issuerId: Id.optional(), parentId: Id.optional(), mine: Flag.optional() }),
      returns: pageOf(PlanSummary), run: (ctx, { query }) => listPlans(ctx, query) }),
    route({ method: 'post', path: '/plans', summary: 'Begin a plan by hand', allow: 'plans.draft', body: NewPlan, returns: z.object({ planId: Id }),
      run: async (ctx, { body }) => ({ planId: (await createDraft(ctx, { ...body, functionCode: body.functionCode ?? parts.defaultFunction, importId: null })).planId }) }),
    route({ method: 'post', path: '/plans/from-import', summary: 'Begin a plan from a reviewed document', allow: 'plans.draft',
      body: z.strictObject({ importId: Id, issuerId: Id, parentPlanIds: z.array(Id).max(10), functionCode: z.string().min(1).max(80).optional() }), returns: z.object({ planId: Id }),
      run: (ctx, { body }) => createFromImport(ctx, files, { ...body, functionCode: body.functionCode ?? parts.defaultFunction }) }),
    route({ method: 'get', path: '/plans/choices', summary: 'Kinds of document, classes of bodies and programmes to choose from', allow: 'plans.read', returns: PlanChoices, run: (ctx) => listChoices(ctx, parts.choices, parts.writing.templates.layout.kinds) }),
    route({ method: 'get', path: '/plans/{id}/duties/{dutyId}/bodies', summary: 'The bodies behind a duty', allow: 'plans.read', params: z.object({ id: Id, dutyId: Id }), query: PageQuery, returns: pageOf(DutyBody),
      run: (ctx, { params, query }) => listDutyBodies(ctx, params, query) }),
    route({ method: 'get', path: '/plans/{id}', summary: 'One plan whole', allow: 'plans.read', params: byId, query: z.object({ draft: Flag.default(false) }), returns: PlanDetail,
      run: (ctx, { params, query }) => getPlanDetail(ctx, params.id, { draft: query.draft, may: (code) => may(ctx.actor, code) }) }),
    route({ method: 'put', path: '/plans/{id}/draft', summary: 'Save a draft', allow: 'plans.draft', params: byId, body: SaveDraft, returns: z.object({ version: Version, ids: z.record(z.string(), Id) }), run: (ctx, { params, body }) => saveDraft(ctx, params.id, body) }),
    route({ method: 'post', path: '/plans/{id}/issue', summary: 'Issue the draft', allow: 'plans.issue', params: byId, body: z.strictObject({ version: Version }), run: (ctx, { params, body }) => issuePlan(ctx, params.id, body) }),
    route({ method: 'post', path: '/plans/{id}/amendment', summary: 'Begin an amending, correcting, replacing or annulling document', allow: 'plans.draft', params: byId,
      body: z.strictObject({ act: z.enum(['amending', 'correcting', 'replacing', 'annulling']), reason: text(2000) }), run: (ctx, { params, body }) => beginAmendment(ctx, params.id, body) }),
    route({ method: 'post', path: '/plans/{id}/files', summary: 'Attach the signed document or its scan', allow: 'plans.draft', params: byId, query: z.object({ fileName: z.string().min(1).max(300) }), upload: { maxBytes: 40 * 1024 * 1024 },
      returns: z.object({ id: Id, sha256: z.string() }), run: (ctx, { params, query, body }) => attachDocument(ctx, files, params.id, { name: query.fileName, bytes: body }) }),
    route({ method: 'get', path: '/plans/{id}/files/{fileId}', summary: 'The signed document', allow: 'plans.read', exports: true, download: true, params: z.object({ id: Id, fileId: Id }), run: (ctx, { params }) => getPlanFile(ctx, files, params.id, params.fileId) }),
    route({ method: 'get', path: '/plans/{id}/document', summary: 'The plan as an official document (.docx)', allow: 'plans.export', exports: true, download: true, params: byId, query: z.object({ draft: Flag.default(false) }),
      run: (ctx, { params, query }) => exportPlan(ctx, parts.writing, params.id, query.draft) }),
    route({ method: 'get', path: '/plans/{id}/status-report', summary: 'The status report on a plan (.docx)', allow: 'plans.export', exports: true, download: true, params: byId, run: (ctx, { params }) => exportStatusReport(ctx, parts.writing, params.id) }),
    route({ method: 'post', path: '/plans/{id}/derivations', summary: 'Begin a plan of one\'s own from this one', allow: 'plans.derive', params: byId, body: z.strictObject({ issuerId: Id, header: PlanHeader }), returns: z.object({ planId: Id }), run: (ctx, { params, body }) => derivePlan(ctx, params.id, body) }),
    route({ method: 'get', path: '/plans/{id}/derivation', summary: 'What this plan does with each task above', allow: 'plans.read', params: byId, returns: z.array(DerivationRow), run: (ctx, { params }) => listDerivation(ctx, params.id) }),
    route({ method: 'put', path: '/plans/{id}/derivation/{parentNodeId}', summary: 'Decide on one task above', allow: 'plans.derive', params: z.object({ id: Id, parentNodeId: Id }),
      body: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('taken-over'), nodeId: Id }), z.strictObject({ kind: z.literal('adapted'), nodeId: Id }), z.strictObject({ kind: z.literal('not-applicable'), reason: text(2000) }), z.strictObject({ kind: z.literal('undecided') })]),
      run: (ctx, { params, body }) => decideDerivation(ctx, params.id, params.parentNodeId, body.kind === 'undecided' ? null : body) }),
    route({ method: 'post', path: '/plans/{id}/parents', summary: 'Put this plan under another', allow: 'plans.derive', params: byId, body: z.strictObject({ parentPlanId: Id }), run: (ctx, { params, body }) => linkParent(ctx, params.id, body.parentPlanId) }),
    route({ method: 'get', path: '/plans/{id}/coverage', summary: 'Who has issued under this plan; tasks nobody took', allow: 'plans.read-coverage', params: byId, returns: Coverage, run: (ctx, { params }) => getCoverage(ctx, params.id) }),
    route({ method: 'get', path: '/plans/{id}/coverage/bodies', summary: 'The bodies of the cascade', allow: 'plans.read-coverage', params: byId,
      query: PageQuery.extend({ level: Level.optional(), state: z.enum(['issued', 'drafting', 'nothing']).optional(), under: Id.optional(), search: z.string().max(200).optional() }), returns: pageOf(CoverageRow), run: (ctx, { params, query }) => listCoverage(ctx, params.id, query) }),
    route({ method: 'get', path: '/work', summary: 'My work', allow: 'plans.read', returns: MyWork, run: (ctx) => getMyWork(ctx, (code) => may(ctx.actor, code)) }),
    route({ method: 'get', path: '/tasks', summary: 'Pieces of work within reach', allow: 'plans.read',
      query: PageQuery.extend({ search: z.string().max(200).optional(), planId: Id.optional(), nodeId: Id.optional(), agencyId: Id.optional(), standing: Standing.optional(), progressState: ProgressState.optional(), dueBy: PlainDate.optional(), level: Level.optional() }),
      returns: pageOf(Occurrence).extend({ numbers: FourNumbers }),
      run: (ctx, { query: { planId, nodeId, agencyId, ...query } }) => listOccurrences(ctx, { ...query, ...(planId ? { planIds: [planId] } : {}), ...(nodeId ? { nodeIds: [nodeId] } : {}), ...(agencyId ? { agencyIds: [agencyId] } : {}) }) }),
    route({ method: 'get', path: '/tasks/{id}', summary: 'One piece of work', allow: 'plans.read', params: byId, returns: OccurrenceDetail, run: (ctx, { params }) => getOccurrence(ctx, params.id, (code) => may(ctx.actor, code)) }),
    route({ method: 'put', path: '/tasks/{id}/progress', summary: 'Write progress', allow: 'plans.report-progress', params: byId,
      body: z.strictObject({ version: Version.nullable(), status: ProgressStatus, narrative: text(20_000, 0), evidenceNote: text(4000).nullable() }), returns: z.object({ id: Id, version: Version }), run: (ctx, { params, body }) => saveProgress(ctx, params.id, body) }),
    route({ method: 'post', path: '/progress/{id}/evidence', summary: 'Add a file of evidence', allow: 'plans.report-progress', params: byId, query: z.object({ fileName: z.string().min(1).max(300) }), upload: { maxBytes: 20 * 1024 * 1024 },
      returns: z.object({ id: Id }), run: (ctx, { params, query, body }) => addEvidence(ctx, files, params.id, { name: query.fileName, mediaType: 'application/octet-stream', bytes: body }) }),
    route({ method: 'get', path: '/progress/{id}/evidence/{fileId}', summary: 'A file of evidence', allow: 'plans.read', exports: true, download: true, params: z.object({ id: Id, fileId: Id }), run: (ctx, { params }) => getEvidence(ctx, files, params.id, params.fileId) }),
    route({ method: 'post', path: '/progress/{id}/submission', summary: 'Send progress to be checked', allow: 'plans.report-progress', params: byId, body: z.strictObject({ version: Version }), run: (ctx, { params, body }) => submitProgress(ctx, params.id, body.version) }),
    route({ method: 'post', path: '/progress/{id}/return', summary: 'Return progress with a reason', allow: 'plans.check-progress', params: byId, body: z.strictObject({ version: Version, reason: text(4000) }), run: (ctx, { params, body }) => returnProgress(ctx, params.id, body) }),
    route({ method: 'post', path: '/progress/{id}/acceptance', summary: 'Accept progress', allow: 'plans.check-progress', params: byId, body: z.strictObject({ version: Version }), run: (ctx, { params, body }) => acceptProgress(ctx, params.id, body.version) }),
    route({ method: 'get', path: '/urgings', summary: 'Urgings sent and received', allow: 'plans.read', query: PageQuery.extend({ planId: Id.optional(), toMe: Flag.optional() }), returns: pageOf(UrgingState), run: (ctx, { query }) => listUrgings(ctx, query) }),
    route({ method: 'post', path: '/urgings', summary: 'Urge one or many bodies', allow: 'plans.urge',
      body: z.strictObject({ planId: Id.nullable(), text: text(10_000), answerBy: PlainDate.nullable(), agencyIds: z.array(Id).max(4000), occurrenceIds: z.array(Id).max(4000) }), returns: z.object({ id: Id }), run: (ctx, { body }) => urge(ctx, body) }),
    route({ method: 'post', path: '/urgings/{id}/answer', summary: 'Answer an urging', allow: 'plans.answer-urging', params: byId, body: z.strictObject({ answer: text(10_000), version: Version }), run: (ctx, { params, body }) => answerUrging(ctx, params.id, body) }),
    route({ method: 'get', path: '/urgings/{id}/document', summary: 'The urging as an official letter (.docx)', allow: 'plans.export', exports: true, download: true, params: byId, run: (ctx, { params }) => exportUrgingLetter(ctx, parts.writing, params.id) }),
    route({ method: 'get', path: '/search', summary: 'Search over everything', allow: 'signed-in', query: z.object({ search: z.string().min(1).max(200) }), returns: z.array(SearchHit), run: (ctx, { query }) => searchEverything(ctx, query.search) }),
  ]
}
