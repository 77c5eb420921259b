/** Where a figure stands. */
export type Place = { measureId: string; unitId: string; period: string; breakdown: string }
/** What is known of many units in one measure, period and breakdown. */
type Lane<Value> = Omit<Place, 'unitId'> & { units: Map<string, Value> }
export type Places<Value> = ReturnType<typeof openPlaces<Value>>

/** Values by place. Thousands of places that follow one another are few lanes: a lane is looked for where it is another than the last one. */
export function openPlaces<Value>() {
  const lanes = new Map<string, Lane<Value>>()
  let last: Lane<Value> | undefined

  function laneOf({ measureId, period, breakdown }: Place): Lane<Value> | undefined {
    if (last?.measureId === measureId && last.period === period && last.breakdown === breakdown) return last
    const found = lanes.size === 0 ? undefined : lanes.get(nameOf(measureId, period, breakdown))
    last = found ?? last
    return found
  }
  function opened({ measureId, period, breakdown }: Place): Lane<Value> {
    last = { measureId, period, breakdown, units: new Map() }
    lanes.set(nameOf(measureId, period, breakdown), last)
    return last
  }
  return {
    get: (place: Place): Value | undefined => laneOf(place)?.units.get(place.unitId),
    set(place: Place, value: Value): void {
      const lane = laneOf(place) ?? opened(place)
      lane.units.set(place.unitId, value)
    },
    lanes: () => [...lanes.values()],
    values: (): Value[] => [...lanes.values()].flatMap(({ units }) => [...units.values()]),
  }
}

const nameOf = (measureId: string, period: string, breakdown: string) => `${measureId} ${period} ${breakdown}`
