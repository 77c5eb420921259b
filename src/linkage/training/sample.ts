import type { Blocks, RuleKeys } from '../blocking/blocks.ts'
import { stir } from '../values/ints.ts'
import type { Sample } from './patterns.ts'

/** Pairs compared per rule to learn from; of larger rules a sample of whole blocks. */
const pairsPerRule = 120_000

/** A sample of a rule's blocks, chosen by the lowest rank among their records; null where it brings no pair together. */
export function sampleOf({
  blocks,
  ranks,
  rule,
  rules,
}: {
  blocks: Blocks
  ranks: Int32Array
  rule: number
  rules: readonly RuleKeys[]
}): (Sample & { weight: number }) | null {
  const total = blocks.pairs.at(-1) ?? 0
  if (total === 0) return null
  if (total <= pairsPerRule) return { rule, keys: rules, blocks, weight: 1 }
  const limit = (pairsPerRule / total) * 0x7fffffff
  const takes = (block: number) => {
    let lowest = 0x7fffffff
    for (let at = blocks.starts[block] ?? 0; at < (blocks.starts[block + 1] ?? 0); at++)
      lowest = Math.min(lowest, ranks[blocks.order[at] ?? 0] ?? 0)
    return (stir(lowest ^ 0x2545f491) & 0x7fffffff) <= limit
  }
  const isTaken = new Uint8Array(blocks.starts.length - 1)
  let taken = 0
  for (let block = 0; block < isTaken.length; block++) {
    if (!takes(block)) continue
    isTaken[block] = 1
    taken += (blocks.pairs[block + 1] ?? 0) - (blocks.pairs[block] ?? 0)
  }
  const takesBlock = (block: number) => isTaken[block] === 1
  return taken === 0 ? null : { rule, keys: rules, blocks, takes: takesBlock, weight: total / taken }
}
