import { z } from 'zod'
import { Id, Instant, PlainDate, text } from '#platform/model'
import { ObstacleState } from '../obstacles/model.ts'
import { LineName } from '../model/reports.ts'
import { Origin } from '../model/content.ts'
import { ObligationState, ReportState } from '../model/states.ts'

/** A body whose report is consolidated in this one, and how far it is. */
export const BodyBelow = z
  .object({
    obligationId: Id,
    agencyId: Id,
    agencyName: z.string(),
    tier: z.string(),
    dueOn: PlainDate,
    isRequested: z.boolean(),
    obligationState: ObligationState,
    /** Why it is not owed. */
    reason: z.string().nullable(),
    reportId: Id.nullable(),
    state: ReportState.nullable(),
    number: z.int(),
    acceptedNumber: z.int().nullable(),
    isNil: z.boolean(),
    isLate: z.boolean(),
    /** Lines of its accepted report that wait to be taken or left. */
    waiting: z.int(),
    taken: z.int(),
    left: z.int(),
  })
  .meta({ id: 'BodyBelow' })
export type BodyBelow = z.infer<typeof BodyBelow>

/** A line below that is not in this report as it is said there now. */
export const Difference = z
  .object({
    reportId: Id,
    agencyName: z.string(),
    number: z.int(),
    line: LineName,
    section: z.string(),
    kind: z.enum(['new', 'changed', 'withdrawn']),
    /** What it says; of money the amount. */
    words: z.string(),
    theme: z.string().nullable(),
    amount: z.string().nullable(),
    /** Which submission this report has it from, or left it out of. */
    knownNumber: z.int().nullable(),
    isLate: z.boolean(),
  })
  .meta({ id: 'ReportDifference' })
export type Difference = z.infer<typeof Difference>

export const Below = z
  .object({
    bodies: z.array(BodyBelow),
    differences: z.array(Difference),
    /** Owed, not accepted yet: named in the report. */
    missing: z.int(),
    mayDraw: z.boolean(),
  })
  .meta({ id: 'ReportsBelow' })
export type Below = z.infer<typeof Below>

const Picked = z.strictObject({ reportId: Id, number: z.int().min(1), line: LineName })

/** Lines to take over, and lines to leave out with the reason. `all`: everything that waits is taken. */
export const DrawLines = z
  .strictObject({
    all: z.boolean(),
    take: z.array(Picked).max(5_000),
    leave: z.array(Picked.extend({ reason: text(2_000) })).max(5_000),
  })
  .meta({ id: 'DrawReportLines' })
export type DrawLines = z.infer<typeof DrawLines>

export const Drawn = z.object({ taken: z.int(), left: z.int() }).meta({ id: 'DrawnReportLines' })
export type Drawn = z.infer<typeof Drawn>

/** A line of a submission with where it comes from, one step down. */
export const TracedLine = z
  .object({
    reportId: Id,
    number: z.int(),
    line: z.string(),
    agencyName: z.string(),
    submittedAt: Instant,
    isLate: z.boolean(),
    words: z.string(),
    /** Below it, as it was drawn from. */
    origins: z.array(Origin),
    /** A newer submission there says something else now. */
    isSuperseded: z.boolean(),
  })
  .meta({ id: 'TracedReportLine' })
export type TracedLine = z.infer<typeof TracedLine>

/** A figure that went into another, down to the vintage and what was entered. */
export const TracedFigure = z
  .object({
    cellId: Id,
    vintage: z.int(),
    unitName: z.string(),
    agencyName: z.string(),
    status: z.string().nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    comment: z.string().nullable(),
    enteredAt: Instant,
    enteredBy: z.string().nullable(),
    /** The report that said it, where one did. */
    said: z.object({ reportId: Id, number: z.int(), line: z.string() }).nullable(),
  })
  .meta({ id: 'TracedFigure' })
export type TracedFigure = z.infer<typeof TracedFigure>

/** A body whose report is not in what was sent, or came late. */
export const AbsentBody = z
  .object({ agencyName: z.string(), kind: z.enum(['missing', 'late']) })
  .meta({ id: 'TracedAbsentBody' })
export type AbsentBody = z.infer<typeof AbsentBody>

export const TracedObstacle = z
  .object({ id: Id, words: z.string(), state: ObstacleState, byName: z.string(), routedToName: z.string() })
  .meta({ id: 'TracedObstacle' })
export type TracedObstacle = z.infer<typeof TracedObstacle>

export const Trace = z
  .object({
    of: TracedLine,
    lines: z.array(TracedLine),
    figures: z.array(TracedFigure),
    /** Bodies right below, of a total or words drawn from below. */
    absent: z.array(AbsentBody),
    /** Obstacles that stand as records of this line, or of those right below it. */
    obstacles: z.array(TracedObstacle),
    hidden: z.int(),
  })
  .meta({ id: 'ReportTrace' })
export type Trace = z.infer<typeof Trace>

/** A figure as it was sent beside what it is now: how far estimates were from what came after. */
export const FigureDrift = z
  .object({
    line: z.string(),
    name: z.string(),
    unitOfMeasure: z.string(),
    sentStatus: z.string().nullable(),
    sentValue: z.number().nullable(),
    nowStatus: z.string().nullable(),
    nowValue: z.number().nullable(),
    /** Now less then; null where one is unknown. */
    drift: z.number().nullable(),
    share: z.number().nullable(),
    /** Which vintages of it, or of what it is made of, came after; the newest of them by whom. */
    changes: z.int(),
    changedByName: z.string().nullable(),
    changedByAgencyName: z.string().nullable(),
    changedAt: Instant.nullable(),
  })
  .meta({ id: 'ReportFigureDrift' })
export type FigureDrift = z.infer<typeof FigureDrift>

export const OfNumber = z.strictObject({ number: z.int().min(1) }).meta({ id: 'ReportOfNumber' })

/** Opens an approved or locked report again by an order; `lines` empty: all of it. */
export const ReopenReport = z
  .strictObject({
    number: z.int().min(1),
    orderNumber: text(100),
    orderOn: PlainDate,
    reason: text(2_000),
    until: PlainDate,
    lines: z.array(LineName).max(500),
  })
  .meta({ id: 'ReopenReport' })
export type ReopenReport = z.infer<typeof ReopenReport>

/** That a report was opened again, by which order. */
export const Reopening = z
  .object({
    number: z.int(),
    orderNumber: z.string(),
    orderOn: PlainDate,
    reason: z.string(),
    until: PlainDate,
    lines: z.array(z.string()),
    byName: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: 'ReportReopening' })
export type Reopening = z.infer<typeof Reopening>

/** What may be done to a report after it was sent, and by which orders it was opened. */
export const Standing = z
  .object({
    /** Other reports go into it: it says where its parts come from. */
    hasBelow: z.boolean(),
    may: z.object({ approve: z.boolean(), reopen: z.boolean(), lockRound: z.boolean(), consolidate: z.boolean() }),
    reopenings: z.array(Reopening),
  })
  .meta({ id: 'ReportStanding' })
export type Standing = z.infer<typeof Standing>
