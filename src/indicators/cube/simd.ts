import { bytes, counts, width } from './layout.ts'

/**
 * The passes of a roll-up as a WebAssembly module, written here instruction by instruction: loops of one form, for which
 * a compiler of 100 MB would be carried along (docs/adr 0027).
 *
 * @source WebAssembly Core Specification 2.0, chapter 5 (binary format)
 */
export function simdCode(): Uint8Array<ArrayBuffer> {
  const named = { grainNumbers, grainCounts, blockNumbers, blockCounts, targetNumbers, targetCounts }
  const passes = Object.values(named).map((write) => write())
  const names = Object.keys(named)
  const section = (id: number, entries: number[][]) => {
    const body = [...unsigned(entries.length), ...entries.flat()]
    return [id, ...unsigned(body.length), ...body]
  }
  const shared = [0x03, ...unsigned(1), ...unsigned(65_536)]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [[0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 0]]),
    ...section(2, [[...text('cube'), ...text('memory'), 0x02, ...shared]]),
    ...section(
      3,
      passes.map(() => [0]),
    ),
    ...section(
      7,
      names.map((name, index) => [...text(name), 0x00, index]),
    ),
    ...section(
      10,
      passes.map((body) => [...unsigned(body.length), ...body]),
    ),
  ])
}

/** LEB128, as the format writes whole numbers. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}
function signed(value: number): number[] {
  const low = value & 127
  const rest = value >> 7
  const isLast = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0)
  return isLast ? [low] : [low | 128, ...signed(rest)]
}
const text = (value: string) => [...unsigned(value.length), ...new TextEncoder().encode(value)]

// Parameters of every pass, then its own variables; sums follow.
const [starts, runs, source, target, at, end, member, first] = [0, 1, 2, 3, 4, 5, 6, 7]
const get = (variable: number) => [0x20, ...unsigned(variable)]
const set = (variable: number) => [0x21, ...unsigned(variable)]
const constant = (value: number) => [0x41, ...signed(value)]
const add = [0x6a]
const loadWord = (offset: number) => [0x28, 2, ...unsigned(offset)]
const moveOn = (variable: number, by: number) => [...get(variable), ...constant(by), ...add, ...set(variable)]

const simd = (code: number, ...operands: number[]) => [0xfd, ...unsigned(code), ...operands]
const load = (offset: number) => [...get(member), ...simd(0, 0, ...unsigned(offset))]
const zero = simd(12, ...Array.from({ length: 16 }, () => 0))
const ones = simd(12, ...Array.from({ length: 16 }, () => 1))
const upperHalf = simd(13, ...Array.from({ length: 16 }, (_none, place) => (place < 8 ? place + 8 : place)))
const and = simd(78)
const shiftBytes = (by: number) => [...constant(by), ...simd(109)]
const addBytes = simd(110)
const [lowBytes, highBytes] = [simd(137), simd(138)]
const addPairs = simd(142)
const [lowPairs, highPairs] = [simd(169), simd(170)]
const addWords = simd(174)
const addWide = simd(240)
const widen = simd(254)

/**
 * For each run: sums at nothing, over each member what `gather` says, then written out.
 * @param of.sums vectors of a run
 * @param of.step bytes of a member
 * @param of.isListed members are named in a list, in which the starts are addresses; else they follow each other
 */
function pass(of: { sums: number; step: number; gather: number[]; isListed?: boolean }): number[] {
  const sums = Array.from({ length: of.sums }, (_none, sum) => first + sum)
  const asByte = [...constant(of.step), 0x6c, ...get(source), ...add]
  const bound = (offset: number) => [...get(starts), ...loadWord(offset), ...(of.isListed === true ? [] : asByte)]
  const reach = of.isListed === true ? [...get(at), ...loadWord(0), ...asByte] : get(at)
  const next = moveOn(at, of.isListed === true ? 4 : of.step)
  const overMembers = [
    ...[0x02, 0x40, ...get(at), ...get(end), 0x4f, 0x0d, 0],
    ...[0x03, 0x40, ...reach, ...set(member), ...of.gather, ...next, ...get(at), ...get(end), 0x49, 0x0d, 0, 0x0b],
    0x0b,
  ]
  const code = [
    ...[0x02, 0x40, ...get(runs), 0x45, 0x0d, 0, 0x03, 0x40],
    ...[...bound(0), ...set(at), ...bound(4), ...set(end)],
    ...sums.flatMap((sum) => [...zero, ...set(sum)]),
    ...overMembers,
    ...sums.flatMap((sum, place) => [...get(target), ...get(sum), ...simd(11, 0, ...unsigned(16 * place))]),
    ...[...moveOn(starts, 4), ...moveOn(target, 16 * of.sums), ...moveOn(runs, -1)],
    ...[...get(runs), 0x0d, 0, 0x0b, 0x0b, 0x0b],
  ]
  const variables = [2, ...[...unsigned(3), 0x7f], ...[...unsigned(of.sums), 0x7b]]
  return [...variables, ...code]
}

const into = (sum: number, value: number[], by: number[]) => [...get(first + sum), ...value, ...by, ...set(first + sum)]
const each = (times: number, say: (place: number) => number[]) =>
  Array.from({ length: times }, (_none, place) => say(place)).flat()

function grainNumbers(): number[] {
  const vectors = bytes.slotNumbers / 16
  return pass({
    sums: vectors,
    step: bytes.slotNumbers,
    gather: each(vectors, (place) => into(place, load(16 * place), addWords)),
  })
}

function grainCounts(): number[] {
  const bit = (place: number) => [...load(0), ...(place === 0 ? [] : shiftBytes(place)), ...ones, ...and]
  return pass({ sums: counts, step: width, gather: each(counts, (place) => into(place, bit(place), addBytes)) })
}

function blockNumbers(): number[] {
  const vectors = bytes.grainNumbers / 16
  return pass({
    sums: 2 * vectors,
    step: bytes.grainNumbers,
    gather: each(vectors, (place) => [
      ...into(2 * place, [...load(16 * place), ...widen], addWide),
      ...into(2 * place + 1, [...load(16 * place), ...load(16 * place), ...upperHalf, ...widen], addWide),
    ]),
  })
}

function blockCounts(): number[] {
  return pass({
    sums: 2 * counts,
    step: bytes.grainCounts,
    gather: each(counts, (place) => [
      ...into(2 * place, [...load(16 * place), ...lowBytes], addPairs),
      ...into(2 * place + 1, [...load(16 * place), ...highBytes], addPairs),
    ]),
  })
}

function targetNumbers(): number[] {
  const vectors = bytes.blockNumbers / 16
  const gather = each(vectors, (place) => into(place, load(16 * place), addWide))
  return pass({ sums: vectors, step: bytes.blockNumbers, gather, isListed: true })
}

function targetCounts(): number[] {
  const vectors = bytes.blockCounts / 16
  const gather = each(vectors, (place) => [
    ...into(2 * place, [...load(16 * place), ...lowPairs], addWords),
    ...into(2 * place + 1, [...load(16 * place), ...highPairs], addWords),
  ])
  return pass({ sums: 2 * vectors, step: bytes.blockCounts, gather, isListed: true })
}
