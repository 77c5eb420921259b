import { wordsOf, type Words } from '../compare/words.ts'
import type { Field, Records } from '../input/records.ts'
import type { Scorer, Step } from '../scoring/scorer.ts'

/** A comparison as the screen sees it: its first word, and what agreement on each value can add at most. */
export type Column = {
  field: Field
  words: Words
  /** Place of its first word in a row. */
  at: number
  /** Per value; null where agreement adds the same for all, which then stands in the table. */
  agreement: Int32Array | null
}

/** A table: the most that some comparisons can add, by which of their words are equal and which values are missing. */
export type Table = { at: number; words: number; missingAt: number; columns: number; most: Int32Array }

/**
 * How rows are laid and judged. A row is `groups` times four words, the last of them a bit for each value missing. Amounts
 * are whole numbers, a thousandth of a bit or so, rounded up: the sum never says less than what is possible.
 */
export type Plan = {
  groups: number
  columns: Column[]
  tables: Table[]
  /** What a pair begins with: the odds, less what is needed, and all that comparisons beyond the row can add. */
  start: number
}

/** Units to a bit. */
const scale = 1024
const mostWords = 31
const mostTableBits = 12

const raised = (bits: number) => Math.ceil(bits * scale) + 1

/** Plans the screen of a scorer. @param cut bits below which a pair is of no interest */
export function planScreen(records: Records, scorer: Scorer, cut: number): Plan {
  const columns: Column[] = []
  const steps: Step[] = []
  let at = 0
  let beyond = 0
  for (const step of scorer.steps) {
    const field = records.fields.find((one) => one.name === step.comparison.field)
    const words = wordsOf(step.comparison, records)
    if (!field || at + words.count > mostWords) {
      beyond += Math.max(0, step.most)
      continue
    }
    columns.push({ field, words, at, agreement: agreementOf(step, words) })
    steps.push(step)
    at += words.count
  }
  return {
    groups: Math.ceil((at + 1) / 4),
    columns,
    tables: tablesOf(columns, steps),
    start: raised(scorer.prior + beyond) - Math.floor(cut * scale) + 1,
  }
}

function agreementOf({ rarity, weights, comparison }: Step, words: Words): Int32Array | null {
  if (rarity === null) return null
  const agreeing = words.possible((1 << words.count) - 1)
  return Int32Array.from(rarity, (gain) =>
    raised(Math.max(...agreeing.map((level) => (weights[level] ?? 0) + (level <= comparison.frequencyLevels ? gain : 0)))),
  )
}

/** Neighbouring comparisons share a table as long as it stays small. */
function tablesOf(columns: readonly Column[], steps: readonly Step[]): Table[] {
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

function tableOf(columns: readonly Column[], steps: readonly Step[], missingAt: number): Table {
  const at = columns[0]?.at ?? 0
  const words = columns.reduce((sum, column) => sum + column.words.count, 0)
  const most = new Int32Array(1 << (words + columns.length))
  columns.forEach((column, index) => {
    const { count } = column.words
    const whole = (1 << count) - 1
    const amounts = Array.from({ length: whole + 1 }, (_none, equal) =>
      (equal & 1) === 1 && column.agreement !== null
        ? 0
        : raised(Math.max(...column.words.possible(equal).map((level) => steps[index]?.weights[level] ?? 0))),
    )
    for (let entry = 0; entry < most.length; entry++) {
      if (((entry >>> (words + index)) & 1) === 1) continue
      most[entry] = (most[entry] ?? 0) + (amounts[(entry >>> (column.at - at)) & whole] ?? 0)
    }
  })
  return { at, words, missingAt, columns: columns.length, most }
}
