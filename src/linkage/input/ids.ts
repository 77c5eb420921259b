import { appendBytes, bytesOf, newByteList, type ByteList } from '../values/byte-dictionary.ts'
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

/**
 * Ids as their parts come, so that an id that stood before is seen while others are read. A slot of the table is two integers:
 * the id's number in the file, from 1, and what its bytes stir to.
 */
export type IdBook = {
  lists: ByteList[]
  firsts: number[]
  count: number
  table: Int32Array
  repeated: number
  examples: string[]
}

/** No ids yet. */
export function newIdBook(): IdBook {
  return { lists: [], firsts: [], count: 0, table: new Int32Array(2048), repeated: 0, examples: [] }
}

/** So many are looked for together: where they stand in the table is called for before it is needed. */
const together = 512
const met = new Int32Array(together)

/** Notes the ids of the next part: how many stood before, and the first few of these. */
export function noteIds(book: IdBook, list: ByteList): void {
  book.lists.push(list)
  book.firsts.push(book.count)
  while ((book.count + list.count) * 4 > book.table.length * 1.5) enlarge(book)
  const mask = book.table.length - 1
  for (let first = 1; first <= list.count; first += together) {
    const end = Math.min(list.count + 1, first + together)
    for (let id = first; id < end; id++) met[id - first] = book.table[((list.hashes[id] ?? 0) << 1) & mask] ?? 0
    for (let id = first; id < end; id++) noteId(book, list, id)
  }
}

function noteId(book: IdBook, list: ByteList, id: number): void {
  const { table } = book
  const mask = table.length - 1
  const hash = list.hashes[id] ?? 0
  const own = ++book.count
  let slot = (hash << 1) & mask
  for (; table[slot] !== 0; slot = (slot + 2) & mask) {
    if (table[slot + 1] !== hash || !isSame(idAt(book, table[slot] ?? 0), bytesOf(list, id))) continue
    book.repeated++
    if (book.examples.length < mostExamples) book.examples.push(new TextDecoder().decode(bytesOf(list, id)))
    return
  }
  table[slot] = own
  table[slot + 1] = hash
}

function enlarge(book: IdBook): void {
  const { table } = book
  const larger = new Int32Array(table.length * 2)
  const mask = larger.length - 1
  for (let from = 0; from < table.length; from += 2) {
    if (table[from] === 0) continue
    let slot = ((table[from + 1] ?? 0) << 1) & mask
    while (larger[slot] !== 0) slot = (slot + 2) & mask
    larger[slot] = table[from] ?? 0
    larger[slot + 1] = table[from + 1] ?? 0
  }
  book.table = larger
}

function idAt({ lists, firsts }: IdBook, number: number): Uint8Array {
  const part = firsts.findLastIndex((first) => first < number)
  const list = lists[part]
  return list ? bytesOf(list, number - (firsts[part] ?? 0)) : new Uint8Array(0)
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
