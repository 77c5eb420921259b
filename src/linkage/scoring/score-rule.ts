import type { Blocks, RuleKeys } from '../blocking/blocks.ts'
import { forPairs, gather, newPairBatch, type BlockRange } from '../blocking/pairs.ts'
import type { Records } from '../input/records.ts'
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

/** Weighs all pairs of some blocks of one rule and appends those above `cut` that no earlier rule has brought. */
export function scoreBlocks(
  records: Records,
  scorer: Scorer,
  work: { blocks: Blocks; keys: readonly RuleKeys[]; rule: number; range: BlockRange; cut: number },
  out: Scored,
): void {
  const { blocks, keys, rule, range, cut } = work
  const [from, to] = [blocks.starts[range.from] ?? 0, blocks.starts[range.to] ?? 0]
  const order = blocks.order.subarray(from, to)
  const part: Blocks = {
    ...blocks,
    order,
    starts: blocks.starts.subarray(range.from, range.to + 1).map((start) => start - from),
  }
  const values = scorer.comparisons.map((comparison) => {
    const field = records.fields.find((one) => one.name === comparison.field)
    return {
      values: gather(field?.values ?? new Int32Array(0), order),
      low: field?.low ? gather(field.low, order) : null,
    }
  })
  const batch = newPairBatch(scoringRoom)
  const earlier = keys.slice(0, rule)
  forPairs(records, part, { from: 0, to: part.starts.length - 1 }, batch, (count) => {
    out.compared += count
    const kept = weigh(scorer, values, batch, count, cut)
    if (kept === 0) return
    append(
      out,
      { order, left: batch.left, right: batch.right, weights: scorer.weights, codes: scorer.codes },
      kept,
      earlier,
    )
  })
}

type Batch = { order: Int32Array; left: Int32Array; right: Int32Array; weights: Float64Array; codes: Float64Array }

function append(
  out: Scored,
  { order, left, right, weights, codes }: Batch,
  count: number,
  earlier: readonly RuleKeys[],
): void {
  for (let at = 0; at < count; at++) {
    const [a, b] = [order[left[at] ?? 0] ?? 0, order[right[at] ?? 0] ?? 0]
    if (earlier.some(({ keys }) => keys[a] !== 0 && keys[a] === keys[b])) continue
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
