import { cubeTotal, type Cube } from '../../src/indicators/cube/cube.ts'
import { counts, width } from '../../src/indicators/cube/layout.ts'
import { rollUp, type Total } from '../../src/indicators/rollup/total.ts'
import type { Ask } from '../linkage/rival.ts'
import { unpacked } from './rival.ts'
import { cellsOf, laneOf, nameOf, type World } from './world.ts'

/** How many answers were laid beside each other, and how many differ. */
export type Compared = { rows: number; differing: number; first: string | null }

const atOnce = 200_000

/** Every row of the rival's natural SQL beside our total of the same unit, rates made anew on both sides; and none left over. */
export async function besideNatural(ask: Ask, world: World, cube: Cube): Promise<Compared> {
  const result: Compared = { rows: 0, differing: 0, first: null }
  const units = [...world.ground.units.keys()]
  for (const era of world.eras.keys()) {
    const lanes = (await ask(`select min(lane), max(lane) from natural_${era}`))[0]?.map(Number) ?? []
    const [first = 0, last = -1] = lanes
    const aLane = Math.max(1, Number((await ask(`select count(*) from natural_${era} where lane = ${first}`))[0]?.[0]))
    const step = Math.max(1, Math.floor(atOnce / aLane))
    for (let lane = first; lane <= last; lane += step) {
      const rows =
        await ask(`select lane, view, target, numerator::double, denominator::double, given, late, estimated, not_applicable, not_yet_known,
        case when denominator is null then numerator::double else 100.0 * numerator / nullif(denominator, 0) end from natural_${era}
        where lane >= ${lane} and lane < ${lane + step} and given + not_applicable + not_yet_known > 0`)
      for (const row of rows) compare(row, { cube, units, result })
    }
  }
  return result
}

function compare(row: unknown[], of: { cube: Cube; units: string[]; result: Compared }): void {
  const [lane, view, target, numerator, denominator, given, late, estimated, notApplicable, notYetKnown, rate] = row
  const unit = of.units[Number(target)] ?? ''
  const own = cubeTotal(of.cube, nameOf(Number(lane)), { unit, view: view === 0 ? 'as-was' : 'as-is' })
  const isSame =
    own !== undefined &&
    own.numerator === numerator &&
    own.denominator === denominator &&
    own.reported === given &&
    own.late === late &&
    own.estimated === estimated &&
    own.absent['not-applicable'] === notApplicable &&
    own.absent['not-yet-known'] === notYetKnown &&
    isNear(own.value, rate)
  of.result.rows += 1
  if (isSame) return
  of.result.differing += 1
  of.result.first ??= `${unit} ${JSON.stringify(own)} / ${row.map(String).join(' ')}`
}

function isNear(value: number | null, other: unknown): boolean {
  if (value === null || other === null) return value === null && other === null
  return Math.abs(value - Number(other)) <= 1e-12 * Math.max(1, Math.abs(value))
}

/** The rival's grains and targets beside ours, as they lie in memory. */
export async function besideBest(ask: Ask, world: World, cube: Cube): Promise<Compared> {
  const result: Compared = { rows: 0, differing: 0, first: null }
  for (const era of world.eras.keys())
    for (const [level, name] of [
      ['grains', 'grain'],
      ['targets', 'target'],
    ] as const) {
      const [lanes] = await ask(`select min(lane), max(lane) from ${level}_${era}`)
      const [first = 0, last = -1] = (lanes ?? []).map(Number)
      for (let lane = first; lane <= last; lane += 40)
        for (const row of await ask(
          `select lane, ${name}, coalesce(numerator, 0)::double, coalesce(denominator, 0)::double, ${countsOf(level)} from ${level}_${era} where lane >= ${lane} and lane < ${lane + 40}`,
        ))
          compareRun(row.map(Number), { cube, level, result })
    }
  return result
}

function countsOf(level: 'grains' | 'targets'): string {
  if (level === 'targets') return 'given, late, estimated, not_applicable, not_yet_known'
  return Array.from({ length: counts }, (_none, place) => unpacked(place)).join(', ')
}

function compareRun(row: number[], of: { cube: Cube; level: 'grains' | 'targets'; result: Compared }): void {
  const [lane = 0, run = 0, numerator, denominator, ...counted] = row
  const held = of.cube.lanes.get(nameOf(lane))
  of.result.rows += 1
  if (held?.group) {
    const { group } = held
    const place = run * width + held.lane
    const ownCounts = of.level === 'grains' ? group.grainCounts : group.targetCounts
    const own = Array.from({ length: counts }, (_none, count) => ownCounts[(run * counts + count) * width + held.lane])
    const isSame =
      group.numerators[of.level][place] === numerator &&
      (group.denominators?.[of.level][place] ?? 0) === denominator &&
      own.every((count, at) => count === counted[at])
    if (isSame) return
  }
  of.result.differing += 1
  of.result.first ??= `${of.level} ${row.join(' ')}`
}

/** Every total of some lanes beside the rules for one total, which add up the cells by themselves. */
export function besideRules(world: World, cube: Cube, lanes: readonly number[]): Compared {
  const result: Compared = { rows: 0, differing: 0, first: null }
  for (const lane of lanes) {
    const { period, measuring, era } = laneOf(world, lane)
    for (const view of ['as-was', 'as-is'] as const) {
      const to = world.restated(view === 'as-was' ? (world.eras[era]?.day ?? '') : world.asIs)
      const { totals } = rollUp(world.ground, { cells: cellsOf(world, lane), period, measuring, to })
      for (const [unit, { parts: _parts, ...total }] of totals) {
        const own = cubeTotal(cube, nameOf(lane), { unit, view })
        result.rows += 1
        if (sameTotal(own, total)) continue
        result.differing += 1
        result.first ??= `${unit} ${JSON.stringify(own)} / ${JSON.stringify(total)}`
      }
    }
  }
  return result
}

function sameTotal(one: Omit<Total, 'parts'> | undefined, other: Omit<Total, 'parts'>): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
