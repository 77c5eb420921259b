import { blockRule } from '../blocking/blocks.ts'
import { getField } from '../blocking/keys.ts'
import type { Records } from '../input/records.ts'
import type { KeyPart } from '../model.ts'
import { stir, tableSize } from '../values/ints.ts'

/** Reads one integer of a record's key; 0 is missing. */
type ReadKey = { read: (record: number) => number; isOptional: boolean }

/** One blocking rule over a register: the blocks, and a table by which the block of a record's values is found. */
export type LookUp = {
  readers: ReadKey[]
  /** Of what divided the blocks that were too large. */
  dividers: ReadKey[]
  /** Per slot one record of a block and the block's number, from 1; 0 where the slot is free. */
  table: Int32Array
  /** Records of block `b`: `order[starts[b]]` to `order[starts[b + 1]]`. */
  order: Int32Array
  starts: Int32Array
}

type Options = { largest: number | null; dividers: readonly KeyPart[]; ranks: Int32Array }

/** Lays the blocks of a rule so that a new record finds its own. */
export function layLookUp(records: Records, rule: readonly KeyPart[], options: Options): LookUp {
  const { keys, distinct, divided } = blockRule(records, rule, options)
  const starts = new Int32Array(distinct + 2)
  for (let record = 0; record < records.count; record++) bump(starts, (keys[record] ?? 0) + 1)
  // Records without a key stand before those of block 1.
  for (let key = 1; key < starts.length; key++) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0)
  const next = starts.slice()
  const order = new Int32Array(records.count)
  const readers = rule.flatMap((part) => readersOf(records, part))
  const table = new Int32Array(2 * tableSize(distinct))
  for (let record = 0; record < records.count; record++) {
    const key = keys[record] ?? 0
    const at = next[key] ?? 0
    if (key !== 0 && at === starts[key]) enter(table, { readers, record, key })
    order[at] = record
    next[key] = at + 1
  }
  const further = options.dividers.filter(
    (part) =>
      records.fields.some((field) => field.name === part.field) &&
      !rule.some((own) => own.field === part.field && own.part === part.part),
  )
  return {
    readers,
    dividers: divided === 0 ? [] : further.flatMap((part) => readersOf(records, part)),
    table,
    order,
    starts,
  }
}

function bump(list: Int32Array, at: number): void {
  list[at] = (list[at] ?? 0) + 1
}

function hashOf(readers: readonly ReadKey[], record: number): number {
  let hash = 0
  for (const { read } of readers) hash = stir(Math.imul(hash, 31) + read(record))
  return hash
}

function enter(table: Int32Array, { readers, record, key }: { readers: ReadKey[]; record: number; key: number }): void {
  const mask = table.length / 2 - 1
  let slot = hashOf(readers, record) & mask
  while (table[2 * slot + 1] !== 0) slot = (slot + 1) & mask
  table[2 * slot] = record
  table[2 * slot + 1] = key
}

/** The blocks that a record of these values belongs to: none, one, or pieces of one that had to be cut. */
export function blocksOf({ readers, dividers, table }: LookUp, guest: number): number[] {
  for (const { read, isOptional } of readers) if (!isOptional && read(guest) === 0) return []
  const mask = table.length / 2 - 1
  let found: { record: number; key: number }[] = []
  for (let slot = hashOf(readers, guest) & mask; table[2 * slot + 1] !== 0; slot = (slot + 1) & mask) {
    const record = table[2 * slot] ?? 0
    if (readers.every(({ read }) => read(record) === read(guest))) found.push({ record, key: table[2 * slot + 1] ?? 0 })
  }
  for (const { read } of dividers) {
    if (found.length < 2) break
    found = found.filter(({ record }) => read(record) === read(guest))
  }
  return found.map(({ key }) => key)
}

/** What a part of a rule reads of a record; as `partOf` makes of a whole column. */
function readersOf(records: Records, { field: name, part }: KeyPart): ReadKey[] {
  const field = getField(records, name)
  const { names } = records
  const needed = (read: ReadKey['read']): ReadKey[] => [{ read, isOptional: false }]
  const value = (record: number) => field.values[record] ?? 0
  if (field.kind === 'date' && part !== 'whole') {
    const shift = part === 'month' ? 5 : 10
    return needed((record) => value(record) >> shift)
  }
  if (field.kind === 'place' && field.today)
    return needed((record) => {
      const unit = field.today?.[value(record)] ?? 0
      return unit === 0 ? value(record) : -unit
    })
  if (field.kind === 'identifier')
    return [...needed(value), { read: (record) => field.low?.[record] ?? 0, isOptional: true }]
  if (field.kind !== 'name') return needed(value)
  switch (part) {
    case 'folded':
      return needed((record) => names.folded[value(record)] ?? 0)
    case 'any-order':
      return needed((record) => names.bag[value(record)] ?? 0)
    case 'given':
      return needed((record) => names.given[value(record)] ?? 0)
    case 'family':
      return needed((record) => names.family[value(record)] ?? 0)
    case 'whole':
    case 'year':
    case 'month':
      return needed(value)
  }
}
