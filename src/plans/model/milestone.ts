import { z } from 'zod'
import { Id, PlainDate, text, Version } from '#platform/model'

/** A dated milestone of one piece of work. Passing it changes none of the four numbers. */
export const Milestone = z
  .object({
    id: Id,
    name: z.string(),
    dueOn: PlainDate,
    doneOn: PlainDate.nullable(),
    /** What shows that it was passed. */
    proof: z.string().nullable(),
    /** Named by the plan: its words and day are the document's. */
    isOfPlan: z.boolean(),
    version: Version,
  })
  .meta({ id: 'Milestone' })
export type Milestone = z.infer<typeof Milestone>

export const NewMilestone = z.strictObject({ name: text(500), dueOn: PlainDate }).meta({ id: 'NewMilestone' })
export type NewMilestone = z.infer<typeof NewMilestone>

/** A milestone as its body says it now: passed when it has a day, with what shows it. */
export const SaveMilestone = NewMilestone.extend({
  doneOn: PlainDate.nullable(),
  proof: text(4000).nullable(),
  version: Version,
})
  .refine((said) => (said.doneOn === null) === (said.proof === null), 'plans.milestone-needs-proof')
  .meta({ id: 'SaveMilestone' })
export type SaveMilestone = z.infer<typeof SaveMilestone>

/** Days ahead of its day from which a milestone stands in the work of its body. */
export const milestoneSoonDays = 14
