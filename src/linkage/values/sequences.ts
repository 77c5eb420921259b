import { stir } from './ints.ts'

/** Gives each distinct sequence of integers a number from 1, in the order of first appearance. */
export type Sequences = { arena: Int32Array; starts: Int32Array; count: number; table: Int32Array; hashes: Int32Array }

/** An empty store of sequences. */
export function newSequences(room = 1024): Sequences {
  return {
    arena: new Int32Array(room * 4),
    starts: new Int32Array(room),
    count: 0,
    table: new Int32Array(room * 2),
    hashes: new Int32Array(room),
  }
}

/** Without spare room and without the table by which it grew. */
export function trimmedSequences({ arena, starts, count }: Sequences): Sequences {
  const none = new Int32Array(0)
  return {
    arena: arena.slice(0, starts[count + 1] ?? 0),
    starts: starts.slice(0, count + 2),
    count,
    table: none,
    hashes: none,
  }
}

/** The number of the first `length` integers of `values`; 0 for none. */
export function sequenceOf(store: Sequences, values: Int32Array, length: number): number {
  if (length === 0) return 0
  let hash = length
  for (let at = 0; at < length; at++) hash = Math.imul(hash, 31) + stir(values[at] ?? 0)
  hash = stir(hash)
  const mask = store.table.length - 1
  let slot = hash & mask
  for (;;) {
    const id = store.table[slot] ?? 0
    if (id === 0) break
    if (store.hashes[id] === hash && isSequence(store, id, values, length)) return id
    slot = (slot + 1) & mask
  }
  return append(store, values, { length, hash, slot })
}

function isSequence({ arena, starts }: Sequences, id: number, values: Int32Array, length: number): boolean {
  const from = starts[id] ?? 0
  if ((starts[id + 1] ?? 0) - from !== length) return false
  for (let at = 0; at < length; at++) if (arena[from + at] !== values[at]) return false
  return true
}

function append(store: Sequences, values: Int32Array, at: { length: number; hash: number; slot: number }): number {
  const id = ++store.count
  if (id + 2 > store.starts.length) {
    store.starts = enlarged(store.starts)
    store.hashes = enlarged(store.hashes)
  }
  const from = store.starts[id] ?? 0
  while (from + at.length > store.arena.length) store.arena = enlarged(store.arena)
  store.arena.set(values.subarray(0, at.length), from)
  store.starts[id + 1] = from + at.length
  store.hashes[id] = at.hash
  store.table[at.slot] = id
  if (id * 2 > store.table.length) rehash(store)
  return id
}

function enlarged(list: Int32Array): Int32Array {
  const grown = new Int32Array(list.length * 2)
  grown.set(list)
  return grown
}

function rehash(store: Sequences): void {
  const table = new Int32Array(store.table.length * 4)
  const mask = table.length - 1
  for (let id = 1; id <= store.count; id++) {
    let slot = (store.hashes[id] ?? 0) & mask
    while (table[slot] !== 0) slot = (slot + 1) & mask
    table[slot] = id
  }
  store.table = table
}
