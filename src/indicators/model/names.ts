import { z } from 'zod'

/** Words in every language of the product. */
export const Names = z.object({ vi: z.string(), en: z.string(), fr: z.string() }).meta({ id: 'IndicatorNames' })
export type Names = z.infer<typeof Names>
