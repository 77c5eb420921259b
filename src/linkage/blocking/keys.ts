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
    const first = of === null ? values : translated(values, of)
    return low === null
      ? [{ values: first, isOptional: false }]
      : [
          { values: first, isOptional: false },
          { values: low, isOptional: true },
        ]
  })
  return numberKeys(columns, records.count)
}

function translated(values: Int32Array, of: Int32Array): Int32Array {
  const found = new Int32Array(values.length)
  for (let record = 0; record < values.length; record++) found[record] = of[values[record] ?? 0] ?? 0
  return found
}

type KeyColumn = { values: Int32Array; isOptional: boolean }

/** Numbers equal rows of integers from 1; rows that lack a needed one get 0. */
export function numberKeys(columns: readonly KeyColumn[], count: number): { keys: Int32Array; distinct: number } {
  const [first, second, ...more] = columns
  if (!first) return { keys: sharedInts(count), distinct: 0 }
  let numbered = numberPairs(first, second ?? null, count)
  for (const column of more) numbered = numberPairs({ values: numbered.keys, isOptional: false }, column, count)
  numberByFirst(numbered)
  return numbered
}

/** Keys in the order of their first records, so that blocks that follow each other hold records that do. */
function numberByFirst({ keys, distinct }: { keys: Int32Array; distinct: number }): void {
  const placeOf = new Int32Array(distinct + 1)
  let last = 0
  for (let record = 0; record < keys.length; record++) {
    const key = keys[record] ?? 0
    if (key === 0) continue
    if (placeOf[key] === 0) placeOf[key] = ++last
    keys[record] = placeOf[key] ?? 0
  }
}

/** Two columns at a time, and of the records those whose values have like sums together: what is looked up then lies close by. */
function numberPairs(
  first: KeyColumn,
  second: KeyColumn | null,
  count: number,
): { keys: Int32Array; distinct: number } {
  const keys = sharedInts(count)
  const heaps = heapsOf(first, second, count)
  let distinct = 0
  for (let heap = 0; heap + 1 < heaps.starts.length; heap++) distinct = numberHeap(heaps, heap, { keys, distinct })
  return { keys, distinct }
}

/** Records that have a key, with its two values, by the first bits of the values' sum. */
type Heaps = { starts: Int32Array; records: Int32Array; lefts: Int32Array; rights: Int32Array }

/** So many records to a heap, about: their table stays in the processor's own memory. */
const recordsInHeap = 4096

function sumOf(left: number, right: number): number {
  return stir(Math.imul(stir(left), 31) + right)
}

function heapsOf(first: KeyColumn, second: KeyColumn | null, count: number): Heaps {
  const a = first.values
  const b = second?.values ?? a
  const needsA = !first.isOptional
  const needsB = second?.isOptional !== true
  const bits = Math.max(1, Math.min(12, Math.ceil(Math.log2(Math.max(2, count / recordsInHeap)))))
  const next = new Int32Array((1 << bits) + 1)
  // The heap of each record, none of those without a key.
  const heapOf = new Uint16Array(count)
  for (let record = 0; record < count; record++) {
    const left = a[record] ?? 0
    const right = b[record] ?? 0
    if ((left === 0 && needsA) || (right === 0 && needsB)) continue
    const heap = (sumOf(left, right) >>> (32 - bits)) + 1
    heapOf[record] = heap
    next[heap] = (next[heap] ?? 0) + 1
  }
  for (let heap = 1; heap < next.length; heap++) next[heap] = (next[heap] ?? 0) + (next[heap - 1] ?? 0)
  const starts = next.slice()
  const total = starts.at(-1) ?? 0
  const [records, lefts, rights] = [new Int32Array(total), new Int32Array(total), new Int32Array(total)]
  for (let record = 0; record < count; record++) {
    const heap = heapOf[record] ?? 0
    if (heap === 0) continue
    const at = next[heap - 1] ?? 0
    next[heap - 1] = at + 1
    records[at] = record
    lefts[at] = a[record] ?? 0
    rights[at] = b[record] ?? 0
  }
  return { starts, records, lefts, rights }
}

let table = new Int32Array(0)

/** Numbers the keys of one heap. @returns how many keys there are then */
function numberHeap(
  { starts, records, lefts, rights }: Heaps,
  heap: number,
  { keys, distinct }: { keys: Int32Array; distinct: number },
): number {
  const [from, to] = [starts[heap] ?? 0, starts[heap + 1] ?? 0]
  const size = tableSize(to - from) * 2
  if (table.length < size) table = new Int32Array(size)
  table.fill(0, 0, size)
  const mask = size / 2 - 1
  let last = distinct
  for (let at = from; at < to; at++) {
    const left = lefts[at] ?? 0
    const right = rights[at] ?? 0
    let slot = sumOf(left, right) & mask
    for (;;) {
      const other = (table[2 * slot] ?? 0) - 1
      if (other < 0) {
        table[2 * slot] = at + 1
        table[2 * slot + 1] = ++last
        break
      }
      if (lefts[other] === left && rights[other] === right) break
      slot = (slot + 1) & mask
    }
    keys[records[at] ?? 0] = table[2 * slot + 1] ?? 0
  }
  return last
}
