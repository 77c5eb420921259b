import type { PlainDate, UnitKey, UnitLevel } from '#territory/model'
import { answeringOn, lastDay, lineOn, levelOn, unitsOn, type Ground } from './ground.ts'
import type { Restatement } from './restate.ts'
import { totalOf, type Cell, type Measuring, type Part, type Total } from './total.ts'

/**
 * An area whose outer border stands through a stretch of time: the units that made it up on its first day and on its last.
 * Figures of the one add up to the same ground as figures of the other, and need no weights.
 */
export type CommonArea = { before: UnitKey[]; after: UnitKey[] }

/**
 * The smallest areas that units of a level can be put together to on both days: whatever exchanged ground in between
 * stands in one area.
 *
 * @param of.finest the level on which ground is followed; every unit of `level` is made of such units, or is one
 */
export function commonAreas(
  ground: Ground,
  of: { level: UnitLevel; finest: UnitLevel; from: PlainDate; to: PlainDate },
): CommonArea[] {
  const groups = unionOf<UnitKey>()
  const days = [of.from, ...changesWithin(ground, of)]
  const above = (unit: UnitKey, on: PlainDate | undefined) =>
    on === undefined ? undefined : lineOn(ground, unit, on).find((each) => levelOn(ground, each, on) === of.level)
  const join = (one: UnitKey | undefined, other: UnitKey | undefined) => {
    if (one !== undefined && other !== undefined) groups.join(one, other)
  }
  for (const [place, day] of days.entries()) {
    const dayBefore = days[place - 1]
    if (dayBefore === undefined) continue
    for (const unit of unitsOn(ground, of.finest, dayBefore)) {
      const was = above(unit, dayBefore)
      join(was, above(unit, day))
      for (const step of ground.stepsFrom.get(unit) ?? []) if (step.date === day) join(was, above(step.to, day))
    }
  }
  const [before, after] = [unitsOn(ground, of.level, of.from), unitsOn(ground, of.level, of.to)]
  const areas = new Map<UnitKey, CommonArea>()
  const areaOf = (unit: UnitKey) => {
    const root = groups.rootOf(unit)
    const area = areas.get(root) ?? { before: [], after: [] }
    areas.set(root, area)
    return area
  }
  for (const unit of before) areaOf(unit).before.push(unit)
  for (const unit of after) areaOf(unit).after.push(unit)
  return [...areas.values()]
}

/**
 * What figures of a period within the stretch come to in each common area: a source lies wholly in one, so nothing is apportioned.
 *
 * @param of.to where ground lies on the stretch's last day
 * @returns in the order of the areas; an area without units on the last day has none
 */
export function areaTotals(
  ground: Ground,
  of: {
    areas: readonly CommonArea[]
    cells: readonly Cell[]
    period: { to: PlainDate }
    measuring: Measuring
    to: Restatement
  },
): (Total | undefined)[] {
  const day = lastDay(of.period)
  const areaOf = new Map(of.areas.flatMap(({ after }, place) => after.map((unit) => [unit, place])))
  const cells = new Map(of.cells.map((cell) => [cell.unit, cell]))
  const parts = of.areas.map((): Part[] => [])
  for (const unit of answeringOn(ground, of.measuring.level, day)) {
    for (const target of of.to.portionsOf(unit, day).keys()) {
      const place = areaOf.get(target)
      if (place === undefined) continue
      parts[place]?.push({ unit, share: 1, cell: cells.get(unit) ?? null })
      break
    }
  }
  return of.areas.map(({ after: [unit] }, place) => {
    const own = parts[place]
    return unit === undefined || own === undefined ? undefined : totalOf(unit, own, of.measuring)
  })
}

/** The days after the first on which any unit changed, in order. */
export function changesWithin(ground: Ground, of: { from: PlainDate; to: PlainDate }): PlainDate[] {
  const days = new Set<PlainDate>()
  const note = (day: PlainDate | null) => {
    if (day !== null && day > of.from && day <= of.to) days.add(day)
  }
  for (const unit of ground.units.values()) for (const version of unit.versions) note(version.from)
  for (const steps of ground.stepsFrom.values()) for (const { date } of steps) note(date)
  return [...days].sort()
}

function unionOf<Key>() {
  const parents = new Map<Key, Key>()
  const rootOf = (key: Key): Key => {
    let root = key
    for (let above = parents.get(root); above !== undefined; above = parents.get(root)) root = above
    return root
  }
  return {
    rootOf,
    join(one: Key, other: Key) {
      const [a, b] = [rootOf(one), rootOf(other)]
      if (a !== b) parents.set(a, b)
    },
  }
}
