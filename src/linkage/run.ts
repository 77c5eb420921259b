import { availableParallelism } from 'node:os'
import { invalid } from '#platform'
import type { Blocks, RuleKeys } from './blocking/blocks.ts'
import { defaultRules, dividersOf } from './blocking/rules.ts'
import { comparisonOf, type Comparison } from './compare/comparison.ts'
import { getField } from './blocking/keys.ts'
import { comparisonsFor } from './defaults.ts'
import { groupLinks, oneToOne, type Groups, type Links } from './groups.ts'
import type { Books, Records } from './input/records.ts'
import { layRowsOf } from './input/rows.ts'
import type { Kept } from './kept.ts'
import type { LinkageConfig } from './model.ts'
import { ranksOf } from './ranks.ts'
import { chooseThreshold, cutOf, expectErrors, type ExpectedErrors } from './scoring/threshold.ts'
import { appendScored, newScored, type Scored } from './scoring/score-rule.ts'
import { weightOf } from './scoring/weights.ts'
import type { LinkageModel } from './training/model.ts'
import { joinCounts, randomShares, type LevelCounts } from './training/random-pairs.ts'
import { train, type TrainInput } from './training/train.ts'
import { openCrew, type Crew } from './threads/crew.ts'
import type { Ground, Results } from './threads/tasks.ts'

/** What is being done, for a bar: `done` of `total` within a stage. */
export type Progress = (
  stage: 'reading' | 'blocking' | 'training' | 'scoring' | 'grouping' | 'writing',
  done: number,
  total: number,
) => void

/** Everything a linkage found. */
export type Outcome = {
  model: LinkageModel
  comparisons: Comparison[]
  rules: RuleKeys[]
  scored: Scored
  /** Null where nothing is linked. */
  expected: ExpectedErrors | null
  threshold: number
  linked: Uint8Array
  groups: Groups
}

type Linking = { config: LinkageConfig; model: LinkageModel | null; kept?: Kept | null; progress: Progress }

/**
 * Finds the pairs and groups of records that are of one child.
 * @param given a model trained before; null trains one. `kept`: parts worked out before, and where to keep them
 */
export async function linkRecords(
  records: Records,
  books: Books,
  { config, model: given, kept = null, progress }: Linking,
): Promise<Outcome> {
  const ground = groundOf(records, books, given === null ? config : asLearnt(records, given, config), given)
  // Made before threads are told the ground, so that what comparisons lay out is laid out once.
  const comparisons = ground.configs.map((one) => comparisonOf(one, getField(records, one.field), records))
  const crew = openCrew(ground, config.threads ?? availableParallelism())
  try {
    const known = given ?? kept?.model() ?? null
    const { blocked, random } = await begin(crew, { ground, learns: known === null }, progress)
    const rules = blocked.map((one) => one.keys)
    const blocks = blocked.map((one) => one.blocks)
    crew.tell({ rules, blocks })
    const learning = {
      records,
      configs: ground.configs,
      comparisons,
      rules,
      familyGuard: config.familyGuard,
      random,
      known,
    }
    const { model, rarities } = await learn(crew, learning, progress)
    kept?.keepModel(model)
    crew.tell({ model, rarities })
    const scored = await scoreAll(crew, blocks, { kept, progress })
    progress('grouping', 0, 1)
    return settle(records, { config, given, model, comparisons, rules, scored })
  } finally {
    crew.close()
  }
}

function groundOf(records: Records, books: Books, config: LinkageConfig, given: LinkageModel | null): Ground {
  const wanted = config.rules.length > 0 ? config.rules : defaultRules(records)
  if (wanted.length === 0) throw invalid('linkage.no-rule')
  const configs = comparisonsFor(records, config)
  refuseUnknown(
    records,
    [...wanted.flat(), ...configs].map((one) => one.field),
  )
  const rows = layRowsOf(
    records,
    configs.map((one) => one.field),
  )
  return {
    records: { ...records, rows },
    configs,
    ranks: ranksOf(books, records.count),
    seed: config.seed,
    wanted,
    largest: config.largestBlock,
    dividers: dividersOf(records),
    rules: [],
    blocks: [],
    model: null,
    rarities: [],
    cut: cutOf(config.leastProbability, config.threshold === 'auto' ? (given?.threshold ?? null) : config.threshold),
  }
}

/** @throws invalid `linkage.unknown-field` */
function refuseUnknown(records: Records, wanted: readonly string[]): void {
  const known = records.fields.map((field) => field.name)
  const field = wanted.find((one) => !known.includes(one))
  if (field !== undefined) throw invalid('linkage.unknown-field', { field, known: known.join(', ') })
}

type Begun = { blocked: Results['block'][]; random: LevelCounts }

/** Blocks, and beside them random pairs where something is to be learnt: they wait for nothing, so that no thread is idle. */
async function begin(
  crew: Crew,
  { ground, learns }: { ground: Ground; learns: boolean },
  progress: Progress,
): Promise<Begun> {
  const shares = learns ? randomShares : 0
  const tasks = [
    ...ground.wanted.map((_rule, rule) => ({ do: 'block' as const, rule })),
    ...Array.from({ length: shares }, (_none, share) => ({ do: 'random' as const, share })),
  ]
  const done = await crew.run(tasks, (count) => progress('blocking', count, tasks.length))
  return {
    blocked: done.flatMap((one) => ('blocks' in one ? [one] : [])),
    random: joinCounts(done.flatMap((one) => ('counts' in one ? [one] : []))),
  }
}

type Learning = Omit<TrainInput, 'samples'> & { known: LinkageModel | null }
type Learnt = { model: LinkageModel; rarities: Results['rarity'][] }

/**
 * The model, learnt where none is known, and how rare values are: threads that have no patterns to count any more work that out,
 * also while this one learns.
 */
async function learn(crew: Crew, { known, ...input }: Learning, progress: Progress): Promise<Learnt> {
  const rules = known === null ? input.rules.map((_rule, rule) => ({ do: 'patterns' as const, rule })) : []
  const values = input.configs.map((_config, comparison) => ({ do: 'rarity' as const, comparison }))
  const samples: (Results['patterns'] & object)[] = []
  const counted = Promise.withResolvers<undefined>()
  let open = rules.length
  if (open === 0) counted.resolve(undefined)
  const all = crew.run<'patterns' | 'rarity'>([...rules, ...values], (_count, task, result) => {
    if (task >= rules.length) return
    if (result !== null && 'patterns' in result) samples[task] = result
    progress('training', rules.length - --open, rules.length)
    if (open === 0) counted.resolve(undefined)
  })
  await Promise.race([counted.promise, all])
  // A rule that brings no pair together has no sample.
  const model = known ?? train({ ...input, samples: samples.flat() })
  const rarities = (await all).slice(rules.length)
  return { model, rarities: rarities.map((one) => (one instanceof Float64Array ? one : null)) }
}

type Settling = {
  config: LinkageConfig
  given: LinkageModel | null
  model: LinkageModel
  comparisons: Comparison[]
  rules: RuleKeys[]
  scored: Scored
}

/** Chooses the threshold, decides on every pair, and joins the linked into groups. */
function settle(records: Records, { config, given, model, comparisons, rules, scored }: Settling): Outcome {
  const weights = scored.weights.subarray(0, scored.length)
  const threshold = config.threshold === 'auto' ? (given?.threshold ?? chooseThreshold(weights)) : config.threshold
  const expected = expectErrors(weights, threshold)
  const linked = decide(records, scored, threshold, config.oneToOne)
  const groups = groupLinks(records.count, linksOf(scored, linked))
  return { model: { ...model, threshold }, comparisons, rules, scored, expected, threshold, linked, groups }
}

/** Rules and comparisons as the model was learnt with. @throws invalid `linkage.model-differs` */
function asLearnt(records: Records, model: LinkageModel, config: LinkageConfig): LinkageConfig {
  const comparisons = model.comparisons.map((one) => one.config)
  const fields = new Set(records.fields.map((field) => field.name))
  const wanted = [...comparisons.map((one) => one.field), ...model.rules.flat().map((part) => part.field)]
  if (wanted.some((field) => !fields.has(field))) throw invalid('linkage.model-differs')
  return { ...config, comparisons, rules: model.rules }
}

/** Pairs weighed at a time: enough to keep a thread at work, few enough to share evenly. */
const pairsPerTask = 1_000_000
const recordsPerTask = 500_000

async function scoreAll(
  crew: Crew,
  blocks: readonly Blocks[],
  { kept, progress }: { kept: Kept | null; progress: Progress },
): Promise<Scored> {
  const tasks = blocks.flatMap((own, rule) =>
    stretches(own).map(([from, to]) => ({ do: 'score' as const, rule, from, to })),
  )
  const parts = tasks.map((task) => kept?.part(nameOf(task)) ?? null)
  const open = tasks.filter((_task, at) => parts[at] === null)
  const found = await crew.run(open, (done, at, part) => {
    const task = open[at]
    if (task) kept?.keepPart(nameOf(task), part)
    progress('scoring', tasks.length - open.length + done, tasks.length)
  })
  const out = newScored()
  for (const part of parts) {
    const own = part ?? found.shift()
    if (own) appendScored(out, own)
  }
  return out
}

function nameOf({ rule, from, to }: { rule: number; from: number; to: number }): string {
  return `${rule}-${from}-${to}`
}

/** Blocks cut into stretches of about equal work. */
function stretches({ starts, pairs }: Blocks): [number, number][] {
  const found: [number, number][] = []
  let from = 0
  for (let block = 1; block < starts.length; block++) {
    const work = (pairs[block] ?? 0) - (pairs[from] ?? 0)
    const records = (starts[block] ?? 0) - (starts[from] ?? 0)
    if (work < pairsPerTask && records < recordsPerTask && block < starts.length - 1) continue
    found.push([from, block])
    from = block
  }
  return found
}

function decide(records: Records, scored: Scored, threshold: number, isOneToOne: boolean): Uint8Array {
  const least = weightOf(threshold)
  const linked = new Uint8Array(scored.length)
  for (let at = 0; at < scored.length; at++) linked[at] = (scored.weights[at] ?? 0) >= least ? 1 : 0
  if (!isOneToOne || records.second === records.count) return linked
  const above = Array.from(linked.keys()).filter((at) => linked[at] === 1)
  const kept = oneToOne({
    left: Int32Array.from(above, (at) => scored.left[at] ?? 0),
    right: Int32Array.from(above, (at) => scored.right[at] ?? 0),
    weights: Float64Array.from(above, (at) => scored.weights[at] ?? 0),
  })
  above.forEach((at, index) => (linked[at] = kept[index] === true ? 1 : 0))
  return linked
}

function linksOf(scored: Scored, linked: Uint8Array): Links {
  let count = 0
  for (let at = 0; at < scored.length; at++) count += linked[at] ?? 0
  const links = { left: new Int32Array(count), right: new Int32Array(count), weights: new Float64Array(count) }
  for (let at = 0, to = 0; at < scored.length; at++) {
    if (linked[at] === 0) continue
    links.left[to] = scored.left[at] ?? 0
    links.right[to] = scored.right[at] ?? 0
    links.weights[to++] = scored.weights[at] ?? 0
  }
  return links
}
