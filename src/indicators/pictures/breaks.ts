import type { PlainDate, UnitKey } from '#territory/model'
import { lastDay, lineOn, type Ground } from '../rollup/ground.ts'

/**
 * The days after the first on which ground came to a unit, or left it: figures before and after are of different ground.
 *
 * @param of.days on which any unit changed, in order
 */
export function breaksOf(ground: Ground, of: { unit: UnitKey; days: readonly PlainDate[] }): PlainDate[] {
  return of.days.filter((day) => becameAnother(ground, of.unit, day))
}

function becameAnother(ground: Ground, unit: UnitKey, day: PlainDate): boolean {
  const before = lastDay({ to: day })
  const lines = new Map<string, boolean>()
  const isIn = (part: UnitKey, on: PlainDate): boolean => {
    const name = `${part} ${on}`
    const known = lines.get(name)
    if (known !== undefined) return known
    const found = lineOn(ground, part, on).includes(unit)
    lines.set(name, found)
    return found
  }
  for (const [part, { versions }] of ground.units) {
    const goesOn = versions.some((version) => version.from === day) && lineOn(ground, part, before).length > 0
    if (goesOn && isIn(part, before) !== isIn(part, day)) return true
  }
  for (const steps of ground.stepsFrom.values())
    for (const { from, to, date } of steps) if (date === day && isIn(from, before) !== isIn(to, day)) return true
  return false
}
