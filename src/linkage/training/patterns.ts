import type { Blocks, RuleKeys } from '../blocking/blocks.ts'
import { dropEarlier, forPairs, newPairBatch, toRecords } from '../blocking/pairs.ts'
import type { Comparison } from '../compare/comparison.ts'
import { getField } from '../blocking/keys.ts'
import type { Records } from '../input/records.ts'
import { laidOf } from '../input/rows.ts'

/** How often each combination of levels occurs among the pairs of one rule; `levels` is one row per pattern. */
export type Patterns = { rule: number; levels: Uint8Array[]; counts: Float64Array; pairs: number }

/** A set of rules with their blocks laid out only while they are read. */
export type Sample = { rule: number; keys: readonly RuleKeys[]; blocks: Blocks; takes?: (block: number) => boolean }

/** Compares the pairs of one rule, but for those an earlier rule brings together, and counts their patterns. */
export function countPatterns(records: Records, comparisons: readonly Comparison[], sample: Sample): Patterns {
  const { blocks, keys, rule } = sample
  const batch = newPairBatch(2048)
  const fields = comparisons.map(({ field }) => laidOf(records, getField(records, field)))
  const levels = new Uint8Array(batch.room)
  const codes = new Float64Array(batch.room)
  const tally = tallyOf(comparisons)
  let pairs = 0
  forPairs(records, blocks, { from: 0, to: blocks.starts.length - 1, takes: sample.takes }, batch, (count) => {
    toRecords(blocks.order, batch, count)
    const kept = dropEarlier(keys.slice(0, rule), batch, count)
    codes.fill(0, 0, kept)
    comparisons.forEach((comparison, index) => {
      const own = fields[index]
      if (!own) return
      comparison.fill(own, batch.left, batch.right, kept, levels)
      const base = comparison.labels.length + 1
      for (let at = 0; at < kept; at++) codes[at] = (codes[at] ?? 0) * base + (levels[at] ?? 0)
    })
    tally.add(codes, kept)
    pairs += kept
  })
  const sorted = tally.counted()
  return {
    rule,
    levels: sorted.map(([code]) => levelsOfCode(code, comparisons)),
    counts: Float64Array.from(sorted, ([, count]) => count),
    pairs,
  }
}

/** Patterns of so many combinations at most are counted in a row of their own. */
const mostInRow = 1 << 20

/** Counts patterns by their number: in a row where they are few, else by a map. `counted`: in the order of their numbers. */
function tallyOf(comparisons: readonly Comparison[]): {
  add: (codes: Float64Array, count: number) => void
  counted: () => [number, number][]
} {
  const combinations = comparisons.reduce((product, { labels }) => product * (labels.length + 1), 1)
  if (combinations <= mostInRow) {
    const row = new Uint32Array(combinations)
    return {
      add(codes, count) {
        for (let at = 0; at < count; at++) row[codes[at] ?? 0] = (row[codes[at] ?? 0] ?? 0) + 1
      },
      counted: () => Array.from(row, (count, code): [number, number] => [code, count]).filter(([, count]) => count > 0),
    }
  }
  const counts = new Map<number, number>()
  return {
    add(codes, count) {
      for (let at = 0; at < count; at++) counts.set(codes[at] ?? 0, (counts.get(codes[at] ?? 0) ?? 0) + 1)
    },
    counted: () => [...counts].sort(([a], [b]) => a - b),
  }
}

/** The levels that a pattern's number stands for. */
export function levelsOfCode(code: number, comparisons: readonly Comparison[]): Uint8Array {
  const levels = new Uint8Array(comparisons.length)
  let rest = code
  for (let index = comparisons.length - 1; index >= 0; index--) {
    const base = (comparisons[index]?.labels.length ?? 0) + 1
    levels[index] = rest % base
    rest = Math.floor(rest / base)
  }
  return levels
}
