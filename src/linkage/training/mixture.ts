import type { Patterns } from './patterns.ts'

/** Shares of levels: `shares[comparison][level - 1]`. */
export type Shares = number[][]

/** Kinds of pair whose shares are estimated together over all rules. */
export type SharedClass = { start: Shares; shares: Shares; prior: number; pairs: number }

/** What the estimation is given: patterns of each rule, chance agreement, and which comparisons each rule presets. */
export type MixtureInput = {
  patterns: readonly Patterns[]
  /** How many pairs each counted one stands for, per rule. */
  weights: readonly number[]
  chance: Shares
  /** Per rule: comparisons on whose field it blocks; chance says nothing of them there. */
  preset: readonly boolean[][]
  classes: SharedClass[]
}

/** Per rule: its unrelated pairs, and the shares of levels it presets. */
type RuleClass = { shares: Shares; mixing: number[] }

const mostRounds = 200

/**
 * Estimates by expectation and maximisation what pairs of one child look like (m), and pairs of twins and of siblings,
 * over the patterns of all rules at once. Unrelated pairs keep the shares that random pairs showed (u), except on fields
 * a rule itself presets; that keeps a rule of many chance agreements from passing for matches. Each rule has its own
 * mixture of kinds, so that none dominates another; the shares of a kind are common to all.
 *
 * @returns per rule the expected number of pairs of each class: first unrelated, then `classes`
 */
export function estimate(input: MixtureInput): number[][] {
  const rules = input.patterns.map((patterns, index): RuleClass => {
    const others = input.classes.map(() => 0.01)
    return { shares: startOfRule(input, patterns, index), mixing: [1 - 0.01 * others.length, ...others] }
  })
  let before = Number.NEGATIVE_INFINITY
  let expected: number[][] = []
  for (let round = 0; round < mostRounds; round++) {
    const sums = newSums(input)
    let logLikelihood = 0
    expected = rules.map((rule, index) => {
      const sum = expect(input, { rule, index }, sums)
      logLikelihood += sum.logLikelihood
      return sum.expected
    })
    maximise(input, rules, sums, expected)
    if (round > 10 && Math.abs(logLikelihood - before) < 1e-7 * Math.abs(logLikelihood)) break
    before = logLikelihood
  }
  input.classes.forEach((one, at) => (one.pairs = expected.reduce((sum, rule) => sum + (rule[at + 1] ?? 0), 0)))
  return expected
}

/** On what a rule presets, its own pairs say how they are spread; chance says the rest. */
function startOfRule({ chance, preset }: MixtureInput, patterns: Patterns, index: number): Shares {
  return chance.map((shares, comparison) => {
    if (preset[index]?.[comparison] !== true) return shares
    const tally = shares.map(() => 0.5)
    patterns.levels.forEach((levels, at) => {
      const level = levels[comparison] ?? 0
      if (level > 0) tally[level - 1] = (tally[level - 1] ?? 0) + (patterns.counts[at] ?? 0)
    })
    return normalised(tally)
  })
}

type Sums = { classes: Shares[]; rules: Shares[] }

function newSums({ chance, classes, patterns }: MixtureInput): Sums {
  const zeros = () => chance.map((shares) => shares.map(() => 0))
  return { classes: classes.map(zeros), rules: patterns.map(zeros) }
}

function expect(
  { patterns, weights, classes }: MixtureInput,
  { rule, index }: { rule: RuleClass; index: number },
  sums: Sums,
): { expected: number[]; logLikelihood: number } {
  const expected = rule.mixing.map(() => 0)
  const own = patterns[index]
  const weight = weights[index] ?? 1
  const shares = [rule.shares, ...classes.map((one) => one.shares)]
  const targets = [sums.rules[index], ...sums.classes]
  const likely = rule.mixing.map(() => 0)
  let logLikelihood = 0
  own?.levels.forEach((levels, at) => {
    let total = 0
    for (let one = 0; one < likely.length; one++) {
      const value = (rule.mixing[one] ?? 0) * likelihood(shares[one] ?? [], levels)
      likely[one] = value
      total += value
    }
    if (total <= 0) return
    const count = (own.counts[at] ?? 0) * weight
    logLikelihood += count * Math.log(total)
    for (let one = 0; one < likely.length; one++) {
      const share = (count * (likely[one] ?? 0)) / total
      expected[one] = (expected[one] ?? 0) + share
      addLevels(targets[one], levels, share)
    }
  })
  return { expected, logLikelihood }
}

function likelihood(shares: Shares, levels: Uint8Array): number {
  let product = 1
  for (let comparison = 0; comparison < levels.length; comparison++) {
    const level = levels[comparison] ?? 0
    if (level > 0) product *= shares[comparison]?.[level - 1] ?? 1
  }
  return product
}

function addLevels(target: Shares | undefined, levels: Uint8Array, share: number): void {
  for (let comparison = 0; comparison < levels.length; comparison++) {
    const level = levels[comparison] ?? 0
    const tally = target?.[comparison]
    if (level > 0 && tally) tally[level - 1] = (tally[level - 1] ?? 0) + share
  }
}

function maximise({ classes, preset }: MixtureInput, rules: RuleClass[], sums: Sums, expected: number[][]): void {
  classes.forEach((one, index) => {
    one.shares = one.start.map((start, comparison) => {
      const seen = sums.classes[index]?.[comparison] ?? []
      const total = seen.reduce((sum, value) => sum + value, 0)
      const prior = 20 + one.prior * total
      return normalised(start.map((share, level) => (seen[level] ?? 0) + prior * share))
    })
  })
  rules.forEach((rule, index) => {
    const mine = expected[index] ?? []
    const total = mine.reduce((sum, value) => sum + value, 0)
    if (total > 0) rule.mixing = mine.map((value) => Math.max(value / total, 1e-12))
    rule.shares = rule.shares.map((shares, comparison) =>
      preset[index]?.[comparison] === true
        ? normalised(shares.map((_share, level) => (sums.rules[index]?.[comparison]?.[level] ?? 0) + 1e-6))
        : shares,
    )
  })
}

function normalised(tally: readonly number[]): number[] {
  const total = tally.reduce((sum, value) => sum + value, 0)
  return tally.map((value) => value / total)
}
