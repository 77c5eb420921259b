import { z } from 'zod'
import { Id, Instant } from '#platform/model'
import { UnitRef } from '#territory/model'
import { SeriesPoint, Target, TargetProgress } from './target.ts'

/** How a target of a unit stands to that of the country or a unit above it for the same measure and year. */
export const AgainstAbove = z.enum(['stricter', 'same', 'looser']).meta({ id: 'TargetAgainstAbove' })
export type AgainstAbove = z.infer<typeof AgainstAbove>

/**
 * A target that holds in a unit: its own, or one set above it. `against`: how its own stands to the one above; null where there is
 * none. `mayChange`: the acting body set it.
 */
export const UnitTarget = Target.extend({
  unit: UnitRef,
  isAbove: z.boolean(),
  setAt: Instant,
  agencyName: z.string().nullable(),
  against: AgainstAbove.nullable(),
  mayChange: z.boolean(),
}).meta({ id: 'UnitTarget' })
export type UnitTarget = z.infer<typeof UnitTarget>

/** The targets of a unit, those above it among them; and the measures for which the acting body may set one there. */
export const UnitTargets = z
  .object({ unit: UnitRef, targets: z.array(UnitTarget), settable: z.array(Id) })
  .meta({ id: 'UnitTargets' })
export type UnitTargets = z.infer<typeof UnitTargets>

/** The yearly figures of a unit, in whole or in part, and how the unit stands with each target that holds there. */
export const UnitProgress = z
  .object({
    parts: z.array(
      z.object({
        breakdown: z.string(),
        series: z.array(SeriesPoint),
        progress: z.array(TargetProgress.extend({ targetId: Id })),
      }),
    ),
  })
  .meta({ id: 'UnitTargetProgress' })
export type UnitProgress = z.infer<typeof UnitProgress>
