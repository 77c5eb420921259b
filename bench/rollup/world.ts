import { readTerritory } from '../../countries/vn/territory-file.ts'
import { holdLane, openCube, type Cube, type Lane } from '../../src/indicators/cube/cube.ts'
import { changesWithin } from '../../src/indicators/rollup/common.ts'
import { answeringOn, lastDay, openGround, type Ground } from '../../src/indicators/rollup/ground.ts'
import { restateOn, type Restatement } from '../../src/indicators/rollup/restate.ts'
import type { Cell } from '../../src/indicators/rollup/total.ts'

/**
 * Sixty months of a country whose communes were reformed in their middle, and some units again later. A figure follows from its lane, its unit and the
 * seed alone, so that the rival makes the same ones by itself.
 */
export type World = {
  ground: Ground
  restated: (on: string) => Restatement
  seed: number
  lanesAMonth: number
  months: { from: string; to: string; era: number }[]
  /** Every unit that answers in either era; figures name units by their place here. */
  units: string[]
  sizes: Int32Array
  /** Stretches without a change of the land: a day of each, and who answers. */
  eras: { day: string; answering: string[] }[]
  asIs: string
}

const reform = '2025-07-01'
/** Months on either side of it. */
const half = 30

/** A world of about so many cells. */
export function layWorld(of: { cells: number; seed: number }): World {
  const territory = readTerritory()
  const levels = new Map(territory.types.map(({ type, level }) => [type, level]))
  const ground = openGround({ ...territory, levels })
  const changes = changesWithin(ground, { from: monthFrom(-half), to: monthFrom(half) })
  const known = new Map<string, Restatement>()
  const restated = (on: string) => {
    const restatement = known.get(on) ?? restateOn(ground, on)
    known.set(on, restatement)
    return restatement
  }
  const months = Array.from({ length: 2 * half }, (_none, place) => {
    const period = { from: monthFrom(place - half), to: monthFrom(place - half + 1) }
    return { ...period, era: changes.filter((change) => change <= lastDay(period)).length }
  })
  const eras = ['', ...changes].map((_change, era) => {
    const day = lastDay(months.findLast((month) => month.era === era) ?? { to: reform })
    return { day, answering: answeringOn(ground, 'commune', day).toSorted() }
  })
  const units = [...new Set(eras.flatMap(({ answering }) => answering))].toSorted()
  const cellsAll = months.reduce((sum, { era }) => sum + (eras[era]?.answering.length ?? 0), 0)
  return {
    ...{ ground, restated, months, units, eras, seed: of.seed, asIs: eras.at(-1)?.day ?? '' },
    lanesAMonth: Math.max(1, Math.round(of.cells / cellsAll)),
    sizes: Int32Array.from(
      units,
      (_unit, place) => Math.floor(20_000 / (1 + ((place * 7919) % units.length)) ** 0.55) + 40,
    ),
  }
}

function monthFrom(at: number): string {
  return new Date(Date.UTC(2025, 6 + at, 1)).toISOString().slice(0, 10)
}

export const nameOf = (lane: number) => `${lane}`
/** Three lanes in ten are counts, the others shares. */
const isCount = (lane: number) => (lane * 7) % 10 >= 7

export function laneOf(world: World, lane: number): Lane & { era: number } {
  const month = world.months[Math.floor(lane / world.lanesAMonth)]
  if (month === undefined) throw new Error(`no month of lane ${lane}`)
  const rule = isCount(lane) ? ('sum' as const) : ('ratio' as const)
  return {
    period: { from: month.from, to: month.to },
    era: month.era,
    measuring: { rule, factor: 100, level: 'commune' },
  }
}

/** Figures of a lane: 6 % of units say nothing, 2 % why there is none, 12 % are late, 5 % estimates. */
export function cellsOf(world: World, lane: number): Cell[] {
  const cells: Cell[] = []
  const { era } = laneOf(world, lane)
  const hasDenominator = !isCount(lane)
  const places = placesOf(world)
  for (const unit of world.eras[era]?.answering ?? []) {
    const place = places.get(unit) ?? 0
    const cell = cellAt(world, { lane, place, unit, hasDenominator })
    if (cell !== null) cells.push(cell)
  }
  return cells
}

const placesKnown = new WeakMap<World, Map<string, number>>()
function placesOf(world: World): Map<string, number> {
  const known = placesKnown.get(world) ?? new Map(world.units.map((unit, place) => [unit, place]))
  placesKnown.set(world, known)
  return known
}

/** Bounds of the steps a figure is made by; the rival's SQL takes the same. */
export const steps = { lane: 7919, unit: 104_729, first: 48_271, second: 16_807, modulus: 2_147_483_647 } as const

function cellAt(world: World, of: { lane: number; place: number; unit: string; hasDenominator: boolean }): Cell | null {
  const start = (of.lane * steps.lane + of.place * steps.unit + world.seed) % steps.modulus
  const one = (start * steps.first) % steps.modulus
  const two = (one * steps.second) % steps.modulus
  const kind = one % 100
  if (kind < 6) return null
  if (kind < 8) {
    const absence = kind === 6 ? 'not-applicable' : 'not-yet-known'
    return { unit: of.unit, isLate: false, status: null, numerator: null, denominator: null, absence }
  }
  const whole = 1 + Math.floor(((world.sizes[of.place] ?? 0) * (Math.floor(one / 100) % 1000)) / 1000)
  const numerator = Math.floor((whole * (Math.floor(two / 10_000) % 1000)) / 1000)
  const status = Math.floor(two / 100) % 100 < 5 ? 'E' : 'A'
  const isLate = two % 100 < 12
  return { unit: of.unit, isLate, status, numerator, denominator: of.hasDenominator ? whole : null, absence: null }
}

/** All lanes of a world in a cube, without sums; how long taking them in took by itself. */
export function holdWorld(world: World): { cube: Cube; places: number; said: number; holdMs: number } {
  const cube = openCube({ ground: world.ground, restated: world.restated, asIs: world.asIs })
  let [places, said, holdMs] = [0, 0, 0]
  for (let lane = 0; lane < world.months.length * world.lanesAMonth; lane++) {
    const { era, ...of } = laneOf(world, lane)
    const cells = cellsOf(world, lane)
    const begun = process.cpuUsage()
    holdLane(cube, nameOf(lane), { ...of, cells })
    const used = process.cpuUsage(begun)
    holdMs += (used.user + used.system) / 1000
    places += world.eras[era]?.answering.length ?? 0
    said += cells.length
  }
  return { cube, places, said, holdMs }
}
