import type { RuleKeys } from '../blocking/blocks.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { Field, Records } from '../input/records.ts'
import type { ComparisonConfig } from '../model.ts'
import { estimate, type MixtureInput, type SharedClass, type Shares } from './mixture.ts'
import type { LinkageModel } from './model.ts'
import type { Patterns } from './patterns.ts'
import type { LevelCounts } from './random-pairs.ts'
import { startOf, type Kin } from './starts.ts'

export type TrainInput = {
  records: Records
  configs: readonly ComparisonConfig[]
  comparisons: readonly Comparison[]
  rules: readonly RuleKeys[]
  familyGuard: boolean
  random: LevelCounts
  /** Patterns of the rules that bring any pairs together, and how many pairs each counted one stands for. */
  samples: readonly { patterns: Patterns; weight: number }[]
}

/** Estimates a model from what was counted, without any known answer. */
export function train(input: TrainInput): LinkageModel {
  const { records, comparisons, random, samples } = input
  const patterns = samples.map((sample) => sample.patterns)
  const weights = samples.map((sample) => sample.weight)
  const classes = classesOf(input)
  const all = allPairs(records)
  let chance = chanceShares(random, comparisons, null)
  const mixture = (): MixtureInput => ({
    patterns,
    weights,
    chance,
    preset: patterns.map(({ rule }) => presetBy(input, rule)),
    classes,
  })
  for (let round = 0; round < 3; round++) {
    const expected = estimate(mixture())
    chance = chanceShares(random, comparisons, { all, classes, seen: unrelatedLevels(mixture(), expected) })
  }
  return modelOf(input, { chance, classes, all })
}

/** All pairs that the records could make. */
function allPairs({ count, second }: Records): number {
  return second < count ? second * (count - second) : (count * (count - 1)) / 2
}

/** Pairs of one child, and where a parent is named, of twins and of siblings. */
function classesOf({ comparisons, records, familyGuard }: TrainInput): SharedClass[] {
  const fields = comparisons.map(({ field }) => records.fields.find((one) => one.name === field))
  const shares = (kin: Kin): Shares =>
    comparisons.map((comparison, index) => {
      const field = fields[index]
      return field ? startOf(kin, comparison, field) : []
    })
  const make = (kin: Kin, prior: number): SharedClass => ({ start: shares(kin), shares: shares(kin), prior, pairs: 0 })
  const hasFamily =
    familyGuard &&
    fields.some((field) => field?.kind === 'name' && field.of !== 'self') &&
    fields.some((field) => field?.kind === 'name' && field.of === 'self') &&
    fields.some((field) => field?.kind === 'date' && field.of === 'self')
  return hasFamily ? [make('match', 0), make('twins', 1), make('siblings', 1)] : [make('match', 0)]
}

function presetBy({ comparisons, rules }: TrainInput, rule: number): boolean[] {
  return comparisons.map(({ field }) => (rules[rule]?.rule ?? []).some((part) => part.field === field))
}

type Corrections = { all: number; classes: readonly SharedClass[]; seen: Shares }

/**
 * Shares of levels among unrelated pairs: as random pairs show, less the pairs of one child and of families among them;
 * and never less than unrelated pairs seen in blocks, which for rare agreements (a number used twice) know more.
 */
function chanceShares(
  { counts, pairs }: LevelCounts,
  comparisons: readonly Comparison[],
  corrections: Corrections | null,
): Shares {
  return comparisons.map((comparison, index) => {
    const tally = comparison.labels.map((_label, level) => counts[index]?.[level + 1] ?? 0)
    const present = tally.reduce((sum, value) => sum + value, 0)
    if (present === 0) return tally.map(() => 1 / tally.length)
    const both = present / pairs
    const shares = tally.map((value, level) => {
      const related = corrections === null ? 0 : relatedShare(corrections, index, level) * present
      const random = Math.max(value - related, 0)
      const seen = corrections === null ? 0 : (corrections.seen[index]?.[level] ?? 0) / (corrections.all * both)
      return Math.max((random + 0.5) / (present + 0.5 * tally.length), seen, 1e-9)
    })
    const total = shares.reduce((sum, value) => sum + value, 0)
    return shares.map((value) => value / total)
  })
}

/** Part of all pairs that are related and of this level. */
function relatedShare({ all, classes }: Corrections, comparison: number, level: number): number {
  return classes.reduce((sum, one) => sum + (one.pairs / all) * (one.shares[comparison]?.[level] ?? 0), 0)
}

/** Levels among the pairs of all rules that are thought unrelated: the difference of all and of the related. */
function unrelatedLevels({ patterns, weights, classes, chance }: MixtureInput, expected: readonly number[][]): Shares {
  const tally = chance.map((shares) => shares.map(() => 0))
  patterns.forEach((own, index) => {
    const mine = expected[index] ?? []
    const total = mine.reduce((sum, value) => sum + value, 0)
    own.levels.forEach((levels, at) => {
      const count = (own.counts[at] ?? 0) * (weights[index] ?? 1)
      levels.forEach((level, comparison) => {
        const row = tally[comparison]
        if (level > 0 && row) row[level - 1] = (row[level - 1] ?? 0) + count
      })
    })
    if (total === 0) return
    tally.forEach((row, comparison) => {
      const present = row.reduce((sum, value) => sum + value, 0) > 0
      if (!present) return
      classes.forEach((one, kin) => {
        const pairs = (mine[kin + 1] ?? 0) * presence(own, comparison)
        row.forEach((value, level) => (row[level] = value - pairs * (one.shares[comparison]?.[level] ?? 0)))
      })
    })
  })
  return tally.map((row) => row.map((value) => Math.max(0, value)))
}

/** Share of a rule's pairs in which a comparison is not missing. */
function presence({ levels, counts, pairs }: Patterns, comparison: number): number {
  let present = 0
  levels.forEach((row, at) => {
    if ((row[comparison] ?? 0) > 0) present += counts[at] ?? 0
  })
  return pairs === 0 ? 0 : present / pairs
}

function modelOf(
  { records, configs, comparisons, rules }: TrainInput,
  { chance, classes, all }: { chance: Shares; classes: readonly SharedClass[]; all: number },
): LinkageModel {
  const [match, twins, siblings] = classes
  return {
    format: 'mangnon-linkage-model/1',
    rules: rules.map(({ rule }) => [...rule]),
    comparisons: comparisons.map((comparison, index) => ({
      config: configs[index] ?? { field: comparison.field, method: comparison.method, levels: [] },
      labels: [...comparison.labels],
      match: match?.shares[index] ?? [],
      chance: chance[index] ?? [],
      twins: twins?.shares[index] ?? null,
      siblings: siblings?.shares[index] ?? null,
      isOfFamily: isOfFamily(records.fields.find((one) => one.name === comparison.field)),
    })),
    pairs: { all, match: Math.max(1, match?.pairs ?? 1), twins: twins?.pairs ?? 0, siblings: siblings?.pairs ?? 0 },
    threshold: null,
  }
}

/** A parent's name, the place and (of twins) the day are the same because the family is. */
function isOfFamily(field: Field | undefined): boolean {
  if (!field) return false
  return field.of !== 'self' || field.kind === 'place' || field.kind === 'date' || field.kind === 'text'
}
