import type { IndicatorRow, MeasureRow } from '#indicators/model'
import type { Find, Picked } from '../../kit/Picker.tsx'
import { read } from '../../plans/requests.ts'
import { isFoundIn } from '../find.ts'
import type { Dictionary } from '../queries.ts'

const few = 12

/** A measure as one picks it: its name, and the indicator it is of where that says more. */
function pickedOf(indicator: Pick<IndicatorRow, 'name' | 'source'>, measure: Pick<MeasureRow, 'id' | 'name'>): Picked {
  const { document, item } = indicator.source
  return { id: measure.id, name: measure.name, detail: `${item}. ${indicator.name} · ${document}` }
}

/** Measures by the words of their names and those of their indicators. */
export const findMeasures: Find = async (query, signal) => {
  const { indicators } = await read<Dictionary>('/indicators', {}, signal)
  return indicators
    .filter((one) => isFoundIn(one, query))
    .flatMap((one) => one.measures.map((measure) => pickedOf(one, measure)))
    .slice(0, few)
}
