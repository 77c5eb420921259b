import { cellName, isRest, whole, type Bounds, type Division, type OpenTable } from './table.ts'

/**
 * A way in which counts could be other than they are while all sums stand: one counted child here instead of there. `steps` hold what
 * changes at leaves; `touched` names the cells of all units whose count changes, which must not be published.
 */
export type Move = { steps: readonly Step[]; touched: readonly string[] }
export type Step = { leaf: string; slice: string; by: 1 | -1 }

/** Counts of leaves as they might be, over those that are. */
export type World = Map<string, number>

function countIn(open: OpenTable, world: World, leaf: string, slice: string): number {
  const changed = world.get(cellName(leaf, slice))
  if (changed !== undefined) return changed
  if (!isRest(slice)) return open.table.leaves.get(leaf)?.get(slice) ?? 0
  return open.divisions.get(leaf)?.reduce((sum, division) => sum + (division?.get(slice) ?? 0), 0) ?? 0
}

/** How often a move can be made in a world, forwards (1) or backwards (-1), before a count leaves its bounds. */
export function roomFor(open: OpenTable, bounds: Bounds, world: World, move: Move, way: 1 | -1): number {
  let room = Infinity
  for (const { leaf, slice, by } of move.steps) {
    const count = countIn(open, world, leaf, slice)
    const { lowest, highest } = isRest(slice) ? { lowest: 0, highest: Infinity } : bounds(leaf, slice)
    room = Math.min(room, by === way ? highest - count : count - lowest)
  }
  return Math.max(0, room)
}

export function makeMove(open: OpenTable, world: World, move: Move, times: number): void {
  for (const { leaf, slice, by } of move.steps)
    world.set(cellName(leaf, slice), countIn(open, world, leaf, slice) + by * times)
}

/** The moves that raise a cell by one, the nearest first; those of a leaf without a counterpart reach up to the top. */
export function* movesFor(open: OpenTable, unit: string, slice: string): Generator<Move> {
  const inside = open.leavesOf.get(unit) ?? []
  for (const leaf of inside) {
    if (open.table.leaves.get(leaf)?.get(slice) === undefined) continue
    for (const other of counterparts(open, unit)) {
      if (slice !== whole) yield* swaps(open, leaf, other, slice)
      yield* shifts(open, leaf, other, slice)
    }
    yield* shifts(open, leaf, null, slice)
    if (slice !== whole) yield* turns(open, leaf, slice)
  }
}

/** Leaves outside a unit: those below the same unit first. */
function* counterparts(open: OpenTable, unit: string): Generator<string> {
  const line = open.lines.get(unit) ?? []
  const seen = new Set(open.leavesOf.get(unit))
  for (const above of line.slice(1))
    for (const leaf of open.leavesOf.get(above) ?? []) {
      if (seen.has(leaf)) continue
      seen.add(leaf)
      yield leaf
    }
}

function divisionOf(open: OpenTable, leaf: string, dimension: number): Division {
  return open.divisions.get(leaf)?.[dimension]
}

/** Two leaves change slices: their wholes stand. */
function* swaps(open: OpenTable, leaf: string, other: string, slice: string): Generator<Move> {
  const dimension = open.table.dimensions.findIndex((slices) => slices.includes(slice))
  const here = divisionOf(open, leaf, dimension)
  const there = divisionOf(open, other, dimension)
  if (here === undefined || there === undefined || !there.has(slice)) return
  for (const second of here.keys()) {
    if (second === slice || !there.has(second)) continue
    yield moveOf(open, [
      { leaf, slice, by: 1 },
      { leaf, slice: second, by: -1 },
      { leaf: other, slice, by: -1 },
      { leaf: other, slice: second, by: 1 },
    ])
  }
}

/** At one leaf a slice more and another less: its whole stands, all sums above change. */
function* turns(open: OpenTable, leaf: string, slice: string): Generator<Move> {
  const dimension = open.table.dimensions.findIndex((slices) => slices.includes(slice))
  for (const second of divisionOf(open, leaf, dimension)?.keys() ?? [])
    if (second !== slice)
      yield moveOf(open, [
        { leaf, slice, by: 1 },
        { leaf, slice: second, by: -1 },
      ])
}

/**
 * One counted child at a leaf more and at another one less (none: nowhere less), in the whole and in one slice of each dimension.
 * Where `slice` is divided from no whole it changes alone.
 */
function* shifts(open: OpenTable, leaf: string, other: string | null, slice: string): Generator<Move> {
  const own = open.table.dimensions.findIndex((slices) => slices.includes(slice))
  const isLoose = (at: string) => slice !== whole && divisionOf(open, at, own) === undefined
  if (slice !== whole && (isLoose(leaf) || (other !== null && isLoose(other)))) {
    if (other === null ? isLoose(leaf) : isLoose(leaf) && isLoose(other) && hasSlice(open, other, slice))
      yield moveOf(open, [{ leaf, slice, by: 1 }, ...(other === null ? [] : [{ leaf: other, slice, by: -1 as const }])])
    return
  }
  if (other !== null && !hasSlice(open, other, whole)) return
  let chosen: Step[][] = [
    [{ leaf, slice: whole, by: 1 }, ...(other === null ? [] : [{ leaf: other, slice: whole, by: -1 as const }])],
  ]
  for (const dimension of open.table.dimensions.keys()) {
    const here = divisionOf(open, leaf, dimension)
    const there = other === null ? undefined : divisionOf(open, other, dimension)
    const pairs = dimension === own ? pairsOf(here, there, other, [slice]) : pairsOf(here, there, other, null)
    if (pairs.length === 0) return
    chosen = pairs.flatMap((pair) => chosen.map((steps) => [...steps, ...stepsOf(leaf, other, pair)]))
  }
  for (const steps of chosen) yield moveOf(open, steps)
}

type Pair = { raised: string | null; lowered: string | null }

/** Which slice rises here and which falls there: the same one, so that sums above stand, unless one side is not divided. */
function pairsOf(here: Division, there: Division, other: string | null, only: readonly string[] | null): Pair[] {
  if (here === undefined && there === undefined) return [{ raised: null, lowered: null }]
  if (other === null) return [...(only ?? here?.keys() ?? [])].map((raised) => ({ raised, lowered: null }))
  if (here === undefined) return [...(there?.keys() ?? [])].map((lowered) => ({ raised: null, lowered }))
  const raisable = [...here.keys()].filter((slice) => only?.includes(slice) !== false)
  if (there === undefined) return raisable.map((raised) => ({ raised, lowered: null }))
  const same = raisable.filter((slice) => there.has(slice)).map((slice) => ({ raised: slice, lowered: slice }))
  if (same.length > 0) return same
  return raisable.flatMap((raised) => [...there.keys()].map((lowered) => ({ raised, lowered })))
}

function stepsOf(leaf: string, other: string | null, { raised, lowered }: Pair): Step[] {
  return [
    ...(raised === null ? [] : [{ leaf, slice: raised, by: 1 as const }]),
    ...(lowered === null || other === null ? [] : [{ leaf: other, slice: lowered, by: -1 as const }]),
  ]
}

function hasSlice(open: OpenTable, leaf: string, slice: string): boolean {
  return open.table.leaves.get(leaf)?.has(slice) === true
}

/** The cells of all units whose count a move changes. */
function moveOf(open: OpenTable, steps: readonly Step[]): Move {
  const changes = new Map<string, number>()
  for (const { leaf, slice, by } of steps) {
    if (isRest(slice)) continue
    for (const unit of open.lines.get(leaf) ?? [])
      changes.set(cellName(unit, slice), (changes.get(cellName(unit, slice)) ?? 0) + by)
  }
  return { steps, touched: [...changes].flatMap(([cell, by]) => (by === 0 ? [] : [cell])) }
}
