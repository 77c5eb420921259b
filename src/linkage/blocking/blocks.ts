import type { Records } from '../input/records.ts'
import type { KeyPart } from '../model.ts'
import { sharedInts } from '../values/ints.ts'
import { keysOf, numberKeys, partOf } from './keys.ts'

/** The blocks of one rule: records of block `b` are `order[starts[b]]` to `order[starts[b + 1]]`; each holds at least one pair. */
export type Blocks = {
  order: Int32Array
  starts: Int32Array
  /** Pairs before `b`: how work is shared out. Of all blocks at the end. */
  pairs: Float64Array
}

/** A blocking rule worked out: equal numbers from 1 mean the same block. */
export type RuleKeys = {
  rule: readonly KeyPart[]
  keys: Int32Array
  distinct: number
  /** Blocks too large that further fields divided, and those that had to be cut; with them some pairs are never seen. */
  divided: number
  cut: number
}

/** Pairs that one rule may bring: so many for each record, and so many in any case: they take a second or two. */
const pairsPerRecord = 4
const fewestPairs = 5_000_000
/** Blocks this small are never divided, however many pairs there are. */
const smallestDivided = 30

/**
 * Numbers the blocks of a rule; those above `largest`, and where a rule brings too many pairs, its largest blocks, are divided by
 * further fields; what is still above `largest` is at last cut in the order of `ranks`.
 */
export function blockRule(
  records: Records,
  rule: readonly KeyPart[],
  { largest, dividers, ranks }: { largest: number | null; dividers: readonly KeyPart[]; ranks: Int32Array },
): RuleKeys {
  let { keys, distinct } = keysOf(records, rule)
  if (largest === null) return { rule, keys, distinct, divided: 0, cut: 0 }
  let sizes = sizesOf(keys, distinct)
  const most = Math.max(fewestPairs, records.count * pairsPerRecord)
  const above = dividedAbove(sizes, largest, most)
  const divided = countAbove(sizes, above)
  for (const part of divided === 0 ? [] : dividers) {
    if (countAbove(sizes, largest) === 0 && pairsWithin(sizes, largest) <= most) break
    if (rule.some((own) => own.field === part.field && own.part === part.part)) continue
    distinct = divide(records, part, { keys, distinct, sizes, above })
    sizes = sizesOf(keys, distinct)
  }
  const cut = countAbove(sizes, largest)
  if (cut > 0) distinct = cutBlocks(keys, { distinct, sizes, largest, ranks })
  return { rule, keys, distinct, divided, cut }
}

function sizesOf(keys: Int32Array, distinct: number): Int32Array {
  const sizes = new Int32Array(distinct + 1)
  for (let record = 0; record < keys.length; record++) {
    const key = keys[record] ?? 0
    sizes[key] = (sizes[key] ?? 0) + 1
  }
  sizes[0] = 0
  return sizes
}

function countAbove(sizes: Int32Array, largest: number): number {
  let count = 0
  for (const size of sizes) if (size > largest) count++
  return count
}

/** From which size on blocks are divided so that about `most` pairs are left. */
function dividedAbove(sizes: Int32Array, largest: number, most: number): number {
  let above = largest
  while (above > smallestDivided && pairsWithin(sizes, above) > most) above = Math.ceil(above / 2)
  return above
}

/** Pairs of all blocks, those of larger ones counted as if they were in pieces of `largest`. */
function pairsWithin(sizes: Int32Array, largest: number): number {
  let pairs = 0
  for (const size of sizes) pairs += (size * (Math.min(size, largest) - 1)) / 2
  return pairs
}

type State = { keys: Int32Array; distinct: number; sizes: Int32Array }

/** Records of too large blocks get a key of block and part; returns how many keys there are then. */
function divide(records: Records, part: KeyPart, { keys, distinct, sizes, above }: State & { above: number }): number {
  if (!records.fields.some((field) => field.name === part.field)) return distinct
  const inside = recordsAbove(keys, sizes, above)
  const { values, of } = partOf(records, part)
  const divided = numberKeys(
    [
      { values: inside.map((record) => keys[record] ?? 0), isOptional: false },
      {
        values: inside.map((record) => (of ? (of[values[record] ?? 0] ?? 0) : (values[record] ?? 0))),
        isOptional: true,
      },
    ],
    inside.length,
  )
  inside.forEach((record, at) => (keys[record] = distinct + (divided.keys[at] ?? 0)))
  return distinct + divided.distinct
}

/** The records that stand in blocks above a size. */
function recordsAbove(keys: Int32Array, sizes: Int32Array, above: number): Int32Array {
  let count = 0
  for (const key of keys) if ((sizes[key] ?? 0) > above) count++
  const inside = new Int32Array(count)
  let to = 0
  for (let record = 0; record < keys.length; record++)
    if ((sizes[keys[record] ?? 0] ?? 0) > above) inside[to++] = record
  return inside
}

/** Blocks that no field divides are cut into pieces of `largest`, in an order that does not depend on the rows' order. */
function cutBlocks(
  keys: Int32Array,
  { distinct, sizes, largest, ranks }: Omit<State, 'keys'> & { largest: number; ranks: Int32Array },
): number {
  const inside = recordsAbove(keys, sizes, largest)
  inside.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b)
  let next = distinct
  let block = 0
  let within = 0
  for (const record of inside) {
    const key = keys[record] ?? 0
    if (key !== block || within === largest) {
      block = key
      within = 0
      next++
    }
    within++
    keys[record] = next
  }
  return next
}

/** Sorts records into blocks; records alone in their block are left out, and blocks of one file only where there are two. */
export function layBlocks(records: Records, { keys, distinct }: RuleKeys): Blocks {
  const { count, second } = records
  const sizes = sizesOf(keys, distinct)
  const lefts = second < count ? sizesOf(keys.subarray(0, second), distinct) : null
  const at = new Int32Array(distinct + 1)
  let blocks = 0
  let total = 0
  for (let key = 1; key <= distinct; key++) {
    const pairs = pairsOf(sizes[key] ?? 0, lefts === null ? null : (lefts[key] ?? 0))
    at[key] = pairs > 0 ? total : -1
    if (pairs === 0) continue
    blocks++
    total += sizes[key] ?? 0
  }
  const [order, starts, pairs] = [
    sharedInts(total),
    sharedInts(blocks + 1),
    new Float64Array(new SharedArrayBuffer(8 * (blocks + 1))),
  ]
  let block = 0
  for (let key = 1; key <= distinct; key++) {
    if ((at[key] ?? -1) < 0) continue
    starts[block] = at[key] ?? 0
    pairs[block + 1] = (pairs[block] ?? 0) + pairsOf(sizes[key] ?? 0, lefts === null ? null : (lefts[key] ?? 0))
    block++
  }
  starts[blocks] = total
  for (let record = 0; record < count; record++) {
    const key = keys[record] ?? 0
    const place = key === 0 ? -1 : (at[key] ?? -1)
    if (place < 0) continue
    order[place] = record
    at[key] = place + 1
  }
  return { order, starts, pairs }
}

function pairsOf(size: number, left: number | null): number {
  return left === null ? (size * (size - 1)) / 2 : left * (size - left)
}
