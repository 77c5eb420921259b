import type { Records } from '../input/records.ts'
import { columnOf } from '../input/rows.ts'
import { guardOf, rarityFor, type Scorer } from './scorer.ts'

/** One comparison of one pair: its level, the bits it adds, and how much of them is for a rare or frequent value. */
export type WeightPart = { field: string; label: string | null; bits: number; rarityBits: number }

/** A pair's weight taken apart; the parts add up to `weight`. */
export type Explained = { priorBits: number; parts: WeightPart[]; guardBits: number; weight: number }

/** Takes the weight of one pair apart, in the order of the fields. */
export function explainPair(records: Records, scorer: Scorer, a: number, b: number): Explained {
  const [left, right, levels] = [Int32Array.of(a), Int32Array.of(b), new Uint8Array(1)]
  let code = 0
  let familyBits = 0
  const parts = scorer.steps.map((step): WeightPart & { index: number } => {
    const field = records.fields.find((one) => one.name === step.comparison.field)
    if (!field) return { index: step.index, field: step.comparison.field, label: null, bits: 0, rarityBits: 0 }
    step.comparison.fill(columnOf(field), left, right, 1, levels)
    const level = levels[0] ?? 0
    code += level * step.place
    const rarityBits = rarityFor(step, level, field.values[a] ?? 0)
    if (scorer.model.comparisons[step.index]?.isOfFamily === true) familyBits += rarityBits
    const label = level === 0 ? null : (step.comparison.labels[level - 1] ?? null)
    return { index: step.index, field: field.name, label, bits: (step.weights[level] ?? 0) + rarityBits, rarityBits }
  })
  const guardBits =
    scorer.model.pairs.twins + scorer.model.pairs.siblings === 0 ? 0 : -guardOf(scorer, code, familyBits)
  const sum = parts.reduce((total, part) => total + part.bits, scorer.prior + guardBits)
  return {
    priorBits: scorer.prior,
    parts: parts
      .sort((x, y) => x.index - y.index)
      .map(({ field, label, bits, rarityBits }) => ({ field, label, bits, rarityBits })),
    guardBits,
    weight: sum,
  }
}

/** Records that no other could reach: even a perfect copy of what is written of them would stay below `least` bits. */
export function countUnlinkable(records: Records, scorer: Scorer, least: number): number {
  let count = 0
  const fields = scorer.steps.map((step) => records.fields.find((one) => one.name === step.comparison.field))
  for (let record = 0; record < records.count; record++) {
    let weight = scorer.prior
    scorer.steps.forEach((step, at) => {
      const value = fields[at]?.values[record] ?? 0
      if (value !== 0) weight += (step.weights[1] ?? 0) + rarityFor(step, 1, value)
    })
    if (weight < least) count++
  }
  return count
}
