import type { UnitKey } from '#territory/model'
import type { Land } from '../land.ts'
import type { Period } from '../model.ts'
import { coarseToFine, lastDay, levelOn } from '../rollup/ground.ts'
import type { MeasureRules } from '../store.ts'

/** A place in a grid or form of figures; an empty breakdown is the whole. */
export type PlaceIn = { measure: MeasureRules; unit: UnitKey; breakdown: string }

/** Every figure that is asked of units in a period: of each measure the whole and the parts due then, unit by unit. */
export function placesIn(
  land: Land,
  of: {
    measures: readonly MeasureRules[]
    units: readonly UnitKey[]
    period: Period
    /** Values of each dimension. */
    dimensions: ReadonlyMap<string, ReadonlySet<string>>
  },
): PlaceIn[] {
  const day = lastDay(of.period)
  return of.measures.flatMap((measure) => {
    const breakdowns = breakdownsIn(measure, of.period).flatMap((by) =>
      by === '' ? [''] : [...(of.dimensions.get(by) ?? [])].map((value) => `${by}=${value}`),
    )
    if (breakdowns.length === 0) return []
    const asked = of.units.filter((unit) => isTakenUp(land, { unit, measure, day }))
    return asked.flatMap((unit) => breakdowns.map((breakdown) => ({ measure, unit, breakdown })))
  })
}

/** The whole, and the dimensions, by which a measure is taken up in a period: empty for the whole. */
function breakdownsIn(measure: MeasureRules, period: Period): string[] {
  const fits = (rhythm: { calendar: string; frequency: string }) =>
    rhythm.calendar === period.calendar && rhythm.frequency === period.frequency
  return [
    ...(measure.periods.some(fits) ? [''] : []),
    ...measure.breakdowns.filter(fits).map(({ dimension }) => dimension),
  ]
}

/** Whether a unit is asked for a measure: where it is taken up; of one that stands alone also above. */
function isTakenUp(land: Land, { unit, measure, day }: { unit: UnitKey; measure: MeasureRules; day: string }): boolean {
  if (measure.aggregation !== 'none') return land.answering(measure.level, day).has(unit)
  const level = levelOn(land.ground, unit, day)
  return level !== undefined && coarseToFine.indexOf(level) <= coarseToFine.indexOf(measure.level)
}
