import { longest } from '../compare/letters.ts'
import { bitCountOf } from '../values/ints.ts'
import type { Plan } from './plan.ts'
import { simdCode } from './simd.ts'

/**
 * Compares one row with the rows from `at` to `end` and writes the addresses of those that may be of interest to `out`.
 * All are addresses in bytes. @returns where what was written ends
 */
export type Kernel = (row: number, at: number, end: number, out: number) => number

/** Where things lie in the memory that the kernel and its user share, in bytes. */
export type Layout = {
  rowBytes: number
  /** What agreement adds for the left row, eight bytes a column. */
  agreement: number
  tables: number[]
  /** Per column with letters what they allow by length and beginning, and where the kernel is told the left row's place. */
  letters: { at: number; told: number }[]
  rows: number
}

const page = 65_536
/** What letters allow, eight bytes each: by how many differ, of so many that begin both, of one length. */
const beginBytes = 512
export const lengthBytes = 5 * beginBytes

/** Lays out memory: agreement, tables, rows. */
export function layoutOf({ groups, columns, tables }: Plan): Layout {
  const withLetters = columns.filter((column) => column.letters !== null)
  const told = columns.length * 16
  let next = told + withLetters.length * 16
  const places = tables.map(({ stranger }) => {
    const place = next
    next += Math.ceil(stranger.length / 2) * 16
    return place
  })
  const letters = withLetters.map((_column, index) => {
    const at = next
    next += (longest + 1) * lengthBytes
    return { at, told: told + index * 16 }
  })
  return { rowBytes: groups * 16, agreement: 0, tables: places, letters, rows: next }
}

/**
 * Both amounts as one number of 64 bits, so that one addition adds both; the lower borrows from the upper where it is
 * below nothing.
 */
export function layAmounts(words: Int32Array, at: number, stranger: number, kin: number): void {
  words[at] = stranger
  words[at + 1] = stranger < 0 ? kin - 1 : kin
}

/** The tables written into a memory with room for `rows` rows and as many results. */
export function memoryFor(plan: Plan, layout: Layout, rows: number): WebAssembly.Memory {
  const bytes = layout.rows + rows * (layout.rowBytes + 4)
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / page) })
  const words = new Int32Array(memory.buffer)
  plan.tables.forEach(({ stranger, kin }, index) => {
    const first = (layout.tables[index] ?? 0) >> 2
    for (let entry = 0; entry < stranger.length; entry++)
      layAmounts(words, first + entry * 2, stranger[entry] ?? 0, kin[entry] ?? 0)
  })
  plan.columns
    .flatMap(({ letters }) => letters ?? [])
    .forEach(({ amounts }, index) =>
      amounts.forEach((ofLength, length) =>
        ofLength.forEach((row, begins) =>
          row.forEach(({ stranger, kin }, differing) => {
            const first = ((layout.letters[index]?.at ?? 0) + length * lengthBytes + begins * beginBytes) >> 2
            layAmounts(words, first + differing * 2, stranger, kin)
          }),
        ),
      ),
    )
  return memory
}

/** The kernel in WebAssembly, four words at a time. */
export function simdKernel(plan: Plan, layout: Layout, memory: WebAssembly.Memory): Kernel {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(simdCode(plan, layout)), { screen: { memory } })
  return instance.exports['compare'] as Kernel
}

/** The kernel in plain TypeScript: the same rows to the last. */
export function plainKernel(plan: Plan, layout: Layout, memory: WebAssembly.Memory): Kernel {
  const words = new Int32Array(memory.buffer)
  const { groups, start, tables, columns } = plan
  const rowWords = groups * 4
  const agreement = layout.agreement >> 2
  const lettered = columns.flatMap(({ letters }, column) => (letters === null ? [] : [{ column, at: letters.at }]))
  return (row, from, end, out) => {
    const left = row >> 2
    let next = out >> 2
    for (let at = from >> 2; at < end >> 2; at += rowWords) {
      let equal = 0
      let stranger = start.stranger
      let kin = start.kin
      for (let word = 0; word < rowWords; word++) if (words[left + word] === words[at + word]) equal |= 1 << word
      for (let index = 0; index < columns.length; index++) {
        if (((equal >>> (columns[index]?.at ?? 0)) & 1) === 0) continue
        const low = words[agreement + 2 * index] ?? 0
        stranger += low
        kin += (words[agreement + 2 * index + 1] ?? 0) + (low < 0 ? 1 : 0)
      }
      const missing = (words[left + rowWords - 1] ?? 0) | (words[at + rowWords - 1] ?? 0)
      for (const table of tables) {
        const entry =
          ((equal >>> table.at) & ((1 << table.words) - 1)) |
          (((missing >>> table.missingAt) & ((1 << table.columns) - 1)) << table.words)
        stranger += table.stranger[entry] ?? 0
        kin += table.kin[entry] ?? 0
      }
      for (let index = 0; index < lettered.length; index++) {
        const { column, at: letters } = lettered[index] ?? { column: 0, at: 0 }
        if (((missing >>> column) & 1) === 1) continue
        const differing = bitCountOf(
          (words[left + letters] ?? 0) ^ (words[at + letters] ?? 0),
          (words[left + letters + 2] ?? 0) ^ (words[at + letters + 2] ?? 0),
        )
        const head = (words[left + letters + 1] ?? 0) ^ (words[at + letters + 1] ?? 0)
        const begins = head === 0 ? 4 : (31 - Math.clz32(head & -head)) >> 3
        const told = ((words[(layout.letters[index]?.told ?? 0) >> 2] ?? 0) + begins * beginBytes) / 4 + differing * 2
        const low = words[told] ?? 0
        stranger += low
        kin += (words[told + 1] ?? 0) + (low < 0 ? 1 : 0)
      }
      words[next] = at << 2
      if (stranger >= 0 && kin >= 0) next++
    }
    return next << 2
  }
}
