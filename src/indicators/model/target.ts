import { z } from 'zod'
import { Id, Version } from '#platform/model'
import { Breakdown } from './breakdown.ts'

/** `=` as a plan prints a figure without a sign: reached at it or beyond it in the measure's direction; `~` about. */
export const Comparator = z.enum(['=', '>=', '>', '<=', '<', '~']).meta({ id: 'TargetComparator' })
export type Comparator = z.infer<typeof Comparator>

const Year = z.int().min(1990).max(2200)
const goal = {
  kind: z.enum(['level', 'yearly-change']).meta({ id: 'TargetKind' }),
  yearFrom: Year.nullable(),
  year: Year,
  comparator: Comparator,
  value: z.number().min(-1e11).max(1e11),
  breakdown: Breakdown,
}

export const SetTarget = z
  .strictObject({ measureId: Id, unitId: Id, ...goal })
  .refine(
    ({ kind, yearFrom, year }) => (kind === 'yearly-change' ? yearFrom !== null && yearFrom < year : yearFrom === null),
    {
      path: ['yearFrom'],
    },
  )
  .meta({ id: 'SetTarget' })
export type SetTarget = z.infer<typeof SetTarget>

export const ChangeTarget = z
  .strictObject({ version: Version, comparator: Comparator, value: goal.value })
  .meta({ id: 'ChangeTarget' })
export type ChangeTarget = z.infer<typeof ChangeTarget>

/** How things stand with a target: reached, going to be by the way things went, not going to be, or too little is known. */
export const TargetState = z.enum(['reached', 'on-course', 'off-course', 'no-data']).meta({ id: 'TargetState' })
export type TargetState = z.infer<typeof TargetState>

export const SeriesPoint = z
  .object({
    year: z.int(),
    value: z.number().nullable(),
    isEstimate: z.boolean(),
    expected: z.int(),
    reported: z.int(),
  })
  .meta({ id: 'SeriesPoint' })
export type SeriesPoint = z.infer<typeof SeriesPoint>

/**
 * Of the units whose figure was due, at least so many gave theirs before a total is judged against a target. What the missing ones would
 * have said can move a share by as much as they weigh: from four fifths on by less than a fifth of its range; below that a total says more
 * of who answered than of children.
 */
export const enoughCoverage = 0.8

/**
 * The state with how it was found. `leftOut`: years not looked at because too few gave figures, `coverage`: how many did in the newest of
 * these. `isBounded`: the line went beyond what such a figure can be; `projected` is the bound. `line`: a straight line through `points` years, `perYear` its rise, `projected` where it comes to
 * in the target's year; `newest`: the last figure alone; `changes`: the changes from year to year, `perYear` the last one in percent.
 */
export const TargetProgress = z
  .object({
    state: TargetState,
    method: z.enum(['line', 'newest', 'changes', 'none']),
    points: z.int(),
    perYear: z.number().nullable(),
    projected: z.number().nullable(),
    isBounded: z.boolean(),
    leftOut: z.int(),
    coverage: z.number().min(0).max(1).nullable(),
  })
  .meta({ id: 'TargetProgress' })
export type TargetProgress = z.infer<typeof TargetProgress>

/** `isOwn`: set by a body of the unit; else it stands in the country's data. */
export const Target = z
  .object({ id: Id, measureId: Id, unitId: Id, ...goal, isOwn: z.boolean(), agencyId: Id.nullable(), version: Version })
  .meta({ id: 'IndicatorTarget' })
export type Target = z.infer<typeof Target>
