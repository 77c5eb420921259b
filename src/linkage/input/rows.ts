import { sharedInts } from '../values/ints.ts'
import type { Field, Records } from './records.ts'

/**
 * Where the integers of one field stand: of record `r` at `data[r * width + at]`, of identifiers the second halves at
 * `lows[r * width + lowAt]`. Either in a column of its own, or beside the record's other fields.
 */
export type Laid = { data: Int32Array; width: number; at: number; lows: Int32Array; lowAt: number }

/**
 * Fields of each record side by side: who compares two records reads one line of memory of each, not one for each field.
 */
export type Rows = { data: Int32Array; width: number; fields: { name: string; at: number; lowAt: number }[] }

const none = new Int32Array(0)

/** Lays these fields of all records side by side, in memory that threads share. */
export function layRowsOf(records: Records, names: readonly string[]): Rows {
  const fields = records.fields.filter((field) => names.includes(field.name))
  const places: Rows['fields'] = []
  let width = 0
  for (const field of fields) places.push({ name: field.name, at: width++, lowAt: field.low === null ? -1 : width++ })
  const data = sharedInts(records.count * width)
  fields.forEach((field, index) => {
    const { at, lowAt } = places[index] ?? { at: 0, lowAt: -1 }
    layColumn(data, width, at, field.values)
    if (field.low !== null) layColumn(data, width, lowAt, field.low)
  })
  return { data, width, fields: places }
}

function layColumn(data: Int32Array, width: number, at: number, values: Int32Array): void {
  for (let record = 0, to = at; record < values.length; record++, to += width) data[to] = values[record] ?? 0
}

/** Where a field stands: beside others where it was laid so. */
export function laidOf(records: Records, field: Field): Laid {
  const { rows } = records
  const own = rows?.fields.find(({ name }) => name === field.name)
  if (!rows || !own) return columnOf(field)
  const hasLow = own.lowAt >= 0
  return laid(rows.data, rows.width, own.at, hasLow ? rows.data : none, hasLow ? own.lowAt : 0)
}

/** A field in its own column. */
export function columnOf({ values, low }: { values: Int32Array; low: Int32Array | null }): Laid {
  return laid(values, 1, 0, low ?? none, 0)
}

/** Made in one place, so that all are of one shape and the loops that read them stay fast. */
function laid(data: Int32Array, width: number, at: number, lows: Int32Array, lowAt: number): Laid {
  return { data, width, at, lows, lowAt }
}
