import { stir } from './ints.ts'

/**
 * Gives each distinct sequence of integers a number from 1, in the order of first appearance. A slot of the table is two
 * integers, a number and what its sequence stirs to, so that few sequences are looked at in vain.
 */
export type Sequences = { arena: Int32Array; starts: Int32Array; count: number; table: Int32Array }

/** An empty store of sequences. */
export function newSequences(room = 1024): Sequences {
  return {
    arena: new Int32Array(room * 4),
    starts: new Int32Array(room),
    count: 0,
    table: new Int32Array(room * 4),
  }
}

/** Without spare room and without the table by which it grew. */
export function trimmedSequences({ arena, starts, count }: Sequences): Sequences {
  return {
    arena: arena.slice(0, starts[count + 1] ?? 0),
    starts: starts.slice(0, count + 2),
    count,
    table: new Int32Array(0),
  }
}

/** Runs of integers end to end, from the run `first` to before `end`: run `i` from `starts[i]` to `starts[i + 1]`. */
export type Runs = { arena: Int32Array; starts: Int32Array; first: number; end: number }

/** So many runs are looked for together. */
export const together = 512
const hashes = new Int32Array(together)
const met = new Int32Array(together)

/**
 * The same for many runs: of run `i` into `numbers[i]`. What is looked at of the store lies far apart in memory: it is called for before it is needed, for many
 * at a time, which takes half as long as one after the other.
 */
export function sequencesOf(store: Sequences, { arena, starts, ...all }: Runs, numbers: Int32Array): void {
  for (let { first } = all; first < all.end; first += together) {
    const end = Math.min(all.end, first + together)
    for (let run = first; run < end; run++)
      hashes[run - first] = hashOf(arena, starts[run] ?? 0, (starts[run + 1] ?? 0) - (starts[run] ?? 0))
    callFor(store, end - first)
    for (let run = first; run < end; run++) {
      const from = starts[run] ?? 0
      const length = (starts[run + 1] ?? 0) - from
      numbers[run] = length === 0 ? 0 : numberOf(store, arena, from, length, hashes[run - first] ?? 0)
    }
  }
}

function callFor({ table, starts, arena }: Sequences, count: number): void {
  const mask = table.length - 1
  for (let at = 0; at < count; at++) met[at] = table[((hashes[at] ?? 0) << 1) & mask] ?? 0
  for (let at = 0; at < count; at++) met[at] = starts[met[at] ?? 0] ?? 0
  for (let at = 0; at < count; at++) met[at] = arena[met[at] ?? 0] ?? 0
}

function hashOf(values: Int32Array, from: number, length: number): number {
  let hash = length
  for (let at = from; at < from + length; at++) hash = Math.imul(hash ^ (hash >>> 15) ^ (values[at] ?? 0), 0x9e3779b1)
  return stir(hash)
}

function numberOf(store: Sequences, values: Int32Array, from: number, length: number, hash: number): number {
  const { table } = store
  const mask = table.length - 1
  let slot = (hash << 1) & mask
  for (;;) {
    const id = table[slot] ?? 0
    if (id === 0) break
    if (table[slot + 1] === hash && isSequence(store, id, values, from, length)) return id
    slot = (slot + 2) & mask
  }
  return append(store, values, from, length, hash, slot)
}

function isSequence(
  { arena, starts }: Sequences,
  id: number,
  values: Int32Array,
  from: number,
  length: number,
): boolean {
  const own = starts[id] ?? 0
  if ((starts[id + 1] ?? 0) - own !== length) return false
  for (let at = 0; at < length; at++) if (arena[own + at] !== values[from + at]) return false
  return true
}

function append(
  store: Sequences,
  values: Int32Array,
  from: number,
  length: number,
  hash: number,
  slot: number,
): number {
  const id = ++store.count
  if (id + 2 > store.starts.length) store.starts = enlarged(store.starts)
  const own = store.starts[id] ?? 0
  while (own + length > store.arena.length) store.arena = enlarged(store.arena)
  const { arena, table } = store
  for (let at = 0; at < length; at++) arena[own + at] = values[from + at] ?? 0
  store.starts[id + 1] = own + length
  table[slot] = id
  table[slot + 1] = hash
  if (id * 4 > store.table.length) rehash(store)
  return id
}

function enlarged(list: Int32Array): Int32Array {
  const grown = new Int32Array(list.length * 2)
  grown.set(list)
  return grown
}

function rehash(store: Sequences): void {
  const { table } = store
  const larger = new Int32Array(table.length * 4)
  const mask = larger.length - 1
  for (let from = 0; from < table.length; from += 2) {
    if (table[from] === 0) continue
    let slot = ((table[from + 1] ?? 0) << 1) & mask
    while (larger[slot] !== 0) slot = (slot + 2) & mask
    larger[slot] = table[from] ?? 0
    larger[slot + 1] = table[from + 1] ?? 0
  }
  store.table = larger
}
