import { enoughCoverage, type Apart, type Interval, type RankedRow, type Shown } from '../model.ts'

/** The 97.5th percentile of the normal distribution: what 95 percent intervals are made with. */
const z = 1.959963984540054

/**
 * Within what a share lies if chance alone moves it: small denominators make it wide.
 * @source E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927
 */
export function shareInterval(numerator: number, denominator: number, factor: number): Interval | null {
  if (denominator <= 0 || numerator < 0 || numerator > denominator) return null
  const share = numerator / denominator
  const middle = share + (z * z) / (2 * denominator)
  const half = z * Math.sqrt((share * (1 - share)) / denominator + (z * z) / (4 * denominator * denominator))
  const under = 1 + (z * z) / denominator
  return {
    low: Math.max(0, (middle - half) / under) * factor,
    high: Math.min(1, (middle + half) / under) * factor,
  }
}

/** Why a unit's figure does not stand in an order beside others; null: it does. */
export function apartOf(shown: Shown): Apart | null {
  if (shown.isHidden) return 'hidden'
  if (shown.reason !== null) return 'not-comparable'
  if (shown.value === null) return 'missing'
  return shown.expected > 0 && shown.reported / shown.expected < enoughCoverage ? 'low-coverage' : null
}

/** What an order needs to know of a measure. */
export type Ordering = { direction: 'up' | 'down'; isShare: boolean; factor: number }

/**
 * Units in the order of their values, the best first, then those set apart by name. Units of one value share a place. A place may be any
 * of those that intervals leave open: behind all that surely are better, before all that surely are worse.
 */
export function rankUnits(
  rows: readonly (Shown & { unit: RankedRow['unit'] })[],
  { direction, isShare, factor }: Ordering,
): RankedRow[] {
  const judged = rows.map((row): RankedRow => {
    const apart = apartOf(row)
    const { numerator, denominator } = row
    const isKnown = apart === null && isShare && numerator !== null && denominator !== null
    return { ...row, apart, rank: null, interval: isKnown ? shareInterval(numerator, denominator, factor) : null }
  })
  const known = judged
    .flatMap((row) => (row.apart === null && row.value !== null ? [{ row, value: row.value }] : []))
    .map(({ row, value }) => ({ row, value, ...(row.interval ?? { low: value, high: value }) }))
    .toSorted((one, other) => (direction === 'up' ? other.value - one.value : one.value - other.value))
  const lows = known.map(({ low }) => low).toSorted((one, other) => one - other)
  const highs = known.map(({ high }) => high).toSorted((one, other) => one - other)
  let place = 0
  const ranked = known.map(({ row, value, low, high }, at): RankedRow => {
    if (at === 0 || known[at - 1]?.value !== value) place = at + 1
    const above = lows.length - countUpTo(lows, high)
    const below = countBefore(highs, low)
    const [better, worse] = direction === 'up' ? [above, below] : [below, above]
    return { ...row, rank: { place, from: better + 1, to: known.length - worse } }
  })
  const apart = judged.filter((row) => row.apart !== null)
  return [...ranked, ...apart.toSorted((one, other) => one.unit.code.localeCompare(other.unit.code))]
}

/** How many of sorted numbers are at most one. */
function countUpTo(sorted: readonly number[], most: number): number {
  return firstWhere(sorted, (one) => one > most)
}

/** How many of sorted numbers are below one. */
function countBefore(sorted: readonly number[], least: number): number {
  return firstWhere(sorted, (one) => one >= least)
}

/** Where in sorted numbers a claim begins to hold. */
function firstWhere(sorted: readonly number[], holds: (one: number) => boolean): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (holds(sorted[middle] ?? 0)) to = middle
    else from = middle + 1
  }
  return from
}

/** In how many classes a map divides values. */
const classes = 5

/**
 * Where classes of as many units each begin, and where the last one ends; fewer where values repeat.
 * @returns empty without values; class n holds values from the nth bound up to the next, the last one its end too
 */
export function stepsOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((one, other) => one - other)
  const [least, greatest] = [sorted[0], sorted.at(-1)]
  if (least === undefined || greatest === undefined) return []
  const cuts = Array.from({ length: classes - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / classes)])
  const bounds = new Set([least, ...cuts.filter((cut) => cut !== undefined)])
  if (bounds.size > 1) bounds.delete(greatest)
  return [...bounds, greatest]
}

/** The class of a value, from 1. */
export function stepOf(value: number, steps: readonly number[]): number {
  const above = steps.slice(1, -1).findIndex((bound) => value < bound)
  return above === -1 ? Math.max(1, steps.length - 1) : above + 1
}
