import type { Standing, TimelineRow } from '#plans/model'
import { daysBetween, type DateText } from '../kit/format.ts'

export type AxisUnit = 'month' | 'quarter' | 'year'

/** One step of the axis: its first day, and where it begins and ends, 0–1 of the whole width. */
export interface AxisStep {
  from: DateText
  at: number
  width: number
}

/** A line of time: whole months, quarters or years, as many as stay readable. */
export interface TimeAxis {
  from: DateText
  /** The day after the last. */
  to: DateText
  unit: AxisUnit
  steps: AxisStep[]
}

const monthsOf: Record<AxisUnit, number> = { month: 1, quarter: 3, year: 12 }
/** More steps than these no longer carry their names. */
const mostMonths = 18
const mostQuarters = 20

const monthIndex = (day: DateText): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

function firstDayOf(index: number): DateText {
  const year = String(Math.floor(index / 12)).padStart(4, '0')
  return `${year}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

/** The axis that holds all the days given, in whole steps. */
export function axisOf(days: readonly DateText[]): TimeAxis | null {
  const [first, ...rest] = days.toSorted()
  if (first === undefined) return null
  const start = monthIndex(first)
  const end = monthIndex(rest.at(-1) ?? first) + 1
  const unit = end - start <= mostMonths ? 'month' : (end - start) / 3 <= mostQuarters ? 'quarter' : 'year'
  const size = monthsOf[unit]
  const from = Math.floor(start / size) * size
  const to = Math.ceil(end / size) * size
  const days0 = daysBetween(firstDayOf(from), firstDayOf(to))
  const steps = Array.from({ length: (to - from) / size }, (_none, at) => {
    const begins = firstDayOf(from + at * size)
    return {
      from: begins,
      at: daysBetween(firstDayOf(from), begins) / days0,
      width: daysBetween(begins, firstDayOf(from + (at + 1) * size)) / days0,
    }
  })
  return { from: firstDayOf(from), to: firstDayOf(to), unit, steps }
}

/** Where a day lies on the axis, 0–1, in the middle of the day; what lies beyond stands at the edge. */
export function placeOf(day: DateText, axis: TimeAxis): number {
  const share = (daysBetween(axis.from, day) + 0.5) / daysBetween(axis.from, axis.to)
  return Math.min(1, Math.max(0, share))
}

export interface Bar {
  from: number
  to: number
  /** It has no end: it goes on beyond the axis. */
  isOpen: boolean
}

/** The bar of a task: its range, or from its beginning on where it is done all the time; others have marks only. */
export function barOf(row: Pick<TimelineRow, 'time' | 'issuedOn'>, axis: TimeAxis): Bar | null {
  const { kind, from, to } = row.time
  const begins = from ?? row.issuedOn
  if (kind === 'range' && begins !== null && to !== null && begins <= to)
    return { from: placeOf(begins, axis), to: placeOf(to, axis), isOpen: false }
  if (kind === 'continuous' && begins !== null)
    return { from: placeOf(begins, axis), to: to === null ? 1 : placeOf(to, axis), isOpen: to === null }
  return null
}

/** Whether a row has a place on the axis; what has none is listed apart. */
export function isDated(row: TimelineRow): boolean {
  return (
    row.pieces.some((piece) => piece.dueOn !== null) ||
    row.milestones.length > 0 ||
    (row.time.kind === 'continuous' && (row.time.from ?? row.issuedOn) !== null)
  )
}

/** All days a page of rows shows. */
export function daysOf(rows: readonly TimelineRow[]): DateText[] {
  return rows.flatMap(({ time, pieces, milestones }) =>
    [
      ...(time.kind === 'range' || time.kind === 'continuous' ? [time.from, time.to] : []),
      ...pieces.map((piece) => piece.dueOn),
      ...milestones.map((milestone) => milestone.dueOn),
    ].filter((day) => day !== null),
  )
}

const urgency: readonly Standing[] = [
  'overdue',
  'pending-in-time',
  'requested-open',
  'no-due-date',
  'done-late',
  'done-on-time',
  'requested-done',
]

/** Where a row stands as a whole: as its most urgent piece. */
export function worstOf(row: Pick<TimelineRow, 'pieces'>): Standing {
  return urgency.find((standing) => row.pieces.some((piece) => piece.standing === standing)) ?? 'no-due-date'
}

/** Something with a day, for the list by month on a narrow screen. */
export interface Dated {
  on: DateText
  row: TimelineRow
  piece: TimelineRow['pieces'][number] | null
  milestone: TimelineRow['milestones'][number] | null
}

/** What is due and which milestones come, by month, in the order of the days. */
export function byMonth(rows: readonly TimelineRow[]): [month: string, Dated[]][] {
  const all = rows.flatMap((row): Dated[] => [
    ...row.pieces.flatMap((piece) => (piece.dueOn === null ? [] : [{ on: piece.dueOn, row, piece, milestone: null }])),
    ...row.milestones.map((milestone) => ({ on: milestone.dueOn, row, piece: null, milestone })),
  ])
  const sorted = all.sort((one, other) => one.on.localeCompare(other.on))
  return [...Map.groupBy(sorted, ({ on }) => on.slice(0, 7))]
}
