import { letterWords, longest, type Letters } from '../compare/letters.ts'
import { wordsOf, type Words } from '../compare/words.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { Records } from '../input/records.ts'
import { laidOf, type Laid } from '../input/rows.ts'
import type { Scorer, Step } from '../scoring/scorer.ts'

/**
 * The most that something adds, seen two ways: beside strangers, and beside brothers and sisters, who share much for a
 * reason. A pair must reach the cut in both.
 */
export type Amounts = { stranger: number; kin: number }

/** A comparison as the screen sees it: its first word, and what agreement on each value can add at most. */
export type Column = {
  field: Laid
  words: Words
  /** Place of its first word in a row. */
  at: number
  /** Per value; null where agreement adds the same for all, which then stands in the table. */
  agreement: { stranger: Int32Array; kin: Int32Array | null } | null
  /** Place of the words that tell a value's letters, and what may still be added by length, beginning and letters; null without. */
  letters: { at: number; of: Letters; amounts: Amounts[][][] } | null
}

/** A table: the most that some comparisons can add, by which of their words are equal and which values are missing. */
export type Table = {
  at: number
  words: number
  missingAt: number
  columns: number
  stranger: Int32Array
  kin: Int32Array
}

/**
 * How rows are laid and judged. A row is `groups` times four words, the last of them a bit for each value missing. Amounts
 * are whole numbers, a thousandth of a bit or so, rounded up: the sum never says less than what is possible.
 */
export type Plan = {
  groups: number
  columns: Column[]
  tables: Table[]
  /** What a pair begins with: the odds, less what is needed, and all that comparisons beyond the row can add. */
  start: Amounts
}

/** Units to a bit. */
const scale = 1024
const mostWords = 31
const mostTableBits = 12
/** Bits in which letters of two values can differ: once and more than once, but for one at least, as neither is empty. */
const mostDiffering = 64
/** So much that nothing is refused. */
const plenty = 1 << 24

const raised = (bits: number) => Math.ceil(bits * scale) + 1

/** Plans the screen of a scorer. @param cut bits below which a pair is of no interest */
export function planScreen(records: Records, scorer: Scorer, cut: number): Plan {
  const columns: Column[] = []
  const steps: KinStep[] = []
  const width = wordsIn(records, scorer.comparisons)
  let at = 0
  let last = width - 1
  let beyond = 0
  let kinBeyond = 0
  for (const step of scorer.steps.map((one) => besideKin(scorer, one))) {
    const field = records.fields.find((one) => one.name === step.comparison.field)
    const words = wordsOf(step.comparison, records)
    if (!field || at + words.count + (words.letters === null ? 0 : letterWords) > last) {
      beyond += Math.max(0, step.most)
      kinBeyond += Math.max(0, ...step.kin) + (step.rarity === null || step.isOfFamily ? 0 : Math.max(0, step.most))
      continue
    }
    const letters = words.letters && {
      at: (last -= letterWords),
      of: words.letters,
      amounts: amountsByLetters(step, words.letters),
    }
    columns.push({ field: laidOf(records, field), words, at, agreement: agreementOf(step, words), letters })
    steps.push(step)
    at += words.count
  }
  const least = Math.floor(cut * scale) - 1
  const { match, siblings } = scorer.model.pairs
  return {
    groups: width / 4,
    columns,
    tables: tablesOf(columns, steps),
    start: {
      stranger: raised(scorer.prior + beyond) - least,
      kin: siblings > 0 ? raised(Math.log2(match / siblings) + kinBeyond) - least : plenty,
    },
  }
}

/** Integers of a row: all words, those of letters, and one for what is missing; a multiple of four. */
function wordsIn(records: Records, comparisons: readonly Comparison[]): number {
  const counts = comparisons.map((comparison) => wordsOf(comparison, records))
  const all = counts.reduce((sum, words) => sum + words.count + (words.letters === null ? 0 : letterWords), 1)
  return Math.min(mostWords + 1, Math.ceil(all / 4) * 4)
}

/** The most that values of each length can gain, by how many of four letters begin both, and how many stand in one only. */
function amountsByLetters({ weights, kin }: KinStep, { possible }: Letters): Amounts[][][] {
  return Array.from({ length: longest + 1 }, (_none, length) =>
    Array.from({ length: 5 }, (_other, begins) =>
      Array.from({ length: mostDiffering }, (_another, differing) => {
        const levels = possible(length, differing, begins)
        const most = (list: Float64Array) => raised(Math.max(...levels.map((level) => list[level] ?? 0)))
        return { stranger: most(weights), kin: most(kin) }
      }),
    ),
  )
}

/** A step, and what its levels add beside brothers and sisters. */
type KinStep = Step & { kin: Float64Array; isOfFamily: boolean }

function besideKin({ model }: Scorer, step: Step): KinStep {
  const own = model.comparisons[step.index]
  const kin = step.weights.map((_weight, level) =>
    level === 0 || !own?.siblings
      ? 0
      : Math.log2(Math.max(own.match[level - 1] ?? 0, 1e-9) / Math.max(own.siblings[level - 1] ?? 0, 1e-9)),
  )
  return { ...step, kin, isOfFamily: own?.isOfFamily === true }
}

/** What brothers and sisters share for a reason is not rarer for being shared by them: rarity is taken off again. */
function agreementOf(step: KinStep, words: Words): Column['agreement'] {
  const { rarity, comparison, isOfFamily } = step
  if (rarity === null) return null
  const agreeing = words.possible((1 << words.count) - 1)
  const amounts = (weights: Float64Array) => {
    const best = (levels: readonly number[]) => Math.max(...levels.map((level) => weights[level] ?? 0))
    const rare = best(agreeing.filter((level) => level <= comparison.frequencyLevels))
    const plain = best(agreeing.filter((level) => level > comparison.frequencyLevels))
    const agreement = new Int32Array(rarity.length)
    for (let value = 0; value < rarity.length; value++)
      agreement[value] = raised(Math.max(rare + (rarity[value] ?? 0), plain))
    return agreement
  }
  return { stranger: amounts(step.weights), kin: isOfFamily ? null : amounts(step.kin) }
}

/** Neighbouring comparisons share a table as long as it stays small. */
function tablesOf(columns: readonly Column[], steps: readonly KinStep[]): Table[] {
  const tables: Table[] = []
  for (let first = 0; first < columns.length;) {
    let next = first
    let bits = 0
    while (next < columns.length && bits + (columns[next]?.words.count ?? 0) + 1 <= mostTableBits)
      bits += (columns[next++]?.words.count ?? 0) + 1
    const own = columns.slice(first, next)
    tables.push(tableOf(own, steps.slice(first, next), first))
    first = next
  }
  return tables
}

function tableOf(columns: readonly Column[], steps: readonly KinStep[], missingAt: number): Table {
  const at = columns[0]?.at ?? 0
  const words = columns.reduce((sum, column) => sum + column.words.count, 0)
  const entries = 1 << (words + columns.length)
  const table = { at, words, missingAt, columns: columns.length }
  const [stranger, kin] = [new Int32Array(entries), new Int32Array(entries)]
  columns.forEach((column, index) => {
    const step = steps[index]
    if (!step) return
    addColumn(stranger, column, {
      step: step.weights,
      agrees: column.agreement?.stranger,
      at: column.at - at,
      missing: words + index,
    })
    addColumn(kin, column, {
      step: step.kin,
      agrees: column.agreement?.kin,
      at: column.at - at,
      missing: words + index,
    })
  })
  return { ...table, stranger, kin }
}

type Adding = { step: Float64Array; agrees: Int32Array | null | undefined; at: number; missing: number }

function addColumn(most: Int32Array, { words, letters }: Column, { step, agrees, at, missing }: Adding): void {
  const whole = (1 << words.count) - 1
  const amounts = Array.from({ length: whole + 1 }, (_none, equal) => {
    const isAgreeing = (equal & 1) === 1
    // What letters allow is added by itself, whole where all are the same.
    if (letters && !isAgreeing) return 0
    const beside = letters ? raised(Math.max(...words.possible(0).map((level) => step[level] ?? 0))) : 0
    return (
      (agrees && isAgreeing ? 0 : raised(Math.max(...words.possible(equal).map((level) => step[level] ?? 0)))) - beside
    )
  })
  for (let entry = 0; entry < most.length; entry++) {
    if (((entry >>> missing) & 1) === 1) continue
    most[entry] = (most[entry] ?? 0) + (amounts[(entry >>> at) & whole] ?? 0)
  }
}
