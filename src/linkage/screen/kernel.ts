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
  /** What agreement adds for the left row, a word beside each word. */
  agreement: number
  tables: number[]
  rows: number
}

const page = 65_536

/** Lays out memory: agreement, tables, rows. */
export function layoutOf({ groups, tables }: Plan): Layout {
  let next = groups * 16
  const places = tables.map(({ most }) => {
    const place = next
    next += Math.ceil(most.byteLength / 16) * 16
    return place
  })
  return { rowBytes: groups * 16, agreement: 0, tables: places, rows: next }
}

/** The tables written into a memory with room for `rows` rows and as many results. */
export function memoryFor(plan: Plan, layout: Layout, rows: number): WebAssembly.Memory {
  const bytes = layout.rows + rows * (layout.rowBytes + 4)
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / page) })
  plan.tables.forEach(({ most }, index) =>
    new Int32Array(memory.buffer, layout.tables[index], most.length).set(most),
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
  const { groups, start, tables } = plan
  const rowWords = groups * 4
  const agreement = layout.agreement >> 2
  const tableAt = layout.tables.map((address) => address >> 2)
  return (row, from, end, out) => {
    const left = row >> 2
    let next = out >> 2
    for (let at = from >> 2; at < end >> 2; at += rowWords) {
      let equal = 0
      let amount = start
      for (let word = 0; word < rowWords; word++) {
        if (words[left + word] !== words[at + word]) continue
        equal |= 1 << word
        amount = (amount + (words[agreement + word] ?? 0)) | 0
      }
      const missing = (words[left + rowWords - 1] ?? 0) | (words[at + rowWords - 1] ?? 0)
      for (let index = 0; index < tables.length; index++) {
        const table = tables[index]
        if (!table) continue
        const entry =
          ((equal >>> table.at) & ((1 << table.words) - 1)) |
          (((missing >>> table.missingAt) & ((1 << table.columns) - 1)) << table.words)
        amount = (amount + (words[(tableAt[index] ?? 0) + entry] ?? 0)) | 0
      }
      words[next] = at << 2
      if (amount >= 0) next++
    }
    return next << 2
  }
}
