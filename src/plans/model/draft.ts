import { z } from 'zod'
import { Id, PlainDate, text, Version } from '#platform/model'

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
  .strictObject({
    kind: TimeKind,
    text: text(500, 0),
    from: PlainDate.nullable(),
    to: PlainDate.nullable(),
    frequency: Frequency.nullable(),
  })
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

export const NamedMilestone = z
  .strictObject({ text: text(500, 0), dueOn: PlainDate.nullable() })
  .meta({ id: 'NamedMilestone' })
export type NamedMilestone = z.infer<typeof NamedMilestone>

/** A group or task as written into a draft, finished or not. `key` is the node's id, or the sender's own name for a new one. */
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
  /** Milestones the document names for the task: its words, and the day they mean once somebody has said it. */
  milestones: z.array(NamedMilestone).max(20).optional(),
})
export type NodeInput = z.infer<typeof NodeInput>

export const Signature = z
  .strictObject({ powers: z.array(z.string().max(200)).max(4), post: z.string().max(200), name: z.string().max(200) })
  .meta({ id: 'Signature' })
export type Signature = z.infer<typeof Signature>

const Paragraphs = z.array(text(8000)).max(600)
const Heading = text(500)

/** Sections of a plan in the order they are printed. */
export const PlanSection = z.enum(['purpose', 'objectives', 'tasks', 'funding', 'organisation', 'reporting'])
export type PlanSection = z.infer<typeof PlanSection>

/**
 * The parts of a plan that are prose, each a list of paragraphs; an empty part is one the document does not have.
 * `articles` and `attachedTitle` are of a decision that issues the plan; `tasks` and `organisation` are the words beside
 * the tasks; `others` are sections of headings of their own, each after one of the usual sections.
 */
export const PlanProse = z
  .strictObject({
    articles: Paragraphs.default([]),
    attachedTitle: text(2000).nullable().default(null),
    purposes: Paragraphs,
    requirements: Paragraphs,
    generalObjectives: Paragraphs,
    specificObjectives: Paragraphs,
    tasks: Paragraphs.default([]),
    funding: Paragraphs,
    organisation: Paragraphs.default([]),
    reporting: Paragraphs,
    closing: Paragraphs.default([]),
    headings: z.partialRecord(PlanSection, Heading).default({}),
    others: z
      .array(
        z.strictObject({
          heading: text(500, 0),
          after: z.enum(['preamble', ...PlanSection.options]),
          paragraphs: Paragraphs,
        }),
      )
      .max(40)
      .default([]),
  })
  .meta({ id: 'PlanProse' })
export type PlanProse = z.infer<typeof PlanProse>

export const emptyProse: PlanProse = {
  articles: [],
  attachedTitle: null,
  purposes: [],
  requirements: [],
  generalObjectives: [],
  specificObjectives: [],
  tasks: [],
  funding: [],
  organisation: [],
  reporting: [],
  closing: [],
  headings: {},
  others: [],
}

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
