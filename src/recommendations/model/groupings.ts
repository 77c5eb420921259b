import { z } from 'zod'
import { Language, text, Version } from '#platform/model'

/** What a grouping is called: in one language at least. */
export const GroupingNames = z
  .partialRecord(Language, text(200))
  .refine((names) => Object.keys(names).length > 0)
  .meta({ id: 'GroupingNames' })
export type GroupingNames = z.infer<typeof GroupingNames>

/** A grouping of a body's own; only its body changes it, every keeper tags with it. */
export const Grouping = z
  .object({
    number: z.number().int(),
    names: GroupingNames,
    agencyName: z.string().nullable(),
    /** Whether the acting body may rename and retire it. */
    isMine: z.boolean(),
    isRetired: z.boolean(),
    /** How many recommendations have it. */
    recommendations: z.number().int(),
    version: Version,
  })
  .meta({ id: 'RecommendationGrouping' })
export type Grouping = z.infer<typeof Grouping>
export const Groupings = z.array(Grouping)

export const MakeGrouping = z.strictObject({ names: GroupingNames })
export const RenameGrouping = z.strictObject({ names: GroupingNames, version: Version })
export const RetireGrouping = z.strictObject({ isRetired: z.boolean(), version: Version })
