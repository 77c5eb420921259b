import { z } from 'zod'

/** How sure a figure is: A actual and final, E estimate, P provisional, F forecast. @source SDMX CL_OBS_STATUS */
export const FigureStatus = z.enum(['A', 'E', 'P', 'F']).meta({ id: 'FigureStatus' })
export type FigureStatus = z.infer<typeof FigureStatus>

/** Why there is no figure; never 0. */
export const AbsenceReason = z.enum(['missing', 'not-applicable', 'not-yet-known']).meta({ id: 'AbsenceReason' })
export type AbsenceReason = z.infer<typeof AbsenceReason>

/**
 * How figures of units become the figure of the unit above: added; numerators over denominators; mean by weight; the newest
 * of a stock, added; or not at all, where each unit's figure stands for itself.
 */
export const AggregationRule = z.enum(['sum', 'ratio', 'weighted', 'last', 'none']).meta({ id: 'AggregationRule' })
export type AggregationRule = z.infer<typeof AggregationRule>

/**
 * Why a total has no value though figures are there: part of a unit's ground went elsewhere and no share is known; figures
 * of this measure are not put together; the denominators come to 0.
 */
export const NotComparable = z
  .enum(['part-without-weight', 'not-additive', 'no-denominator'])
  .meta({ id: 'NotComparable' })
export type NotComparable = z.infer<typeof NotComparable>
