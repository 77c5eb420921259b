import { z } from 'zod'
import { Id, Instant, text } from '#platform/model'
import { PlainDate } from '#territory/model'

/** What a body says of its documents from a day on; null or empty = as the country's own words have it. */
export const LetterheadSaid = z
  .strictObject({
    validFrom: PlainDate,
    parentLine: text(200).nullable(),
    nameLines: z.array(text(200)).max(4),
    place: text(100).nullable(),
    abbreviation: text(40).nullable(),
    draftingSign: text(40).nullable(),
    /** Whether each kind of document is numbered by itself in a year, or all together. */
    books: z.enum(['by-kind', 'one']),
    /** Lines as printed, the last is the post. */
    capacities: z.array(text(600)).max(20),
    addressLine: text(500).nullable(),
  })
  .meta({ id: 'LetterheadSaid' })
export type LetterheadSaid = z.infer<typeof LetterheadSaid>

/** What is said anew, over the newest entry its writer saw; null = there was none. */
export const SaveLetterhead = LetterheadSaid.extend({ seenId: Id.nullable() }).meta({ id: 'SaveLetterhead' })
export type SaveLetterhead = z.infer<typeof SaveLetterhead>

export const Letterhead = LetterheadSaid.extend({ id: Id, recordedAt: Instant }).meta({ id: 'Letterhead' })
export type Letterhead = z.infer<typeof Letterhead>

export const LetterheadPage = z
  .object({
    current: Letterhead.nullable(),
    entries: z.array(Letterhead),
    /** The entry said last, whatever its day: who says anew names it. */
    newestId: Id.nullable(),
    mayEdit: z.boolean(),
  })
  .meta({ id: 'LetterheadPage' })
export type LetterheadPage = z.infer<typeof LetterheadPage>
