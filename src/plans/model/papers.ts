import { z } from 'zod'
import { FileFormat, Urgency } from '#documents/model'
import { text } from '#platform/model'

/** How a document is to be written: the file, and a stamp of urgency if it bears one. */
export const PaperForm = z.object({ format: FileFormat.default('docx'), urgency: Urgency.optional() })
export type PaperForm = z.output<typeof PaperForm>

const Lines = z.array(text(2000)).max(200)

/** Minutes of a meeting on a plan, as the officer who writes them has them; null = left blank. */
export const MeetingMinutes = z
  .strictObject({
    title: text(500),
    startedAt: text(200).nullable(),
    endedAt: text(200).nullable(),
    place: text(300).nullable(),
    attendees: Lines,
    chairName: text(200).nullable(),
    chairPost: text(200).nullable(),
    secretary: text(200).nullable(),
    contents: Lines,
    conclusions: Lines,
    format: FileFormat,
    urgency: Urgency.optional(),
  })
  .meta({ id: 'MeetingMinutes' })
export type MeetingMinutes = z.infer<typeof MeetingMinutes>

/** A summary of a plan in another language: the officer's own words; `agency` null = the name the country knows. */
export const ForeignSummary = z
  .strictObject({
    language: z.string().max(10),
    title: text(500),
    agency: text(300).nullable(),
    texts: z.array(text(4000)).min(1).max(100),
    format: FileFormat,
  })
  .meta({ id: 'ForeignSummary' })
export type ForeignSummary = z.infer<typeof ForeignSummary>

/** A number for a plan that has none: the next in its body's book for the kind and year. Suggested, never given. */
export const NextNumber = z
  .object({
    number: z.string(),
    year: z.number().int(),
    /** The latest number found in the book; null when it is the first known here. */
    after: z.string().nullable(),
  })
  .meta({ id: 'NextNumber' })
export type NextNumber = z.infer<typeof NextNumber>
