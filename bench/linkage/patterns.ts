import { layBlocks } from '../../src/linkage/blocking/blocks.ts'
import type { Records } from '../../src/linkage/input/records.ts'
import type { Outcome } from '../../src/linkage/run.ts'
import { countPatterns, type Patterns } from '../../src/linkage/training/patterns.ts'

/** Patterns of all pairs of all rules, each pair under the first rule that brings it. */
export function everyPattern(records: Records, { comparisons, rules }: Outcome): Patterns[] {
  return rules.map((own, rule) =>
    countPatterns(records, comparisons, { rule, keys: rules, blocks: layBlocks(records, own) }),
  )
}
