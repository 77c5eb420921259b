/** Runs of bytes end to end, numbered from 1; run `id` from `starts[id]` to `starts[id + 1]`. */
export type ByteList = { arena: Uint8Array; starts: Int32Array; count: number; hashes: Int32Array }

/** An empty list. @param room for so many runs at first */
export function newByteList(room = 1024): ByteList {
  return { arena: new Uint8Array(room * 16), starts: new Int32Array(room), count: 0, hashes: new Int32Array(room) }
}

/** Puts a run at the end of a list, whether it was there before or not. */
export function appendBytes(list: ByteList, bytes: Uint8Array, start: number, end: number): void {
  push(list, { bytes, start, end, hash: hashOf(bytes, start, end) })
}

/** Without spare room. */
export function trimmedBytes({ arena, starts, count, hashes }: ByteList): ByteList {
  return {
    arena: arena.slice(0, starts[count + 1] ?? 0),
    starts: starts.slice(0, count + 2),
    count,
    hashes: hashes.slice(0, count + 1),
  }
}

/**
 * Gives each distinct run of bytes a number from 1, in the order of first appearance; 0 is nobody's. The bytes are kept
 * end to end, so that millions of distinct values cost no objects.
 */
export type ByteDictionary = ByteList & { table: Int32Array }

/** An empty dictionary. */
export function newByteDictionary(room = 1024): ByteDictionary {
  return { ...newByteList(room), table: new Int32Array(room * 2) }
}

/** The number of these bytes; a new one is given where they were never seen. */
export function numberOf(dictionary: ByteDictionary, bytes: Uint8Array, start: number, end: number): number {
  return numberByHash(dictionary, bytes, start, end, hashOf(bytes, start, end))
}

/** The same for who has come over the bytes already. @param hash what `hashOf` makes of them */
export function numberByHash(
  dictionary: ByteDictionary,
  bytes: Uint8Array,
  start: number,
  end: number,
  hash: number,
): number {
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

/** Of a run of bytes: begins with `noHash`, takes one after the other, ends. @source FNV-1a, its upper bits mixed in at the end */
export const noHash = 0x811c9dc5
export const hashNext = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193)
export const hashEnd = (hash: number): number => hash ^ (hash >>> 15)

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = noHash
  for (let at = start; at < end; at++) hash = hashNext(hash, bytes[at] ?? 0)
  return hashEnd(hash)
}

/** The bytes of a value, a window on the dictionary's own memory. */
export function bytesOf(dictionary: ByteList, id: number): Uint8Array {
  return dictionary.arena.subarray(dictionary.starts[id], dictionary.starts[id + 1])
}

function isSame(arena: Uint8Array, from: number, to: number, bytes: Uint8Array, start: number, end: number): boolean {
  if (to - from !== end - start) return false
  for (let a = from, b = start; a < to; a++, b++) if (arena[a] !== bytes[b]) return false
  return true
}

type Found = { bytes: Uint8Array; start: number; end: number; hash: number }

function append(dictionary: ByteDictionary, found: Found & { slot: number }): number {
  const id = push(dictionary, found)
  dictionary.table[found.slot] = id
  if (id * 2 > dictionary.table.length) rehash(dictionary)
  return id
}

function push(list: ByteList, { bytes, start, end, hash }: Found): number {
  const id = ++list.count
  if (id + 2 > list.starts.length) {
    list.starts = enlarged(list.starts)
    list.hashes = enlarged(list.hashes)
  }
  const from = list.starts[id] ?? 0
  while (from + end - start > list.arena.length) {
    const arena = new Uint8Array(list.arena.length * 2)
    arena.set(list.arena)
    list.arena = arena
  }
  for (let at = start, to = from; at < end; at++, to++) list.arena[to] = bytes[at] ?? 0
  list.starts[id + 1] = from + end - start
  list.hashes[id] = hash
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
