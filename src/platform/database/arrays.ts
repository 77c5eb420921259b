/**
 * Columns of thousands of rows, as arrays in the form the database holds them in: it takes them as they are, where it would read ids and days written
 * out letter by letter. Each is a value of a statement, told its type there: `${uuids(ids)}::uuid[]`.
 */
export const uuids = (values: readonly (string | null)[]) => packed(values, 2950, 16, writeUuid)
export const integers = (values: readonly (number | null)[]) =>
  packed(values, 23, 4, (into, value, at) => into.writeInt32BE(value, at))
export const claims = (values: readonly (boolean | null)[]) =>
  packed(values, 16, 1, (into, value, at) => into.writeUInt8(value ? 1 : 0, at))
/** Calendar dates as `YYYY-MM-DD`. @throws RangeError for what is no day */
export const days = (values: readonly (string | null)[]) => {
  const known = new Map<string, number>()
  return packed(values, 1082, 4, (into, value, at) => {
    const day = known.get(value) ?? dayOf(value)
    known.set(value, day)
    into.writeInt32BE(day, at)
  })
}

/** Words of which a few come again and again: codes, periods, breakdowns. */
export function words(values: readonly (string | null)[]): Buffer {
  const known = new Map<string, Buffer>()
  let length = head
  for (const value of values) {
    length += 4
    if (value === null) continue
    let letters = known.get(value)
    if (letters === undefined) known.set(value, (letters = Buffer.from(value)))
    length += letters.length
  }
  const into = headed(values.length, 25, length, values.includes(null))
  let at = head
  for (let place = 0; place < values.length; place++) {
    const letters = known.get(values[place] ?? '')
    const isThere = letters !== undefined && values[place] !== null
    at = into.writeInt32BE(isThere ? letters.length : -1, at)
    if (isThere) for (let letter = 0; letter < letters.length; letter++) into[at++] = letters[letter] ?? 0
  }
  return into
}

/** One dimension: how many there are, whether some are missing, of which type, and from which number they are counted. */
const head = 20

function headed(count: number, type: number, length: number, lacks: boolean): Buffer {
  // An array without any has no dimension at all.
  const into = Buffer.allocUnsafe(count === 0 ? 12 : length)
  into.writeInt32BE(count === 0 ? 0 : 1, 0)
  into.writeInt32BE(lacks ? 1 : 0, 4)
  into.writeInt32BE(type, 8)
  if (count === 0) return into
  into.writeInt32BE(count, 12)
  into.writeInt32BE(1, 16)
  return into
}

function packed<Value>(
  values: readonly (Value | null)[],
  type: number,
  size: number,
  write: (into: Buffer, value: Value, at: number) => void,
): Buffer {
  let missing = 0
  for (let place = 0; place < values.length; place++) if (values[place] === null) missing++
  const into = headed(values.length, type, head + values.length * (4 + size) - missing * size, missing > 0)
  let at = head
  for (let place = 0; place < values.length; place++) {
    const value = values[place] ?? null
    at = into.writeInt32BE(value === null ? -1 : size, at)
    if (value === null) continue
    write(into, value, at)
    at += size
  }
  return into
}

/** What each letter of a number to the base of sixteen stands for; others for nothing. */
const digits = Uint8Array.from({ length: 256 }, (_none, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(digit) ? 255 : digit
})

function writeUuid(into: Buffer, id: string, at: number): void {
  let [from, bad] = [0, id.length === 36 ? 0 : 255]
  for (let byte = 0; byte < 16; byte++) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) if (id.charCodeAt(from++) !== 0x2d) bad = 255
    const high = digits[id.charCodeAt(from++)] ?? 255
    const low = digits[id.charCodeAt(from++)] ?? 255
    bad |= (high | low) & 0xf0
    into[at + byte] = (high << 4) | low
  }
  if (bad !== 0) throw new RangeError('No id')
}

/** Days since 1 January 2000, from which the database counts. */
function dayOf(date: string): number {
  const milliseconds = Date.parse(`${date}T00:00:00Z`)
  // What is no day of its month would be taken for one of the next.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 10) !== date)
    throw new RangeError('No day')
  return (milliseconds - Date.UTC(2000, 0, 1)) / 86_400_000
}
