import { z } from 'zod'
import { Instant, PlainDate, text, Version } from '#platform/model'

/**
 * What a clerk gives the paper of a submission when it is issued: its own number, its day, who receives it beside whom it goes to.
 * `version` 0: nothing was given yet. No number: not registered yet; no day: that of sending.
 */
export const GivePaper = z
  .strictObject({
    version: z.int().min(0),
    /** As registers of outgoing documents write it: `123` or `123/BC-UBND`. */
    documentNumber: text(60).nullable(),
    issuedOn: PlainDate.nullable(),
    recipients: z.array(text(300)).max(50),
  })
  .meta({ id: 'GiveReportPaper' })
export type GivePaper = z.infer<typeof GivePaper>

export const ReportPaper = z
  .object({
    version: Version,
    documentNumber: z.string().nullable(),
    issuedOn: PlainDate.nullable(),
    recipients: z.array(z.string()),
    givenByName: z.string().nullable(),
    givenAt: Instant,
  })
  .meta({ id: 'ReportPaper' })
export type ReportPaper = z.infer<typeof ReportPaper>
