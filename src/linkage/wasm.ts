/**
 * Instructions of WebAssembly, for the few loops that are written one by one (docs/adr 0030).
 *
 * @source WebAssembly Core Specification 2.0, chapter 5 (binary format)
 */

type Module = {
  /** Of the one function that is given out; it takes so many integers and returns one. */
  name: string
  parameters: number
  /** Module and name by which memory is handed in. */
  memory: [string, string]
  /** What the function declares and does, its last end included. */
  body: number[]
}

/** A module of one function. */
export function moduleOf({ name, parameters, memory, body }: Module): Uint8Array<ArrayBuffer> {
  const section = (id: number, entry: number[]) => {
    const content = [1, ...entry]
    return [id, ...unsigned(content.length), ...content]
  }
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [0x60, parameters, ...Array.from({ length: parameters }, () => 0x7f), 1, 0x7f]),
    ...section(2, [...memory.flatMap(text), 0x02, 0x00, 0x01]),
    ...section(3, [0]),
    ...section(7, [...text(name), 0x00, 0]),
    ...section(10, [...unsigned(body.length), ...body]),
  ])
}

/** LEB128, as the format writes whole numbers. */
export function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}
function signed(value: number): number[] {
  const low = value & 127
  const rest = value >> 7
  const isLast = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0)
  return isLast ? [low] : [low | 128, ...signed(rest)]
}
function signedWide(value: bigint): number[] {
  const low = Number(value & 127n)
  const rest = value >> 7n
  const isLast = (rest === 0n && (low & 64) === 0) || (rest === -1n && (low & 64) !== 0)
  return isLast ? [low] : [low | 128, ...signedWide(rest)]
}
const text = (value: string) => [...unsigned(value.length), ...new TextEncoder().encode(value)]

export const get = (variable: number) => [0x20, ...unsigned(variable)]
export const set = (variable: number) => [0x21, ...unsigned(variable)]
export const keep = (variable: number) => [0x22, ...unsigned(variable)]
export const constant = (value: number) => [0x41, ...signed(value)]
export const wideConstant = (value: bigint) => [0x42, ...signedWide(value)]
export const loadWord = (offset: number) => [0x28, 2, ...unsigned(offset)]
export const loadWide = (offset: number) => [0x29, 3, ...unsigned(offset)]
export const storeWord = [0x36, 2, 0]
export const [add, take, and, or, exclusiveOr, shiftLeft, shiftRight] = [
  0x6a, 0x6b, 0x71, 0x72, 0x73, 0x74, 0x76,
] as const
export const [isLess, isNotLess, isZero, countBits, countLowZeros] = [0x49, 0x4f, 0x45, 0x69, 0x68] as const
export const [addWide, timesWide, andWide, isSameWide, widen] = [0x7c, 0x7e, 0x83, 0x51, 0xad] as const
/** Control: blocks and loops without a result, branches by how many to leave. */
export const [block, loop, end] = [[0x02, 0x40], [0x03, 0x40], 0x0b] as const
export const [branch, branchIf] = [(out: number) => [0x0c, out], (out: number) => [0x0d, out]] as const

const simd = (code: number, ...operands: number[]) => [0xfd, ...unsigned(code), ...operands]
export const loadVector = (offset: number) => simd(0, 4, ...unsigned(offset))
/** Four words of two vectors: which are the same, and that as four bits. */
export const [sameWords, bitsOfWords] = [simd(55), simd(164)] as const
/** Sixteen bytes: one byte everywhere, which are the same, either, and that as sixteen bits. */
export const [everyByte, sameBytes, eitherVector, bitsOfBytes] = [simd(15), simd(35), simd(80), simd(100)] as const
