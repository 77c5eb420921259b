import { z } from 'zod'
import { Frequency, SourcePlace } from '#documents/model'
import { Id, PlainDate } from '#platform/model'
import { PrintedDays } from '../../model/calendar.ts'

const Meant = z.object({ agencyId: Id.nullable(), classCode: z.string().nullable(), name: z.string().nullable() })

/** One reporting duty as a document prints it, with what its words mean; null and empty is what was not read. */
export const PrintedDuty = z
  .object({
    who: z.string().nullable(),
    whoMeans: Meant,
    /** The acting body owes it: its own report. */
    isOwn: z.boolean(),
    to: z.string().nullable(),
    toMeans: Meant,
    /** It goes to the acting body. */
    isToOwn: z.boolean(),
    due: z.string().nullable(),
    frequency: Frequency.nullable(),
    read: PrintedDays,
    raw: z.string(),
    source: SourcePlace,
  })
  .meta({ id: 'PrintedDuty' })
export type PrintedDuty = z.infer<typeof PrintedDuty>

/** The reporting section of an imported document, from which a regime may be begun. */
export const PrintedRegime = z
  .object({
    importId: Id,
    title: z.string().nullable(),
    number: z.string().nullable(),
    issuedOn: PlainDate.nullable(),
    duties: z.array(PrintedDuty),
  })
  .meta({ id: 'PrintedRegime' })
export type PrintedRegime = z.infer<typeof PrintedRegime>

/** Which duties of which import a regime is begun from, by their places in its list. */
export const FromDocument = z
  .strictObject({ importId: Id, duties: z.array(z.int().min(0).max(9_999)).min(1).max(200) })
  .meta({ id: 'FromDocument' })
export type FromDocument = z.infer<typeof FromDocument>

/** The words a regime was begun from, kept with it as printed. */
export const RegimeWordsRead = z
  .object({
    importId: Id,
    title: z.string().nullable(),
    number: z.string().nullable(),
    issuedOn: PlainDate.nullable(),
    quotes: z.array(PrintedDuty.pick({ who: true, to: true, due: true, raw: true, source: true })),
  })
  .meta({ id: 'RegimeWordsRead' })
export type RegimeWordsRead = z.infer<typeof RegimeWordsRead>
