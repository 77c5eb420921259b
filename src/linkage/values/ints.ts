/** A growing list of 32-bit integers; plain data, so that the loops that fill it stay fast. */
export type Ints = { data: Int32Array; length: number }

/** An empty list with room for `capacity` numbers. */
export function newInts(capacity = 1024): Ints {
  return { data: new Int32Array(capacity), length: 0 }
}

/** Appends one number and doubles the room when it is used up. */
export function pushInt(list: Ints, value: number): void {
  if (list.length === list.data.length) {
    const grown = new Int32Array(list.data.length * 2)
    grown.set(list.data)
    list.data = grown
  }
  list.data[list.length++] = value
}

/** Without spare room. */
export function trimmedInts({ data, length }: Ints): Ints {
  return { data: data.slice(0, length), length }
}

/** `length` zeros in memory that worker threads see without a copy. */
export function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4))
}

/** The same numbers with room for `length`: exactly so many at first, some to spare when it grows. */
export function roomy(list: Int32Array, length: number): Int32Array {
  if (list.length >= length) return list
  const grown = sharedInts(list.length === 0 ? length : Math.ceil(length * 1.25) + 1024)
  grown.set(list)
  return grown
}

/** The smallest power of two that is at least twice `count`: the size of an open table for so many entries. */
export function tableSize(count: number): number {
  return Math.max(1024, powerOfTwo(count * 2))
}

/** The smallest power of two that is not below `count`. */
export function powerOfTwo(count: number): number {
  let power = 1
  while (power < count) power *= 2
  return power
}

/** Stirs an integer so that neighbours lie far apart (the finalizer of MurmurHash3). */
export function stir(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** How many bits of a 32-bit integer are set. */
export function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** How many bits of two 32-bit integers are set, together. */
export function bitCountOf(bits: number, others: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  let more = others - ((others >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  more = (more & 0x33333333) + ((more >>> 2) & 0x33333333)
  count += more
  return Math.imul((count & 0x0f0f0f0f) + ((count >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24
}
