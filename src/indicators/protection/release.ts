import type { AggregationRule } from '../model.ts'
import { protect, proves, type Layer } from './protect.ts'
import { openTable, whole, type Bounds, type CountTable } from './table.ts'

/** An accepted figure of a unit that answers. */
export type GivenCell = { unit: string; breakdown: string; numerator: number; denominator: number | null }

/** A cell as it is told to everyone: hidden, or with its numbers. */
export type ReleasedCell = {
  unit: string
  breakdown: string
  isHidden: boolean
  numerator: number | null
  denominator: number | null
  value: number | null
}

export type Releasing = {
  cells: readonly GivenCell[]
  /** The unit above each unit, null at the top. */
  parents: ReadonlyMap<string, string | null>
  /** Breakdowns of each dimension: `['sex=male', 'sex=female']`. */
  dimensions: readonly (readonly string[])[]
  measure: { rule: AggregationRule; isShare: boolean; factor: number }
  /** Counts from 1 to here are small; null where the measure is not sensitive. */
  bound: number | null
  /** Cells hidden by earlier releases of the same children. */
  kept: Iterable<string>
  /** Cells that earlier releases told, and that hold the same now. */
  told: ReadonlySet<string>
}

/**
 * The figures of a measure and period for everyone: each unit's sums and rates, small counts hidden so that they do not follow from the
 * rest. Rates are made from what is told; a hidden cell tells neither number.
 *
 * @returns cells of all units; `small`: those hidden for a small count of their own; `unsafe`: small counts that cannot be protected any
 * more, for which nothing may be released
 */
export function release(of: Releasing): { cells: ReleasedCell[]; small: Set<string>; unsafe: string[] } {
  const { rule } = of.measure
  if (rule === 'none')
    return {
      cells: of.cells.map((cell) => ({ ...cell, isHidden: false, value: cell.numerator })),
      small: new Set(),
      unsafe: [],
    }
  const numerators = tableOf(of, ({ numerator, denominator }) =>
    rule === 'weighted' ? numerator * (denominator ?? 0) : numerator,
  )
  const denominators = rule === 'ratio' || rule === 'weighted' ? tableOf(of, (cell) => cell.denominator) : undefined
  const layers = layersOf(of, numerators, denominators)
  const { hidden, small, unsafe } = hide(layers, of)
  const bases = denominators && openTable(denominators).counts
  const cells = [...openTable(numerators).counts].map(([name, sum]): ReleasedCell => {
    const [unit, breakdown] = [name.slice(0, name.indexOf('|')), name.slice(name.indexOf('|') + 1)]
    const none = { numerator: null, denominator: null, value: null }
    if (hidden.has(name)) return { unit, breakdown, isHidden: true, ...none }
    return { unit, breakdown, isHidden: false, ...amountsOf(of, sum, bases?.get(name) ?? null) }
  })
  return { cells, small, unsafe }
}

/** Hides what must be hidden; a small count whose proof does not hold when it is added up again is unsafe. */
function hide(
  layers: readonly Layer[],
  { bound, kept, told }: Releasing,
): { hidden: Set<string>; small: Set<string>; unsafe: string[] } {
  if (bound === null) return { hidden: new Set(), small: new Set(), unsafe: [] }
  const { hidden, witnesses, unsafe } = protect(layers, { bound, hidden: kept, told })
  const unproven = witnesses.filter((witness) => {
    const layer = layers[witness.layer]
    return layer === undefined || !proves(layer, hidden, witness, bound)
  })
  const small = new Set([...witnesses.map(({ cell }) => cell), ...unsafe])
  return { hidden, small, unsafe: [...unsafe, ...unproven.map(({ cell }) => cell)] }
}

function amountsOf(
  { measure }: Releasing,
  sum: number,
  base: number | null,
): Pick<ReleasedCell, 'numerator' | 'denominator' | 'value'> {
  if (measure.rule === 'sum' || measure.rule === 'last') return { numerator: sum, denominator: null, value: sum }
  if (measure.rule === 'weighted') {
    const mean = base === null || base === 0 ? null : sum / base
    return { numerator: mean, denominator: base, value: mean }
  }
  return {
    numerator: sum,
    denominator: base,
    value: base === null || base === 0 ? null : (sum / base) * measure.factor,
  }
}

function tableOf({ cells, parents, dimensions }: Releasing, numberOf: (cell: GivenCell) => number | null): CountTable {
  const leaves = new Map<string, Map<string, number>>()
  for (const cell of cells) {
    const number = numberOf(cell)
    if (number === null) continue
    const said = leaves.get(cell.unit) ?? new Map<string, number>()
    leaves.set(cell.unit, said.set(cell.breakdown, number))
  }
  return { parents, dimensions, leaves }
}

/** What is counted: children of the numerator, whose whole everybody is taken to know, and those of the denominator. */
function layersOf({ measure }: Releasing, numerators: CountTable, denominators: CountTable | undefined): Layer[] {
  const at = (table: CountTable | undefined, unit: string, slice: string) => table?.leaves.get(unit)?.get(slice)
  if (denominators === undefined) return [{ table: numerators, bounds: () => ({ lowest: 0, highest: Infinity }) }]
  const ofWhole: Bounds = (unit, slice) => ({
    lowest: measure.isShare ? (at(numerators, unit, slice) ?? 0) : 0,
    highest: Infinity,
  })
  const wholes: Layer = { table: denominators, bounds: ofWhole }
  if (measure.rule === 'weighted') return [{ ...wholes, bounds: () => ({ lowest: 0, highest: Infinity }) }]
  const ofPart: Bounds = (unit, slice) => ({
    lowest: 0,
    highest: measure.isShare ? (at(denominators, unit, slice) ?? at(denominators, unit, whole) ?? Infinity) : Infinity,
  })
  return [{ table: numerators, bounds: ofPart }, wholes]
}
