import type { Field, Records } from '../input/records.ts'
import type { KeyPart } from '../model.ts'
import { sharedInts, stir, tableSize } from '../values/ints.ts'

/** The field of this name, which must be there. */
export function getField(records: Records, name: string): Field {
  const field = records.fields.find((one) => one.name === name)
  if (!field) throw new Error(`no field ${name}`)
  return field
}

/** What a part of a key makes of each value of its field: the integers that must be equal, 0 for missing. */
export function partOf(
  records: Records,
  { field: name, part }: KeyPart,
): { values: Int32Array; of: Int32Array | null; low: Int32Array | null } {
  const field = getField(records, name)
  const { names } = records
  const plain = { values: field.values, of: null, low: field.low }
  if (field.kind === 'date' && part !== 'whole') {
    const shift = part === 'month' ? 5 : 10
    return { values: field.values.map((date) => date >> shift), of: null, low: null }
  }
  if (field.kind === 'place' && field.today) return { ...plain, of: unitOrText(field.today) }
  if (field.kind !== 'name') return plain
  switch (part) {
    case 'folded':
      return { ...plain, of: names.folded }
    case 'any-order':
      return { ...plain, of: names.bag }
    case 'given':
      return { ...plain, of: names.given }
    case 'family':
      return { ...plain, of: names.family }
    case 'whole':
    case 'year':
    case 'month':
      return plain
  }
}

/** Per text of a place its unit of today, below zero, or the text itself. */
function unitOrText(today: Int32Array): Int32Array {
  return today.map((unit, text) => (unit === 0 ? text : -unit))
}

/** Gives records of equal key the same number from 1; 0 where a part is missing. */
export function keysOf(records: Records, rule: readonly KeyPart[]): { keys: Int32Array; distinct: number } {
  const columns = rule.flatMap((part) => {
    const { values, of, low } = partOf(records, part)
    const first = of === null ? values : values.map((value) => of[value] ?? 0)
    return low === null
      ? [{ values: first, isOptional: false }]
      : [
          { values: first, isOptional: false },
          { values: low, isOptional: true },
        ]
  })
  return numberKeys(columns, records.count)
}

type KeyColumn = { values: Int32Array; isOptional: boolean }

/** Numbers equal rows of integers from 1; rows that lack a needed one get 0. */
export function numberKeys(columns: readonly KeyColumn[], count: number): { keys: Int32Array; distinct: number } {
  const [first, second, ...more] = columns
  if (!first) return { keys: sharedInts(count), distinct: 0 }
  let numbered = numberPairs(first, second ?? null, count)
  for (const column of more) numbered = numberPairs({ values: numbered.keys, isOptional: false }, column, count)
  return numbered
}

/** Two columns at a time: one loop over plain arrays, which every rule of a large file goes through. */
function numberPairs(
  first: KeyColumn,
  second: KeyColumn | null,
  count: number,
): { keys: Int32Array; distinct: number } {
  const keys = sharedInts(count)
  const mask = tableSize(Math.min(count, 1 << 28)) - 1
  const table = new Int32Array(mask + 1)
  const a = first.values
  const b = second?.values ?? a
  const needsB = second?.isOptional !== true
  let distinct = 0
  for (let record = 0; record < count; record++) {
    const [left, right] = [a[record] ?? 0, b[record] ?? 0]
    if ((left === 0 && !first.isOptional) || (right === 0 && needsB)) continue
    let slot = stir(Math.imul(stir(left), 31) + right) & mask
    for (;;) {
      const other = (table[slot] ?? 0) - 1
      if (other < 0) {
        table[slot] = record + 1
        keys[record] = ++distinct
        break
      }
      if (a[other] === left && b[other] === right) {
        keys[record] = keys[other] ?? 0
        break
      }
      slot = (slot + 1) & mask
    }
  }
  return { keys, distinct }
}
