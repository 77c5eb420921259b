import { makeMove, movesFor, roomFor, type Move, type World } from './moves.ts'
import { cellName, isRest, openTable, whole, type Bounds, type CountTable, type OpenTable } from './table.ts'

/** One kind of count of a table, with what everyone knows of it. */
export type Layer = { table: CountTable; bounds: Bounds }

/**
 * Why a small count is safe: two ways in which all counts could be, that agree in everything published and lie further apart at the
 * cell than the bound. Whoever has only what is published cannot tell which of them is so.
 */
export type Witness = { layer: number; cell: string; low: World; high: World }

/** `unsafe`: small counts that follow from what was told before, whatever is hidden now. */
export type Protection = { hidden: Set<string>; witnesses: Witness[]; unsafe: string[] }

/**
 * Hides small counts of tables over the same units and slices, and enough further cells that none of them follows from sums, slices
 * or shares. A cell is hidden in all layers.
 *
 * @param of.bound counts from 1 to here are small
 * @param of.hidden cells that stay hidden whatever they hold now: those of earlier releases
 * @param of.told cells everyone knows already, as earlier releases told them: hiding them hides nothing
 * @source security.md G1-G3; docs/adr 0026
 */
export function protect(
  layers: readonly Layer[],
  of: { bound: number; hidden?: Iterable<string>; told?: ReadonlySet<string> },
): Protection {
  const told = of.told ?? new Set<string>()
  const unsafe: string[] = []
  const hidden = new Set(of.hidden)
  const opened = layers.map(({ table, bounds }) => ({ open: openTable(table), bounds }))
  const small = opened.flatMap(({ open }, layer) =>
    [...open.counts].flatMap(([cell, count]) => (count >= 1 && count <= of.bound ? [{ layer, cell, count }] : [])),
  )
  for (const { cell } of small) hidden.add(cell)
  // What lies deep is widened first: its moves often widen what lies above it too.
  const witnesses = small
    .map((one) => ({ ...one, depth: opened[one.layer]?.open.lines.get(unitOf(one.cell))?.length ?? 0 }))
    .sort((one, other) => other.depth - one.depth || (one.cell < other.cell ? -1 : 1))
    .flatMap(({ layer, cell }): Witness[] => {
      const own = opened[layer]
      if (own === undefined) return []
      const found = told.has(cell) ? undefined : widen(own.open, own.bounds, { cell, bound: of.bound, hidden, told })
      if (found !== undefined) return [{ layer, cell, ...found }]
      unsafe.push(cell)
      return []
    })
  return { hidden, witnesses, unsafe }
}

function unitOf(cell: string): string {
  return cell.slice(0, cell.lastIndexOf('|'))
}

function sliceOf(cell: string): string {
  return cell.slice(cell.lastIndexOf('|') + 1)
}

/**
 * How far apart what could be must lie at a cell: further than the bound, or as far as what everyone knows lets it.
 */
export function neededWidth(open: OpenTable, bounds: Bounds, cell: string, bound: number): number {
  const slice = sliceOf(cell)
  let known = 0
  for (const leaf of open.leavesOf.get(unitOf(cell)) ?? []) {
    if (open.table.leaves.get(leaf)?.has(slice) !== true) continue
    const { lowest, highest } = knownOf(open, bounds, leaf, slice)
    known += highest - lowest
  }
  return Math.min(bound + 1, known)
}

/** What everyone knows of a count at a leaf: its own bounds, and those that its whole or its slices set it. */
function knownOf(open: OpenTable, bounds: Bounds, leaf: string, slice: string): { lowest: number; highest: number } {
  const own = bounds(leaf, slice)
  let { lowest, highest } = own
  for (const division of open.divisions.get(leaf) ?? []) {
    if (division === undefined) continue
    const slices = [...division.keys()]
    if (slice !== whole) {
      if (slices.includes(slice)) highest = Math.min(highest, bounds(leaf, whole).highest)
      continue
    }
    const sum = (of: (slice: string) => number) => slices.reduce((all, one) => all + (isRest(one) ? 0 : of(one)), 0)
    lowest = Math.max(
      lowest,
      sum((one) => bounds(leaf, one).lowest),
    )
    if (!slices.some(isRest))
      highest = Math.min(
        highest,
        sum((one) => bounds(leaf, one).highest),
      )
  }
  return { lowest, highest }
}

/** As many moves are looked at for one step: those behind them lie farther away. */
const mostMoves = 200

/** Finds what a cell could be, and hides what must be hidden for that, the least first; undefined where what was told forbids it. */
function widen(
  open: OpenTable,
  bounds: Bounds,
  { cell, bound, hidden, told }: { cell: string; bound: number; hidden: Set<string>; told: ReadonlySet<string> },
): { low: World; high: World } | undefined {
  const [unit, slice] = [unitOf(cell), sliceOf(cell)]
  const needed = neededWidth(open, bounds, cell, bound)
  const [low, high]: [World, World] = [new Map(), new Map()]
  let width = 0
  while (width < needed) {
    let best: { move: Move; up: number; down: number; cost: number } | undefined
    let looked = 0
    for (const move of movesFor(open, unit, slice)) {
      if (++looked > mostMoves * (best === undefined ? 100 : 1)) break
      const up = Math.min(needed - width, roomFor(open, bounds, high, move, 1))
      const down = Math.min(needed - width - up, roomFor(open, bounds, low, move, -1))
      if (up + down <= 0 || move.touched.some((touched) => told.has(touched))) continue
      const cost = (costOf(open, hidden, move) + 0.001) / (up + down)
      if (best === undefined || cost < best.cost) best = { move, up, down, cost }
      if (best.cost < 0.001) break
    }
    if (best === undefined) return undefined
    for (const touched of best.move.touched) hidden.add(touched)
    makeMove(open, high, best.move, best.up)
    makeMove(open, low, best.move, -best.down)
    width += best.up + best.down
  }
  return { low, high }
}

/** What is lost by hiding what a move touches: more for what lies high, for wholes, and for large counts. */
function costOf(open: OpenTable, hidden: ReadonlySet<string>, move: Move): number {
  let cost = 0
  for (const cell of move.touched) {
    if (hidden.has(cell)) continue
    const leaves = open.leavesOf.get(unitOf(cell))?.length ?? 1
    cost += leaves * (sliceOf(cell) === whole ? 3 : 1) * (1 + Math.log2(1 + (open.counts.get(cell) ?? 0)))
  }
  return cost
}

/**
 * Whether a witness proves what it is for: both ways are possible in themselves, agree with all that is published, and lie far enough
 * apart. Works from sums alone, not from how the ways were found.
 */
export function proves(
  { table, bounds }: Layer,
  hidden: ReadonlySet<string>,
  witness: Witness,
  bound: number,
): boolean {
  const open = openTable(table)
  const [low, high] = [witness.low, witness.high].map((world) => changesIn(open, bounds, world))
  if (low === undefined || high === undefined) return false
  for (const changes of [low, high]) for (const [cell, by] of changes) if (by !== 0 && !hidden.has(cell)) return false
  const width = (high.get(witness.cell) ?? 0) - (low.get(witness.cell) ?? 0)
  return width >= neededWidth(open, bounds, witness.cell, bound)
}

/** By how much each cell of each unit differs in a world; undefined where a count is out of its bounds or slices do not come to their whole. */
function changesIn(open: OpenTable, bounds: Bounds, world: World): Map<string, number> | undefined {
  const changes = new Map<string, number>()
  const leaves = new Set<string>()
  for (const [name, count] of world) {
    const [leaf, slice] = [unitOf(name), sliceOf(name)]
    leaves.add(leaf)
    if (isRest(slice)) continue
    const said = open.table.leaves.get(leaf)?.get(slice)
    const { lowest, highest } = bounds(leaf, slice)
    if (said === undefined || count < lowest || count > highest) return undefined
    for (const unit of open.lines.get(leaf) ?? [])
      changes.set(cellName(unit, slice), (changes.get(cellName(unit, slice)) ?? 0) + count - said)
  }
  return [...leaves].every((leaf) => addsUp(open, world, leaf)) ? changes : undefined
}

function addsUp({ table }: OpenTable, world: World, leaf: string): boolean {
  const said = table.leaves.get(leaf)
  const total = said?.get(whole)
  if (said === undefined || total === undefined) return true
  const is = (slice: string) => world.get(cellName(leaf, slice)) ?? said.get(slice) ?? 0
  return table.dimensions.every((slices) => {
    const own = slices.filter((slice) => said.has(slice))
    const sum = (count: (slice: string) => number) => own.reduce((all, slice) => all + count(slice), 0)
    const was = total - sum((slice) => said.get(slice) ?? 0)
    if (own.length === 0 || was < 0) return true
    const left = is(whole) - sum(is)
    return own.length === slices.length && was === 0 ? left === 0 : left >= 0
  })
}
