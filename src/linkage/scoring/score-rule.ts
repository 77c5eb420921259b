import type { Blocks, RuleKeys } from '../blocking/blocks.ts'
import { newPairBatch, type BlockRange, type PairBatch } from '../blocking/pairs.ts'
import { getField } from '../blocking/keys.ts'
import type { Records } from '../input/records.ts'
import { laidOf } from '../input/rows.ts'
import { screenBlock, type Screen } from '../screen/screen.ts'
import { weigh, type Scorer } from './scorer.ts'

/** Pairs above the cut: records, weights in bits, pattern numbers. */
export type Scored = {
  left: Int32Array
  right: Int32Array
  weights: Float64Array
  codes: Float64Array
  length: number
  compared: number
}

/** An empty list. */
export function newScored(room = 4096): Scored {
  return {
    left: new Int32Array(room),
    right: new Int32Array(room),
    weights: new Float64Array(room),
    codes: new Float64Array(room),
    length: 0,
    compared: 0,
  }
}

/** The batch size that scoring works with. */
export const scoringRoom = 8192

/** Blocks of fewer records go to the scorer as they are: laying their rows would cost more than it saves. */
const fewestScreened = 4

type Work = { blocks: Blocks; keys: readonly RuleKeys[]; rule: number; range: BlockRange; cut: number }

/** Weighs all pairs of some blocks of one rule and appends those above `cut` that no earlier rule has brought. */
export function scoreBlocks(records: Records, scorer: Scorer, screen: Screen, work: Work, out: Scored): void {
  const { blocks, keys, rule, range, cut } = work
  const { order, starts } = blocks
  const batch = newPairBatch(scoringRoom)
  const earlier = keys.slice(0, rule).map((one) => one.keys)
  const fields = scorer.comparisons.map(({ field }) => laidOf(records, getField(records, field)))
  let count = 0
  const weighBatch = () => {
    append(out, scorer, batch, weigh(scorer, fields, batch, count, cut), earlier)
    count = 0
  }
  const take = (left: number, right: number) => {
    batch.left[count] = left
    batch.right[count++] = right
    if (count === scoringRoom) weighBatch()
  }
  for (let block = range.from; block < range.to; block++) {
    const [start, end] = [starts[block] ?? 0, starts[block + 1] ?? 0]
    const middle = middleOf(records, order, start, end)
    out.compared += middle < end ? (middle - start) * (end - middle) : ((end - start) * (end - start - 1)) / 2
    if (end - start >= fewestScreened) {
      screenBlock(screen, { order, start, middle, end }, take)
      continue
    }
    for (let a = start; a < middle; a++)
      for (let b = middle < end ? middle : a + 1; b < end; b++) take(order[a] ?? 0, order[b] ?? 0)
  }
  weighBatch()
}

/** Where the second file begins within a block; its end where there is one file. */
function middleOf({ count, second }: Records, order: Int32Array, start: number, end: number): number {
  if (second === count) return end
  let middle = start
  while (middle < end && (order[middle] ?? 0) < second) middle++
  return middle
}

function append(
  out: Scored,
  { weights, codes }: Scorer,
  { left, right }: PairBatch,
  count: number,
  earlier: readonly Int32Array[],
): void {
  for (let at = 0; at < count; at++) {
    const [a, b] = [left[at] ?? 0, right[at] ?? 0]
    if (earlier.some((keys) => keys[a] !== 0 && keys[a] === keys[b])) continue
    if (out.length === out.left.length) enlarge(out)
    out.left[out.length] = a
    out.right[out.length] = b
    out.weights[out.length] = weights[at] ?? 0
    out.codes[out.length++] = codes[at] ?? 0
  }
}

function enlarge(out: Scored): void {
  const room = out.left.length * 2
  const grown = newScored(room)
  grown.left.set(out.left)
  grown.right.set(out.right)
  grown.weights.set(out.weights)
  grown.codes.set(out.codes)
  Object.assign(out, { left: grown.left, right: grown.right, weights: grown.weights, codes: grown.codes })
}

/** Puts the pairs of one list behind another's. */
export function appendScored(out: Scored, more: Scored): void {
  while (out.left.length < out.length + more.length) enlarge(out)
  out.left.set(more.left.subarray(0, more.length), out.length)
  out.right.set(more.right.subarray(0, more.length), out.length)
  out.weights.set(more.weights.subarray(0, more.length), out.length)
  out.codes.set(more.codes.subarray(0, more.length), out.length)
  out.length += more.length
  out.compared += more.compared
}
