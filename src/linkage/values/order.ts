/**
 * Places ordered by these numbers from the largest to the smallest, equal ones as they stand in `places`. By their bytes from
 * the last to the first: ten times as fast as a sort that compares.
 *
 * @param places what is ordered, and how equal ones stand; without it all, from the first to the last
 */
export function descending(values: Float64Array, places = everyPlace(values.length)): Int32Array {
  const { high, low } = sortable(values)
  return byBytes(high, byBytes(low, places))
}

/** Places ordered by these numbers, which are not below 0, from the smallest to the largest; equal ones as they stand in `places`. */
export function ascending(values: Int32Array, places = everyPlace(values.length)): Int32Array {
  return byBytes(new Uint32Array(values.buffer, values.byteOffset, values.length), places)
}

function everyPlace(count: number): Int32Array {
  const places = new Int32Array(count)
  for (let place = 0; place < count; place++) places[place] = place
  return places
}

/** Bits that stand in descending order of the numbers when they are read as whole numbers without sign. */
function sortable(values: Float64Array): { high: Uint32Array; low: Uint32Array } {
  const own = new Float64Array(values.length)
  // Zero has two signs; they are one number.
  for (let place = 0; place < values.length; place++) own[place] = (values[place] ?? 0) + 0
  const bits = new Uint32Array(own.buffer)
  const [high, low] = [new Uint32Array(values.length), new Uint32Array(values.length)]
  for (let place = 0; place < values.length; place++) {
    const [first, second] = [bits[2 * place + 1] ?? 0, bits[2 * place] ?? 0]
    const isNegative = first >>> 31 === 1
    high[place] = isNegative ? first : ~first & 0x7fffffff
    low[place] = isNegative ? second : ~second
  }
  return { high, low }
}

function byBytes(words: Uint32Array, given: Int32Array): Int32Array {
  let [places, next] = [given.slice(), new Int32Array(given.length)]
  for (const shift of [0, 8, 16, 24]) if (moveBy(words, shift, places, next)) [places, next] = [next, places]
  return places
}

const starts = new Int32Array(257)

/** Moves places by one byte of their words. @returns whether it tells any apart */
function moveBy(words: Uint32Array, shift: number, places: Int32Array, next: Int32Array): boolean {
  starts.fill(0)
  for (let at = 0; at < places.length; at++) {
    const slot = (((words[places[at] ?? 0] ?? 0) >>> shift) & 255) + 1
    starts[slot] = (starts[slot] ?? 0) + 1
  }
  if (starts.includes(places.length)) return false
  for (let slot = 1; slot < 257; slot++) starts[slot] = (starts[slot] ?? 0) + (starts[slot - 1] ?? 0)
  for (let at = 0; at < places.length; at++) {
    const place = places[at] ?? 0
    const slot = ((words[place] ?? 0) >>> shift) & 255
    const to = starts[slot] ?? 0
    starts[slot] = to + 1
    next[to] = place
  }
  return true
}
