import type { PlainDate } from '#territory/model'
import type {
  Comparator,
  FigureEntry,
  Measure,
  MeasureSays,
  Period,
  SeriesPoint,
  StandingLine,
  TargetProgress,
} from './model.ts'
import { enoughCoverage } from './model/target.ts'
import { fault, valueFault, type Fault } from './model/entry.ts'
import type { Rhythm } from './model/period.ts'

export type { Fault }

/** What must be known of a cell to judge what is entered in it. */
export type Known = {
  measure: Pick<Measure, 'aggregation' | 'isShare' | 'largest' | 'periods' | 'breakdowns'>
  period: Period
  /** The unit was in being on the period's last day, on a level where this measure is taken up. */
  answers: boolean
  /** The acting body answers for the unit in this field of work. */
  isOwn: boolean
  /** A body that stands over the figure's has locked the period. */
  isLocked: boolean
  /** Values of each dimension. */
  values: ReadonlyMap<string, ReadonlySet<string>>
  /** What is there: its newest vintage, and whether another body owns it. */
  held: { vintage: number; isOthers: boolean } | null
  today: PlainDate
}

/** Why an entry cannot be taken, or null. The order of reasons is the order a person would look in. */
export function entryFault(entry: FigureEntry, known: Known): Fault | null {
  return placeFault(entry, known) ?? valueFault(entry, known) ?? heldFault(entry, known)
}

function placeFault(entry: FigureEntry, { measure, period, answers, isOwn, isLocked, values }: Known): Fault | null {
  if (!isOwn) return fault('not-ones-unit')
  const rhythms = rhythmsOf(entry.breakdown, measure)
  if (rhythms === undefined || !areKnown(entry.breakdown, values))
    return fault('unknown-breakdown', { breakdown: entry.breakdown })
  if (!fits(rhythms, period)) return fault('period-not-of-measure', { period: period.id })
  if (isLocked) return fault('period-is-locked', { period: period.id })
  return answers ? null : fault('unit-does-not-answer', { period: period.id })
}

type Admitting = Pick<Measure, 'periods' | 'breakdowns'>

/** In which periods a measure is taken up, whole or by a breakdown; undefined where it does not admit the breakdown. */
function rhythmsOf(breakdown: string, measure: Admitting): readonly Rhythm[] | undefined {
  return breakdown === '' ? measure.periods : breakdownsOf(breakdown, measure)
}

const fits = (rhythms: readonly Rhythm[], { calendar, frequency }: Rhythm) =>
  rhythms.some((rhythm) => rhythm.calendar === calendar && rhythm.frequency === frequency)

/** Whether figures of a measure and breakdown are taken up in such periods at all. */
export function admitsPeriods(measure: Admitting, breakdown: string, rhythm: Rhythm): boolean {
  return fits(rhythmsOf(breakdown, measure) ?? [], rhythm)
}

/** The rhythms of a breakdown by one dimension; undefined where the measure does not admit it. */
function breakdownsOf(breakdown: string, measure: Admitting): Measure['breakdowns'] | undefined {
  const names = breakdown.split(';').map((part) => part.slice(0, part.indexOf('=')))
  const [name] = names
  if (names.length !== 1) return undefined
  const admitted = measure.breakdowns.filter(({ dimension }) => dimension === name)
  return admitted.length === 0 ? undefined : admitted
}

function areKnown(breakdown: string, values: Known['values']): boolean {
  if (breakdown === '') return true
  return breakdown.split(';').every((part) => {
    const at = part.indexOf('=')
    return values.get(part.slice(0, at))?.has(part.slice(at + 1)) === true
  })
}

function heldFault(entry: FigureEntry, { held }: Known): Fault | null {
  if (held?.isOthers === true) return fault('other-body-answers')
  if ((held?.vintage ?? null) !== entry.seen) return fault('entered-meanwhile')
  return null
}

/** Whether a figure does what a target asks. `=` is reached at it or beyond it, the way the measure is to go. */
export function meets(
  value: number,
  goal: { comparator: Comparator; value: number },
  direction: 'up' | 'down',
): boolean {
  switch (goal.comparator) {
    case '>=':
      return value >= goal.value
    case '>':
      return value > goal.value
    case '<=':
      return value <= goal.value
    case '<':
      return value < goal.value
    case '=':
      return direction === 'up' ? value >= goal.value : value <= goal.value
    case '~':
      return Math.abs(value - goal.value) <= Math.abs(goal.value) * about
  }
}

/** What still counts as "about": a twentieth. */
const about = 0.05

/** How many of the newest figures the line of a projection goes through. */
const lineThrough = 5

/** What a figure of a measure can be, and which way it is to go. */
export type Course = { direction: 'up' | 'down'; isShare: boolean; factor: number; largest: number | null }

/**
 * How things stand with a target, from the yearly figures of its unit. Years without a value, and years of which fewer than
 * `enoughCoverage` of the units gave theirs, are passed over.
 *
 * @param series in order of years
 */
export function progressOf(
  target: {
    kind: 'level' | 'yearly-change'
    yearFrom: number | null
    year: number
    comparator: Comparator
    value: number
  },
  series: readonly SeriesPoint[],
  course: Course,
): TargetProgress {
  const given = series.flatMap(({ value, ...point }) =>
    value === null || point.year > target.year ? [] : [{ ...point, value }],
  )
  const isEnough = (point: SeriesPoint) => coverageOf(point) >= enoughCoverage
  const known = given.filter(isEnough)
  const left = given.filter((point) => !isEnough(point))
  const newest = left.at(-1)
  const progress =
    target.kind === 'level'
      ? levelProgress(target, known, { ...course, bounds: boundsOf(course, given) })
      : changeProgress(target, known, course.direction)
  return { ...progress, leftOut: left.length, coverage: newest === undefined ? null : coverageOf(newest) }
}

/** How many of those whose figure was due gave theirs, 0–1; where none was due, none. */
function coverageOf({ expected, reported }: Pick<SeriesPoint, 'expected' | 'reported'>): number {
  return expected === 0 ? 0 : reported / expected
}

type Bounds = { least: number | null; most: number | null }

/** What was never below zero is not going to be; a share is at most the whole. */
function boundsOf({ isShare, factor, largest }: Course, given: readonly { value: number }[]): Bounds {
  return { least: given.every(({ value }) => value >= 0) ? 0 : null, most: largest ?? (isShare ? factor : null) }
}

type YearValue = { year: number; value: number }
type Found = Omit<TargetProgress, 'leftOut' | 'coverage'>

const unknown: Found = {
  ...{ state: 'no-data', method: 'none', points: 0, perYear: null, projected: null, isBounded: false },
}

function levelProgress(
  target: { year: number; comparator: Comparator; value: number },
  known: readonly YearValue[],
  { direction, bounds }: { direction: 'up' | 'down'; bounds: Bounds },
): Found {
  const newest = known.at(-1)
  if (newest === undefined) return unknown
  const alone = { method: 'newest', points: 1, perYear: null, projected: null, isBounded: false } as const
  if (meets(newest.value, target, direction)) return { ...alone, state: 'reached' }
  if (newest.year === target.year) return { ...alone, state: 'off-course' }
  const points = known.slice(-lineThrough)
  if (points.length < 2) return { ...alone, state: 'no-data' }
  const { perYear, at } = lineOf(points)
  const straight = at(target.year)
  const projected = Math.min(bounds.most ?? Infinity, Math.max(bounds.least ?? -Infinity, straight))
  const state = meets(projected, target, direction) ? 'on-course' : 'off-course'
  return { state, method: 'line', points: points.length, perYear, projected, isBounded: projected !== straight }
}

/** The straight line with the least squares through points of different years. */
function lineOf(points: readonly YearValue[]): { perYear: number; at: (year: number) => number } {
  const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length
  const [year, value] = [mean(points.map((one) => one.year)), mean(points.map((one) => one.value))]
  const spread = points.reduce((sum, one) => sum + (one.year - year) ** 2, 0)
  const perYear = points.reduce((sum, one) => sum + (one.year - year) * (one.value - value), 0) / spread
  return { perYear, at: (asked) => value + perYear * (asked - year) }
}

function changeProgress(
  target: { yearFrom: number | null; year: number; comparator: Comparator; value: number },
  known: readonly YearValue[],
  direction: 'up' | 'down',
): Found {
  const changes = known.flatMap(({ year, value }, place) => {
    const before = known[place - 1]
    if (before === undefined || before.value === 0 || year !== before.year + 1 || year <= (target.yearFrom ?? 0))
      return []
    return [{ year, percent: ((value - before.value) / before.value) * 100 }]
  })
  const last = changes.at(-1)
  if (last === undefined) return unknown
  const isMet = changes.every(({ percent }) => meets(percent, target, direction))
  const state = !isMet ? 'off-course' : last.year === target.year ? 'reached' : 'on-course'
  return { state, method: 'changes', points: changes.length, perYear: last.percent, projected: null, isBounded: false }
}

/** From what weighs most against a recommendation's being carried out to what weighs least. */
const gravest = ['off-course', 'no-data', 'on-course', 'reached'] as const

/**
 * What a measure says: how it stands with the targets of the next year that has any or, where all are past, of the last. Where several
 * are set for that year (town and country), the one that stands worst: reached is only what is reached everywhere it was to be.
 */
export function saysOf(lines: readonly StandingLine[], today: PlainDate): { says: MeasureSays; year: number | null } {
  const targets = lines.flatMap((line) => line.targets)
  const years = targets.map(({ year }) => year).toSorted((one, other) => one - other)
  const year = years.find((each) => each >= Number(today.slice(0, 4))) ?? years.at(-1)
  if (year === undefined) return { says: 'no-target', year: null }
  const states = new Set(targets.filter((target) => target.year === year).map(({ progress }) => progress.state))
  return { says: gravest.find((state) => states.has(state)) ?? 'no-data', year }
}
