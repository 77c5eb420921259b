import { versionOn, type PlainDate, type Succession, type Unit, type UnitKey, type UnitLevel } from '#territory/model'

/** Units over time as roll-ups walk them: by key, with what each became. */
export type Ground = {
  units: ReadonlyMap<UnitKey, Unit>
  /** Steps of succession from a unit, in order of time. */
  stepsFrom: ReadonlyMap<UnitKey, readonly Succession[]>
  levelOf: (type: string) => UnitLevel | undefined
}

/** @param levels the level of each type of unit, as the country's data says */
export function openGround(of: {
  units: readonly Unit[]
  succession: readonly Succession[]
  levels: ReadonlyMap<string, UnitLevel>
}): Ground {
  const byDate = of.succession.toSorted((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
  return {
    units: new Map(of.units.map((unit) => [unit.key, unit])),
    stepsFrom: Map.groupBy(byDate, (step) => step.from),
    levelOf: (type) => of.levels.get(type),
  }
}

/** On which level a unit stood on a date; undefined when it was not in being. */
export function levelOn(ground: Ground, key: UnitKey, on: PlainDate): UnitLevel | undefined {
  const unit = ground.units.get(key)
  const version = unit && versionOn(unit, on)
  return version && ground.levelOf(version.type)
}

/** The unit and all above it on a date, nearest first; empty when it was not in being. */
export function lineOn(ground: Ground, key: UnitKey, on: PlainDate): UnitKey[] {
  const line: UnitKey[] = []
  let at: UnitKey | null = key
  while (at !== null && !line.includes(at)) {
    const unit = ground.units.get(at)
    const version = unit && versionOn(unit, on)
    if (version === undefined) break
    line.push(at)
    at = version.parent
  }
  return line
}

/** The units of a level that were in being on a date. */
export function unitsOn(ground: Ground, level: UnitLevel, on: PlainDate): UnitKey[] {
  return [...ground.units.keys()].filter((key) => levelOn(ground, key, on) === level)
}

/** Levels from the country down. */
export const coarseToFine: readonly UnitLevel[] = ['country', 'province', 'district', 'commune']

/**
 * The units that answer on a date where figures are taken up on a level: those of the level, and units above it that have
 * none below them, as island districts without communes.
 */
export function answeringOn(ground: Ground, level: UnitLevel, on: PlainDate): UnitKey[] {
  const own = unitsOn(ground, level, on)
  const covered = new Set(own.flatMap((unit) => lineOn(ground, unit, on)))
  const above = coarseToFine.slice(0, coarseToFine.indexOf(level)).reverse()
  const bare = above.flatMap((coarser) =>
    unitsOn(ground, coarser, on).filter((unit) => {
      if (covered.has(unit)) return false
      for (const each of lineOn(ground, unit, on)) covered.add(each)
      return true
    }),
  )
  return [...own, ...bare]
}

/** Days before days: thousands of figures end on a handful of them. */
const daysBefore = new Map<PlainDate, PlainDate>()

/** The last day of `[from, to)`: the day whose units answer for the period. */
export function lastDay(period: { to: PlainDate }): PlainDate {
  const known = daysBefore.get(period.to)
  if (known !== undefined) return known
  const day = new Date(`${period.to}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - 1)
  const before = day.toISOString().slice(0, 10)
  if (daysBefore.size < 10_000) daysBefore.set(period.to, before)
  return before
}
