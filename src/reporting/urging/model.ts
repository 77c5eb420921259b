import { z } from 'zod'
import { Id, Instant, LocalizedText, PlainDate, text } from '#platform/model'

/** How many bodies one letter urges. */
export const mostUrged = 5_000
/** The file of a letter to more is made by a job. */
export const mostAtOnce = 200

/**
 * A letter that urges those who have not reported in a round. Of the filter of the list of obligations, only those are taken that the
 * acting body consolidates and that are still to be sent. Number and day may be left for the registry to write in.
 */
export const urgeReports = <F extends z.ZodType>(filter: F) =>
  z
    .strictObject({
      roundId: Id,
      filter,
      number: text(60).nullable(),
      issuedOn: PlainDate.nullable(),
      /** Words before the post of whoever signs, as printed (`KT. BỘ TRƯỞNG`). */
      powers: text(200).nullable(),
      post: text(200),
      signer: text(200).nullable(),
      /** What is asked besides the standing words. */
      words: text(4_000).nullable(),
      /** By when the report is asked for. */
      reportBy: PlainDate.nullable(),
    })
    .meta({ id: 'UrgeReports' })
export type UrgeReports<F> = {
  roundId: string
  filter: F
  number: string | null
  issuedOn: string | null
  powers: string | null
  post: string
  signer: string | null
  words: string | null
  reportBy: string | null
}

/** A round in which the acting body consolidates and somebody has not reported. */
export const AwaitedRound = z
  .object({
    roundId: Id,
    regimeNames: LocalizedText,
    period: z.string(),
    periodFrom: PlainDate,
    periodTo: PlainDate,
    /** The next due day of those who have not sent; the first one where all are past. */
    dueOn: PlainDate,
    /** Reports owed, those sent at least once, late ones, those not begun, and those still to be sent. */
    owed: z.int(),
    sent: z.int(),
    late: z.int(),
    notBegun: z.int(),
    awaited: z.int(),
    lastUrgedOn: PlainDate.nullable(),
  })
  .meta({ id: 'AwaitedRound' })
export type AwaitedRound = z.infer<typeof AwaitedRound>

export const ReportUrging = z
  .object({
    id: Id,
    number: z.string().nullable(),
    issuedOn: PlainDate.nullable(),
    post: z.string(),
    signer: z.string().nullable(),
    reportBy: PlainDate.nullable(),
    asOf: PlainDate,
    madeAt: Instant,
    byName: z.string().nullable(),
    agencyName: z.string(),
    /** Bodies urged, as far as one sees them, and those of them that have sent since. */
    urged: z.int(),
    sentSince: z.int(),
    /** The letter may be taken out as a file: by the body that wrote it. */
    mayExport: z.boolean(),
  })
  .meta({ id: 'ReportUrging' })
export type ReportUrging = z.infer<typeof ReportUrging>
