import { appendBytes, bytesOf, newByteList, type ByteList } from '../values/byte-dictionary.ts'
import { tableSize } from '../values/ints.ts'
import type { SettledPart } from './settled.ts'

/** The ids of a file from those of its parts; where it has none, its rows' numbers. */
export function joinIds(parts: readonly SettledPart[]): ByteList {
  const lists = parts.flatMap((part) => (part.ids === null ? [] : [part.ids]))
  if (lists.length < parts.length) return rowNumbers(parts.reduce((sum, part) => sum + part.count, 0))
  const count = lists.reduce((sum, list) => sum + list.count, 0)
  const bytes = lists.reduce((sum, list) => sum + (list.starts[list.count + 1] ?? 0), 0)
  const all = {
    arena: new Uint8Array(bytes),
    starts: new Int32Array(count + 2),
    hashes: new Int32Array(count + 1),
    count: 0,
  }
  let used = 0
  for (const list of lists) {
    all.arena.set(list.arena, used)
    all.hashes.set(list.hashes.subarray(1, list.count + 1), all.count + 1)
    for (let id = 1; id <= list.count; id++) all.starts[all.count + id + 1] = used + (list.starts[id + 1] ?? 0)
    used += list.starts[list.count + 1] ?? 0
    all.count += list.count
  }
  return all
}

function rowNumbers(count: number): ByteList {
  const list = newByteList()
  const digits = new Uint8Array(16)
  for (let row = 1; row <= count; row++) {
    let at = digits.length
    for (let rest = row; rest > 0; rest = Math.floor(rest / 10)) digits[--at] = 48 + (rest % 10)
    appendBytes(list, digits, at, digits.length)
  }
  return list
}

const mostExamples = 5

/** Ids that stood before in the same list: how many, and the first few. */
export function repeatedIds(list: ByteList): { count: number; examples: string[] } {
  const { hashes } = list
  const table = new Int32Array(tableSize(list.count))
  const mask = table.length - 1
  const found = { count: 0, examples: [] as string[] }
  for (let id = 1; id <= list.count; id++) {
    const hash = hashes[id] ?? 0
    let slot = hash & mask
    let other = table[slot] ?? 0
    while (other !== 0 && (hashes[other] !== hash || !isSame(bytesOf(list, other), bytesOf(list, id)))) {
      slot = (slot + 1) & mask
      other = table[slot] ?? 0
    }
    if (other === 0) table[slot] = id
    else {
      found.count++
      if (found.examples.length < mostExamples) found.examples.push(new TextDecoder().decode(bytesOf(list, id)))
    }
  }
  return found
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
