import { z } from 'zod'
import { Id, Instant, PlainDate, text, Version } from '#platform/model'

/** What a body owes in a task (design §3.3). `requested`: bodies the executive cannot order. */
export const DutyKind = z.enum(['lead', 'support', 'requested', 'advise', 'consolidate']).meta({ id: 'DutyKind' })
export type DutyKind = z.infer<typeof DutyKind>

export const TimeKind = z.enum(['continuous', 'recurring', 'range', 'by', 'on-event']).meta({ id: 'TimeKind' })
export type TimeKind = z.infer<typeof TimeKind>

export const Frequency = z.enum(['day', 'week', 'month', 'quarter', 'half-year', 'year']).meta({ id: 'Frequency' })
export type Frequency = z.infer<typeof Frequency>

/** When a task is to be done: the words as printed, and what they mean. `to` is the last day, inclusive. */
export const TaskTime = z
  .strictObject({
    kind: TimeKind,
    text: text(500),
    from: PlainDate.nullable(),
    to: PlainDate.nullable(),
    frequency: Frequency.nullable(),
  })
  .refine((time) => time.from === null || time.to === null || time.from <= time.to, 'plans.time-ends-before-it-begins')
  .refine((time) => time.kind !== 'by' || time.to !== null, 'plans.time-needs-its-date')
  .refine((time) => time.kind !== 'recurring' || time.frequency !== null, 'plans.time-needs-its-frequency')
  .meta({ id: 'TaskTime' })
export type TaskTime = z.infer<typeof TaskTime>

/** A time as far as its writer has come: what is missing is said before issuing (`readinessFaults`). */
export const DraftTime = z
  .strictObject({ kind: TimeKind, text: text(500, 0), from: PlainDate.nullable(), to: PlainDate.nullable(), frequency: Frequency.nullable() })
  .refine((time) => time.from === null || time.to === null || time.from <= time.to, 'plans.time-ends-before-it-begins')
  .meta({ id: 'DraftTime' })
export type DraftTime = z.infer<typeof DraftTime>

/** Where in a document a thing was read (design §6). */
export const SourcePlace = z
  .looseObject({
    where: z.enum(['annex', 'prose', 'by-agency']).nullable().optional(),
    line: z.number().int().nullable().optional(),
    page: z.number().int().nullable().optional(),
    table: z.number().int().nullable().optional(),
    row: z.number().int().nullable().optional(),
  })
  .meta({ id: 'SourcePlace' })
export type SourcePlace = z.infer<typeof SourcePlace>

/** A duty as it is written into a draft: one body by id, or a class by code, or only its words while nobody is known. */
export const DutyInput = z.strictObject({
  kind: DutyKind,
  raw: text(1000, 0),
  addressedId: Id.nullable(),
  classCode: z.string().max(100).nullable(),
})
export type DutyInput = z.infer<typeof DutyInput>

/** A group or task as written into a draft; unfinished ones are kept too. `key` is the node's id, or a name of the sender's own for a new one. */
export const NodeInput = z.strictObject({
  key: z.string().min(1).max(80),
  parentKey: z.string().max(80).nullable(),
  kind: z.enum(['group', 'task']),
  path: z.string().max(60),
  text: text(8000, 0),
  output: text(2000).nullable(),
  funding: text(2000).nullable(),
  time: DraftTime.nullable(),
  duties: z.array(DutyInput).max(80),
  source: SourcePlace.nullable(),
  programmes: z.array(z.string().max(80)).max(20),
  bases: z.array(text(500)).max(20),
})
export type NodeInput = z.infer<typeof NodeInput>

export const Signature = z
  .strictObject({ powers: z.array(z.string().max(200)).max(4), post: z.string().max(200), name: z.string().max(200) })
  .meta({ id: 'Signature' })
export type Signature = z.infer<typeof Signature>

const Paragraphs = z.array(text(8000)).max(100)

/** The parts of a plan that are prose, each a list of paragraphs; an empty part is one the document does not have. */
export const PlanProse = z
  .strictObject({
    purposes: Paragraphs, requirements: Paragraphs, generalObjectives: Paragraphs, specificObjectives: Paragraphs, funding: Paragraphs, reporting: Paragraphs,
  })
  .meta({ id: 'PlanProse' })
export type PlanProse = z.infer<typeof PlanProse>

export const emptyProse: PlanProse = { purposes: [], requirements: [], generalObjectives: [], specificObjectives: [], funding: [], reporting: [] }

/** What the head of a document says, and its prose. Number and date are null in a draft. */
export const PlanHeader = z
  .strictObject({
    kind: z.string().min(1).max(10),
    number: z.string().trim().max(60).nullable(),
    place: z.string().trim().max(100).nullable(),
    issuedOn: PlainDate.nullable(),
    title: text(2000),
    preamble: text(8000).nullable(),
    signature: Signature,
    bases: z.array(text(2000)).max(60),
    recipients: z.array(text(500)).max(200),
    prose: PlanProse.default(emptyProse),
    periodFrom: PlainDate.nullable(),
    periodTo: PlainDate.nullable(),
  })
  .meta({ id: 'PlanHeader' })
export type PlanHeader = z.infer<typeof PlanHeader>

/** The whole of a draft, saved at once over the version one saw. */
export const SaveDraft = z.strictObject({ version: Version, header: PlanHeader, nodes: z.array(NodeInput).max(5000) })
export type SaveDraft = z.infer<typeof SaveDraft>

export const PlanAct = z.enum(['original', 'amending', 'correcting', 'replacing', 'annulling']).meta({ id: 'PlanAct' })
export type PlanAct = z.infer<typeof PlanAct>

export const PlanState = z.enum(['draft', 'issued', 'replaced', 'annulled']).meta({ id: 'PlanState' })
export type PlanState = z.infer<typeof PlanState>

/** A body as a list shows it: `name` as of the day asked, `nameThen` when the document said another. */
export const AgencyName = z.object({ id: Id, name: z.string(), endedOn: PlainDate.nullable() }).meta({ id: 'AgencyName' })
export type AgencyName = z.infer<typeof AgencyName>

/**
 * Where work stands (design §3.4): per lead duty and period. `noDueDate` is continuous or undated work; `requested` is
 * work of bodies that are asked, not ordered: counted apart and never overdue.
 */
export const FourNumbers = z
  .object({
    doneOnTime: z.number().int(),
    doneLate: z.number().int(),
    pendingInTime: z.number().int(),
    overdue: z.number().int(),
    noDueDate: z.number().int(),
    requested: z.object({ done: z.number().int(), open: z.number().int() }),
    asOf: PlainDate,
  })
  .meta({ id: 'FourNumbers' })
export type FourNumbers = z.infer<typeof FourNumbers>

export const Standing = z
  .enum(['done-on-time', 'done-late', 'pending-in-time', 'overdue', 'no-due-date', 'requested-done', 'requested-open'])
  .meta({ id: 'Standing' })
export type Standing = z.infer<typeof Standing>

export const PlanSummary = z
  .object({
    id: Id,
    title: z.string(),
    state: PlanState,
    kind: z.string(),
    number: z.string().nullable(),
    issuedOn: PlainDate.nullable(),
    level: z.enum(['central', 'province', 'district', 'commune']),
    issuer: AgencyName,
    owner: AgencyName,
    isInvented: z.boolean(),
    numbers: FourNumbers,
    parentIds: z.array(Id),
  })
  .meta({ id: 'PlanSummary' })
export type PlanSummary = z.infer<typeof PlanSummary>

export const Duty = z
  .object({
    id: Id,
    kind: DutyKind,
    raw: z.string(),
    addressed: AgencyName.nullable(),
    classCode: z.string().nullable(),
    /** Real bodies behind it, counted; the list is a request of its own. */
    bodyCount: z.number().int(),
    /** Today's holders when they are few (at most five). */
    holders: z.array(AgencyName),
    /** The class or body no longer exists and its successors hold the duty. */
    follows: z.boolean(),
  })
  .meta({ id: 'Duty' })
export type Duty = z.infer<typeof Duty>

export const PlanNode = z
  .object({
    id: Id,
    parentId: Id.nullable(),
    kind: z.enum(['group', 'task']),
    path: z.string(),
    text: z.string(),
    output: z.string().nullable(),
    funding: z.string().nullable(),
    time: z.object({ kind: TimeKind, text: z.string(), from: PlainDate.nullable(), to: PlainDate.nullable(), frequency: Frequency.nullable() }).nullable(),
    duties: z.array(Duty),
    programmes: z.array(z.string()),
    bases: z.array(z.string()),
    source: SourcePlace.nullable(),
    numbers: FourNumbers,
    derivedFrom: z.array(z.object({ planId: Id, nodeId: Id, kind: z.enum(['taken-over', 'adapted']) })),
  })
  .meta({ id: 'PlanNode' })
export type PlanNode = z.infer<typeof PlanNode>

export const PlanVersionSummary = z
  .object({
    id: Id, ordinal: z.number().int(), act: PlanAct, state: z.enum(['draft', 'issued']), number: z.string().nullable(),
    issuedOn: PlainDate.nullable(), title: z.string(), reason: z.string().nullable(), issuedAt: Instant.nullable(),
  })
  .meta({ id: 'PlanVersionSummary' })
export type PlanVersionSummary = z.infer<typeof PlanVersionSummary>

/** A plan with one of its versions whole: the issued one, or the draft for those who write it. */
export const PlanDetail = PlanSummary.extend({
  versionId: Id,
  version: Version,
  act: PlanAct,
  versionState: z.enum(['draft', 'issued']),
  header: z.object({
    kind: z.string(), number: z.string().nullable(), place: z.string().nullable(), issuedOn: PlainDate.nullable(), title: z.string(), preamble: z.string().nullable(),
    signature: z.object({ powers: z.array(z.string()), post: z.string(), name: z.string() }),
    bases: z.array(z.string()), recipients: z.array(z.string()), prose: PlanProse, periodFrom: PlainDate.nullable(), periodTo: PlainDate.nullable(),
  }),
  nodes: z.array(PlanNode),
  versions: z.array(PlanVersionSummary),
  files: z.array(z.object({ id: Id, name: z.string(), size: z.number().int(), sha256: z.string(), mediaType: z.string(), storedAt: Instant })),
  parents: z.array(z.object({ id: Id, title: z.string(), number: z.string().nullable(), issuer: z.string() })),
  children: z.object({ issued: z.number().int(), drafting: z.number().int() }),
  may: z.object({ edit: z.boolean(), issue: z.boolean(), amend: z.boolean(), derive: z.boolean() }),
}).meta({ id: 'PlanDetail' })
export type PlanDetail = z.infer<typeof PlanDetail>

export const ProgressStatus = z.enum(['not-started', 'in-progress', 'blocked', 'completed']).meta({ id: 'ProgressStatus' })
export type ProgressStatus = z.infer<typeof ProgressStatus>

export const ProgressState = z.enum(['draft', 'submitted', 'returned', 'accepted']).meta({ id: 'ProgressState' })
export type ProgressState = z.infer<typeof ProgressState>

export const Progress = z
  .object({
    id: Id,
    status: ProgressStatus,
    narrative: z.string(),
    evidenceNote: z.string().nullable(),
    state: ProgressState,
    personName: z.string().nullable(),
    submittedAt: Instant.nullable(),
    checkedByName: z.string().nullable(),
    checkedAt: Instant.nullable(),
    reason: z.string().nullable(),
    files: z.array(z.object({ id: Id, name: z.string(), size: z.number().int(), sha256: z.string(), storedAt: Instant })),
    version: Version,
    may: z.object({ edit: z.boolean(), check: z.boolean() }),
  })
  .meta({ id: 'Progress' })
export type Progress = z.infer<typeof Progress>

/** One piece of work one lead body owes once. */
export const Occurrence = z
  .object({
    id: Id,
    planId: Id,
    nodeId: Id,
    planTitle: z.string(),
    planNumber: z.string().nullable(),
    path: z.string(),
    text: z.string(),
    agency: AgencyName,
    period: z.string(),
    dueOn: PlainDate.nullable(),
    doneOn: PlainDate.nullable(),
    status: ProgressStatus,
    standing: Standing,
    /** The state of the newest progress update, if any. */
    progressState: ProgressState.nullable(),
  })
  .meta({ id: 'Occurrence' })
export type Occurrence = z.infer<typeof Occurrence>

/** Where a task stands on a date, by the rule of design §3.4; one place, used by queries and screens alike. */
export function standingOf(work: { dueOn: string | null; doneOn: string | null; isRequested: boolean }, on: string): Standing {
  if (work.isRequested) return work.doneOn === null ? 'requested-open' : 'requested-done'
  if (work.dueOn === null) return 'no-due-date'
  if (work.doneOn !== null) return work.doneOn <= work.dueOn ? 'done-on-time' : 'done-late'
  return work.dueOn < on ? 'overdue' : 'pending-in-time'
}

/** One piece of work with all that was said of it. */
export const OccurrenceDetail = Occurrence.extend({
  output: z.string().nullable(),
  timeText: z.string().nullable(),
  issuer: z.string(),
  leads: z.array(z.string()),
  supports: z.array(z.string()),
  progress: z.array(Progress),
  urgings: z.array(z.object({ id: Id, from: z.string(), text: z.string(), sentAt: Instant, answerBy: PlainDate.nullable() })),
  may: z.object({ report: z.boolean() }),
}).meta({ id: 'OccurrenceDetail' })
export type OccurrenceDetail = z.infer<typeof OccurrenceDetail>

export const UrgingState = z
  .object({
    id: Id, from: AgencyName, text: z.string(), sentAt: Instant, answerBy: PlainDate.nullable(), planId: Id.nullable(), planTitle: z.string().nullable(),
    addressees: z.array(z.object({ agency: AgencyName, answer: z.string().nullable(), answeredAt: Instant.nullable(), version: Version, workCount: z.number().int() })),
  })
  .meta({ id: 'Urging' })
export type UrgingState = z.infer<typeof UrgingState>

/** A card of *Việc của tôi*: what it wants of me, of which body, by when. */
export const WorkCard = z
  .object({
    want: z.enum(['returned', 'due', 'overdue', 'check', 'answer', 'draft']),
    occurrenceId: Id.nullable(), progressId: Id.nullable(), planId: Id.nullable(), urgingId: Id.nullable(),
    agency: AgencyName, text: z.string(), dueOn: PlainDate.nullable(), reason: z.string().nullable(), standing: Standing.nullable(),
  })
  .meta({ id: 'WorkCard' })
export type WorkCard = z.infer<typeof WorkCard>

export const MyWork = z
  .object({
    returned: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    due: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    waiting: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    overdue: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    next: WorkCard.nullable(),
    numbers: FourNumbers,
  })
  .meta({ id: 'MyWork' })
export type MyWork = z.infer<typeof MyWork>

/** One body of the cascade under a plan: has it issued its own, is it drafting, or nothing. */
export const CoverageRow = z
  .object({ agency: AgencyName, level: z.enum(['central', 'province', 'district', 'commune']), state: z.enum(['issued', 'drafting', 'nothing']), planId: Id.nullable(), issuedOn: PlainDate.nullable(), below: z.object({ owed: z.number().int(), issued: z.number().int(), drafting: z.number().int() }).nullable(), numbers: FourNumbers })
  .meta({ id: 'CoverageRow' })
export type CoverageRow = z.infer<typeof CoverageRow>

/** Who has issued under a plan, by tier, and which of its tasks nobody took. */
export const Coverage = z
  .object({
    asOf: PlainDate,
    tiers: z.array(z.object({ level: z.enum(['central', 'province', 'district', 'commune']), owed: z.number().int(), issued: z.number().int(), drafting: z.number().int(), nothing: z.number().int() })),
    untaken: z.array(z.object({ nodeId: Id, path: z.string(), text: z.string() })),
    tasks: z.array(z.object({ nodeId: Id, path: z.string(), text: z.string(), takenOver: z.number().int(), adapted: z.number().int(), notApplicable: z.number().int(), undecided: z.number().int() })),
  })
  .meta({ id: 'Coverage' })
export type Coverage = z.infer<typeof Coverage>

/** The tasks of a plan above beside what a local draft does with each. */
export const DerivationRow = z
  .object({
    parentPlanId: Id, parentNodeId: Id, path: z.string(), text: z.string(), hasOwnDuty: z.boolean(), dutyKinds: z.array(DutyKind), decision: z.enum(['taken-over', 'adapted', 'not-applicable', 'undecided']),
    nodeId: Id.nullable(), reason: z.string().nullable(),
  })
  .meta({ id: 'DerivationRow' })
export type DerivationRow = z.infer<typeof DerivationRow>

/** One real body behind a duty: as the document's date knew it, and who holds the duty today. */
export const DutyBody = z.object({ addressed: AgencyName, holder: AgencyName }).meta({ id: 'DutyBody' })
export type DutyBody = z.infer<typeof DutyBody>

/** What a writer of plans chooses from: kinds of document, classes of bodies and programmes of the country, in the reader's language. */
export const PlanChoices = z
  .object({
    usualKind: z.string(),
    kinds: z.array(z.object({ code: z.string(), name: z.string() })),
    classes: z.array(z.object({ code: z.string(), name: z.string() })),
    programmes: z.array(z.object({ code: z.string(), name: z.string(), number: z.string().nullable(), issuedOn: PlainDate.nullable() })),
  })
  .meta({ id: 'PlanChoices' })
export type PlanChoices = z.infer<typeof PlanChoices>

/** One answer of the search over everything. */
export const SearchHit = z
  .object({ kind: z.enum(['plan', 'task', 'document', 'agency', 'unit']), id: Id, title: z.string(), detail: z.string() })
  .meta({ id: 'SearchHit' })
export type SearchHit = z.infer<typeof SearchHit>

export { readinessFaults, type ReadinessFault } from './readiness.ts'
