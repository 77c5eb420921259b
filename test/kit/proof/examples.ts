import { aHeader, aTask } from '../plan-world.ts'
import { aSummary, someMinutes } from '../papers.ts'
import { consolidationExamples } from './consolidation-examples.ts'
import { figureExamples } from './figure-examples.ts'
import { regimeExamples } from './regime-examples.ts'
import { none } from './none.ts'
import { reportExamples } from './report-examples.ts'
import { jointExamples } from './joint-examples.ts'
import { treatyExamples } from './treaty-examples.ts'
import { urgingExamples } from './urging-examples.ts'
import type { Records } from './records.ts'

/**
 * How a route is asked: the names of the records its address takes, in the order of its parameters, and a query and body
 * that pass its schemas. A file is sent as bytes.
 */
export type Example = {
  ids?: readonly string[]
  query?: string | ((of: Records) => string)
  body?: (of: Records) => unknown
  file?: string
}

const version = (at: number) => () => ({ version: at })
const aReform = { title: 'Reform', legalBasis: 'Lov 1/2033', date: '2034-01-01', unitChanges: [], bodyChanges: [] }
const aLetterhead = {
  ...{ validFrom: '2031-01-01', parentLine: null, nameLines: [], place: null, abbreviation: null, draftingSign: null },
  ...{ books: 'by-kind', capacities: [], addressLine: null, seenId: null },
}
const aPasskey = { id: 'x', rawId: 'x', response: {}, type: 'public-key', clientExtensionResults: {} }

const aMilestone = { name: 'Milepæl', dueOn: '2031-06-01' }
const aboutPlan = (of: Records) => `?kind=plans.plan&id=${of.plan ?? none}`
const aMatrix = {
  ...{ language: 'vi', groupBy: 'cluster', withTranslations: false, filter: {} },
  ...{ format: 'docx', wordLimit: null, words: '' },
}
const aView = {
  ...{ list: 'plans.tasks', name: 'Visning', audience: 'private', filter: {}, columns: null, order: null },
  presentation: null,
}

/** One example request for every route of the product; a route without one fails the tests that walk all routes. */
export const examples: Record<string, Example> = {
  'GET /session': {},
  'POST /session': { body: () => ({ login: 'nobody', password: 'không phải' }) },
  'DELETE /session': {},
  'POST /session/proof': { body: () => ({ password: 'không phải' }) },
  'POST /session/password': { body: () => ({ currentPassword: 'không phải', newPassword: 'không phải đâu nhé' }) },
  'POST /session/language': { body: () => ({ language: 'vi' }) },
  'POST /session/factor': { body: () => ({ kind: 'totp', code: '000000' }) },
  'POST /session/passkey-challenge': {},
  'POST /session/passkey': { body: () => ({ credential: aPasskey }) },
  'GET /session/federated': {},
  'POST /session/federated/begin': { body: () => ({ code: null }) },
  'POST /session/federated': { body: () => ({ code: 'x', state: 'y' }) },
  'POST /session/invitation': { body: () => ({ code: 'KHONG', password: 'không phải đâu nhé' }) },
  'POST /session/first-administrator': {
    body: () => ({ code: 'KHONG', login: 'ai.do', name: 'Ai', password: 'không phải đâu nhé' }),
  },
  'GET /account/factors': {},
  'POST /account/totp': {},
  'POST /account/totp/confirmation': { body: () => ({ code: '000000' }) },
  'POST /account/totp/end': {},
  'POST /account/passkeys/challenge': {},
  'POST /account/passkeys': { body: () => ({ name: 'x', credential: aPasskey }) },
  'POST /account/passkeys/{id}/end': { ids: ['passkey'] },
  'POST /account/recovery-codes': {},
  'GET /account/sessions': {},
  'POST /account/sessions/{id}/end': { ids: ['session'] },
  'PUT /account/mail': { body: () => ({ mail: null }) },
  'GET /notices': {},
  'GET /notices/count': {},
  'POST /notices/reading': {},
  'POST /notices/{id}/reading': { ids: ['notice'] },
  'POST /notices/{id}/snooze': { ids: ['notice'], body: () => ({ until: '2031-04-01' }) },
  'GET /notices/preference': {},
  'PUT /notices/preference': { body: () => ({ digest: 'off', hour: 1 }) },
  'GET /talk': { query: aboutPlan },
  'POST /talk': {
    body: (of) => ({ kind: 'plans.plan', id: of.plan, threadId: null, seenBy: 'body', text: 'x', mentions: [] }),
  },
  'GET /talk/people': { query: (of) => `${aboutPlan(of)}&seenBy=all` },
  'POST /talk/reading': { body: (of) => ({ kind: 'plans.plan', id: of.plan }) },
  'POST /talk/muting': { body: (of) => ({ kind: 'plans.plan', id: of.plan, isMuted: false }) },
  'GET /history': { query: aboutPlan },
  'PUT /comments/{id}': { ids: ['comment'], body: () => ({ text: 'x', mentions: [], version: 2 }) },
  'GET /comments/{id}/replies': { ids: ['comment'] },
  'GET /comments/{id}/versions': { ids: ['inner'] },
  'POST /comments/{id}/withdrawal': { ids: ['comment'], body: version(2) },
  'POST /comments/{id}/resolution': { ids: ['comment'], body: () => ({ isResolved: true }) },
  'GET /views': { query: '?list=plans.tasks' },
  'POST /views': { body: () => aView },
  'PUT /views/{id}': { ids: ['view'], body: () => ({ ...aView, version: 1 }) },
  'DELETE /views/{id}': { ids: ['view'] },
  'POST /views/{id}/publication': { ids: ['view'], body: version(1) },
  'PUT /default-views': { body: () => ({ list: 'plans.tasks', viewId: null }) },
  'POST /list-files': {
    body: () => ({ list: 'plans.tasks', format: 'csv', filter: {}, columns: null, order: null, search: '' }),
  },
  'GET /list-files/{id}': { ids: ['job'] },
  'GET /change-sets': {},
  'GET /change-sets/{id}': { ids: ['set'] },
  'GET /change-sets/{id}/refused': { ids: ['set'] },
  'POST /change-sets/{id}/application': { ids: ['set'], body: () => ({ isPartial: true }) },
  'POST /change-sets/{id}/undoing': { ids: ['set'] },
  'POST /plans/{id}/draft/changes': { ids: ['draft'], body: (of) => ({ nodeIds: [of.node], output: 'x' }) },
  'GET /plans/{id}/draft/sheet': { ids: ['draft'] },
  'POST /plans/{id}/draft/sheet': { ids: ['draft'], query: '?fileName=x.csv', file: 'a,b\n1,2\n' },
  'GET /labels': {},
  'POST /labels/changes': { body: (of) => ({ workIds: [of.task], labels: [{ label: 'x', isOn: true }] }) },
  'GET /progress-sheet': {},
  'POST /progress-sheet': { query: '?fileName=x.csv', file: 'a,b\n1,2\n' },
  'GET /tasks/facets': {},
  'GET /plans/facets': {},
  'GET /agencies/facets': {},
  'GET /tasks/columns': {},
  'GET /tasks/timeline': {},
  'GET /programmes': {},
  'GET /duplicates': {},
  'PUT /duplicates/apart': { body: (of) => ({ nodeIds: [of.node, none], isApart: true }) },
  'GET /tasks/{id}/joinable': { ids: ['task'] },
  'POST /tasks/{id}/joints': {
    ids: ['task'],
    body: (of) => ({ nodeId: of.node, enterAt: 'here', reason: 'x' }),
  },
  'POST /joints/{id}/parting': { ids: ['joint'], body: () => ({ version: 1, reason: 'x' }) },
  'POST /tasks/{id}/milestones': { ids: ['task'], body: () => aMilestone },
  'PUT /milestones/{id}': {
    ids: ['milestone'],
    body: () => ({ ...aMilestone, version: 1, doneOn: null, proof: null }),
  },
  'POST /milestones/{id}/cancellation': { ids: ['milestone'], body: version(1) },
  'GET /list-columns': { query: '?list=plans.tasks' },
  'GET /account/tokens': {},
  'POST /account/tokens': { body: () => ({ name: 'Chương trình', scope: 'read', days: 30 }) },
  'POST /account/tokens/{id}/end': { ids: ['token'] },
  'GET /account/identities': {},
  'POST /account/identities': {},
  'POST /account/identities/{id}/end': { ids: ['identity'] },
  'GET /people': {},
  'GET /people/{id}': { ids: ['person'] },
  'POST /people': {
    body: (of) => ({
      ...{ login: 'ny.person', name: 'Ny Person', language: 'en', mail: null },
      post: { agencyId: of.agency, role: 'officer' },
    }),
  },
  'GET /people/{id}/sessions': { ids: ['person'] },
  'POST /people/{id}/sessions/end': { ids: ['person'] },
  'GET /people/{id}/factor-resets': { ids: ['person'] },
  'POST /people/{id}/factor-resets': { ids: ['person'], body: () => ({ reason: 'Mất điện thoại' }) },
  'POST /factor-resets/{id}/approval': { ids: ['reset'] },
  'POST /factor-resets/{id}/refusal': { ids: ['reset'] },
  'POST /people/{id}/invitation': { ids: ['person'] },
  'POST /people/{id}/posts': { ids: ['person'], body: (of) => ({ agencyId: of.agency, role: 'reader' }) },
  'POST /people/{id}/state': { ids: ['person'], body: () => ({ state: 'disabled', version: 1 }) },
  'POST /posts/{id}/confirmation': { ids: ['post'] },
  'POST /posts/{id}/end': { ids: ['post'] },
  'POST /posts/{id}/hand-over': {
    ids: ['post'],
    body: (of) => ({ kind: 'successor', personId: of.other, validFrom: '2031-05-01' }),
  },
  'GET /people-imports/template': {},
  'POST /people-imports': { file: 'Họ và tên,Tên đăng nhập,Vai trò\nAi,ai.do,Cán bộ\n' },
  'GET /people-imports/{id}': { ids: ['sheet'] },
  'POST /people-imports/{id}/confirmation': { ids: ['sheet'], body: () => ({ isPartial: true }) },
  'POST /people-imports/{id}/slips': { ids: ['sheet'] },
  'POST /people-imports/{id}/mails': { ids: ['sheet'] },
  'GET /audit': {},
  'GET /jobs': {},
  'GET /jobs/{id}': { ids: ['job'] },
  'POST /jobs/{id}/cancellation': { ids: ['job'] },
  'GET /territory/units': {},
  'GET /territory/units/{id}': { ids: ['unit'] },
  'GET /territory/units/{id}/children': { ids: ['unit'] },
  'GET /territory/what-became': { query: '?code=01101&on=2029-01-01' },
  'GET /territory/map': { query: '?level=province' },
  'GET /agencies': {},
  'GET /agencies/suggestions': { query: '?raw=R%C3%A5d' },
  'GET /agencies/classes/{code}/bodies': { ids: ['class'] },
  'GET /agencies/{id}': { ids: ['agency'] },
  'GET /agencies/{id}/letterhead': { ids: ['agency'] },
  'POST /agencies/{id}/letterhead': { ids: ['agency'], body: () => aLetterhead },
  'GET /reforms': {},
  'POST /reforms': { body: () => aReform },
  'GET /reforms/{id}': { ids: ['reform'] },
  'PUT /reforms/{id}': { ids: ['reform'], body: () => ({ ...aReform, version: 1 }) },
  'GET /reforms/{id}/preview': { ids: ['reform'] },
  'GET /reforms/{id}/units': { ids: ['reform'] },
  'GET /reforms/{id}/bodies': { ids: ['reform'] },
  'GET /reforms/{id}/records/{kind}': { ids: ['reform', 'kindTouched'] },
  'POST /reforms/{id}/unit-list': { ids: ['reform'], query: '?date=2034-01-01', file: 'a,b\n1,2\n' },
  'POST /reforms/{id}/submission': { ids: ['reform'], body: version(1) },
  'POST /reforms/{id}/approval': { ids: ['reformSent'], body: version(2) },
  'POST /reforms/{id}/return': { ids: ['reformSent'], body: () => ({ version: 2, reason: 'x' }) },
  'POST /reforms/{id}/discarding': { ids: ['reform'], body: version(1) },
  'GET /reforms/choices/units': { query: '?date=2034-01-01' },
  'GET /reforms/choices/bodies': { query: '?date=2034-01-01' },
  'GET /reforms/choices/words': {},
  'GET /reforms/choices/empty-list': {},
  'GET /documents/imports': {},
  'POST /documents/imports': { query: '?fileName=x.txt', file: 'KẾ HOẠCH\n1. Rà soát\n' },
  'GET /documents/imports/{id}': { ids: ['imported'] },
  'GET /documents/imports/{id}/original': { ids: ['imported'] },
  'GET /documents/imports/{id}/file': { ids: ['imported'] },
  'GET /documents/imports/{id}/suggestions': { ids: ['imported'], query: '?raw=R%C3%A5d' },
  'PUT /documents/imports/{id}/proposal': {
    ids: ['imported'],
    body: (of) => ({ version: 1, proposal: JSON.parse(of.proposal ?? 'null') as unknown }),
  },
  'POST /documents/imports/{id}/matching': { ids: ['imported'], body: version(1) },
  'POST /documents/imports/{id}/discard': { ids: ['imported'] },
  ...figureExamples,
  ...regimeExamples,
  ...reportExamples,
  ...consolidationExamples,
  ...urgingExamples,
  ...treatyExamples,
  ...jointExamples,
  'GET /recommendations/{id}/measures': { ids: ['recommendation'] },
  'GET /recommendations/{id}/measures/suggestions': { ids: ['recommendation'] },
  'GET /indicators/{id}/recommendations': { ids: ['indicator'] },
  'GET /indicators/{id}/tasks': { ids: ['indicator'] },
  'POST /recommendation-measures': { body: () => ({ links: [{ recommendationId: none, measureId: none }] }) },
  'POST /recommendation-measures/{id}/ending': { ids: ['measureLink'], body: () => ({ version: 1, reason: 'x' }) },
  'GET /tasks/{id}/measures': { ids: ['task'] },
  'GET /tasks/{id}/measures/suggestions': { ids: ['task'] },
  'POST /task-measures': { body: ({ node }) => ({ links: [{ nodeId: node, measureId: none }] }) },
  'POST /task-measures/{id}/ending': { ids: ['measureLink'], body: () => ({ version: 1, reason: 'x' }) },
  'GET /plans': {},
  'GET /plans/choices': {},
  'GET /plans/issuers': {},
  'POST /plans': {
    body: (of) => ({ issuerId: of.issuer, header: aHeader(), nodes: [], parentPlanIds: [], functionCode: 'children' }),
  },
  'POST /plans/from-import': { body: (of) => ({ importId: of.imported, issuerId: of.issuer, parentPlanIds: [] }) },
  'GET /plans/{id}': { ids: ['plan'] },
  'PUT /plans/{id}/draft': { ids: ['draft'], body: () => ({ version: 1, header: aHeader(), nodes: [aTask()] }) },
  'GET /plans/{id}/draft/request-only': { ids: ['draft'] },
  'POST /plans/{id}/issue': { ids: ['draft'], body: version(1) },
  'POST /plans/{id}/amendment': { ids: ['plan'], body: () => ({ act: 'amending', reason: 'x' }) },
  'POST /plans/{id}/files': { ids: ['draft'], query: '?fileName=x.pdf', file: '%PDF 9' },
  'GET /plans/{id}/files/{fileId}': { ids: ['plan', 'file'] },
  'DELETE /plans/{id}/files/{fileId}': { ids: ['draft', 'file'] },
  'POST /plans/{id}/derivations': { ids: ['above'], body: (of) => ({ issuerId: of.issuer, header: aHeader() }) },
  'GET /plans/{id}/derivation': { ids: ['plan'] },
  'PUT /plans/{id}/derivation/{parentNodeId}': { ids: ['draft', 'node'], body: () => ({ kind: 'undecided' }) },
  'POST /plans/{id}/parents': { ids: ['draft'], body: (of) => ({ parentPlanId: of.above }) },
  'GET /plans/{id}/coverage': { ids: ['plan'] },
  'GET /plans/{id}/coverage/bodies': { ids: ['plan'] },
  'GET /plans/{id}/tasks/{nodeId}/derivations': { ids: ['plan', 'node'] },
  'GET /plans/{id}/duties/{dutyId}/bodies': { ids: ['plan', 'duty'] },
  'GET /plans/{id}/versions/{versionId}/changes': { ids: ['plan', 'version'] },
  'GET /plans/{id}/document': { ids: ['plan'] },
  'GET /plans/{id}/status-report': { ids: ['plan'] },
  'POST /plans/{id}/minutes': { ids: ['plan'], body: () => ({ ...someMinutes, format: 'docx' }) },
  'POST /plans/{id}/summary': { ids: ['plan'], body: () => ({ ...aSummary, format: 'docx' }) },
  'GET /plans/{id}/next-number': { ids: ['draft'] },
  'GET /work': {},
  'GET /tasks': {},
  'GET /tasks/{id}': { ids: ['task'] },
  'PUT /tasks/{id}/progress': {
    ids: ['task'],
    body: () => ({ version: null, status: 'completed', narrative: 'x', evidenceNote: null }),
  },
  'POST /progress/{id}/evidence': { ids: ['draftUpdate'], query: '?fileName=x.pdf', file: '%PDF 8' },
  'GET /progress/{id}/evidence/{fileId}': { ids: ['update', 'evidence'] },
  'POST /progress/{id}/submission': { ids: ['draftUpdate'], body: version(1) },
  'POST /progress/{id}/return': { ids: ['update'], body: () => ({ version: 2, reason: 'x' }) },
  'POST /progress/{id}/acceptance': { ids: ['update'], body: version(2) },
  'GET /urgings': {},
  'POST /urgings': {
    body: (of) => ({ planId: of.plan, text: 'x', answerBy: null, agencyIds: [], occurrenceIds: [of.taskBegun] }),
  },
  'POST /urgings/{id}/answer': { ids: ['urging'], body: () => ({ answer: 'x', version: 2 }) },
  'GET /urgings/{id}/document': { ids: ['urging'] },
  'GET /recommendations': {},
  'GET /recommendations/facets': {},
  'GET /recommendations/coverage': {},
  'GET /recommendations/implementations': { query: `?id=${none}` },
  'GET /recommendations/matrix': { query: '?language=vi&groupBy=cluster' },
  'POST /recommendations/matrix-files': { body: () => aMatrix },
  'GET /recommendations/{id}/answers': { ids: ['recommendation'] },
  'GET /recommendations/{id}/answers/suggestions': { ids: ['recommendation'] },
  'GET /tasks/{id}/recommendations': { ids: ['task'] },
  'GET /tasks/{id}/recommendations/suggestions': { ids: ['task'] },
  'POST /answers': {
    body: ({ node, recommendation }) => ({
      answers: [{ recommendationId: recommendation, nodeId: node, kind: 'implements' }],
    }),
  },
  'POST /answers/{id}/ending': { ids: ['answer'], body: () => ({ version: 1, reason: 'x' }) },
  'POST /answers/refusals': {
    body: ({ node, recommendation }) => ({ refusals: [{ recommendationId: recommendation, nodeId: node }] }),
  },
  'POST /answers/refusals/{id}/ending': { ids: ['refusal'] },
  'GET /recommendations/terms': {},
  'GET /recommendations/groupings': {},
  'POST /recommendations/groupings': { body: () => ({ names: { vi: 'x' } }) },
  'PUT /recommendations/groupings/{number}': { body: () => ({ names: { vi: 'x' }, version: 1 }) },
  'PUT /recommendations/groupings/{number}/retirement': { body: () => ({ isRetired: true, version: 1 }) },
  'GET /recommendations/documents': {},
  'GET /recommendations/file': {},
  'GET /recommendations/{id}': { ids: ['recommendation'] },
  'GET /recommendations/{id}/proposed-parts': { ids: ['recommendation'] },
  'GET /recommendations/{id}/suggestions': { ids: ['recommendation'] },
  'GET /recommendations/suggestions': { query: '?ids=0190b0b0-0000-7000-8000-00000000000f' },
  'POST /recommendations/tags/changes': {
    body: ({ recommendation }) => ({ decisions: [{ recommendationId: recommendation, term: 1, state: 'confirmed' }] }),
  },
  'POST /recommendations/{id}/parts': {
    ids: ['recommendation'],
    body: () => ({ version: 1, parts: ['a', 'b'].map((part) => ({ part, text: 'x' })) }),
  },
  'POST /recommendations/{id}/parts/answers': { ids: ['recommendation'] },
  'PUT /recommendations/{id}/wording': {
    ids: ['recommendation'],
    body: () => ({ kind: 'plain', language: 'vi', text: 'x', version: null }),
  },
  'PUT /recommendations/{id}/standpoint': {
    ids: ['recommendation'],
    body: () => ({ position: 'noted', response: null, isUrgent: false, version: null }),
  },
  'POST /recommendations/tags': {
    body: () => ({ decisions: [{ recommendationId: none, term: 101, state: 'confirmed' }] }),
  },
  'POST /recommendations/{id}/assessments': {
    ids: ['recommendation'],
    body: () => ({
      ...{ aspect: 'outcome', rating: 'begun', finding: 'x', evidence: 'x', assessor: 'x', assessedOn: '2020-01-01' },
    }),
  },
  'DELETE /recommendations/{id}/assessments/{assessmentId}': { ids: ['recommendation', 'assessment'] },
  'PUT /recommendations/{id}/likeness': {
    ids: ['recommendation'],
    body: () => ({ otherId: `${none.slice(0, -1)}e`, state: 'confirmed' }),
  },
  'POST /recommendations/imports/export': { query: '?fileName=x.json', file: '[]' },
  'POST /recommendations/imports/table': { query: '?fileName=x.csv&source=sheet', file: 'text' },
  'GET /recommendations/imports': {},
  'GET /recommendations/imports/template': {},
  'GET /recommendations/imports/{id}': { ids: ['recommendationImport'] },
  'POST /recommendations/imports/{id}/cancellation': { ids: ['recommendationImport'] },
  'POST /recommendations/imports/{id}/resumption': { ids: ['recommendationImport'] },
  'POST /recommendations/imports/{id}/partial': { ids: ['recommendationImport'] },
  'POST /recommendations/imports/{id}/settlement': {
    ids: ['recommendationImport'],
    body: () => ({ decision: 'leave', of: { all: true } }),
  },
  'GET /recommendations/imports/{id}/problems': { ids: ['recommendationImport'] },
  'GET /recommendations/imports/{id}/problems/file': { ids: ['recommendationImport'] },
  'GET /recommendations/incoming': {},
  'GET /search': { query: '?search=plan' },
}

/** The query a route is asked with. */
export function queryOf(key: string, of: Records): string {
  const query = examples[key]?.query ?? ''
  return typeof query === 'string' ? query : query(of)
}

/** The same for every body. */
export const shared: Records = { class: 'ministries', kindTouched: 'plans' }

/** The address of a route with the ids of some records in it. */
export function addressOf(path: string, ids: readonly string[]): string {
  return ids.reduce((at, id) => at.replace(/\{\w+\}/, encodeURIComponent(id)), path)
}
