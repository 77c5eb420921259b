import type { AggregationRule } from '../model.ts'
import type { Cell } from '../rollup/total.ts'
import { largest } from './layout.ts'

/** Bits of a mark, in the order of the counts of `layout.ts`; none of them: nothing was said, or that it is missing. */
export const given = 1
const late = 2
const estimated = 4
const notApplicable = 8
const notYetKnown = 16

/** What a cell is beside its numbers. */
export function markOf(cell: Cell): number {
  if (cell.absence === 'not-applicable') return notApplicable
  if (cell.absence === 'not-yet-known') return notYetKnown
  if (cell.absence === 'missing') return 0
  return given | (cell.isLate ? late : 0) | (cell.status === 'E' || cell.status === 'F' ? estimated : 0)
}

/** The cell a mark and numbers stand for, as far as totals tell them apart. */
export function cellOf(unit: string, mark: number, numerator: number, denominator: number | null): Cell | null {
  const absent = { unit, isLate: false, status: null, numerator: null, denominator: null }
  if ((mark & notApplicable) !== 0) return { ...absent, absence: 'not-applicable' }
  if ((mark & notYetKnown) !== 0) return { ...absent, absence: 'not-yet-known' }
  if ((mark & given) === 0) return null
  const status = (mark & estimated) === 0 ? 'A' : 'E'
  return { unit, isLate: (mark & late) !== 0, status, numerator, denominator, absence: null }
}

/** Whether sums of a rule are sums of whole numbers, which may be added in any order. */
export function isAdded(rule: AggregationRule): boolean {
  return rule === 'sum' || rule === 'last' || rule === 'ratio'
}

/** Whether a cell's numbers are whole and small enough to be packed. */
export function fits({ numerator, denominator }: Cell): boolean {
  return isSmall(numerator ?? 0) && isSmall(denominator ?? 0)
}

function isSmall(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= largest
}
