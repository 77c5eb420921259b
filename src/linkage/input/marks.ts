import {
  add,
  and,
  bitsOfBytes,
  block,
  branch,
  branchIf,
  constant,
  countLowZeros,
  eitherVector,
  end,
  everyByte,
  get,
  isNotLess,
  isZero,
  loadVector,
  loop,
  moduleOf,
  sameBytes,
  set,
  storeWord,
  take,
} from '../wasm.ts'

/** Where cells and lines end within some bytes: found many at a time, handed out one by one. */
export type Marks = { delimiter: number; places: Int32Array; next: number; count: number; scanned: number }

/** Bytes looked through at a time: what is found of them stays in the processor's own memory. */
const windowBytes = 32_768
const page = 65_536
const lineEnd = 10

/** Finds the places of line ends and delimiters. @param add what is added to the place of each. @returns how many */
type FindMarks = (bytes: Uint8Array, delimiter: number, add: number) => number

/** Marks of nothing yet. */
export function newMarks(delimiter: number): Marks {
  return { delimiter, places: finder().places, next: 0, count: 0, scanned: 0 }
}

/** Goes on from this place, in these bytes or in others. */
export function seekMarks(marks: Marks, from: number): void {
  marks.next = 0
  marks.count = 0
  marks.scanned = from
}

/** The next mark after those found so far; where there is none, the end of the bytes. */
export function markAfter(marks: Marks, bytes: Uint8Array): number {
  while (marks.scanned < bytes.length) {
    const until = Math.min(bytes.length, marks.scanned + windowBytes)
    marks.count = finder().find(bytes.subarray(marks.scanned, until), marks.delimiter, marks.scanned)
    marks.scanned = until
    marks.next = 1
    if (marks.count > 0) return marks.places[0] ?? 0
  }
  return bytes.length
}

let known: { find: FindMarks; places: Int32Array } | null = null

/** One for each thread: its memory is written anew for each window, before which all of the last are used. */
function finder(): { find: FindMarks; places: Int32Array } {
  known ??= wideFinder()
  return known
}

/** Sixteen bytes at a time; the tests hold it against one byte at a time. */
export function wideFinder(): { find: FindMarks; places: Int32Array } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((windowBytes * 5) / page) })
  const input = new Uint8Array(memory.buffer, 0, windowBytes)
  const places = new Int32Array(memory.buffer, windowBytes, windowBytes)
  const module = new WebAssembly.Module(
    moduleOf({ name: 'find', parameters: 5, memory: ['marks', 'memory'], body: findCode() }),
  )
  const find = new WebAssembly.Instance(module, { marks: { memory } }).exports['find'] as (
    ...words: [at: number, end: number, out: number, delimiter: number, add: number]
  ) => number
  return {
    find: (bytes, delimiter, more) => {
      input.set(bytes)
      input.fill(0, bytes.length, (bytes.length + 15) & ~15)
      return (find(0, bytes.length, windowBytes, delimiter, more) - windowBytes) >> 2
    },
    places,
  }
}

function findCode(): number[] {
  const [at, until, out, delimiter, more, bits, delimiters, lineEnds] = [0, 1, 2, 3, 4, 5, 6, 7]
  const sixteen = [...get(at), ...loadVector(0)]
  return [
    ...[2, 1, 0x7f, 2, 0x7b],
    ...[...get(delimiter), ...everyByte, ...set(delimiters), ...constant(lineEnd), ...everyByte, ...set(lineEnds)],
    ...[...block, ...loop],
    ...[...get(at), ...get(until), isNotLess, ...branchIf(1)],
    ...[...sixteen, ...get(delimiters), ...sameBytes, ...sixteen, ...get(lineEnds), ...sameBytes, ...eitherVector],
    ...[...bitsOfBytes, ...set(bits)],
    ...[...block, ...loop],
    ...[...get(bits), isZero, ...branchIf(1)],
    ...[...get(out), ...get(bits), countLowZeros, ...get(at), add, ...get(more), add, ...storeWord],
    ...[...get(out), ...constant(4), add, ...set(out)],
    ...[...get(bits), ...constant(1), take, ...get(bits), and, ...set(bits), ...branch(0)],
    ...[end, end],
    ...[...get(at), ...constant(16), add, ...set(at), ...branch(0)],
    ...[end, end],
    ...[...get(out), end],
  ]
}
