import { versionOn, type PlainDate, type UnitKey } from '#territory/model'
import { lineOn, type Ground } from './ground.ts'

/**
 * How much of a unit's ground lies in each unit of another day, whatever its level: 1 all of it, between 0 and 1 a share
 * that the records give, null some of it and nobody knows how much. A unit that is not named holds nothing of it.
 */
export type Portions = ReadonlyMap<UnitKey, number | null>

/** Tells where ground lies on one day; keeps what it worked out. */
export type Restatement = { on: PlainDate; portionsOf: (unit: UnitKey, since: PlainDate) => Portions }

type Branch = { portions: Portions; weight: number | null }

/** How far weights of one unit may miss one together and still be the whole of it. */
const tolerance = 1e-6

/**
 * Follows ground through every reform after the day a unit answered on, up to `on`, and then up the tree of that day.
 * Parts that meet again under one unit are whole there, weights known or not; a weight counts only where parts stay apart.
 *
 * @param on the day whose units are asked about; not before the days ground is followed from
 */
export function restateOn(ground: Ground, on: PlainDate): Restatement {
  const known = new Map<string, Portions>()
  const portionsOf = (unit: UnitKey, since: PlainDate): Portions => {
    const name = `${unit} ${since}`
    const found = known.get(name)
    if (found !== undefined) return found
    const portions = follow(unit, since)
    known.set(name, portions)
    return portions
  }
  const follow = (unit: UnitKey, since: PlainDate): Portions => {
    const later = (ground.stepsFrom.get(unit) ?? []).filter(({ date }) => date > since && date <= on)
    const next = later[0]?.date
    if (next === undefined) return new Map(lineOn(ground, unit, on).map((above) => [above, 1]))
    const steps = later.filter(({ date }) => date === next)
    const branches = steps.map(({ to, weight }): Branch => ({ portions: portionsOf(to, next), weight }))
    const rest = restOf(steps.map(({ weight }) => weight))
    const self = ground.units.get(unit)
    const goesOn = self !== undefined && versionOn(self, next) !== undefined
    if (goesOn) branches.push({ portions: portionsOf(unit, next), weight: rest })
    else if (steps.length === 1 && steps[0]?.kind === 'part') branches.push({ portions: new Map(), weight: rest })
    return join(branches)
  }
  return { on, portionsOf }
}

function restOf(weights: readonly (number | null)[]): number | null {
  const known = weights.filter((weight) => weight !== null)
  return known.length === weights.length ? Math.max(0, 1 - known.reduce((sum, weight) => sum + weight, 0)) : null
}

/** What one unit's ground comes to where it went several ways. */
function join(branches: readonly Branch[]): Portions {
  const weights = branches.map(({ weight }) => weight)
  const total = weights.reduce<number>((sum, weight) => sum + (weight ?? Number.NaN), 0)
  const areKnown = Math.abs(total - 1) <= tolerance
  const units = new Set(branches.flatMap(({ portions }) => [...portions.keys()]))
  return new Map([...units].map((unit) => [unit, joined(unit, branches, areKnown)]))
}

function joined(unit: UnitKey, branches: readonly Branch[], areKnown: boolean): number | null {
  const shares = branches.map(({ portions }) => {
    const share = portions.get(unit)
    return share === undefined ? 0 : share
  })
  const [first] = shares
  if (first !== undefined && shares.every((share) => share === first)) return first
  if (!areKnown) return null
  let sum = 0
  for (const [place, { weight }] of branches.entries()) {
    const share = shares[place]
    if (weight === 0) continue
    if (share === null || share === undefined || weight === null) return null
    sum += weight * share
  }
  return sum
}
