import { blockRule, layBlocks, type Blocks, type RuleKeys } from '../blocking/blocks.ts'
import { getField } from '../blocking/keys.ts'
import { comparisonOf, type Comparison } from '../compare/comparison.ts'
import type { Records } from '../input/records.ts'
import type { ComparisonConfig, KeyPart } from '../model.ts'
import { newScored, scoreBlocks, scoringRoom, type Scored } from '../scoring/score-rule.ts'
import { newScreen, type Screen } from '../screen/screen.ts'
import { newScorer, rarityOf, type Scorer } from '../scoring/scorer.ts'
import type { LinkageModel } from '../training/model.ts'
import { countPatterns, type Patterns } from '../training/patterns.ts'
import { countRandomPairs, type LevelCounts } from '../training/random-pairs.ts'
import { sampleOf } from '../training/sample.ts'

/** What work is done on; told once, added to as it is found. Large arrays lie in memory all threads share. */
export type Ground = {
  records: Records
  configs: readonly ComparisonConfig[]
  ranks: Int32Array
  seed: number
  wanted: readonly (readonly KeyPart[])[]
  largest: number | null
  dividers: readonly KeyPart[]
  rules: readonly RuleKeys[]
  blocks: readonly Blocks[]
  model: LinkageModel | null
  rarities: readonly (Float64Array | null)[]
  /** Weight in bits below which a pair is not kept. */
  cut: number
}

/** One piece of work. Its result does not depend on which thread does it, nor when. */
export type Task =
  | { do: 'block'; rule: number }
  | { do: 'rarity'; comparison: number }
  | { do: 'random'; share: number }
  | { do: 'patterns'; rule: number }
  | { do: 'score'; rule: number; from: number; to: number }

/** What each kind of work gives back. */
export type Results = {
  block: { keys: RuleKeys; blocks: Blocks }
  rarity: Float64Array | null
  random: LevelCounts
  patterns: { patterns: Patterns; weight: number } | null
  score: Scored
}

/** What a thread keeps between tasks. */
export type Bench = { ground: Ground; comparisons: Comparison[]; scorer: Scorer | null; screen: Screen | null }

/** A place of work on this ground. */
export function newBench(ground: Ground): Bench {
  const { records, configs } = ground
  const comparisons = configs.map((config) => comparisonOf(config, getField(records, config.field), records))
  return { ground, comparisons, scorer: null, screen: null }
}

/** Takes over what was found meanwhile. */
export function tellBench(bench: Bench, news: Partial<Ground>): void {
  bench.ground = { ...bench.ground, ...news }
  if (news.model !== undefined) Object.assign(bench, { scorer: null, screen: null })
}

/** Does one task. */
export function perform(bench: Bench, task: Task): Results[Task['do']] {
  const { ground, comparisons } = bench
  const { records, rules, blocks } = ground
  switch (task.do) {
    case 'block': {
      const keys = blockRule(records, ground.wanted[task.rule] ?? [], ground)
      return { keys, blocks: layBlocks(records, keys) }
    }
    case 'rarity': {
      const comparison = comparisons[task.comparison]
      return comparison ? rarityOf(records, comparison) : null
    }
    case 'random':
      return countRandomPairs(records, comparisons, { ...ground, share: task.share })
    case 'patterns': {
      const own = blocks[task.rule]
      const sample = own ? sampleOf({ blocks: own, ranks: ground.ranks, rule: task.rule, rules }) : null
      return sample && { patterns: countPatterns(records, comparisons, sample), weight: sample.weight }
    }
    case 'score': {
      const out = newScored()
      const own = blocks[task.rule]
      if (own === undefined || ground.model === null) return out
      bench.scorer ??= newScorer(records, comparisons, ground.model, { room: scoringRoom, rarities: ground.rarities })
      bench.screen ??= newScreen(records, bench.scorer, { cut: ground.cut })
      const range = { from: task.from, to: task.to }
      scoreBlocks(
        records,
        bench.scorer,
        bench.screen,
        { blocks: own, keys: rules, rule: task.rule, range, cut: ground.cut },
        out,
      )
      return out
    }
  }
}
