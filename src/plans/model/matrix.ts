import { z } from 'zod'
import { Language } from '#platform/model'

/** By what the recommendations of a matrix are put together. */
export const MatrixGroup = z.enum(['cluster', 'theme', 'document']).meta({ id: 'MatrixGroup' })
export type MatrixGroup = z.infer<typeof MatrixGroup>

/** How a matrix is set: beside which recommendations it holds. */
export const MatrixSetting = z.strictObject({
  language: Language,
  groupBy: MatrixGroup,
  /** Whether translations into its language stand below the words as printed. */
  withTranslations: z.boolean(),
})
export type MatrixSetting = z.infer<typeof MatrixSetting>

export const MatrixFormat = z.enum(['docx', 'xlsx']).meta({ id: 'MatrixFormat' })
export type MatrixFormat = z.infer<typeof MatrixFormat>

/** How many words a matrix has before it is made: counted in what its file will hold. */
export const MatrixOutline = z
  .object({
    recommendations: z.number().int(),
    words: z.number().int(),
    /** Of these, those of its title and heads. */
    headWords: z.number().int(),
    /** In the order of the file; null: recommendations of no group. */
    sections: z.array(
      z.object({ name: z.string().nullable(), recommendations: z.number().int(), words: z.number().int() }),
    ),
    /** What documents of a State may have, in the reader's language. */
    limits: z.array(z.object({ code: z.string(), name: z.string(), words: z.number().int() })),
    /** As which files it may leave. */
    formats: z.array(MatrixFormat),
  })
  .meta({ id: 'MatrixOutline' })
export type MatrixOutline = z.infer<typeof MatrixOutline>
