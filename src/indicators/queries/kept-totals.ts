import { sql } from 'kysely'
import type { Context } from '#platform'
import type { PlainDate, UnitKey } from '#territory/model'
import { sameLane } from '../cube/compare.ts'
import { cubeTotal, leftOutOf, openCube, replaceLanes, type Cube, type CubeView } from '../cube/cube.ts'
import { simdKernel, type Kernel } from '../cube/kernel.ts'
import { fits, isAdded } from '../cube/marks.ts'
import type { Land } from '../land.ts'
import type { Period } from '../model.ts'
import { lastDay } from '../rollup/ground.ts'
import type { Cell, Measuring, Total } from '../rollup/total.ts'
import type { MeasureRules } from '../store.ts'

/** Figures of a question: a lane of the cube. */
export type Asked = { land: Land; measure: MeasureRules; measuring: Measuring; period: Period; breakdown: string }

/** Totals of units, and units with a figure that is in none. */
export type Answered = { totals: ReadonlyMap<UnitKey, Omit<Total, 'parts'>>; leftOut: UnitKey[] }

/** A cube with the state its lanes were read in. */
type Kept = { cube: Cube; kernel: Kernel; states: Map<string, string> }

/** One for a land; the land is read anew when units change, and the cube goes with it. */
const cubes = new WeakMap<Land, Kept>()

/** Bytes after which a cube is begun anew: what is asked comes back into it. */
const most = 1_000_000_000

/**
 * The totals of lanes read before, as long as nothing was accepted in them since. Only for those who see every figure: the cube holds
 * all of them, whoever read them.
 *
 * @param of.on the day whose units are asked about
 * @returns undefined where the rows have to be read
 */
export function keptTotals(
  ctx: Context,
  asked: Asked,
  of: { on: PlainDate; units: readonly UnitKey[]; state: string },
): Answered | undefined {
  const kept = cubeOf(ctx, asked.land)
  const name = nameOf(asked)
  const view = viewOf(kept.cube, asked.period, of.on)
  if (view === undefined || kept.states.get(name) !== of.state) return undefined
  const totals = new Map<UnitKey, Omit<Total, 'parts'>>()
  for (const unit of of.units) {
    const total = cubeTotal(kept.cube, name, { unit, view })
    if (total !== undefined) totals.set(unit, total)
  }
  return { totals, leftOut: leftOutOf(kept.cube, name, view) }
}

/** Figures of a lane as they were read. `state` is read before the cells, so that what came in between is read once more. */
export type ReadLane = { asked: Asked; cells: readonly Cell[]; state: string }

/** Keeps the figures of lanes of one land, with their sums. @returns whether there is room for more */
export function keepTotals(ctx: Context, land: Land, read: readonly ReadLane[]): boolean {
  const kept = cubeOf(ctx, land)
  hold(kept, read)
  if (kept.cube.room.taken <= most) return true
  cubes.delete(land)
  return false
}

function hold({ cube, kernel, states }: Kept, read: readonly ReadLane[]): void {
  const packed = read.filter(({ asked, cells }) => isAdded(asked.measuring.rule) && cells.every(fits))
  const lanes = new Map(
    packed.map(({ asked: { measuring, period, ...asked }, cells }) => [
      nameOf({ measuring, period, ...asked }),
      { measuring, period, cells },
    ]),
  )
  replaceLanes(cube, lanes, kernel)
  for (const { asked, state } of packed) states.set(nameOf(asked), state)
}

/** What is held of a land only to be laid beside what is kept; begun anew above so many bytes. */
const mostBeside = 250_000_000

/**
 * Lays what is kept beside the same lanes made anew from rows, one call after the other. Lanes that have moved on since, or are not kept, are
 * passed over; those that differ are no longer kept.
 *
 * @returns how many lanes were laid beside each other, and how many differed in a figure or in the bits of a sum
 */
export function openProof(): (
  ctx: Context,
  land: Land,
  read: readonly ReadLane[],
) => { compared: number; differing: number } {
  let beside: { land: Land; anew: Kept } | undefined
  return (ctx, land, read) => {
    const kept = cubeOf(ctx, land)
    if (beside?.land !== land || beside.anew.cube.room.taken > mostBeside) beside = { land, anew: openKept(ctx, land) }
    const { anew } = beside
    const same = read.filter(({ asked, state }) => kept.states.get(nameOf(asked)) === state)
    hold(anew, same)
    const differing = same.map(({ asked }) => nameOf(asked)).filter((name) => !sameLane(kept.cube, anew.cube, name))
    for (const name of differing) kept.states.delete(name)
    return { compared: same.length, differing: differing.length }
  }
}

/** Whether nothing at all is hidden from the actor. */
export function seesEverything(ctx: Context): boolean {
  return ctx.actor.everywhere || ctx.reachesAll
}

/**
 * Names the accepted figures of a lane, of its cells `c`: an accepted vintage is followed by a higher one only, so that every
 * acceptance makes it another. Whoever reads lanes and whoever asks for them must name them alike.
 */
export const laneState = sql<string>`count(c.accepted_vintage) || ' ' || coalesce(sum(c.accepted_vintage), 0)`

/** The state of one lane. */
export async function stateOf(ctx: Context, { measure, period, breakdown }: Asked): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select ${laneState} as state from indicators.cell c
    where c.measure_id = ${measure.id} and c.period = ${period.id} and c.breakdown = ${breakdown}`.execute(ctx.db)
  return rows[0]?.state ?? ''
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
  return { cube, kernel: simdKernel(cube.room.memory), states: new Map<string, string>() }
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
