import { z } from 'zod'
import { Id, Instant } from '#platform/model'
import { UnitLevel, UnitRef } from '#territory/model'
import { PeriodId } from './period.ts'

export const AskRelease = z.strictObject({ period: PeriodId }).meta({ id: 'AskFigureRelease' })

/** A measure and period told to everyone, as its figures stood then. `bound`: counts from 1 to here were hidden; null: none were. */
export const FigureRelease = z
  .object({
    id: Id,
    measureId: Id,
    period: z.string(),
    bound: z.int().nullable(),
    cellCount: z.int(),
    hiddenCount: z.int(),
    agencyName: z.string(),
    releasedAt: Instant,
  })
  .meta({ id: 'FigureRelease' })
export type FigureRelease = z.infer<typeof FigureRelease>

/** A figure everyone may know; a hidden one has no number, and nothing told gives it away. */
export const ReleasedFigure = z
  .object({
    unit: UnitRef,
    isHidden: z.boolean(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    value: z.number().nullable(),
    expected: z.int(),
    reported: z.int(),
  })
  .meta({ id: 'ReleasedFigure' })
export type ReleasedFigure = z.infer<typeof ReleasedFigure>

/** The newest release of a measure and period, for a unit and those of a level in it. */
export const ReleasedPicture = z
  .object({
    release: FigureRelease,
    breakdown: z.string(),
    level: UnitLevel,
    total: ReleasedFigure.nullable(),
    rows: z.array(ReleasedFigure),
  })
  .meta({ id: 'ReleasedPicture' })
export type ReleasedPicture = z.infer<typeof ReleasedPicture>
