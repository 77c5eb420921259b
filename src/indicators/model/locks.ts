import { z } from 'zod'
import { Id, Instant, text } from '#platform/model'
import { PeriodId } from './period.ts'

/** Locks a period for the acting body and those below it: one measure, or all where it is null. */
export const LockPeriod = z
  .strictObject({ period: PeriodId, measureId: Id.nullable(), reason: text(2000).nullable() })
  .meta({ id: 'LockPeriod' })
export type LockPeriod = z.infer<typeof LockPeriod>

export const EndLock = z.strictObject({ reason: text(2000) }).meta({ id: 'EndPeriodLock' })

export const PeriodLock = z
  .object({
    id: Id,
    period: z.string(),
    measureId: Id.nullable(),
    agencyId: Id,
    agencyName: z.string(),
    isOwn: z.boolean(),
    /** It holds for the acting body: its own, or set by one that stands over it. */
    isBinding: z.boolean(),
    reason: z.string().nullable(),
    lockedAt: Instant,
    endedAt: Instant.nullable(),
    endReason: z.string().nullable(),
  })
  .meta({ id: 'PeriodLock' })
export type PeriodLock = z.infer<typeof PeriodLock>
