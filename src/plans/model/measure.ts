import { z } from 'zod'
import { linkToMeasure } from '#indicators/model'
import { Id, Version } from '#platform/model'
import { AgencyName, FourNumbers } from './numbers.ts'

/** Tasks of issued plans laid to measures by whose figures they are followed, one or many at once. */
export const LinkTaskMeasures = z.strictObject({
  links: z
    .array(z.strictObject({ nodeId: Id, ...linkToMeasure }))
    .min(1)
    .max(200),
})
export type LinkTaskMeasures = z.infer<typeof LinkTaskMeasures>

/** A task that is followed by a measure of an indicator. */
export const MeasuredTask = z
  .object({
    linkId: Id,
    measureId: Id,
    measureName: z.string(),
    nodeId: Id,
    planId: Id,
    planTitle: z.string(),
    planNumber: z.string().nullable(),
    path: z.string(),
    text: z.string(),
    leads: z.array(AgencyName),
    numbers: FourNumbers,
    version: Version,
    mayEnd: z.boolean(),
  })
  .meta({ id: 'MeasuredTask' })
export type MeasuredTask = z.infer<typeof MeasuredTask>
