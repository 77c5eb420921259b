import type { Records } from '../input/records.ts'
import type { Scorer } from '../scoring/scorer.ts'
import {
  layAmounts,
  layoutOf,
  lengthBytes,
  memoryFor,
  plainKernel,
  simdKernel,
  type Kernel,
  type Layout,
} from './kernel.ts'
import { planScreen, type Plan } from './plan.ts'

/**
 * A screen before the scorer: goes through all pairs of a block and lets through those that could reach the cut, by which
 * words of their values are equal. It lets through more than the scorer keeps, never less.
 */
export type Screen = {
  plan: Plan
  layout: Layout
  make: (plan: Plan, layout: Layout, memory: WebAssembly.Memory) => Kernel
  memory: WebAssembly.Memory
  words: Int32Array
  kernel: Kernel
  /** Rows there is room for. */
  room: number
}

const firstRoom = 1024

type Making = { cut: number; form?: 'simd' | 'plain' }

/** A screen for a scorer. @param making.form plain TypeScript for the sake of comparing; both let the same pairs through */
export function newScreen(records: Records, scorer: Scorer, { cut, form = 'simd' }: Making): Screen {
  const plan = planScreen(records, scorer, cut)
  const layout = layoutOf(plan)
  const make = form === 'simd' ? simdKernel : plainKernel
  return { plan, layout, make, ...ground(plan, layout, make, firstRoom) }
}

function ground(plan: Plan, layout: Layout, make: Screen['make'], room: number) {
  const memory = memoryFor(plan, layout, room)
  return { memory, words: new Int32Array(memory.buffer), kernel: make(plan, layout, memory), room }
}

/**
 * Screens all pairs of a block.
 *
 * @param order the block's records from `start` to `end`; those before `middle` are compared with those after, where it is
 *   `end` each with all that follow
 * @param take receives two records that may be of interest
 */
export function screenBlock(
  screen: Screen,
  { order, start, middle, end }: { order: Int32Array; start: number; middle: number; end: number },
  take: (left: number, right: number) => void,
): void {
  const count = end - start
  if (count > screen.room) Object.assign(screen, ground(screen.plan, screen.layout, screen.make, count * 2))
  const { words, kernel, layout } = screen
  const { rowBytes, rows } = layout
  layRows(screen, order, start, end)
  const results = rows + screen.room * rowBytes
  const last = rows + count * rowBytes
  for (let at = start; at < middle; at++) {
    const left = order[at] ?? 0
    const from = middle < end ? middle : at + 1
    if (from >= end) break
    layAgreement(screen, left)
    const found = kernel(rows + (at - start) * rowBytes, rows + (from - start) * rowBytes, last, results) >> 2
    for (let result = results >> 2; result < found; result++)
      take(left, order[start + ((words[result] ?? 0) - rows) / rowBytes] ?? 0)
  }
}

function layRows({ plan, layout, words }: Screen, order: Int32Array, start: number, end: number): void {
  const width = plan.groups * 4
  const row = layout.rows >> 2
  words.fill(0, row, row + (end - start) * width)
  const stretch = { order, start, end }
  plan.columns.forEach(({ field, at, words: laid, letters }, index) => {
    laid.lay(field, stretch, { words, row, width, at, bit: 1 << index })
    letters?.of.lay(field, stretch, { words, row, width, at: letters.at })
  })
}

function layAgreement({ plan, layout, words }: Screen, record: number): void {
  let to = layout.agreement >> 2
  let lettered = 0
  for (const { field, agreement, letters } of plan.columns) {
    const value = field.data[record * field.width + field.at] ?? 0
    if (letters !== null) {
      const place = layout.letters[lettered++]
      if (place) words[place.told >> 2] = place.at + letters.of.lengthOf(value) * lengthBytes
    }
    if (agreement !== null)
      layAmounts(
        words,
        to,
        value === 0 ? 0 : (agreement.stranger[value] ?? 0),
        value === 0 ? 0 : (agreement.kin?.[value] ?? 0),
      )
    to += 2
  }
}
