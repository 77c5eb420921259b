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

/** The number of the first `length` integers of `values`; 0 for none. */
export function sequenceOf(store: Sequences, values: Int32Array, length: number): number {
  if (length === 0) return 0
  let hash = length
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (hash >>> 15) ^ (values[at] ?? 0), 0x9e3779b1)
  hash = stir(hash)
  const { table } = store
  const mask = table.length - 1
  let slot = (hash << 1) & mask
  for (;;) {
    const id = table[slot] ?? 0
    if (id === 0) break
    if (table[slot + 1] === hash && isSequence(store, id, values, length)) return id
    slot = (slot + 2) & mask
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
  if (id + 2 > store.starts.length) store.starts = enlarged(store.starts)
  const from = store.starts[id] ?? 0
  while (from + at.length > store.arena.length) store.arena = enlarged(store.arena)
  store.arena.set(values.subarray(0, at.length), from)
  store.starts[id + 1] = from + at.length
  store.table[at.slot] = id
  store.table[at.slot + 1] = at.hash
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
