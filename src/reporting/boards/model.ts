import { z } from 'zod'
import { Id, Instant, LocalizedText, PlainDate } from '#platform/model'
import { RegimeDefinition } from '../model/regime.ts'

export const Completeness = z.enum([
  ...['accepted', 'nil', 'sent', 'returned', 'missing', 'exempt', 'merged', 'withdrawn'],
] as const)
export type Completeness = z.infer<typeof Completeness>

/** `waiting`: not sent and not late either, because it is not due yet or the body is only asked. */
export const Timeliness = z.enum(['on-time', 'late', 'overdue', 'waiting'])
export type Timeliness = z.infer<typeof Timeliness>

/** By how many days it came late, or is late until today. */
export const LateBy = z.enum(['to-3', 'to-7', 'to-30', 'over-30'])
export type LateBy = z.infer<typeof LateBy>

export const ReviewOutcome = z.enum(['first-pass', 'after-return', 'still-returned', 'not-reviewed'])
export type ReviewOutcome = z.infer<typeof ReviewOutcome>

export const BoardBy = z.enum(['tier', 'unit', 'regime', 'round'])
export type BoardBy = z.infer<typeof BoardBy>

const count = z.int().min(0)

/** Counts of obligations, but for `linesReturned` and `amendments`, which count what happened. Each opens to its list. */
export const BoardCounts = z
  .object({
    total: count,
    owed: count,
    completeness: z.record(Completeness, count),
    timeliness: z.record(Timeliness, count),
    lateBy: z.record(LateBy, count),
    review: z.record(ReviewOutcome, count),
    linesReturned: count,
    amended: count,
    amendments: count,
  })
  .meta({ id: 'ReportBoardCounts' })
export type BoardCounts = z.infer<typeof BoardCounts>

/** A round one may look at, with what its period and tiers are called. */
export const BoardRound = z
  .object({
    id: Id,
    regimeId: Id,
    names: LocalizedText,
    period: z.string(),
    periodFrom: PlainDate,
    periodTo: PlainDate,
    owedOn: PlainDate,
    state: z.enum(['open', 'closed']),
    window: RegimeDefinition.shape.window,
  })
  .meta({ id: 'ReportBoardRound' })
export type BoardRound = z.infer<typeof BoardRound>

const BoardUnit = z.object({ id: Id, name: z.string() })

/** One line: a tier, a unit right below, a regime in its newest round, a round. `unit` null where bodies are of the unit looked at itself. */
export const BoardRow = z
  .object({
    key: z.string(),
    tier: z.object({ code: z.string(), names: LocalizedText.nullable() }).nullable(),
    unit: BoardUnit.nullable(),
    round: BoardRound.nullable(),
    counts: BoardCounts,
  })
  .meta({ id: 'ReportBoardRow' })
export type BoardRow = z.infer<typeof BoardRow>

export const ReportBoard = z
  .object({
    asOf: Instant,
    by: BoardBy,
    round: BoardRound.nullable(),
    rounds: z.array(BoardRound),
    tiers: z.array(z.object({ code: z.string(), names: LocalizedText.nullable() })),
    /** The unit looked at, and those it lies in, the highest first. */
    unit: BoardUnit.nullable(),
    above: z.array(BoardUnit),
    total: BoardCounts,
    rows: z.array(BoardRow),
  })
  .meta({ id: 'ReportBoard' })
export type ReportBoard = z.infer<typeof ReportBoard>

/** Reports of a round as they stand this minute. */
export const CockpitCounts = z
  .object({
    owed: count,
    notBegun: count,
    writing: count,
    submitted: count,
    inReview: count,
    returned: count,
    accepted: count,
    notOwed: count,
  })
  .meta({ id: 'CockpitCounts' })
export type CockpitCounts = z.infer<typeof CockpitCounts>

const CockpitBody = z.object({ reportId: Id, agencyName: z.string(), tier: z.string() })

export const Cockpit = z
  .object({
    asOf: Instant,
    timeZone: z.string(),
    round: BoardRound,
    /** `dueAt`: the end of the due day in the country's time. */
    tiers: z.array(
      z.object({
        code: z.string(),
        names: LocalizedText.nullable(),
        dueOn: PlainDate,
        dueAt: Instant,
        counts: CockpitCounts,
      }),
    ),
    units: z.array(z.object({ unit: BoardUnit.nullable(), counts: CockpitCounts })),
    total: CockpitCounts,
    /** Sendings of today by hour of the country's day, up to this one. */
    hours: z.array(z.object({ hour: z.int(), count })),
    /** Sendings of the last hour, the newest minute first: 60 of them. */
    minutes: z.array(count),
    newest: z.array(CockpitBody.extend({ number: z.int(), at: Instant })),
    /** Bodies that have begun and not sent; never what they wrote. */
    writing: z.array(CockpitBody),
  })
  .meta({ id: 'ReportCockpit' })
export type Cockpit = z.infer<typeof Cockpit>
