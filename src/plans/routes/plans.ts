import { z } from 'zod'
import { facetsRoute, listQuery, route, takeQuery, type FileStore, type Route } from '#platform'
import { Id, PageQuery, pageOf, text, Version } from '#platform/model'
import { may } from '#access'
import { beginAmendment, createDraft, saveDraft } from '../commands/drafts.ts'
import { decideDerivation, derivePlan, linkParent } from '../commands/derive.ts'
import { createFromImport } from '../commands/from-import.ts'
import { issuePlan } from '../commands/issue.ts'
import { attachDocument, detachDocument, getPlanFile } from '../commands/attach.ts'
import { planList } from '../lists/plans.ts'
import {
  AgencyName,
  Coverage,
  CoverageRow,
  DerivationRow,
  DutyBody,
  NodeInput,
  PlanChanges,
  PlanChoices,
  PlanDetail,
  PlanHeader,
  PlanSummary,
  RequestOnly,
  SaveDraft,
  TaskDerivation,
} from '../model.ts'
import { listChoices, type Choices } from '../queries/choices.ts'
import { listIssuers } from '../queries/issuers.ts'
import { listDutyBodies } from '../queries/duty-bodies.ts'
import { getCoverage, listCoverage } from '../queries/coverage.ts'
import { listRequestOnlyOfDraft } from '../queries/orders.ts'
import { listDerivation } from '../queries/derivation.ts'
import { getPlanChanges, getPlanDetail } from '../queries/plan.ts'
import { listTaskDerivations } from '../queries/task-derivations.ts'
import { listPlans } from '../queries/plans.ts'
import { byId, Flag } from './parts.ts'

/** A plan of thousands of tasks in full sentences. */
const draftBytes = 16 * 1024 * 1024
const Level = z.enum(['central', 'province', 'district', 'commune'])
const NewPlan = z.strictObject({
  issuerId: Id,
  header: PlanHeader,
  nodes: z.array(NodeInput).max(5000),
  parentPlanIds: z.array(Id).max(10),
  functionCode: z.string().min(1).max(80).optional(),
})

/** Plans: lists, drafts, issuing, deriving, coverage. */
export function draftRoutes(files: FileStore, defaultFunction: string, choices: Choices): Route[] {
  return [
    route({
      method: 'get',
      path: '/plans',
      summary: 'Plans within reach',
      allow: 'plans.read',
      kept: 'own',
      query: listQuery(planList),
      returns: pageOf(PlanSummary),
      run: (ctx, { query }) => listPlans(ctx, takeQuery(planList, query)),
    }),
    facetsRoute(planList, '/plans/facets', 'Plans counted by facet'),
    route({
      method: 'post',
      path: '/plans',
      summary: 'Begin a plan by hand',
      allow: 'plans.draft',
      body: NewPlan,
      maxBodyBytes: draftBytes,
      returns: z.object({ planId: Id }),
      run: async (ctx, { body }) => ({
        planId: (
          await createDraft(ctx, { ...body, functionCode: body.functionCode ?? defaultFunction, importId: null })
        ).planId,
      }),
    }),
    route({
      method: 'post',
      path: '/plans/from-import',
      summary: 'Begin a plan from a reviewed document',
      allow: 'plans.draft',
      body: z.strictObject({
        importId: Id,
        issuerId: Id.nullable(),
        parentPlanIds: z.array(Id).max(10),
        functionCode: z.string().min(1).max(80).optional(),
      }),
      returns: z.object({ planId: Id }),
      run: (ctx, { body }) => createFromImport(ctx, { ...body, functionCode: body.functionCode ?? defaultFunction }),
    }),
    route({
      method: 'get',
      path: '/plans/issuers',
      summary: 'Bodies whose plans the acting one may keep',
      allow: 'plans.draft',
      query: z.object({ agencyId: Id.optional() }),
      returns: z.array(AgencyName),
      run: (ctx, { query }) => listIssuers(ctx, defaultFunction, query.agencyId),
    }),
    route({
      method: 'get',
      path: '/plans/choices',
      summary: 'Kinds of document, classes of bodies and programmes to choose from',
      allow: 'plans.read',
      returns: PlanChoices,
      run: (ctx) => listChoices(ctx, choices),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/duties/{dutyId}/bodies',
      summary: 'The bodies behind a duty',
      allow: 'plans.read',
      params: z.object({ id: Id, dutyId: Id }),
      query: PageQuery,
      returns: pageOf(DutyBody).extend({ bodies: z.object({ visible: z.number().int(), all: z.number().int() }) }),
      run: (ctx, { params, query }) => listDutyBodies(ctx, params, query),
    }),
    route({
      method: 'get',
      path: '/plans/{id}',
      summary: 'One plan whole',
      allow: 'plans.read',
      params: byId,
      query: z.object({ draft: Flag.default(false), versionId: Id.optional() }),
      returns: PlanDetail,
      run: (ctx, { params, query }) => getPlanDetail(ctx, params.id, { ...query, may: (code) => may(ctx.actor, code) }),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/versions/{versionId}/changes',
      summary: 'What the next document made of an issued one',
      allow: 'plans.read',
      params: z.object({ id: Id, versionId: Id }),
      returns: PlanChanges,
      run: (ctx, { params }) => getPlanChanges(ctx, { planId: params.id, versionId: params.versionId }),
    }),
    route({
      method: 'put',
      path: '/plans/{id}/draft',
      summary: 'Save a draft',
      allow: 'plans.draft',
      params: byId,
      body: SaveDraft,
      maxBodyBytes: draftBytes,
      returns: z.object({ version: Version, ids: z.record(z.string(), Id) }),
      run: (ctx, { params, body }) => saveDraft(ctx, params.id, body),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/draft/request-only',
      summary: 'Bodies the draft names that its issuer may only request',
      allow: 'plans.read',
      params: byId,
      returns: z.array(RequestOnly),
      run: (ctx, { params }) => listRequestOnlyOfDraft(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/plans/{id}/issue',
      summary: 'Issue the draft',
      allow: 'plans.issue',
      params: byId,
      body: z.strictObject({ version: Version }),
      run: (ctx, { params, body }) => issuePlan(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/plans/{id}/amendment',
      summary: 'Begin an amending, correcting, replacing or annulling document',
      allow: 'plans.draft',
      params: byId,
      body: z.strictObject({ act: z.enum(['amending', 'correcting', 'replacing', 'annulling']), reason: text(2000) }),
      run: (ctx, { params, body }) => beginAmendment(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/plans/{id}/files',
      summary: 'Attach the signed document or its scan',
      allow: 'plans.draft',
      params: byId,
      query: z.object({ fileName: z.string().min(1).max(300) }),
      upload: { maxBytes: 40 * 1024 * 1024 },
      returns: z.object({ id: Id, sha256: z.string() }),
      run: (ctx, { params, query, body }) =>
        attachDocument(ctx, files, params.id, { name: query.fileName, bytes: body }),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/files/{fileId}',
      summary: 'The signed document',
      allow: 'plans.read',
      exports: true,
      download: true,
      params: z.object({ id: Id, fileId: Id }),
      run: (ctx, { params }) => getPlanFile(ctx, files, params.id, params.fileId),
    }),
    route({
      method: 'delete',
      path: '/plans/{id}/files/{fileId}',
      summary: 'Take a file from beside the draft',
      allow: 'plans.draft',
      params: z.object({ id: Id, fileId: Id }),
      run: (ctx, { params }) => detachDocument(ctx, params.id, params.fileId),
    }),
    route({
      method: 'post',
      path: '/plans/{id}/derivations',
      summary: "Begin a plan of one's own from this one",
      allow: 'plans.derive',
      params: byId,
      body: z.strictObject({ issuerId: Id, header: PlanHeader }),
      returns: z.object({ planId: Id }),
      run: (ctx, { params, body }) => derivePlan(ctx, params.id, body),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/derivation',
      summary: 'What this plan does with each task above',
      allow: 'plans.read',
      params: byId,
      returns: z.array(DerivationRow),
      run: (ctx, { params }) => listDerivation(ctx, params.id),
    }),
    route({
      method: 'put',
      path: '/plans/{id}/derivation/{parentNodeId}',
      summary: 'Decide on one task above',
      allow: 'plans.derive',
      params: z.object({ id: Id, parentNodeId: Id }),
      body: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('taken-over'), nodeId: Id }),
        z.strictObject({ kind: z.literal('adapted'), nodeId: Id }),
        z.strictObject({ kind: z.literal('not-applicable'), reason: text(2000) }),
        z.strictObject({ kind: z.literal('undecided') }),
      ]),
      run: (ctx, { params, body }) =>
        decideDerivation(ctx, params.id, params.parentNodeId, body.kind === 'undecided' ? null : body),
    }),
    route({
      method: 'post',
      path: '/plans/{id}/parents',
      summary: 'Put this plan under another',
      allow: 'plans.derive',
      params: byId,
      body: z.strictObject({ parentPlanId: Id }),
      run: (ctx, { params, body }) => linkParent(ctx, params.id, body.parentPlanId),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/coverage',
      summary: 'Who has issued under this plan; tasks nobody took',
      allow: 'plans.read-coverage',
      kept: 'own',
      params: byId,
      returns: Coverage,
      run: (ctx, { params }) => getCoverage(ctx, params.id),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/tasks/{nodeId}/derivations',
      summary: 'What each issued plan below did with one task',
      allow: 'plans.read-coverage',
      params: z.object({ id: Id, nodeId: Id }),
      query: PageQuery.extend({ decision: TaskDerivation.shape.decision.optional() }),
      returns: pageOf(TaskDerivation),
      run: (ctx, { params, query }) => listTaskDerivations(ctx, { planId: params.id, nodeId: params.nodeId }, query),
    }),
    route({
      method: 'get',
      path: '/plans/{id}/coverage/bodies',
      summary: 'The bodies of the cascade',
      allow: 'plans.read-coverage',
      kept: 'own',
      params: byId,
      query: PageQuery.extend({
        level: Level.optional(),
        state: z.enum(['issued', 'drafting', 'nothing']).optional(),
        under: Id.optional(),
        search: z.string().max(200).optional(),
      }),
      returns: pageOf(CoverageRow),
      run: (ctx, { params, query }) => listCoverage(ctx, params.id, query),
    }),
  ]
}
