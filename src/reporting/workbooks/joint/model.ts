import { z } from 'zod'
import { Id } from '#platform/model'
import { LookQuery, WorkbookFinding } from '../model.ts'

/** What a workbook of many bodies says for one of them. `partId`: null where nothing was filled in for it, or nothing may be. */
export const JointBody = z
  .object({
    partId: Id.nullable(),
    agencyName: z.string(),
    /** Cells in which something else was written than what they were handed out with. */
    cells: z.int(),
    findings: z.int(),
    /** Why nothing may be handed to it; null where it may. */
    refusal: z.string().nullable(),
  })
  .meta({ id: 'JointWorkbookBody' })
export type JointBody = z.infer<typeof JointBody>

/** What came back in a workbook of many bodies. */
export const JointReading = z
  .object({
    bodies: z.array(JointBody),
    /** The first of what is wrong with cells; `more`: how many there are besides. */
    findings: z.array(WorkbookFinding.extend({ agencyName: z.string() })),
    more: z.int(),
  })
  .meta({ id: 'JointWorkbookReading' })
export type JointReading = z.infer<typeof JointReading>

/** Which parts are handed to their bodies. */
export const HandParts = z.strictObject({ partIds: z.array(Id).min(1).max(250) }).meta({ id: 'HandWorkbookParts' })
export type HandParts = z.infer<typeof HandParts>

/** `name`: of the file, as it is told to the bodies. */
export const JointLookQuery = LookQuery.extend({ name: z.string().trim().min(1).max(200) })
