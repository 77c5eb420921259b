import { createHash, randomUUID } from 'node:crypto'

/** UUID version 7 (RFC 9562): time-ordered, so that indexes stay dense. Made here because PostgreSQL 15 has none. */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs !== writtenMs) {
    const time = nowMs.toString(16).padStart(12, '0')
    ;[writtenMs, written] = [nowMs, `${time.slice(0, 8)}-${time.slice(8)}-7`]
  }
  // Its random part is taken from one that the runtime makes: it draws randomness for many at once.
  return written + randomUUID().slice(15)
}

/** The last instant as ids begin with it: thousands are made in one. */
let [writtenMs, written] = [Number.NaN, '']

/** The calendar date of an instant in the country's time zone, as `YYYY-MM-DD`. */
export function dateIn(timeZone: string, instant: Date): string {
  let format = dateFormats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    dateFormats.set(timeZone, format)
  }
  return format.format(instant)
}

/** By time zone, of which there are few: to make one costs a hundred times what it costs to use it. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** The id that belongs to a key of the country's data: the same key gives the same id everywhere (UUID version 8, SHA-256). */
export function idOfKey(key: string): string {
  const bytes = createHash('sha256').update(key.normalize('NFC')).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
