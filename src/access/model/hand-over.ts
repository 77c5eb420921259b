import { z } from 'zod'
import { Id, Instant, PlainDate, text } from '#platform/model'

/** That a person lost the second factor, as one administrator asked; another decides. */
export const FactorReset = z
  .object({ id: Id, reason: z.string(), askedById: Id, askedByName: z.string().nullable(), askedAt: Instant })
  .meta({ id: 'FactorReset' })
export type FactorReset = z.infer<typeof FactorReset>

export const AskFactorReset = z.strictObject({ reason: text(500) }).meta({ id: 'AskFactorReset' })
export type AskFactorReset = z.infer<typeof AskFactorReset>

/**
 * A post handed over: a `stand-in` acts beside its holder from a day until before another; a `successor` takes it from
 * a day on, and the holder's own ends that day.
 */
export const HandOver = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('stand-in'), personId: Id, validFrom: PlainDate, validTo: PlainDate }),
    z.strictObject({ kind: z.literal('successor'), personId: Id, validFrom: PlainDate }),
  ])
  .meta({ id: 'HandOver' })
export type HandOver = z.infer<typeof HandOver>
