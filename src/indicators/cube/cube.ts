import type { PlainDate, UnitKey, UnitLevel } from '#territory/model'
import { changesWithin } from '../rollup/common.ts'
import { lastDay, type Ground } from '../rollup/ground.ts'
import type { Restatement } from '../rollup/restate.ts'
import { rollUp, type Cell, type Measuring, type RollUp, type Total } from '../rollup/total.ts'
import { layGroup, layStarts, replaceCell, type Group, type PlanAddress } from './group.ts'
import { perform, type Kernel } from './kernel.ts'
import { width } from './layout.ts'
import { cellOf, fits, given, isAdded, markOf } from './marks.ts'
import { layPlan, type Plan } from './plan.ts'
import { readTotal } from './read.ts'
import { openRoom, type Room } from './room.ts'

/** Accepted figures of one measure, period and breakdown. */
export type Lane = { period: { from: PlainDate; to: PlainDate }; measuring: Measuring }

/** In the cube, or beside it as they are: lanes whose figures are no small whole numbers, or are not added. */
type Held = Lane & { outside: Map<UnitKey, Cell> } & (
    { group: Group; lane: number; cells: null } | { group: null; lane: null; cells: Map<UnitKey, Cell> }
  )

/**
 * Accepted figures in memory, packed, with their sums as the units of their own day have them and as those of one later day
 * do. Holds only what rows say; whoever reads it is answered as `rollUp` would answer.
 */
export type Cube = {
  ground: Ground
  restated: (on: PlainDate) => Restatement
  /** The later day. */
  asIs: PlainDate
  room: Room
  lanes: Map<string, Held>
  groups: Group[]
  plans: Map<string, { plan: Plan; starts: PlanAddress }>
  /** Days on which the land changed. */
  changes: readonly PlainDate[]
}

export type CubeView = 'as-was' | 'as-is'

export function openCube(of: Pick<Cube, 'ground' | 'restated' | 'asIs'>): Cube {
  const changes = changesWithin(of.ground, { from: '0000-01-01', to: '9999-12-31' })
  return { ...of, room: openRoom(), lanes: new Map(), groups: [], plans: new Map(), changes }
}

/**
 * Takes in all figures of a lane, whose name is its caller's. Sums are not made before `rollUpHeld`.
 *
 * @param cells at most one per unit
 */
export function holdLane(cube: Cube, name: string, of: Lane & { cells: readonly Cell[] }): void {
  const { period, measuring } = of
  if (!isAdded(measuring.rule) || !of.cells.every(fits)) {
    const cells = new Map(of.cells.map((cell) => [cell.unit, cell]))
    cube.lanes.set(name, { period, measuring, outside: new Map(), group: null, lane: null, cells })
    return
  }
  const group = groupFor(cube, of)
  const lane = group.lanes++
  const held = { period, measuring, outside: new Map<UnitKey, Cell>(), group, lane, cells: null }
  fillLane(held, of.cells)
  cube.lanes.set(name, held)
}

/** Takes every cell out of a lane. */
function clearLane({ group, lane, outside }: Held & { group: Group }): void {
  const { numerators, denominators, marks } = group
  outside.clear()
  for (let place = lane; place < marks.length; place += width) {
    marks[place] = 0
    numerators.slots[place] = 0
    if (denominators !== null) denominators.slots[place] = 0
  }
}

/** Lays cells into an empty lane. */
function fillLane(held: Held & { group: Group }, cells: readonly Cell[]): void {
  const { group, lane } = held
  const { plan, numerators, denominators, marks } = group
  for (const cell of cells) {
    const slot = plan.slotOf.get(cell.unit)
    if (slot === undefined) {
      held.outside.set(cell.unit, cell)
      continue
    }
    const place = slot * width + lane
    marks[place] = markOf(cell)
    numerators.slots[place] = cell.numerator ?? 0
    if (denominators !== null) denominators.slots[place] = cell.denominator ?? 0
  }
}

/** Puts all figures of lanes in the place of what was held of them, with their sums. */
export function replaceLanes(
  cube: Cube,
  lanes: ReadonlyMap<string, Lane & { cells: readonly Cell[] }>,
  kernel: Kernel,
): void {
  for (const [name, of] of lanes) {
    const before = cube.lanes.get(name)
    if (before?.group && of.cells.every(fits)) {
      clearLane(before)
      fillLane(before, of.cells)
    } else holdLane(cube, name, of)
  }
  sumUp(cube, lanes.keys(), kernel)
}

/** Makes the sums of lanes anew, and of those laid beside them. */
export function sumUp(cube: Cube, names: Iterable<string>, kernel: Kernel): void {
  const touched = new Set<Group>()
  for (const name of names) {
    const group = cube.lanes.get(name)?.group
    if (group) touched.add(group)
  }
  for (const { job } of touched) perform(kernel, job)
}

/** A lane that is held packed. */
export function groupedLane(cube: Cube, name: string): (Held & { group: Group }) | undefined {
  const held = cube.lanes.get(name)
  return held === undefined || held.group === null ? undefined : held
}

/** Makes the sums of all that is held anew, in this thread. */
export function rollUpHeld(cube: Cube, kernel: Kernel): void {
  for (const { job } of cube.groups) perform(kernel, job)
}

/** Puts a newly accepted figure in the place of what its unit said before; every sum is right at once. */
export function acceptCell(cube: Cube, name: string, of: Lane & { cell: Cell }): void {
  if (!cube.lanes.has(name)) holdLane(cube, name, { period: of.period, measuring: of.measuring, cells: [] })
  const held = cube.lanes.get(name)
  if (held === undefined) throw new Error(`no lane ${name}`)
  if (held.cells !== null) {
    held.cells.set(of.cell.unit, of.cell)
    return
  }
  if (!fits(of.cell)) {
    putAside(cube, name, held, of.cell)
    return
  }
  const slot = held.group.plan.slotOf.get(of.cell.unit)
  if (slot === undefined) held.outside.set(of.cell.unit, of.cell)
  else {
    const { numerator, denominator } = of.cell
    const cell = { mark: markOf(of.cell), numerator: numerator ?? 0, denominator: denominator ?? 0 }
    replaceCell(held.group, { slot, lane: held.lane }, cell)
  }
}

/** Takes a lane out of its group, for good, because a figure cannot be packed. */
function putAside(cube: Cube, name: string, held: Held & { cells: null }, cell: Cell): void {
  const { group, lane, outside, period, measuring } = held
  const cells = new Map(outside)
  for (const [slot, unit] of group.plan.slots.entries()) {
    const place = slot * width + lane
    const denominator = group.denominators === null ? null : (group.denominators.slots[place] ?? 0)
    const own = cellOf(unit, group.marks[place] ?? 0, group.numerators.slots[place] ?? 0, denominator)
    if (own !== null) cells.set(unit, own)
  }
  cells.set(cell.unit, cell)
  cube.lanes.set(name, { period, measuring, outside: new Map(), group: null, lane: null, cells })
}

/** What a unit's figure comes to, without the parts behind it; undefined where nothing of the lane touches it. */
export function cubeTotal(
  cube: Cube,
  name: string,
  of: { unit: UnitKey; view: CubeView },
): Omit<Total, 'parts'> | undefined {
  const held = cube.lanes.get(name)
  if (held === undefined) return undefined
  if (held.cells === null) {
    const target = held.group.plan[of.view === 'as-was' ? 'asWas' : 'asIs'].targets.get(of.unit)
    return target && readTotal(held.group, { ...of, lane: held.lane, target, measuring: held.measuring })
  }
  const total = rolledAside(cube, held, of.view, new Set([of.unit])).totals.get(of.unit)
  if (total === undefined) return undefined
  const { parts: _parts, ...rest } = total
  return rest
}

/** Units with a figure that is in no total of a view: they did not answer for the period, or their ground cannot be followed. */
export function leftOutOf(cube: Cube, name: string, view: CubeView): UnitKey[] {
  const held = cube.lanes.get(name)
  if (held === undefined) return []
  if (held.cells !== null) {
    const { outside, lost } = rolledAside(cube, held, view, new Set())
    return [...outside.map(({ unit }) => unit), ...lost]
  }
  const { plan, marks } = held.group
  const lost = [...plan[view === 'as-was' ? 'asWas' : 'asIs'].lost].filter(
    (slot) => ((marks[slot * width + held.lane] ?? 0) & given) !== 0,
  )
  return [...held.outside.keys(), ...lost.map((slot) => plan.slots[slot] ?? '')]
}

function rolledAside(cube: Cube, held: Held & { group: null }, view: CubeView, wanted: ReadonlySet<UnitKey>): RollUp {
  const { period, measuring } = held
  const to = cube.restated(dayOf(cube, period, view))
  return rollUp(cube.ground, { cells: [...held.cells.values()], period, measuring, to, wanted })
}

/** The day whose units a view is of: never before the period's last. */
function dayOf(cube: Cube, period: Lane['period'], view: CubeView): PlainDate {
  const day = lastDay(period)
  return view === 'as-was' || cube.asIs < day ? day : cube.asIs
}

function groupFor(cube: Cube, { period, measuring }: Lane): Group {
  const hasDenominators = measuring.rule === 'ratio'
  const { plan, starts } = planFor(cube, measuring.level, period)
  const open = cube.groups.findLast(
    (group) => group.plan === plan && (group.denominators !== null) === hasDenominators && group.lanes < width,
  )
  if (open !== undefined) return open
  const group = layGroup(cube.room, { plan, starts, hasDenominators })
  cube.groups.push(group)
  return group
}

/** Days between which nothing changed share one plan. */
function planFor(cube: Cube, level: UnitLevel, period: Lane['period']): { plan: Plan; starts: PlanAddress } {
  const epoch = (on: PlainDate) => cube.changes.findLastIndex((change) => change <= on)
  const day = lastDay(period)
  const asIs = dayOf(cube, period, 'as-is')
  const name = `${level} ${epoch(day)} ${epoch(asIs)}`
  const known = cube.plans.get(name)
  if (known !== undefined) return known
  const asWas = cube.restated(day)
  const later = epoch(day) === epoch(asIs) ? asWas : cube.restated(asIs)
  const plan = layPlan(cube.ground, { level, day, asWas, asIs: later })
  const laid = { plan, starts: layStarts(cube.room, plan) }
  cube.plans.set(name, laid)
  return laid
}
