import { z } from 'zod'
import { Id, PageQuery, text } from '#platform/model'
import { UnitLevel } from '#territory/model'
import { Dimension, Indicator, Measure } from './dictionary.ts'
import { Frequency } from './period.ts'

/** The largest files of the dictionary: tables, and packages of another system. */
export const termFileLimits = { bytes: 64 * 1024 * 1024, rows: 5000 }

/** What is said of an indicator beside its measures. */
export const TermIndicator = Indicator.omit({ measures: true })
/** A measure with its indicator, as one row of a file says it. */
export const TermRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('measure'), indicator: TermIndicator, measure: Measure }),
  z.object({ kind: z.literal('dimension'), dimension: Dimension }),
])
export type TermRecord = z.infer<typeof TermRecord>

/** What holds where a package leaves it open. */
export const TermUsual = z
  .object({ function: text(60), level: UnitLevel, frequency: Frequency })
  .partial()
  .meta({ id: 'TermUsual' })
export type TermUsual = z.infer<typeof TermUsual>

export const TermUploadQuery = TermUsual.extend({ fileName: text(200) })

/** A good row that waits: what would be made or changed, and in which columns. */
export const IncomingTerm = z
  .object({
    row: z.int(),
    outcome: z.enum(['added', 'changed', 'same']),
    kind: z.enum(['measure', 'dimension']),
    code: z.string(),
    name: z.string(),
    /** What would be said otherwise than now, by the words of the columns; of a new one what it is. */
    says: z.string(),
  })
  .meta({ id: 'IncomingTerm' })
export type IncomingTerm = z.infer<typeof IncomingTerm>

export const IncomingTermQuery = PageQuery.extend({ outcome: z.enum(['added', 'changed', 'same']).optional() })

/** Takes in good rows of a file: all of them, or those chosen by their numbers. */
export const AcceptTerms = z
  .strictObject({ takes: z.enum(['whole', 'good']), rows: z.array(z.int()).min(1).max(5000).optional() })
  .meta({ id: 'AcceptTerms' })
export type AcceptTerms = z.infer<typeof AcceptTerms>

/** The id of an import, as its routes take it. */
export const ofImport = z.object({ id: Id })
