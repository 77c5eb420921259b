import type { Context } from '#platform'
import type { PlainDate, UnitKey } from '#territory/model'
import { sameLane } from '../cube/compare.ts'
import {
  acceptCell,
  cubeTotal,
  leftOutOf,
  openCube,
  replaceLanes,
  sumUp,
  type Cube,
  type CubeView,
} from '../cube/cube.ts'
import { simdKernel, type Kernel } from '../cube/kernel.ts'
import { fits, isAdded } from '../cube/marks.ts'
import { holdPacked, packLane, type UnitOrder } from '../cube/packed.ts'
import type { Land } from '../land.ts'
import type { Period } from '../model.ts'
import { lastDay } from '../rollup/ground.ts'
import type { Cell, Measuring, Total } from '../rollup/total.ts'
import type { MeasureRules } from '../store.ts'
import type { Block } from './lane-blocks.ts'
import { changesSince, goesOnFrom, type LaneRows, type LaneState } from './lane-state.ts'

/** Figures of a question: a lane of the cube. */
export type Asked = { land: Land; measure: MeasureRules; measuring: Measuring; period: Period; breakdown: string }

/** Totals of units, and units with a figure that is in none. */
export type Answered = { totals: ReadonlyMap<UnitKey, Omit<Total, 'parts'>>; leftOut: UnitKey[] }

/** A cube with what is known of each of its lanes: which rows it holds, and the state they were in. */
type Kept = { cube: Cube; kernel: Kernel; lanes: Map<string, KeptLane> }

/** `written`: the state of which a block is known to be in the database, or of which none can be written. */
type KeptLane = { rows: LaneRows; state: LaneState; written: LaneState | null }

/** One for a land; the land is read anew when units change, and the cube goes with it. */
const cubes = new WeakMap<Land, Kept>()

/** Bytes after which a cube is begun anew: what is asked comes back into it. */
const most = 1_000_000_000

/**
 * The totals of a lane read before. Where figures were accepted in it since, by whichever process, these are read and added first. Only for those
 * who see every figure: the cube holds all of them, whoever read them.
 *
 * @param of.on the day whose units are asked about
 * @param of.state the state of the lane in the asker's own transaction
 * @param of.exactly only what is of that state, and not of a later one
 * @returns undefined where the rows have to be read
 */
export async function keptTotals(
  ctx: Context,
  asked: Asked,
  of: { on: PlainDate; units: readonly UnitKey[]; state: LaneState; exactly?: boolean },
): Promise<Answered | undefined> {
  const kept = cubeOf(ctx, asked.land)
  const name = nameOf(asked)
  const view = viewOf(kept.cube, asked.period, of.on)
  const known = kept.lanes.get(name)
  if (view === undefined || known === undefined) return undefined
  if (known.state !== of.state && (of.exactly === true || !(await moveOn(ctx, kept, asked)))) return undefined
  const totals = new Map<UnitKey, Omit<Total, 'parts'>>()
  for (const unit of of.units) {
    const total = cubeTotal(kept.cube, name, { unit, view })
    if (total !== undefined) totals.set(unit, total)
  }
  return { totals, leftOut: leftOutOf(kept.cube, name, view) }
}

/** Brings a lane to the state it now is in by the cells written since. @returns whether it is in that state, or beyond */
async function moveOn(ctx: Context, kept: Kept, asked: Asked): Promise<boolean> {
  const name = nameOf(asked)
  const from = kept.lanes.get(name)
  if (from === undefined) return false
  const { state, cells } = await changesSince(ctx, from.rows, { before: from.state, land: asked.land })
  const now = kept.lanes.get(name)
  if (now === undefined) return false
  // Somebody else moved it meanwhile: what he added may be more than was read here, or less.
  if (now.state !== from.state) return goesOnFrom(now.state, state)
  if (cells === undefined || !cells.every(fits)) return false
  const { period, measuring } = asked
  for (const cell of cells) acceptCell(kept.cube, name, { period, measuring, cell })
  kept.lanes.set(name, { ...now, state })
  return true
}

/** Figures of a lane as they were read, of the moment in which it was in the state. */
export type ReadLane = { asked: Asked; cells: readonly Cell[]; state: LaneState }

/** Keeps the figures of lanes of one land, with their sums. @returns whether there is room for more */
export function keepTotals(ctx: Context, land: Land, read: readonly ReadLane[]): boolean {
  const kept = cubeOf(ctx, land)
  hold(kept, read)
  if (kept.cube.room.taken <= most) return true
  cubes.delete(land)
  return false
}

/** Whether a lane is kept in a state. */
export function isKept(ctx: Context, { asked, state }: Pick<ReadLane, 'asked' | 'state'>): boolean {
  return cubeOf(ctx, asked.land).lanes.get(nameOf(asked))?.state === state
}

function hold({ cube, kernel, lanes }: Kept, read: readonly ReadLane[]): void {
  const packed = read.filter(({ asked, cells }) => isAdded(asked.measuring.rule) && cells.every(fits))
  const held = packed.map(({ asked, cells }) => {
    const { measuring, period } = asked
    return [nameOf(asked), { measuring, period, cells }] as const
  })
  replaceLanes(cube, new Map(held), kernel)
  for (const { asked, state } of packed) lanes.set(nameOf(asked), { rows: rowsOf(asked), state, written: null })
}

/** A lane as it was packed, with the cells written since and the state they are of. */
export type PackedLane = { asked: Asked; block: Block; changed: readonly Cell[]; state: LaneState }

/**
 * Keeps lanes that were packed, with their sums; those that are kept already stay as they are.
 * @returns how many figures, those whose rows have to be read, and whether there is room for more
 */
export function keepPacked(
  ctx: Context,
  land: Land,
  packed: readonly PackedLane[],
): { figures: number; unusable: Asked[]; goesOn: boolean } {
  const kept = cubeOf(ctx, land)
  const { cube, lanes } = kept
  const unusable: Asked[] = []
  const held: PackedLane[] = []
  let figures = 0
  for (const lane of packed) {
    const { asked, block, changed } = lane
    const { measuring, period } = asked
    const name = nameOf(asked)
    if (lanes.has(name)) continue
    const count =
      isAdded(measuring.rule) && changed.every(fits) && !cube.lanes.has(name)
        ? holdPacked(cube, name, { measuring, period, figures: block.figures, order: block.order })
        : undefined
    if (count === undefined) unusable.push(asked)
    else held.push(lane)
    figures += count ?? 0
  }
  sumUp(
    cube,
    held.map(({ asked }) => nameOf(asked)),
    kept.kernel,
  )
  for (const { asked, block, changed, state } of held) {
    const { measuring, period } = asked
    for (const cell of changed) acceptCell(cube, nameOf(asked), { period, measuring, cell })
    lanes.set(nameOf(asked), { rows: rowsOf(asked), state, written: block.state })
  }
  const goesOn = cube.room.taken <= most
  if (!goesOn) cubes.delete(land)
  return { figures, unusable, goesOn }
}

export type LaneToWrite = { lane: LaneRows; state: LaneState; figures: Uint8Array }

/**
 * Some lanes whose block is not of the state they are in, packed.
 * @returns `written` is to be called once they are
 */
export function packUnwritten(
  ctx: Context,
  land: Land,
  of: { order: UnitOrder; most: number },
): { blocks: LaneToWrite[]; written: () => void } {
  const { cube, lanes } = cubeOf(ctx, land)
  const packed: (LaneToWrite & { name: string })[] = []
  for (const [name, lane] of lanes) {
    if (packed.length >= of.most) break
    if (lane.written === lane.state) continue
    const figures = packLane(cube, name, of.order)
    if (figures === undefined) lanes.set(name, { ...lane, written: lane.state })
    else packed.push({ name, lane: lane.rows, state: lane.state, figures })
  }
  const written = () => {
    for (const { name, state } of packed) {
      const now = lanes.get(name)
      if (now !== undefined) lanes.set(name, { ...now, written: state })
    }
  }
  return { blocks: packed, written }
}

/** A lane as its rows are named. */
export function rowsOf({ measure, period, breakdown }: Asked): LaneRows {
  return { measureId: measure.id, dueDays: measure.dueDays, period: period.id, breakdown }
}

/** What is held of a land only to be laid beside what is kept; begun anew above so many bytes. */
const mostBeside = 250_000_000

/**
 * Lays what is kept beside the same lanes made anew from rows, one call after the other. Lanes that have moved on since, or are not kept, are
 * passed over; those that differ are no longer kept.
 *
 * @returns how many lanes were laid beside each other, and those that differed in a figure or in the bits of a sum
 */
export function openProof(): (
  ctx: Context,
  land: Land,
  read: readonly ReadLane[],
) => { compared: number; differing: LaneRows[] } {
  let beside: { land: Land; anew: Kept } | undefined
  return (ctx, land, read) => {
    const kept = cubeOf(ctx, land)
    if (beside?.land !== land || beside.anew.cube.room.taken > mostBeside) beside = { land, anew: openKept(ctx, land) }
    const { anew } = beside
    const same = read.filter(({ asked, state }) => kept.lanes.get(nameOf(asked))?.state === state)
    hold(anew, same)
    const differing = same.filter(({ asked }) => !sameLane(kept.cube, anew.cube, nameOf(asked)))
    for (const { asked } of differing) kept.lanes.delete(nameOf(asked))
    return { compared: same.length, differing: differing.map(({ asked }) => rowsOf(asked)) }
  }
}

/** Whether nothing at all is hidden from the actor. */
export function seesEverything(ctx: Context): boolean {
  return ctx.actor.everywhere || ctx.reachesAll
}

/** A cube in which today's units are those of the later day. */
function cubeOf(ctx: Context, land: Land): Kept {
  const known = cubes.get(land)
  if (known !== undefined && epochOf(known.cube, known.cube.asIs) === epochOf(known.cube, ctx.today)) return known
  const kept = openKept(ctx, land)
  cubes.set(land, kept)
  return kept
}

function openKept(ctx: Context, land: Land): Kept {
  const cube = openCube({ ground: land.ground, restated: land.restated, asIs: ctx.today })
  return { cube, kernel: simdKernel(cube.room.memory), lanes: new Map() }
}

/** Which of the cube's two views a day is of; undefined for days between and after. */
function viewOf(cube: Cube, period: Period, on: PlainDate): CubeView | undefined {
  const asked = epochOf(cube, on)
  if (asked === epochOf(cube, lastDay(period))) return 'as-was'
  return asked === epochOf(cube, cube.asIs) ? 'as-is' : undefined
}

function epochOf(cube: Cube, on: PlainDate): number {
  return cube.changes.findLastIndex((change) => change <= on)
}

/** Everything a lane's totals depend on but its figures. */
function nameOf({ measure, measuring, period, breakdown }: Asked): string {
  return JSON.stringify([measure.id, measure.dueDays, measuring, period, breakdown])
}
