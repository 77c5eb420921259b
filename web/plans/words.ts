import type { DateText, Formatter } from '../kit/format.ts'
import type { Say } from '../kit/catalogue.ts'
import type { Counts } from '../kit/FourNumbers.tsx'
import type { Tone } from '../kit/StatusBadge.tsx'
import {
  periodParts,
  type FourNumbers,
  type PlanNode,
  type PlanState,
  type ProgressState,
  type ProgressStatus,
  type Standing,
} from '#plans/model'

export { shorten } from './shorten.ts'

export const standingTones: Record<Standing, Tone> = {
  'done-on-time': 'done',
  'done-late': 'late',
  'pending-in-time': 'pending',
  overdue: 'overdue',
  'no-due-date': 'undated',
  'requested-done': 'done',
  'requested-open': 'pending',
}

export const planTones: Record<PlanState, Tone> = { draft: 'draft', issued: 'done', replaced: 'note', annulled: 'note' }

export const progressTones: Record<ProgressState, Tone> = {
  draft: 'draft',
  submitted: 'note',
  returned: 'returned',
  accepted: 'done',
}

export const statusTones: Record<ProgressStatus, Tone> = {
  'not-started': 'pending',
  'in-progress': 'soon',
  blocked: 'overdue',
  completed: 'done',
}

export function countsOf(numbers: FourNumbers): Counts {
  return {
    done: numbers.doneOnTime,
    late: numbers.doneLate,
    pending: numbers.pendingInTime,
    overdue: numbers.overdue,
    undated: numbers.noDueDate,
  }
}

/** The numbers of several tasks together. */
export function sumNumbers(all: readonly FourNumbers[], asOf: string): FourNumbers {
  const sum = (pick: (of: FourNumbers) => number): number => all.reduce((total, of) => total + pick(of), 0)
  return {
    doneOnTime: sum((of) => of.doneOnTime),
    doneLate: sum((of) => of.doneLate),
    pendingInTime: sum((of) => of.pendingInTime),
    overdue: sum((of) => of.overdue),
    noDueDate: sum((of) => of.noDueDate),
    requested: { done: sum((of) => of.requested.done), open: sum((of) => of.requested.open) },
    asOf,
  }
}

/** `Số 27/QĐ-TTg ngày 3/1/2025`, or that there is none yet. */
export function numberAndDate(
  of: { number: string | null; issuedOn: DateText | null },
  t: Say,
  format: Formatter,
): string {
  if (of.number === null && of.issuedOn === null) return t('plans.no-number')
  if (of.issuedOn === null) return t('plans.number-only', { number: of.number })
  const date = format.date(of.issuedOn)
  return of.number === null ? t('plans.date-only', { date }) : t('plans.number-and-date', { number: of.number, date })
}

/** What a task's printed time means, in one sentence; undefined when the words already say all there is. */
export function timeMeaning(time: NonNullable<PlanNode['time']>, t: Say, format: Formatter): string {
  const from = time.from ? format.date(time.from) : ''
  const to = time.to ? format.date(time.to) : ''
  switch (time.kind) {
    case 'by':
      return to ? t('plans.time-means-by', { to }) : t('plans.time-by')
    case 'range':
      if (from && to) return t('plans.time-means-range', { from, to })
      return to ? t('plans.time-means-by', { to }) : from ? t('plans.time-means-from', { from }) : t('plans.time-range')
    case 'recurring':
      return time.frequency
        ? t('plans.time-means-every', { frequency: choice(time.frequency) })
        : t('plans.time-recurring')
    case 'continuous':
      return t('plans.time-means-continuous')
    case 'on-event':
      return t('plans.time-means-on-event')
  }
}

/** The period of recurring work as one says it: `quý I/2026`; work that is owed once has none. */
export function periodWords(period: string, t: Say): string | undefined {
  const parts = periodParts(period)
  if (parts === undefined) return undefined
  const { kind, year, of } = parts
  return t(`plans.period-${kind}`, kind === 'year' ? { year } : { year, of })
}

/** The printed numbering before a text: `3.2. Rà soát …`. */
export function withPath(path: string, text: string): string {
  return path === '' ? text : `${path}. ${text}`
}

/** A code as the choice of a message: its letters may not hold a hyphen. */
export function choice(code: string): string {
  return code.replaceAll('-', '_')
}
