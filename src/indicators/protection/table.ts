/**
 * Counts of one measure and period as they would be published: units in a tree, each with its whole and its slices
 * (`sex=female`) of one or more dimensions. Numbers stand at the leaves; those above are their sums.
 */
export type CountTable = {
  /** The unit above each unit, null at the top; a unit above one of the table is of the table. */
  parents: ReadonlyMap<string, string | null>
  /** Slices of each dimension. */
  dimensions: readonly (readonly string[])[]
  /** Counts of each leaf by slice, `''` the whole; what was not said is left out. */
  leaves: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** The whole of a unit, as a slice. */
export const whole = ''

/** Names a cell of a table. */
export function cellName(unit: string, slice: string): string {
  return `${unit}|${slice}`
}

/** Bounds everyone knows of a count: nobody is counted less than never, nor a part beyond its whole. */
export type Bounds = (unit: string, slice: string) => { lowest: number; highest: number }

/** A table as it is searched: every unit's sums, and what is left of a whole beside its slices. */
export type OpenTable = {
  table: CountTable
  /** Units from each unit to the top, itself first. */
  lines: ReadonlyMap<string, readonly string[]>
  leavesOf: ReadonlyMap<string, readonly string[]>
  /** Counts of every unit and slice that somebody said anything of. */
  counts: ReadonlyMap<string, number>
  /** Among which slices the whole of each leaf is divided, by dimension. */
  divisions: ReadonlyMap<string, readonly Division[]>
}

/**
 * The slices among which a leaf's whole is divided by one dimension, with their counts: all that were said, and `rest:` what is left
 * of the whole, which nobody publishes. Undefined where none was said, or they come to more than the whole: then nothing follows.
 */
export type Division = ReadonlyMap<string, number> | undefined

const opened = new WeakMap<CountTable, OpenTable>()

/** A table with what is worked out of it, once. */
export function openTable(table: CountTable): OpenTable {
  const known = opened.get(table) ?? workOut(table)
  opened.set(table, known)
  return known
}

function workOut(table: CountTable): OpenTable {
  const lines = new Map([...table.parents.keys()].map((unit) => [unit, lineOf(table, unit)]))
  const leavesOf = new Map<string, string[]>()
  const counts = new Map<string, number>()
  for (const [leaf, slices] of table.leaves)
    for (const unit of lines.get(leaf) ?? []) {
      const known = leavesOf.get(unit)
      if (known === undefined) leavesOf.set(unit, [leaf])
      else known.push(leaf)
      for (const [slice, count] of slices)
        counts.set(cellName(unit, slice), (counts.get(cellName(unit, slice)) ?? 0) + count)
    }
  const divisions = new Map(
    [...table.leaves].map(([leaf, said]) => [
      leaf,
      table.dimensions.map((slices, at) => divide(said, slices, restOf(at))),
    ]),
  )
  return { table, lines, leavesOf, counts, divisions }
}

function lineOf({ parents }: CountTable, unit: string): string[] {
  const line: string[] = []
  for (let at: string | null = unit; at !== null; at = parents.get(at) ?? null) line.push(at)
  return line
}

function divide(said: ReadonlyMap<string, number>, slices: readonly string[], rest: string): Division {
  const total = said.get(whole)
  const own = slices.flatMap((slice) => {
    const count = said.get(slice)
    return count === undefined ? [] : [[slice, count] as const]
  })
  if (total === undefined || own.length === 0) return undefined
  const left = total - own.reduce((sum, [, count]) => sum + count, 0)
  if (left < 0) return undefined
  return new Map(left === 0 && own.length === slices.length ? own : [...own, [rest, left]])
}

/** What is left of a whole beside the slices that were said; never published. */
function restOf(dimension: number): string {
  return `rest:${dimension}`
}

export function isRest(slice: string): boolean {
  return slice.startsWith('rest:')
}
