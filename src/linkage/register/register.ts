import { getField } from '../blocking/keys.ts'
import { defaultRules, dividersOf } from '../blocking/rules.ts'
import { newPairBatch } from '../blocking/pairs.ts'
import { comparisonOf } from '../compare/comparison.ts'
import type { FilePlan } from '../input/raw.ts'
import { unitsOf, type Books, type Records } from '../input/records.ts'
import { columnOf } from '../input/rows.ts'
import type { LinkageKnowledge } from '../knowledge.ts'
import type { LinkageConfig } from '../model.ts'
import { idOf } from '../output/results.ts'
import { ranksOf } from '../ranks.ts'
import {
  frequenciesOf,
  newScorer,
  rarityBits,
  rarityOf,
  weigh,
  type Frequencies,
  type Scorer,
} from '../scoring/scorer.ts'
import { cutOf } from '../scoring/threshold.ts'
import { evenProbability, weightOf } from '../scoring/weights.ts'
import type { LinkageModel } from '../training/model.ts'
import { countUses } from '../values/name-book.ts'
import { seat, withRoom, type Host } from './guest.ts'
import { blocksOf, layLookUp, type LookUp } from './look-up.ts'

/** A register held in memory: one new record at a time is compared with the whole of it. */
export type Register = Host & {
  model: LinkageModel
  config: LinkageConfig
  lookUps: LookUp[]
  scorer: Scorer
  frequencies: (Frequencies | null)[]
  /** Records already met for the record asked about last, by its number in turn. */
  met: Int32Array
  turn: number
}

/** A record that may be of the same child as a new one. */
export type Match = { id: string; record: number; weight: number; probability: number; isLinked: boolean }

type Opening = { plan: FilePlan; knowledge: LinkageKnowledge; config: LinkageConfig; model: LinkageModel }

/** Holds records ready. @param opening.model learnt from them before, with its threshold */
export async function openRegister(
  records: Records,
  books: Books,
  { plan, knowledge, config, model }: Opening,
): Promise<Register> {
  const roomy = withRoom(records, books)
  const rules = model.rules.length > 0 ? model.rules : defaultRules(records)
  const options = { largest: config.largestBlock, dividers: dividersOf(records), ranks: ranksOf(books, records.count) }
  const placeOf = records.fields.some((field) => field.kind === 'place') ? await knowledge.openPlaces() : null
  const unitNumbers = new Map<string, number>()
  for (const field of records.fields)
    if (field.today && placeOf) unitsOf(books.texts.get(field.name)?.texts ?? [], placeOf, unitNumbers)
  const scorer = scorerOf(roomy, model, null)
  return {
    ...{ records: roomy, books, plan, knowledge, placeOf, unitNumbers, model, config, scorer },
    lookUps: rules.map((rule) => layLookUp(roomy, rule, options)),
    frequencies: scorer.comparisons.map((comparison) => frequenciesOf(roomy, comparison)),
    met: new Int32Array(records.count),
    turn: 0,
  }
}

const room = 8192

/** @param before the scorer whose rarities still hold, but for room */
function scorerOf(records: Records, model: LinkageModel, before: Scorer | null): Scorer {
  const comparisons = model.comparisons.map(({ config }) =>
    comparisonOf(config, getField(records, config.field), records),
  )
  const rarities = comparisons.map((comparison, index) => {
    const known = before?.steps.find((step) => step.index === index)?.rarity
    const field = getField(records, comparison.field)
    const room = field.kind === 'name' ? records.names.folded.length : (field.texts?.starts.length ?? 0)
    return withSpare(known === undefined ? rarityOf(records, comparison) : known, room)
  })
  return newScorer(records, comparisons, model, { room, rarities })
}

function withSpare(rarity: Float64Array | null, room: number): Float64Array | null {
  if (rarity === null || rarity.length >= room) return rarity
  const grown = new Float64Array(room)
  grown.set(rarity)
  return grown
}

/** Finds records of the same child as a new one. @param cells what stands in the columns of the register's file, in their order */
export function findInRegister(register: Register, cells: readonly string[]): Match[] {
  const guest = register.records.count
  if (seat(register, cells)) register.scorer = scorerOf(register.records, register.model, register.scorer)
  noteGuest(register, 1)
  try {
    return weighGuest(register, guest)
  } finally {
    noteGuest(register, -1)
  }
}

/** Counts the new record in among the values' frequencies, or out again. */
function noteGuest({ records, scorer, frequencies }: Register, by: 1 | -1): void {
  for (const field of records.fields)
    if (field.kind === 'name') countUses(records.names, field.values[records.count] ?? 0, by)
  for (const step of scorer.steps) {
    const own = frequencies[step.index]
    const value = records.fields.find(({ name }) => name === step.comparison.field)?.values[records.count] ?? 0
    if (!own || step.rarity === null || value === 0) continue
    const key = own.shared ? (records.names.folded[value] ?? 0) : value
    const before = own.counts[key] ?? 0
    own.counts = roomyCounts(own.counts, key)
    own.counts[key] = before + by
    own.present += by
    own.squares += (before + by) ** 2 - before ** 2
    step.rarity[value] = rarityBits(own, before + by)
  }
}

function roomyCounts(counts: Float64Array, key: number): Float64Array {
  if (key < counts.length) return counts
  const grown = new Float64Array(key * 2)
  grown.set(counts)
  return grown
}

function weighGuest(register: Register, guest: number): Match[] {
  const { records, lookUps, scorer, met, model, config } = register
  const turn = ++register.turn
  const batch = newPairBatch(room)
  const fields = scorer.comparisons.map((comparison) => columnOf(getField(records, comparison.field)))
  const threshold = config.threshold === 'auto' ? (model.threshold ?? 0.5) : config.threshold
  const cut = cutOf(config.leastProbability, threshold)
  const matches: Match[] = []
  let count = 0
  const flush = () => {
    // The bound is made of the register alone; the new record moves it by less than this.
    const kept = weigh(scorer, fields, batch, count, cut - 0.5)
    for (let at = 0; at < kept; at++)
      if ((scorer.weights[at] ?? 0) >= cut)
        matches.push(matchOf(register, batch.right[at] ?? 0, scorer.weights[at] ?? 0, threshold))
    count = 0
  }
  for (const lookUp of lookUps)
    for (const block of blocksOf(lookUp, guest))
      for (let at = lookUp.starts[block] ?? 0; at < (lookUp.starts[block + 1] ?? 0); at++) {
        const record = lookUp.order[at] ?? 0
        if (met[record] === turn) continue
        met[record] = turn
        batch.left[count] = guest
        batch.right[count++] = record
        if (count === room) flush()
      }
  flush()
  return matches.filter((one) => one.probability >= config.leastProbability).sort((a, b) => b.weight - a.weight)
}

function matchOf({ books }: Register, record: number, weight: number, threshold: number): Match {
  const isLinked = weight >= weightOf(threshold)
  return { id: idOf(books, record), record, weight, probability: evenProbability(weight, threshold), isLinked }
}
