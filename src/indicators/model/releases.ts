import { z } from 'zod'
import { Id, Instant, PageQuery } from '#platform/model'
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

export const ReleaseQuery = PageQuery.extend({ measureId: Id.optional(), period: PeriodId.optional() })

/** A release among those of all measures. `isNewest`: no later one of its measure and period stands beside it. */
export const ListedRelease = FigureRelease.extend({ isNewest: z.boolean() }).meta({ id: 'ListedFigureRelease' })
export type ListedRelease = z.infer<typeof ListedRelease>

/**
 * What a release would tell: how many figures, and why how many of them would be hidden. `small`: counts from 1 to `bound`; `kept`:
 * hidden before, and hidden again; `beside`: else a small one would follow. `changed`, `nowTold`: figures of the release before that
 * would be told otherwise, or for the first time. `unsafe`: small counts that follow from what was told before, for which nothing can be released.
 */
export const ReleaseTrial = z
  .object({
    cells: z.int(),
    bound: z.int().nullable(),
    hidden: z.int(),
    ...{ small: z.int(), kept: z.int(), beside: z.int(), unsafe: z.int() },
    ...{ changed: z.int(), nowTold: z.int(), nowHidden: z.int() },
    /** When the release before was told; null: there is none. */
    before: Instant.nullable(),
  })
  .meta({ id: 'FigureReleaseTrial' })
export type ReleaseTrial = z.infer<typeof ReleaseTrial>
