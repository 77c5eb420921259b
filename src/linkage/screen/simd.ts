import type { Layout } from './kernel.ts'
import type { Plan } from './plan.ts'

/**
 * The loop over pairs as a WebAssembly module, written instruction by instruction for one plan: a loop of one form, for which a
 * compiler of 100 MB would be carried along (docs/adr 0030).
 *
 * @source WebAssembly Core Specification 2.0, chapter 5 (binary format)
 */
export function simdCode(plan: Plan, layout: Layout): Uint8Array<ArrayBuffer> {
  const body = compareCode(plan, layout)
  const section = (id: number, entry: number[]) => [id, ...unsigned(entry.length + 1), 1, ...entry]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f]),
    ...section(2, [...text('screen'), ...text('memory'), 0x02, 0x00, 0x01]),
    ...section(3, [0]),
    ...section(7, [...text('compare'), 0x00, 0]),
    ...section(10, [...unsigned(body.length), ...body]),
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

// Parameters, then whole numbers, then vectors: what agrees, the left row, what agreement adds.
const [row, at, end, out, equal, missing, amount, agreeing, firstGroup] = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const get = (variable: number) => [0x20, ...unsigned(variable)]
const set = (variable: number) => [0x21, ...unsigned(variable)]
const keep = (variable: number) => [0x22, ...unsigned(variable)]
const constant = (value: number) => [0x41, ...signed(value)]
const loadWord = (offset: number) => [0x28, 2, ...unsigned(offset)]
const [add, and, or, shiftLeft, shiftRight, isLess, isNotNegative] = [0x6a, 0x71, 0x72, 0x74, 0x76, 0x49, 0x4e]

const simd = (code: number, ...operands: number[]) => [0xfd, ...unsigned(code), ...operands]
const loadVector = (offset: number) => simd(0, 4, ...unsigned(offset))
const [isEqual, bothBits, firstBits] = [simd(55), simd(78), simd(164)]
const lane = (place: number) => simd(27, place)

function compareCode(plan: Plan, layout: Layout): number[] {
  const { groups, start, tables } = plan
  const places = Array.from({ length: groups }, (_none, group) => group)
  const adding = places.filter((group) =>
    plan.columns.some((column) => column.agreement !== null && column.at >> 2 === group),
  )
  const amounts = (group: number) => firstGroup + groups + adding.indexOf(group)
  const flags = groups * 16 - 4
  const code = [
    ...places.flatMap((group) => [...get(row), ...loadVector(group * 16), ...set(firstGroup + group)]),
    ...adding.flatMap((group) => [...constant(layout.agreement + group * 16), ...loadVector(0), ...set(amounts(group))]),
    ...[...get(row), ...loadWord(flags), ...set(row)],
    ...[0x02, 0x40, ...get(at), ...get(end), 0x4f, 0x0d, 0, 0x03, 0x40],
    ...[...constant(start), ...set(amount)],
    ...places.flatMap((group) => compareGroup(group, adding.includes(group) ? amounts(group) : null)),
    ...[...get(row), ...get(at), ...loadWord(flags), or, ...set(missing)],
    ...tables.flatMap((table, index) => [
      ...[...get(equal), ...constant(table.at), shiftRight, ...constant((1 << table.words) - 1), and],
      ...[...get(missing), ...constant(table.missingAt), shiftRight, ...constant((1 << table.columns) - 1), and],
      ...[...constant(table.words), shiftLeft, or, ...constant(2), shiftLeft],
      ...[...loadWord(layout.tables[index] ?? 0), ...get(amount), add, ...set(amount)],
    ]),
    // Written always, kept by moving on: no branch to guess wrongly.
    ...[...get(out), ...get(at), 0x36, 2, 0],
    ...[...get(out), ...get(amount), ...constant(0), isNotNegative, ...constant(2), shiftLeft, add, ...set(out)],
    ...[...get(at), ...constant(layout.rowBytes), add, ...keep(at), ...get(end), isLess, 0x0d, 0, 0x0b, 0x0b],
    ...[...get(out), 0x0b],
  ]
  return [2, ...[3, 0x7f], ...[...unsigned(1 + groups + adding.length), 0x7b], ...code]
}

/** Four words at once: which are equal, as bits, and what is added for those. */
function compareGroup(group: number, amounts: number | null): number[] {
  const bits = [...get(firstGroup + group), ...get(at), ...loadVector(group * 16), ...isEqual, ...keep(agreeing), ...firstBits]
  const gathered = group === 0 ? set(equal) : [...constant(group * 4), shiftLeft, ...get(equal), or, ...set(equal)]
  if (amounts === null) return [...bits, ...gathered]
  const sum = [...get(agreeing), ...get(amounts), ...bothBits, ...set(agreeing)]
  const lanes = [0, 1, 2, 3].flatMap((place) => [...get(agreeing), ...lane(place), ...get(amount), add, ...set(amount)])
  return [...bits, ...gathered, ...sum, ...lanes]
}
