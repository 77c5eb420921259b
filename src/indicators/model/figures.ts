import { z } from 'zod'
import { Id, Instant, PlainDate, text } from '#platform/model'
import { UnitLevel, UnitRef } from '#territory/model'
import { Breakdown } from './breakdown.ts'
import { AbsenceReason, FigureStatus, NotComparable } from './figure.ts'
import { Period, PeriodId } from './period.ts'

/** As large as a figure may be: whole numbers up to here add exactly for a whole country. */
export const largest = 1e11

const Amount = z.number().min(-largest).max(largest)

/** The place of a figure. */
export const CellPlace = z.object({ measureId: Id, unitId: Id, period: PeriodId, breakdown: Breakdown.default('') })
export type CellPlace = z.infer<typeof CellPlace>

/**
 * One cell as somebody enters it: a value with its status, or an absence with its reason. `numerator` is the value itself where the
 * measure is no ratio. `seen`: the vintage the writer saw last, null for none.
 */
export const FigureEntry = z
  .strictObject({
    ...CellPlace.shape,
    seen: z.int().min(1).nullable(),
    status: FigureStatus.nullable(),
    numerator: Amount.nullable(),
    denominator: Amount.nullable().default(null),
    absence: AbsenceReason.nullable().default(null),
    comment: text(2000).nullable().default(null),
  })
  .meta({ id: 'FigureEntry' })
export type FigureEntry = z.infer<typeof FigureEntry>

/** As many cells as one save takes: a grid of a commune, or a measure over a province. */
export const mostEntries = 2000

export const SaveFigures = z
  .strictObject({ cells: z.array(FigureEntry).min(1).max(mostEntries) })
  .meta({ id: 'SaveFigures' })
export type SaveFigures = z.infer<typeof SaveFigures>

/** What became of each row, in its order: taken, or refused with its reason. */
export const RowOutcome = z
  .discriminatedUnion('ok', [
    z.object({ row: z.int(), ok: z.literal(true), cellId: Id, vintage: z.int(), isNew: z.boolean() }),
    z.object({
      row: z.int(),
      ok: z.literal(false),
      code: z.string(),
      title: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ])
  .meta({ id: 'FigureOutcome' })
export type RowOutcome = z.infer<typeof RowOutcome>
export const SavedFigures = z
  .object({ taken: z.int(), refused: z.int(), rows: z.array(RowOutcome) })
  .meta({ id: 'SavedFigures' })
export type SavedFigures = z.infer<typeof SavedFigures>

export const DecideFigures = z
  .strictObject({
    cells: z
      .array(z.strictObject({ cellId: Id, vintage: z.int().min(1) }))
      .min(1)
      .max(mostEntries),
    outcome: z.enum(['accepted', 'returned']),
    reason: text(2000).nullable(),
  })
  .refine(({ outcome, reason }) => (outcome === 'returned') === (reason !== null), { path: ['reason'] })
  .meta({ id: 'DecideFigures' })
export type DecideFigures = z.infer<typeof DecideFigures>

/** What was said of a cell. */
export const Observation = z
  .object({
    vintage: z.int(),
    status: FigureStatus.nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    value: z.number().nullable(),
    absence: AbsenceReason.nullable(),
    source: z.enum(['typed', 'file', 'computed', 'exchange', 'report']).meta({ id: 'FigureSource' }),
    comment: z.string().nullable(),
    byAgencyId: Id,
    byAgencyName: z.string(),
    enteredAt: Instant,
    decision: z
      .object({ outcome: z.enum(['accepted', 'returned']), reason: z.string().nullable(), decidedAt: Instant })
      .nullable(),
  })
  .meta({ id: 'Observation' })
export type Observation = z.infer<typeof Observation>

/**
 * The figure of the period before, on the ground the unit has at the end of this one. `value` null: nobody gave one, or `reason`
 * says why it does not compare; `is-partial`: not all that lay on its ground gave theirs.
 */
export const FigureBefore = z
  .object({
    period: z.string(),
    value: z.number().nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    isEstimate: z.boolean(),
    reason: z
      .enum([...NotComparable.options, 'is-partial'])
      .meta({ id: 'NotBefore' })
      .nullable(),
  })
  .meta({ id: 'FigureBefore' })
export type FigureBefore = z.infer<typeof FigureBefore>

/** A cell with what stands and what waits: `latest` differs from `accepted` while a newer vintage is undecided or returned. */
export const Figure = z
  .object({
    cellId: Id,
    ...CellPlace.shape,
    unit: UnitRef,
    agencyId: Id,
    agencyName: z.string(),
    isLate: z.boolean(),
    latest: Observation,
    accepted: Observation.nullable(),
    before: FigureBefore.nullable(),
  })
  .meta({ id: 'Figure' })
export type Figure = z.infer<typeof Figure>

/** A place in a grid of entry. `mayEnter`: the acting body answers for it, and no other holds it. `isLocked`: its period stands. */
export const GridRow = z
  .object({
    measureId: Id,
    unit: UnitRef,
    breakdown: z.string(),
    mayEnter: z.boolean(),
    isLocked: z.boolean(),
    figure: Figure.nullable(),
    before: FigureBefore.nullable(),
  })
  .meta({ id: 'FigureGridRow' })
export type GridRow = z.infer<typeof GridRow>

/** All that a body may enter for one unit, or of one measure, in a period; and which periods and units it may choose. */
export const Grid = z
  .object({
    period: Period,
    periods: z.array(Period),
    units: z.array(UnitRef),
    unitId: Id.nullable(),
    measureId: Id.nullable(),
    rows: z.array(GridRow),
  })
  .meta({ id: 'FigureGrid' })
export type Grid = z.infer<typeof Grid>

export const View = z.enum(['as-was', 'as-is']).meta({ id: 'TerritoryView' })
export type View = z.infer<typeof View>

/** A unit's total with what stands behind it. `isComplete`: everyone of whom a figure was due gave one. */
export const TotalRow = z
  .object({
    unit: UnitRef,
    value: z.number().nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    reason: NotComparable.nullable(),
    isEstimate: z.boolean(),
    expected: z.int(),
    reported: z.int(),
    late: z.int(),
    estimated: z.int(),
    apportioned: z.int(),
    absent: z.object({ missing: z.int(), 'not-applicable': z.int(), 'not-yet-known': z.int() }),
    isComplete: z.boolean(),
  })
  .meta({ id: 'IndicatorTotal' })
export type TotalRow = z.infer<typeof TotalRow>

/** A measure over a unit and those of a level in it, on the units of a day. */
export const Picture = z
  .object({
    measureId: Id,
    period: Period,
    breakdown: z.string(),
    view: View,
    asOf: PlainDate,
    level: UnitLevel,
    total: TotalRow,
    rows: z.array(TotalRow),
    /** Accepted figures in no total: their unit does not answer for the period, or its ground cannot be followed. */
    leftOut: z.array(UnitRef),
  })
  .meta({ id: 'IndicatorPicture' })
export type Picture = z.infer<typeof Picture>

/** An area whose border stands through a stretch of time, with its figure in each year. */
export const AreaSeries = z
  .object({
    before: z.array(UnitRef),
    after: z.array(UnitRef),
    figures: z.array(
      z.object({
        year: z.int(),
        value: z.number().nullable(),
        reason: NotComparable.nullable(),
        isEstimate: z.boolean(),
        expected: z.int(),
        reported: z.int(),
      }),
    ),
  })
  .meta({ id: 'AreaSeries' })
export type AreaSeries = z.infer<typeof AreaSeries>

/** One unit behind a total. `share`: 1 all of its ground, less a known part, null nobody knows how much. */
export const PartRow = z
  .object({
    unit: UnitRef,
    share: z.number().nullable(),
    standing: z.enum(['given', 'missing', 'not-applicable', 'not-yet-known']).meta({ id: 'PartStanding' }),
    status: FigureStatus.nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    isLate: z.boolean(),
  })
  .meta({ id: 'IndicatorPart' })
export type PartRow = z.infer<typeof PartRow>
