import type { Layout } from './kernel.ts'
import type { Plan } from './plan.ts'
import {
  add,
  addWide,
  and,
  andWide,
  bitsOfWords,
  constant,
  countBits,
  countLowZeros,
  exclusiveOr,
  get,
  isLess,
  isSameWide,
  keep,
  loadVector,
  loadWide,
  loadWord,
  moduleOf,
  or,
  sameWords,
  set,
  shiftLeft,
  shiftRight,
  timesWide,
  unsigned,
  wideConstant,
  widen,
} from '../wasm.ts'

/**
 * The loop over pairs as a WebAssembly module, written instruction by instruction for one plan: a loop of one form, for which a
 * compiler of 100 MB would be carried along (docs/adr 0030).
 *
 * @source WebAssembly Core Specification 2.0, chapter 5 (binary format)
 */
export function simdCode(plan: Plan, layout: Layout): Uint8Array<ArrayBuffer> {
  return moduleOf({ name: 'compare', parameters: 4, memory: ['screen', 'memory'], body: compareCode(plan, layout) })
}

// Parameters, whole numbers, the sum of both amounts; then what agreement adds per column, the left row's vectors, where its
// letters' amounts lie and which letters it has.
const [row, at, end, out, equal, missing, amounts, firstAdded] = [0, 1, 2, 3, 4, 5, 6, 7]
/** Added to both amounts, so that a bit of its own tells of each whether it is below nothing. */
const sign = 1n << 30n
const bothSigns = (sign << 32n) | sign

function compareCode(plan: Plan, layout: Layout): number[] {
  const { groups, start, tables, columns } = plan
  const places = Array.from({ length: groups }, (_none, group) => group)
  const adding = columns.flatMap(({ agreement }, index) => (agreement === null ? [] : [index]))
  const lettered = columns.flatMap(({ letters }, column) => (letters === null ? [] : [{ column, at: letters.at * 4 }]))
  const vectors = firstAdded + adding.length
  const left = (group: number) => vectors + group
  const told = (index: number) => vectors + groups + index
  const mask = (index: number) => told(lettered.length + index)
  const head = (index: number) => mask(lettered.length + index)
  const twice = (index: number) => head(lettered.length + index)
  const flags = groups * 16 - 4
  const begin = ((BigInt(start.kin) + sign) << 32n) + BigInt(start.stranger) + sign
  const code = [
    ...places.flatMap((group) => [...get(row), ...loadVector(group * 16), ...set(left(group))]),
    ...adding.flatMap((index, local) => [
      ...constant(layout.agreement + index * 8),
      ...loadWide(0),
      ...set(firstAdded + local),
    ]),
    ...lettered.flatMap(({ at: place }, index) => [
      ...[...constant(layout.letters[index]?.told ?? 0), ...loadWord(0), ...set(told(index))],
      ...[...get(row), ...loadWord(place), ...set(mask(index))],
      ...[...get(row), ...loadWord(place + 4), ...set(head(index))],
      ...[...get(row), ...loadWord(place + 8), ...set(twice(index))],
    ]),
    ...[...get(row), ...loadWord(flags), ...set(row)],
    ...[0x02, 0x40, ...get(at), ...get(end), 0x4f, 0x0d, 0, 0x03, 0x40],
    ...places.flatMap((group) => [
      ...[...get(left(group)), ...get(at), ...loadVector(group * 16), ...sameWords, ...bitsOfWords],
      ...(group === 0 ? [] : [...constant(group * 4), shiftLeft, ...get(equal), or]),
      ...set(equal),
    ]),
    ...[...get(row), ...get(at), ...loadWord(flags), or, ...set(missing)],
    ...wideConstant(begin),
    ...adding.flatMap((index, local) => [
      ...[...get(equal), ...constant(columns[index]?.at ?? 0), shiftRight, ...constant(1), and, widen],
      ...[...get(firstAdded + local), timesWide, addWide],
    ]),
    ...tables.flatMap((table, index) => [
      ...[...get(equal), ...constant(table.at), shiftRight, ...constant((1 << table.words) - 1), and],
      ...[...get(missing), ...constant(table.missingAt), shiftRight, ...constant((1 << table.columns) - 1), and],
      ...[...constant(table.words), shiftLeft, or, ...constant(3), shiftLeft],
      ...[...loadWide(layout.tables[index] ?? 0), addWide],
    ]),
    ...lettered.flatMap(({ column, at: place }, index) => [
      ...[...get(mask(index)), ...get(at), ...loadWord(place), exclusiveOr, countBits],
      ...[...get(twice(index)), ...get(at), ...loadWord(place + 8), exclusiveOr, countBits, add],
      ...[...constant(3), shiftLeft],
      // Of four bytes those before the first that differs; a letter more is 512 bytes further.
      ...[
        ...get(head(index)),
        ...get(at),
        ...loadWord(place + 4),
        exclusiveOr,
        countLowZeros,
        ...constant(3),
        shiftRight,
      ],
      ...[...constant(9), shiftLeft, or, ...get(told(index)), add, ...loadWide(0)],
      ...[...get(missing), ...constant(column), shiftRight, ...constant(1), and, ...constant(1), exclusiveOr, widen],
      ...[timesWide, addWide],
    ]),
    ...set(amounts),
    // Written always, kept by moving on: no branch to guess wrongly.
    ...[...get(out), ...get(at), 0x36, 2, 0],
    ...[...get(out), ...get(amounts), ...wideConstant(bothSigns), andWide, ...wideConstant(bothSigns), isSameWide],
    ...[...constant(2), shiftLeft, add, ...set(out)],
    ...[...get(at), ...constant(layout.rowBytes), add, ...keep(at), ...get(end), isLess, 0x0d, 0, 0x0b, 0x0b],
    ...[...get(out), 0x0b],
  ]
  const wide = [...unsigned(1 + adding.length), 0x7e]
  return [
    4,
    ...[2, 0x7f],
    ...wide,
    ...[...unsigned(groups), 0x7b],
    ...[...unsigned(4 * lettered.length), 0x7f],
    ...code,
  ]
}
