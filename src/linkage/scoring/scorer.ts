import type { PairBatch } from '../blocking/pairs.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { Records } from '../input/records.ts'
import type { Laid } from '../input/rows.ts'
import { levelsOfCode } from '../training/patterns.ts'
import type { LinkageModel } from '../training/model.ts'

/** One comparison made ready: weights by level, what rarity adds by value, and the most it can still add. */
export type Step = {
  index: number
  comparison: Comparison
  weights: Float64Array
  /** Added to levels up to `frequencyLevels`, by the left value; null where rarity does not matter. */
  rarity: Float64Array | null
  /** The most that agreement can add before rarity, and the most of all values. */
  agreeing: number
  most: number
  /** The most where the values do not agree; `same` gives values that count as one the same number, null: only itself. */
  otherwise: number
  same: Int32Array | null
  /** The most of a level and all weaker ones. */
  mostFrom: Float64Array
  place: number
}

/** Weighs pairs by a model. Holds room for one batch at a time. */
export type Scorer = {
  model: LinkageModel
  comparisons: readonly Comparison[]
  steps: Step[]
  /** Weight before any comparison: the odds that two records taken at random are of one child. */
  prior: number
  /** Sum of the most that later steps can add, after step `i`. */
  rest: Float64Array
  weights: Float64Array
  codes: Float64Array
  levels: Uint8Array
  families: Map<number, [number, number]>
}

/** Levels of names with the same letters. */
const agreeingLevels = 3

/** Values so rare or so frequent that they weigh differently: bounded, as counts of a few records are uncertain. */
const mostRarity = 12

/**
 * Makes a model ready for records.
 * @param room the largest batch
 * @param rarities what `rarityOf` makes of each comparison, where it was worked out before
 */
export function newScorer(
  records: Records,
  comparisons: readonly Comparison[],
  model: LinkageModel,
  { room, rarities }: { room: number; rarities?: readonly (Float64Array | null)[] },
): Scorer {
  let place = 1
  const places = comparisons.map(() => 0)
  for (let index = comparisons.length - 1; index >= 0; index--) {
    places[index] = place
    place *= (comparisons[index]?.labels.length ?? 0) + 1
  }
  const steps = comparisons.map((comparison, index) =>
    stepOf(records, comparison, {
      index,
      place: places[index] ?? 0,
      model,
      rarity: rarities ? (rarities[index] ?? null) : rarityOf(records, comparison),
    }),
  )
  const reach = (step: Step) => step.most - Math.min(...step.weights)
  steps.sort(
    (a, b) => Number(a.comparison.isDear) - Number(b.comparison.isDear) || reach(b) - reach(a) || a.index - b.index,
  )
  const rest = new Float64Array(steps.length)
  for (let at = steps.length - 2; at >= 0; at--) rest[at] = (rest[at + 1] ?? 0) + (steps[at + 1]?.most ?? 0)
  const { match, all } = model.pairs
  return {
    model,
    comparisons,
    steps,
    prior: Math.log2(match / Math.max(1, all - match)),
    rest,
    weights: new Float64Array(room),
    codes: new Float64Array(room),
    levels: new Uint8Array(room),
    families: new Map(),
  }
}

function stepOf(
  records: Records,
  comparison: Comparison,
  { index, place, model, rarity }: { index: number; place: number; model: LinkageModel; rarity: Float64Array | null },
): Step {
  const own = model.comparisons[index]
  const weights = new Float64Array(comparison.labels.length + 1)
  comparison.labels.forEach((_label, level) => {
    weights[level + 1] = Math.log2(Math.max(own?.match[level] ?? 0, 1e-9) / Math.max(own?.chance[level] ?? 0, 1e-9))
  })
  const lesser = rarity === null ? weights.length : comparison.frequencyLevels + 1
  const agreeing = Math.max(...weights.subarray(1, lesser))
  const field = records.fields.find((one) => one.name === comparison.field)
  const same = field?.kind === 'name' ? records.names.folded : null
  const levels = same !== null && comparison.method === 'names' ? agreeingLevels : 1
  const otherwise = Math.max(0, ...weights.subarray(levels + 1))
  const most = rarity === null ? agreeing : Math.max(agreeing + mostOf(rarity), ...weights.subarray(lesser))
  return {
    index,
    comparison,
    weights,
    rarity,
    agreeing,
    most: Math.max(0, most),
    otherwise,
    same,
    mostFrom: mostFrom(weights),
    place,
  }
}

function mostFrom(weights: Float64Array): Float64Array {
  const most = weights.slice()
  for (let level = most.length - 2; level >= 0; level--) most[level] = Math.max(most[level] ?? 0, most[level + 1] ?? 0)
  return most
}

/** How often the values of a comparison occur: by the name without marks, or by the value itself. */
export type Frequencies = { counts: Float64Array; present: number; squares: number; shared: Int32Array | null }

/** Counts the values of a comparison's field. */
export function frequenciesOf(records: Records, comparison: Comparison): Frequencies | null {
  if (comparison.frequencyLevels === 0) return null
  const field = records.fields.find((one) => one.name === comparison.field)
  if (!field) return null
  const shared = field.kind === 'name' ? records.names.folded : null
  const { values } = field
  const counts = new Float64Array((shared ? records.names.foldedCount : mostOf(values)) + 1)
  let present = 0
  for (let record = 0; record < values.length; record++) {
    const value = values[record] ?? 0
    if (value === 0) continue
    const key = shared ? (shared[value] ?? 0) : value
    counts[key] = (counts[key] ?? 0) + 1
    present++
  }
  let squares = 0
  for (const count of counts) squares += count * count
  return { counts, present, squares, shared }
}

function mostOf(values: Int32Array | Float64Array): number {
  let most = values[0] ?? 0
  for (let at = 0; at < values.length; at++) most = Math.max(most, values[at] ?? 0)
  return most
}

/** Bits that a value adds which stands `count` times; of those never seen as of those seen once. */
export function rarityBits({ squares, present }: { squares: number; present: number }, count: number): number {
  const bits = Math.log2(squares / present / Math.max(1, count))
  return Math.min(mostRarity, Math.max(-mostRarity, bits))
}

/**
 * What agreement on each value is worth beside agreement on an average one, in bits: two who share a rare name are rarely
 * two, two who share "Nguyễn Thị Anh" often are.
 */
export function rarityOf(records: Records, comparison: Comparison): Float64Array | null {
  const frequencies = frequenciesOf(records, comparison)
  if (frequencies === null || frequencies.present === 0) return null
  const { counts, shared } = frequencies
  const size = shared ? shared.length : counts.length
  const rarity = new Float64Array(new SharedArrayBuffer(8 * size))
  for (let value = 1; value < size; value++)
    rarity[value] = rarityBits(frequencies, counts[shared ? (shared[value] ?? 0) : value] ?? 0)
  return rarity
}

/**
 * Weighs the pairs of a batch and keeps those that can reach `cut`, in place: their weights stand in `scorer.weights`,
 * their patterns in `scorer.codes`. Comparisons that cost little come first; a pair is dropped as soon as the most that
 * the others could add does not reach the cut, so that nothing is lost.
 *
 * @param fields where the values of each comparison stand, by its index
 * @returns how many are kept
 */
export function weigh(scorer: Scorer, fields: readonly Laid[], batch: PairBatch, count: number, cut: number): number {
  const { weights, codes, steps, rest, levels } = scorer
  if (gains.length < count) gains = new Float64Array(count)
  weights.fill(scorer.prior, 0, count)
  codes.fill(0, 0, count)
  let kept = count
  for (let at = 0; at < steps.length && kept > 0; at++) {
    const step = steps[at]
    const own = step && fields[step.index]
    if (!step || !own) continue
    step.comparison.fill(own, batch.left, batch.right, kept, levels)
    kept = addStep(scorer, step, own, { batch, count: kept, least: cut - (rest[at] ?? 0) })
    if (steps[at + 1]?.comparison.isDear === true)
      kept = boundByValue(scorer, fields, { batch, count: kept, least: cut }, at + 1)
  }
  return guardFamilies(scorer, fields, batch, kept, cut)
}

type Adding = { batch: PairBatch; count: number; least: number }

function addStep(
  { weights, codes, levels }: Scorer,
  step: Step,
  { data, width, at: place }: Laid,
  { batch, count, least }: Adding,
): number {
  const { left, right } = batch
  const { rarity } = step
  const { frequencyLevels } = step.comparison
  let to = 0
  for (let at = 0; at < count; at++) {
    const level = levels[at] ?? 0
    let weight = (weights[at] ?? 0) + (step.weights[level] ?? 0)
    if (rarity !== null && level !== 0 && level <= frequencyLevels)
      weight += rarity[data[(left[at] ?? 0) * width + place] ?? 0] ?? 0
    if (weight < least) continue
    weights[to] = weight
    codes[to] = (codes[at] ?? 0) + level * step.place
    left[to] = left[at] ?? 0
    right[to++] = right[at] ?? 0
  }
  return to
}

/** Drops pairs whose own values cannot gain enough in the dear comparisons from step `from` on. */
function boundByValue(
  { weights, codes, steps, levels }: Scorer,
  fields: readonly Laid[],
  { batch: { left, right }, count, least }: Adding,
  from: number,
): number {
  let kept = count
  gains.fill(0, 0, count)
  for (let at = from; at < steps.length; at++) {
    const step = steps[at]
    const own = step && fields[step.index]
    if (!step || !own) continue
    addGains(step, own, { left, right, levels }, kept)
  }
  let to = 0
  for (let at = 0; at < kept; at++) {
    if ((weights[at] ?? 0) + (gains[at] ?? 0) < least) continue
    weights[to] = weights[at] ?? 0
    codes[to] = codes[at] ?? 0
    left[to] = left[at] ?? 0
    right[to++] = right[at] ?? 0
  }
  kept = to
  return kept
}

let gains = new Float64Array(0)

/** The most each pair can gain: with values that agree their rarity counts, with others only what lesser levels give. */
function addGains(
  { rarity, agreeing, most, otherwise, same, mostFrom: from, comparison: { fillBest } }: Step,
  own: Laid,
  { left, right, levels }: { left: Int32Array; right: Int32Array; levels: Uint8Array },
  count: number,
): void {
  const { data, width, at: place } = own
  if (fillBest !== null) fillBest(own, left, right, count, levels)
  for (let at = 0; at < count; at++) {
    const a = data[(left[at] ?? 0) * width + place] ?? 0
    let level = levels[at] ?? 0
    if (fillBest === null) {
      const b = data[(right[at] ?? 0) * width + place] ?? 0
      level = a === 0 || b === 0 ? 0 : (same === null ? a === b : same[a] === same[b]) ? 1 : 2
    }
    if (level === 0) continue
    let gain = fillBest === null ? otherwise : (from[level] ?? 0)
    if (level === 1) gain = rarity === null ? most : Math.max(agreeing + (rarity[a] ?? 0), otherwise)
    gains[at] = (gains[at] ?? 0) + gain
  }
}

/**
 * Takes off what speaks for twins or siblings instead of one child: they share mother, place and perhaps the day for a
 * reason, so that these say nothing for one child.
 */
function guardFamilies(scorer: Scorer, fields: readonly Laid[], batch: PairBatch, count: number, cut: number): number {
  const { weights, codes, model } = scorer
  if (model.pairs.twins + model.pairs.siblings === 0) return count
  const { left, right } = batch
  let to = 0
  for (let at = 0; at < count; at++) {
    const code = codes[at] ?? 0
    const guard = guardOf(scorer, code, familyRarity(scorer, fields, code, left[at] ?? 0))
    const weight = (weights[at] ?? 0) - guard
    if (weight < cut) continue
    weights[to] = weight
    codes[to] = code
    left[to] = left[at] ?? 0
    right[to++] = right[at] ?? 0
  }
  return to
}

/** Bits taken off a pattern because it looks like twins or siblings. */
export function guardOf(scorer: Scorer, code: number, rarity: number): number {
  const known = scorer.families.get(code)
  const [twins, siblings] = known ?? familyOdds(scorer, code)
  return Math.log2(1 + 2 ** (twins + rarity) + 2 ** (siblings + rarity))
}

function familyOdds(scorer: Scorer, code: number): [number, number] {
  const { model, comparisons, families } = scorer
  const levels = levelsOfCode(code, comparisons)
  const { all, match, twins, siblings } = model.pairs
  const unrelated = Math.max(1, all - match)
  const odds: [number, number] = [
    Math.log2(Math.max(twins, 1e-6) / unrelated),
    Math.log2(Math.max(siblings, 1e-6) / unrelated),
  ]
  model.comparisons.forEach((comparison, index) => {
    const level = levels[index] ?? 0
    if (level === 0) return
    const chance = Math.max(comparison.chance[level - 1] ?? 0, 1e-9)
    odds[0] += Math.log2(Math.max(comparison.twins?.[level - 1] ?? 0, 1e-9) / chance)
    odds[1] += Math.log2(Math.max(comparison.siblings?.[level - 1] ?? 0, 1e-9) / chance)
  })
  families.set(code, odds)
  return odds
}

/** Bits that a value's rarity adds at a level. */
export function rarityFor(step: Step, level: number, value: number): number {
  return step.rarity === null || level === 0 || level > step.comparison.frequencyLevels ? 0 : (step.rarity[value] ?? 0)
}

/** What the rarity of values shared within families adds: it speaks for a family as much as for one child. */
function familyRarity(
  { steps, model, comparisons }: Scorer,
  fields: readonly Laid[],
  code: number,
  left: number,
): number {
  let sum = 0
  for (const step of steps) {
    if (step.rarity === null || model.comparisons[step.index]?.isOfFamily !== true) continue
    const base = (comparisons[step.index]?.labels.length ?? 0) + 1
    const level = Math.floor(code / step.place) % base
    if (level === 0 || level > step.comparison.frequencyLevels) continue
    const own = fields[step.index]
    if (own) sum += step.rarity[own.data[left * own.width + own.at] ?? 0] ?? 0
  }
  return sum
}
