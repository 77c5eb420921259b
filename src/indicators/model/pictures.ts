import { z } from 'zod'
import { Id, Instant, PlainDate } from '#platform/model'
import { UnitLevel, UnitRef } from '#territory/model'
import { NotComparable } from './figure.ts'
import { View } from './figures.ts'
import { Period } from './period.ts'
import { SeriesPoint, Target, TargetProgress } from './target.ts'

/** Where a picture's figures come from: those accepted and seen by the asker, or those told to everyone. */
export const Basis = z.enum(['accepted', 'released']).meta({ id: 'PictureBasis' })
export type Basis = z.infer<typeof Basis>

/** A number in a picture. `isHidden`: told to everyone, and too small to be shown. */
export const Shown = z
  .object({
    value: z.number().nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    reason: NotComparable.nullable(),
    isEstimate: z.boolean(),
    isHidden: z.boolean(),
    expected: z.int(),
    reported: z.int(),
  })
  .meta({ id: 'PictureFigure' })
export type Shown = z.infer<typeof Shown>

/** One measure on the dashboard of a unit; `basis` null: nothing of it is known to the asker. */
export const DashboardRow = z
  .object({
    measureId: Id,
    indicatorId: Id,
    basis: Basis.nullable(),
    period: Period.nullable(),
    asOf: PlainDate.nullable(),
    figure: Shown.nullable(),
    /** Plain years, oldest first. */
    series: z.array(SeriesPoint),
    /** The next target to be reached, or the last that was. */
    target: Target.extend({ progress: TargetProgress }).nullable(),
  })
  .meta({ id: 'DashboardRow' })
export type DashboardRow = z.infer<typeof DashboardRow>

export const Dashboard = z
  .object({
    unit: UnitRef,
    items: z.array(DashboardRow),
    total: z.int(),
    page: z.int(),
    size: z.int(),
  })
  .meta({ id: 'Dashboard' })
export type Dashboard = z.infer<typeof Dashboard>

/**
 * A year of a trend. `revised`: of so many units another figure stood before the present one; `first`: what the total was with those.
 * `provisional`: figures that are not final. `hasUnit`: the unit was in being then, where years are shown as they were.
 */
export const TrendPoint = Shown.extend({
  year: z.int(),
  hasUnit: z.boolean(),
  provisional: z.int(),
  estimated: z.int(),
  late: z.int(),
  revised: z.int(),
  revisedAt: Instant.nullable(),
  first: z.number().nullable(),
}).meta({ id: 'TrendPoint' })
export type TrendPoint = z.infer<typeof TrendPoint>

export const Trend = z
  .object({
    basis: Basis,
    unit: UnitRef,
    view: View,
    asOf: PlainDate,
    points: z.array(TrendPoint),
    /** Days on which the unit's ground became another. */
    breaks: z.array(PlainDate),
    /** Days on which units of the country were arranged anew: where one may look back to. */
    reforms: z.array(PlainDate),
    targets: z.array(Target.extend({ progress: TargetProgress })),
  })
  .meta({ id: 'IndicatorTrend' })
export type Trend = z.infer<typeof Trend>

/** Why a unit is not in the order. */
export const Apart = z.enum(['low-coverage', 'not-comparable', 'missing', 'hidden']).meta({ id: 'ApartFromRanking' })
export type Apart = z.infer<typeof Apart>

/** How sure a share is, of how chance alone moves it. @source Wilson 1927, 95 percent */
export const Interval = z.object({ low: z.number(), high: z.number() }).meta({ id: 'PictureInterval' })
export type Interval = z.infer<typeof Interval>

/**
 * A unit in the order. `rank`: its place by value; `from` and `to`: the places it may hold, as intervals overlap. Null: it is set apart.
 */
export const RankedRow = Shown.extend({
  unit: UnitRef,
  rank: z.object({ place: z.int(), from: z.int(), to: z.int() }).nullable(),
  interval: Interval.nullable(),
  apart: Apart.nullable(),
}).meta({ id: 'RankedUnit' })
export type RankedRow = z.infer<typeof RankedRow>

const whereLooked = {
  basis: Basis,
  period: Period,
  asOf: PlainDate,
  level: UnitLevel,
  /** Levels on which there are units to be shown. */
  levels: z.array(UnitLevel),
}

export const Ranking = z
  .object({
    ...whereLooked,
    total: z.int(),
    page: z.int(),
    size: z.int(),
    whole: Shown.extend({ unit: UnitRef }).nullable(),
    /** Of the units in the order, the least and the greatest value, with their intervals. */
    scale: Interval.nullable(),
    ranked: z.int(),
    apart: z.record(Apart, z.int()),
    items: z.array(RankedRow),
  })
  .meta({ id: 'Ranking' })
export type Ranking = z.infer<typeof Ranking>

/** One unit on a map; `step`: the class of its value, from 1; null: `apart` says why. A unit of low coverage has both. */
export const MapUnit = Shown.omit({ numerator: true, denominator: true })
  .extend({ id: Id, code: z.string(), name: z.string(), step: z.int().nullable(), apart: Apart.nullable() })
  .meta({ id: 'MapUnit' })
export type MapUnit = z.infer<typeof MapUnit>

export const MapPicture = z
  .object({
    ...whereLooked,
    /** Where each class begins and the last one ends. */
    steps: z.array(z.number()),
    units: z.array(MapUnit),
  })
  .meta({ id: 'MapPicture' })
export type MapPicture = z.infer<typeof MapPicture>
