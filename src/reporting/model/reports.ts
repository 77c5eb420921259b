import { z } from 'zod'
import { FigureBefore } from '#indicators/model'
import { Id, Instant, LocalizedText, PlainDate, StoredFile, text, Version } from '#platform/model'
import { QuotedFigure, ReportContent, SectionContent } from './content.ts'
import { FormDefinition } from './form.ts'
import { ReportPaper } from './paper.ts'
import { ObligationState, ReportState } from './states.ts'

/** A line of a report that can be returned by itself: `section/line`; `section/*` the whole section. */
export const LineName = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9-]+\/(\*|[A-Za-z0-9:-]+)$/)

/** Which report is asked of whom, and how far it is. */
export const OwedReport = z
  .object({
    obligationId: Id,
    roundId: Id,
    regimeId: Id,
    regimeNames: LocalizedText,
    period: z.string(),
    periodFrom: PlainDate,
    periodTo: PlainDate,
    agencyId: Id,
    agencyName: z.string(),
    unitId: Id,
    tier: z.string(),
    receiverId: Id.nullable(),
    receiverName: z.string().nullable(),
    /** That of the obligation, or the one given with a return. */
    dueOn: PlainDate,
    graceDays: z.int(),
    obligationState: ObligationState,
    reason: z.string().nullable(),
    isRequested: z.boolean(),
    /** Its round goes on; what was opened by an order may be sent until its day. */
    isOpen: z.boolean(),
    reportId: Id.nullable(),
    state: ReportState.nullable(),
    number: z.int(),
    acceptedNumber: z.int().nullable(),
    isNil: z.boolean(),
    firstSubmittedAt: Instant.nullable(),
    submittedAt: Instant.nullable(),
    /** Sent after its due day and the days of grace. */
    isLate: z.boolean(),
    /** Lines returned, while it is to be corrected. */
    openLines: z.array(z.string()).nullable(),
    /** Written by others: the acting person may sign it. */
    mayBeSigned: z.boolean(),
  })
  .meta({ id: 'OwedReport' })
export type OwedReport = z.infer<typeof OwedReport>

/** What waits at a report to be taken into its draft: who handed it over, when, from which file. */
export const WaitingPart = z
  .object({ id: Id, fromAgencyName: z.string(), fileName: z.string(), cells: z.int(), handedAt: Instant })
  .meta({ id: 'WaitingWorkbookPart' })
export type WaitingPart = z.infer<typeof WaitingPart>

const WorkColumn = z.object({ items: z.array(OwedReport), total: z.int() })
/** What reports want of the acting post; each column its first ones and how many there are. */
export const ReportWork = z
  .object({ returned: WorkColumn, due: WorkColumn, toSign: WorkColumn, toReview: WorkColumn })
  .meta({ id: 'ReportWork' })
export type ReportWork = z.infer<typeof ReportWork>

/** One section as it is being written. */
export const DraftSection = z
  .object({
    key: z.string(),
    content: SectionContent,
    version: z.int(),
    savedBy: z.string(),
    savedByName: z.string().nullable(),
    savedAt: Instant,
  })
  .meta({ id: 'ReportDraftSection' })
export type DraftSection = z.infer<typeof DraftSection>

/** What stands beside a row of figures: its measure in words, the period before, the target. */
export const RowFacts = z
  .object({
    line: z.string(),
    measureId: Id,
    name: z.string(),
    unitOfMeasure: z.string(),
    numeratorName: z.string().nullable(),
    denominatorName: z.string().nullable(),
    aggregation: z.enum(['sum', 'ratio', 'weighted', 'last', 'none']),
    isShare: z.boolean(),
    factor: z.number(),
    mode: z.enum(['typed', 'total']),
    before: FigureBefore.nullable(),
    target: z.object({ year: z.int(), comparator: z.string(), value: z.number() }).nullable(),
    /** The total as it stands now, without naming what it is made of; null where the figure is typed. */
    total: QuotedFigure.nullable(),
  })
  .meta({ id: 'ReportRowFacts' })
export type RowFacts = z.infer<typeof RowFacts>

/** What is wrong with a draft, or strange: a fault keeps it from being sent, a warning asks for an explanation. */
export const Finding = z
  .object({
    line: z.string(),
    kind: z.enum(['fault', 'warning']),
    code: z.string(),
    title: z.string(),
    isExplained: z.boolean(),
  })
  .meta({ id: 'ReportFinding' })
export type Finding = z.infer<typeof Finding>

export const SubmissionHead = z
  .object({
    number: z.int(),
    kind: z.enum(['first', 'again', 'amended']),
    isNil: z.boolean(),
    digest: z.string(),
    signedByName: z.string().nullable(),
    signedAs: z.string(),
    delegationOrder: z.string().nullable(),
    submittedAt: Instant,
    /** What a clerk gave its paper; null: nothing yet. */
    paper: ReportPaper.nullable(),
  })
  .meta({ id: 'ReportSubmissionHead' })
export type SubmissionHead = z.infer<typeof SubmissionHead>

export const ReturnedLine = z.object({ line: LineName, reason: text(2_000) }).meta({ id: 'ReturnedReportLine' })
export type ReturnedLine = z.infer<typeof ReturnedLine>

export const ReportStep = z
  .object({
    number: z.int(),
    kind: z
      .enum([
        'submitted',
        'withdrawn',
        'review-begun',
        'returned',
        'accepted',
        'consolidated',
        'approved',
        'locked',
        'reopened',
        'reopening-ended',
      ])
      .meta({ id: 'ReportStepKind' }),
    lines: z.array(ReturnedLine).nullable(),
    reason: z.string().nullable(),
    dueOn: PlainDate.nullable(),
    byName: z.string().nullable(),
    byAgencyName: z.string().nullable(),
    takenAt: Instant,
  })
  .meta({ id: 'ReportStep' })
export type ReportStep = z.infer<typeof ReportStep>

/** A report as its page needs it. Drafts and findings are of its own body alone, marks of its receiver. */
export const ReportDetail = z
  .object({
    id: Id,
    version: Version,
    owed: OwedReport,
    form: FormDefinition,
    isOwn: z.boolean(),
    isReceiver: z.boolean(),
    mayWrite: z.boolean(),
    /** By what right the acting person may sign: as head, by delegation; null: not at all. */
    signsAs: z.enum(['head', 'delegate']).nullable(),
    sections: z.array(DraftSection),
    facts: z.array(RowFacts),
    submissions: z.array(SubmissionHead),
    steps: z.array(ReportStep),
    marks: z.array(ReturnedLine),
    files: z.array(StoredFile),
    /** Parts of workbooks of many bodies that wait to be taken into the draft. */
    parts: z.array(WaitingPart),
  })
  .meta({ id: 'Report' })
export type ReportDetail = z.infer<typeof ReportDetail>

/** How a line of a submission differs from what it is held against. */
export const LineChange = z
  .object({ line: z.string(), kind: z.enum(['added', 'removed', 'changed']) })
  .meta({ id: 'ReportLineChange' })
export type LineChange = z.infer<typeof LineChange>

/** A submission with what differs: from the one before it, and from the newest of the period before. */
export const SubmissionDetail = z
  .object({
    head: SubmissionHead,
    content: ReportContent,
    before: ReportContent.nullable(),
    changes: z.array(LineChange),
    lastPeriod: ReportContent.nullable(),
    lastPeriodName: z.string().nullable(),
    seen: z.array(z.object({ personName: z.string().nullable(), firstAt: Instant, lastAt: Instant })),
  })
  .meta({ id: 'ReportSubmission' })
export type SubmissionDetail = z.infer<typeof SubmissionDetail>

export const SaveSection = z
  .strictObject({ version: Version, content: SectionContent })
  .meta({ id: 'SaveReportSection' })
export type SaveSection = z.infer<typeof SaveSection>

/** `versions`: each section as the signer read it; another version of one refuses the signature. */
export const SubmitReport = z
  .strictObject({ versions: z.record(z.string().max(60), Version), isNil: z.boolean() })
  .meta({ id: 'SubmitReport' })
export type SubmitReport = z.infer<typeof SubmitReport>

export const MarkLine = z
  .strictObject({ number: z.int().min(1), line: LineName, reason: text(2_000).nullable() })
  .meta({ id: 'MarkReportLine' })
export type MarkLine = z.infer<typeof MarkLine>

export const ReturnReport = z
  .strictObject({ number: z.int().min(1), dueOn: PlainDate, reason: text(2_000).nullable() })
  .meta({ id: 'ReturnReport' })
export type ReturnReport = z.infer<typeof ReturnReport>

export const AcceptReports = z
  .strictObject({
    reports: z
      .array(z.strictObject({ id: Id, number: z.int().min(1) }))
      .min(1)
      .max(200),
  })
  .meta({ id: 'AcceptReports' })
export type AcceptReports = z.infer<typeof AcceptReports>

/** What became of each report of a batch, in its order. */
export const AcceptedReports = z
  .object({
    accepted: z.int(),
    rows: z.array(z.object({ id: Id, ok: z.boolean(), code: z.string().nullable(), title: z.string().nullable() })),
  })
  .meta({ id: 'AcceptedReports' })
export type AcceptedReports = z.infer<typeof AcceptedReports>

export const Delegation = z
  .object({
    id: Id,
    toPersonId: Id,
    toPersonName: z.string().nullable(),
    fromPersonName: z.string().nullable(),
    regimeId: Id.nullable(),
    regimeNames: LocalizedText.nullable(),
    orderNumber: z.string(),
    orderOn: PlainDate,
    validFrom: PlainDate,
    validTo: PlainDate.nullable(),
    powers: z.string().nullable(),
    post: z.string().nullable(),
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'SigningDelegation' })
export type Delegation = z.infer<typeof Delegation>

/** `validTo`: the first day on which it no longer holds. `powers`, `post`: as papers print them where he signs. */
export const RecordDelegation = z
  .strictObject({
    toPersonId: Id,
    regimeId: Id.nullable(),
    orderNumber: text(100),
    orderOn: PlainDate,
    validFrom: PlainDate,
    validTo: PlainDate.nullable(),
    powers: text(200).nullable().default(null),
    post: text(200).nullable().default(null),
  })
  .meta({ id: 'RecordSigningDelegation' })
export type RecordDelegation = z.infer<typeof RecordDelegation>

/** What reviewing came to in a round or of a body: counted from steps. */
export const ReviewCounts = z
  .object({
    submitted: z.int(),
    accepted: z.int(),
    firstPass: z.int(),
    linesReturned: z.int(),
    amendments: z.int(),
  })
  .meta({ id: 'ReportReviewCounts' })
export type ReviewCounts = z.infer<typeof ReviewCounts>
