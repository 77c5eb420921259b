import { z } from 'zod'
import { AggregationRule } from '#indicators/model'
import { Id, LocalizedText, PlainDate } from '#platform/model'

/** A report below from which one was put together: which submission of it, sent and accepted when. */
export const ReportBelow = z.object({
  reportId: Id,
  number: z.int(),
  agencyName: z.string(),
  sentOn: PlainDate,
  acceptedOn: PlainDate,
  isLate: z.boolean(),
  isNil: z.boolean(),
})
export type ReportBelow = z.infer<typeof ReportBelow>

/** Of one total: reports below, by their place in the list, that give no figure for it, and those that give an estimate. */
export const FigureBelow = z.object({ without: z.array(z.int()), estimated: z.array(z.int()) })
export type FigureBelow = z.infer<typeof FigureBelow>

/**
 * What a paper says beside its content, as it was when it was signed: names may change afterwards, and what is below goes on being
 * corrected; what was issued does not.
 */
export const KeptWords = z.object({
  signedBy: z.string(),
  measures: z.record(
    z.string(),
    z.object({ names: LocalizedText, unitOfMeasure: LocalizedText, aggregation: AggregationRule }),
  ),
  below: z.array(ReportBelow),
  /** Bodies that owed a report which goes into this one, of which none was accepted yet. */
  missing: z.array(z.string()),
  /** By the name of the line, `section/line`. */
  figures: z.record(z.string(), FigureBelow),
})
export type KeptWords = z.infer<typeof KeptWords>
