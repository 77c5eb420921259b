import { z } from 'zod'
import { Id, Instant, PlainDate, Version } from '#platform/model'
import { DutyKind } from './draft.ts'
import { Serving } from './joint.ts'
import { Milestone } from './milestone.ts'
import { AgencyName, FourNumbers, Standing } from './numbers.ts'

export const ProgressStatus = z
  .enum(['not-started', 'in-progress', 'blocked', 'completed'])
  .meta({ id: 'ProgressStatus' })
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
    files: z.array(
      z.object({ id: Id, name: z.string(), size: z.number().int(), sha256: z.string(), storedAt: Instant }),
    ),
    version: Version,
    may: z.object({ edit: z.boolean(), check: z.boolean() }),
  })
  .meta({ id: 'Progress' })
export type Progress = z.infer<typeof Progress>

/**
 * A progress update as it was once sent, and how that sending was judged. `said` null: sent before sendings were kept and
 * corrected in place since; `check` null: not yet judged.
 */
export const SentUpdate = z
  .object({
    id: Id,
    progressId: Id,
    /** Which sending of its update it is, from 1. */
    ordinal: z.number().int(),
    said: z.object({ status: ProgressStatus, narrative: z.string(), evidenceNote: z.string().nullable() }).nullable(),
    personName: z.string().nullable(),
    submittedAt: Instant,
    files: Progress.shape.files,
    check: z
      .object({
        decision: z.enum(['returned', 'accepted']),
        reason: z.string().nullable(),
        personName: z.string().nullable(),
        checkedAt: Instant,
      })
      .nullable(),
  })
  .meta({ id: 'SentUpdate' })
export type SentUpdate = z.infer<typeof SentUpdate>

export type PeriodParts = { kind: 'year' | 'half' | 'quarter' | 'month' | 'week'; year: string; of: string }

/** The parts of a calendar period by its name (`2026-Q1`, `2026-W07`); of work that is owed once there is none. */
export function periodParts(period: string): PeriodParts | undefined {
  const [, year, letter, rest] = /^(\d{4})(?:-(W|Q|H)?(\d{1,2}))?$/.exec(period) ?? []
  if (year === undefined) return undefined
  if (rest === undefined) return { kind: 'year', year, of: '' }
  const kind = letter === 'W' ? 'week' : letter === 'Q' ? 'quarter' : letter === 'H' ? 'half' : 'month'
  return { kind, year, of: String(Number(rest)) }
}

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
    /** Short words the acting body laid on the task for itself. */
    labels: z.array(z.string()),
    /** Other plans the same piece of work serves, by their due dates; empty when it is not joined. */
    alsoServes: z.array(
      z.object({
        occurrenceId: Id,
        planId: Id,
        planTitle: z.string(),
        planNumber: z.string().nullable(),
        dueOn: PlainDate.nullable(),
      }),
    ),
  })
  .meta({ id: 'Occurrence' })
export type Occurrence = z.infer<typeof Occurrence>

/** One piece of work with all that was said of it. */
export const OccurrenceDetail = Occurrence.extend({
  output: z.string().nullable(),
  timeText: z.string().nullable(),
  issuer: z.string(),
  leads: z.array(z.string()),
  supports: z.array(z.string()),
  progress: z.array(Progress),
  milestones: z.array(Milestone),
  /** Every sending, newest first: what was sent, why it came back, what was corrected. */
  sent: z.array(SentUpdate),
  urgings: z.array(
    z.object({ id: Id, from: z.string(), text: z.string(), sentAt: Instant, answerBy: PlainDate.nullable() }),
  ),
  /** The plans and programmes it serves, and where its progress is entered. */
  serving: Serving,
  may: z.object({ report: z.boolean(), join: z.boolean(), keepMilestones: z.boolean(), answer: z.boolean() }),
})
  .omit({ alsoServes: true })
  .meta({ id: 'OccurrenceDetail' })
export type OccurrenceDetail = z.infer<typeof OccurrenceDetail>

export const UrgingState = z
  .object({
    id: Id,
    from: AgencyName,
    text: z.string(),
    sentAt: Instant,
    answerBy: PlainDate.nullable(),
    planId: Id.nullable(),
    planTitle: z.string().nullable(),
    addressees: z.array(
      z.object({
        agency: AgencyName,
        answer: z.string().nullable(),
        answeredAt: Instant.nullable(),
        version: Version,
        workCount: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'Urging' })
export type UrgingState = z.infer<typeof UrgingState>

/** A card of *Việc của tôi*: what it wants of me, of which body, by when. */
export const WorkCard = z
  .object({
    want: z.enum(['returned', 'due', 'overdue', 'check', 'answer', 'draft', 'milestone']),
    occurrenceId: Id.nullable(),
    progressId: Id.nullable(),
    planId: Id.nullable(),
    urgingId: Id.nullable(),
    agency: AgencyName,
    text: z.string(),
    dueOn: PlainDate.nullable(),
    /** Why an update came back; of a milestone the words of its task. */
    reason: z.string().nullable(),
    standing: Standing.nullable(),
  })
  .meta({ id: 'WorkCard' })
export type WorkCard = z.infer<typeof WorkCard>

export const MyWork = z
  .object({
    returned: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    due: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    waiting: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    overdue: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    /** Milestones not yet passed whose day is near or over; they are in none of the four numbers. */
    milestones: z.object({ total: z.number().int(), cards: z.array(WorkCard) }),
    next: WorkCard.nullable(),
    numbers: FourNumbers,
  })
  .meta({ id: 'MyWork' })
export type MyWork = z.infer<typeof MyWork>

/** One body of the cascade under a plan: has it issued its own, is it drafting, or nothing. */
export const CoverageRow = z
  .object({
    agency: AgencyName,
    level: z.enum(['central', 'province', 'district', 'commune']),
    state: z.enum(['issued', 'drafting', 'nothing']),
    planId: Id.nullable(),
    issuedOn: PlainDate.nullable(),
    below: z.object({ owed: z.number().int(), issued: z.number().int(), drafting: z.number().int() }).nullable(),
    numbers: FourNumbers,
  })
  .meta({ id: 'CoverageRow' })
export type CoverageRow = z.infer<typeof CoverageRow>

/** Who has issued under a plan, by tier, and which of its tasks nobody took. */
export const Coverage = z
  .object({
    asOf: PlainDate,
    tiers: z.array(
      z.object({
        level: z.enum(['central', 'province', 'district', 'commune']),
        owed: z.number().int(),
        issued: z.number().int(),
        drafting: z.number().int(),
        nothing: z.number().int(),
      }),
    ),
    untaken: z.array(z.object({ nodeId: Id, path: z.string(), text: z.string() })),
    tasks: z.array(
      z.object({
        nodeId: Id,
        path: z.string(),
        text: z.string(),
        takenOver: z.number().int(),
        adapted: z.number().int(),
        notApplicable: z.number().int(),
        undecided: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'Coverage' })
export type Coverage = z.infer<typeof Coverage>

/** The tasks of a plan above beside what a local draft does with each. */
export const DerivationRow = z
  .object({
    parentPlanId: Id,
    parentNodeId: Id,
    path: z.string(),
    text: z.string(),
    hasOwnDuty: z.boolean(),
    dutyKinds: z.array(DutyKind),
    decision: z.enum(['taken-over', 'adapted', 'not-applicable', 'undecided']),
    nodeId: Id.nullable(),
    reason: z.string().nullable(),
    /** Null for what was decided before this was kept, and for the undecided. */
    decidedAt: Instant.nullable(),
    /** Decided beside the issued plan, without a document. */
    isAfterIssue: z.boolean(),
    /** Decided in the draft of a document that changes the plan: counts from its issue, and is told to its writers only. */
    isPending: z.boolean(),
  })
  .meta({ id: 'DerivationRow' })
export type DerivationRow = z.infer<typeof DerivationRow>

/** What one issued plan below did with one task of the plan above. */
export const TaskDerivation = z
  .object({
    agency: AgencyName,
    level: z.enum(['central', 'province', 'district', 'commune']),
    planId: Id,
    planNumber: z.string().nullable(),
    planTitle: z.string(),
    decision: DerivationRow.shape.decision,
    /** The task that carries it out, and its words in the newest document. */
    nodeId: Id.nullable(),
    text: z.string().nullable(),
    reason: z.string().nullable(),
    decidedAt: Instant.nullable(),
    isAfterIssue: z.boolean(),
  })
  .meta({ id: 'TaskDerivation' })
export type TaskDerivation = z.infer<typeof TaskDerivation>

/** One real body behind a duty: as the document's date knew it, and who holds the duty today. */
export const DutyBody = z.object({ addressed: AgencyName, holder: AgencyName }).meta({ id: 'DutyBody' })
export type DutyBody = z.infer<typeof DutyBody>

/** What a writer of plans chooses from: kinds of document, classes of bodies and programmes of the country. */
export const PlanChoices = z
  .object({
    usualKind: z.string(),
    kinds: z.array(z.object({ code: z.string(), name: z.string() })),
    classes: z.array(z.object({ code: z.string(), name: z.string() })),
    programmes: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        number: z.string().nullable(),
        issuedOn: PlainDate.nullable(),
      }),
    ),
  })
  .meta({ id: 'PlanChoices' })
export type PlanChoices = z.infer<typeof PlanChoices>

/** One answer of the search over everything. */
export const SearchHit = z
  .object({
    kind: z.enum(['plan', 'task', 'document', 'agency', 'unit']),
    id: Id,
    title: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'SearchHit' })
export type SearchHit = z.infer<typeof SearchHit>
