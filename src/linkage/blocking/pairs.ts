import type { Records } from '../input/records.ts'
import type { Blocks, RuleKeys } from './blocks.ts'

/** Pairs of positions within `blocks.order`, at most `room` at a time. */
export type PairBatch = { left: Int32Array; right: Int32Array; room: number }

/** Room for pairs. */
export function newPairBatch(room = 8192): PairBatch {
  return { left: new Int32Array(room), right: new Int32Array(room), room }
}

/** Blocks from `from` up to `to`; `takes` tells which of them are looked at (all where it is left out). */
export type BlockRange = { from: number; to: number; takes?: (block: number) => boolean }

/**
 * Goes through all pairs of the blocks and hands them on in batches: within one file each pair once, between two files
 * each record of the first with each of the second. A block's records come in ascending order, so those of the first file
 * stand before those of the second.
 */
export function forPairs(
  records: Records,
  { order, starts }: Blocks,
  range: BlockRange,
  batch: PairBatch,
  take: (count: number) => void,
): void {
  const { left, right, room } = batch
  const isLink = records.second < records.count
  let count = 0
  for (let block = range.from; block < range.to; block++) {
    if (range.takes && !range.takes(block)) continue
    const [start, end] = [starts[block] ?? 0, starts[block + 1] ?? 0]
    let middle = end
    if (isLink) {
      middle = start
      while (middle < end && (order[middle] ?? 0) < records.second) middle++
    }
    for (let a = start; a < middle; a++) {
      for (let b = isLink ? middle : a + 1; b < end; b++) {
        left[count] = a
        right[count++] = b
        if (count === room) {
          take(count)
          count = 0
        }
      }
    }
  }
  if (count > 0) take(count)
}

/** Puts the records in place of the positions in `order`. */
export function toRecords(order: Int32Array, { left, right }: PairBatch, count: number): void {
  for (let at = 0; at < count; at++) {
    left[at] = order[left[at] ?? 0] ?? 0
    right[at] = order[right[at] ?? 0] ?? 0
  }
}

/** Leaves out the pairs of records that an earlier rule has brought together, in place. @returns how many are left */
export function dropEarlier(earlier: readonly RuleKeys[], { left, right }: PairBatch, count: number): number {
  let kept = count
  for (const { keys } of earlier) {
    let to = 0
    for (let at = 0; at < kept; at++) {
      const key = keys[left[at] ?? 0] ?? 0
      if (key !== 0 && key === keys[right[at] ?? 0]) continue
      left[to] = left[at] ?? 0
      right[to++] = right[at] ?? 0
    }
    kept = to
  }
  return kept
}
