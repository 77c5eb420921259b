/**
 * Gives each distinct run of bytes a number from 1, in the order of first appearance; 0 is nobody's. The bytes are kept
 * end to end, so that millions of distinct values cost no objects.
 */
export type ByteDictionary = {
  arena: Uint8Array
  /** Where each value begins; `starts[id]` to `starts[id + 1]`. */
  starts: Int32Array
  count: number
  table: Int32Array
  hashes: Int32Array
}

/** An empty dictionary. */
export function newByteDictionary(): ByteDictionary {
  const starts = new Int32Array(1024)
  return {
    arena: new Uint8Array(1 << 16),
    starts,
    count: 0,
    table: new Int32Array(2048),
    hashes: new Int32Array(1024),
  }
}

/** The number of these bytes; a new one is given where they were never seen. */
export function numberOf(dictionary: ByteDictionary, bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  hash ^= hash >>> 15
  const { table, hashes, starts, arena } = dictionary
  const mask = table.length - 1
  let slot = hash & mask
  for (;;) {
    const id = table[slot] ?? 0
    if (id === 0) break
    if (hashes[id] === hash && isSame(arena, starts[id] ?? 0, starts[id + 1] ?? 0, bytes, start, end)) return id
    slot = (slot + 1) & mask
  }
  return append(dictionary, { bytes, start, end, hash, slot })
}

/** The bytes of a value, a window on the dictionary's own memory. */
export function bytesOf(dictionary: ByteDictionary, id: number): Uint8Array {
  return dictionary.arena.subarray(dictionary.starts[id], dictionary.starts[id + 1])
}

function isSame(arena: Uint8Array, from: number, to: number, bytes: Uint8Array, start: number, end: number): boolean {
  if (to - from !== end - start) return false
  for (let a = from, b = start; a < to; a++, b++) if (arena[a] !== bytes[b]) return false
  return true
}

type Found = { bytes: Uint8Array; start: number; end: number; hash: number; slot: number }

function append(dictionary: ByteDictionary, { bytes, start, end, hash, slot }: Found): number {
  const id = ++dictionary.count
  if (id + 2 > dictionary.starts.length) {
    dictionary.starts = enlarged(dictionary.starts)
    dictionary.hashes = enlarged(dictionary.hashes)
  }
  const from = dictionary.starts[id] ?? 0
  while (from + end - start > dictionary.arena.length) {
    const arena = new Uint8Array(dictionary.arena.length * 2)
    arena.set(dictionary.arena)
    dictionary.arena = arena
  }
  for (let at = start, to = from; at < end; at++, to++) dictionary.arena[to] = bytes[at] ?? 0
  dictionary.starts[id + 1] = from + end - start
  dictionary.hashes[id] = hash
  dictionary.table[slot] = id
  if (id * 2 > dictionary.table.length) rehash(dictionary)
  return id
}

function enlarged(list: Int32Array): Int32Array {
  const grown = new Int32Array(list.length * 2)
  grown.set(list)
  return grown
}

function rehash(dictionary: ByteDictionary): void {
  const table = new Int32Array(dictionary.table.length * (dictionary.table.length < 1 << 20 ? 4 : 2))
  const mask = table.length - 1
  for (let id = 1; id <= dictionary.count; id++) {
    let slot = (dictionary.hashes[id] ?? 0) & mask
    while (table[slot] !== 0) slot = (slot + 1) & mask
    table[slot] = id
  }
  dictionary.table = table
}
